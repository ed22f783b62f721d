/** Door of the engine: puts an org's schema, records and Apex together, for test runs and for the org that stays. */
export { compileComponents, errorsOf, findClass, loadApex, type CompileError } from './compiled-apex.js';
export { METADATA_ROWS, type MetadataRows, type MetadataSource } from './metadata-rows.js';
export { STANDALONE_ORG } from './standalone-org.js';
export {
  createRuntime,
  prepareRows,
  schemaOf,
  type FlowContext,
  type FlowEngine,
  type OrgRuntimeOptions,
} from './org-runtime.js';
export { SystemRows, type SystemRow } from './system-rows.js';
