/** The public door of the local org: everything that other programs may use. */
export { createLocalOrg, DEFAULT_ALIAS, type LocalOrg, type LocalOrgOptions } from './server/index.js';
export {
  localOrgStatus,
  startLocalOrg,
  stopLocalOrg,
  LocalOrgError,
  type LocalOrgErrorCode,
  type LocalOrgHandle,
  type LocalOrgReference,
  type LocalOrgStatus,
  type StartOptions,
} from './process/index.js';
export { DataDirError, InvalidCertificateNameError, InvalidUsernameError } from './store/index.js';
export type { DeploymentCheck, TestRequest, TestRunner } from './deployment/index.js';
export {
  runApexTests,
  type ApexTestOptions,
  type CompileError,
  type TestMethodResult,
  type TestRunResult,
  type UnitCoverage,
} from './testing/index.js';
export { startExternalSystem, type ExternalSystem, type ExternalSystemOptions } from './external/index.js';
