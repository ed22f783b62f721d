export { OrgStore, type OrgStoreOptions, type StateChange } from './org-store.js';
export { OrgState, componentKey } from './org-state.js';
export { KEY_PREFIX, componentKeyPrefix, createIdSource, type IdSource } from './ids.js';
export { appendNdjson, DataDirError, openNdjson, rewriteNdjson, type NdjsonFile } from './ndjson.js';
export { InvalidCertificateNameError } from './certificates.js';
export { InvalidUsernameError } from './users.js';
export { isAlive, LockedError, takeLock, type ProcessLock } from './process-lock.js';
export {
  testLevel,
  type DeployMessage,
  type DeployOptions,
  type DeployResult,
  type DeployStatus,
  type RunTestResult,
  type TestLevel,
} from './deploy-result.js';
export type { DeploymentRecord, OrgIdentity, StoredComponent, StoredPackage } from './records.js';
