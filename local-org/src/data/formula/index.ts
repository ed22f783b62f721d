export { FormulaEngine, type FormulaSession } from './engine.js';
export { CompiledFormula, FormulaError, type FormulaInput, type FormulaScope } from './formula.js';
