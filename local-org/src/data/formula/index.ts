export { FormulaEngine, type FormulaSession } from './engine.js';
export {
  fieldAt,
  CHANGED,
  CompiledFormula,
  FormulaError,
  objectScope,
  PRIOR,
  type FormulaInput,
  type FormulaScope,
  type TextFunction,
} from './formula.js';
export { formulaType, fromFormulaValue } from './convert.js';
export type { FormulaGlobals } from './globals.js';
