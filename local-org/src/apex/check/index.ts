export { compileProgram } from './program.js';
export type { AnonymousResult, ApexSource, Program, SourceResult } from './program.js';
export type { Finding } from './problems.js';
