export {
  createEngine,
  runAnonymous,
  type AnonymousRun,
  type ApexEngine,
  type CompileError,
  type EngineOptions,
  type EngineResult,
} from './engine.js';
export { readSourceFolders } from './source-folder.js';
