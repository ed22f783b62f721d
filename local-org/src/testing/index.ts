export { runApexTests, type ApexTestOptions } from './run-apex-tests.js';
export type { CompileError, TestMethodResult, TestRunResult, UnitCoverage } from '../apex/test-runner/index.js';
