export type * from './ast.js';
export { parseSoql, parseSosl, parseUnit } from './parse.js';
export type { ParseResult, SourceInput, UnitKind } from './parse.js';
export { soqlText } from './soql-text.js';
export type { SyntaxProblem } from './syntax-errors.js';
export { criterionMessage, LITERAL_KINDS, type CriterionKind } from './soql-criteria.js';
export { isAggregateQuery, isCountQuery, soqlProblems } from './soql-rules.js';
