/** The public door of the local org: everything that other programs may use. */
export { createLocalOrg, DEFAULT_ALIAS, type LocalOrg, type LocalOrgOptions } from './server/index.js';
export {
  localOrgStatus,
  startLocalOrg,
  stopLocalOrg,
  type LocalOrgHandle,
  type LocalOrgReference,
  type LocalOrgStatus,
  type StartOptions,
} from './process/index.js';
export { LocalOrgError, type LocalOrgErrorCode } from './service/index.js';
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
export {
  DEFAULT_EXTERNAL_PORT,
  ExternalAdmin,
  ExternalAdminError,
  externalStatus,
  startExternal,
  stopExternal,
  type ExternalHandle,
  type ExternalStartOptions,
  type ExternalStatus,
} from './external/process/index.js';
export {
  startExternalSystem,
  type AccountRegistration,
  type BehaviourInput,
  type ClientRegistration,
  type ExternalSystem,
} from './external/index.js';
export type { Route } from './platform/network/index.js';
