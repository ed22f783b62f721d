/** Regular expressions as java.util.regex has them, with a bound on the work that one search may do. */
export { compileRegex, type RegexProgram } from './compile.js';
export { RegexBudget, RegexMachine, type Positions, type RegexInput } from './match.js';
export { RegexSyntaxError, RegexTooComplicated } from './node.js';
export { findAll, matchesWhole } from './search.js';
