export { prove, type ProveOptions } from './prove.js';
export { isProved, type ProofRun } from './run.js';
export { proofTable, type TableRun } from './proof-table.js';
