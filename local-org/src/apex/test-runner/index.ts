export {
  createEngine,
  runAnonymous,
  runAnonymousSuspendable,
  type AnonymousRun,
  type ApexEngine,
  type EngineOptions,
  type EngineResult,
} from './engine.js';
export { coverageOf, forgetCoverage, runTestClass, type TestWatcher } from './run-tests.js';
export { selectTests, type TestClass } from './select-tests.js';
export { readSourceFolders } from './source-folder.js';
export { runApexTests, runComponentTests, type TestRunOptions } from './run-apex-tests.js';
export type { TestMethodResult, TestRunResult, UnitCoverage } from './results.js';
export type { CompileError } from '../engine/index.js';
