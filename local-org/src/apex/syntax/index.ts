export type * from './ast.js';
export { parseSoql, parseSosl, parseUnit } from './parse.js';
export type { ParseResult, SourceInput, UnitKind } from './parse.js';
export { soqlText } from './soql-text.js';
export type { SyntaxProblem } from './syntax-errors.js';
