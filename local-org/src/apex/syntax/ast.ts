/** The typed syntax tree of Apex. The parser builds it, the checker writes its non-readonly members, the compiler reads it. */
export type * from './source.js';
export type * from './ast-types.js';
export type * from './ast-expressions.js';
export type * from './ast-soql.js';
export type * from './ast-statements.js';
export type * from './ast-declarations.js';
