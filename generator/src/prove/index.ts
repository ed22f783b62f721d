export { connectExternal, type ConnectOptions } from './connect-external.js';
export { startCounterpart, type Counterpart } from './counterpart.js';
export { prove, type ProveOptions } from './prove.js';
export { isProved, type ProofRun } from './run.js';
export { proofTable, type TableRun } from './proof-table.js';
export { insertRecords, sampleRecords, updateRecords, type SampleRecords } from './samples/index.js';
export { setUpIntegrations, type SetUpOptions } from './set-up.js';
export { untilDrained } from './until-drained.js';
