export { FormulaEngine, type FormulaSession } from './engine.js';
export {
  fieldAt,
  CHANGED,
  CompiledFormula,
  FormulaError,
  PRIOR,
  type FormulaInput,
  type FormulaScope,
  type TextFunction,
} from './formula.js';
export { formulaType } from './convert.js';
export type { FormulaGlobals } from './globals.js';
