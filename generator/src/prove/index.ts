export { startCounterpart, type Counterpart } from './counterpart.js';
export { OrgClient, OrgRequestError, type OrgAddress } from '../org-client/index.js';
export { assignPermissionSets, permissionSetsOf } from './permissions.js';
export { isProved, proveIntegration, type ProofRun, type ProofSubject, type UpdateOne } from './proof.js';
export { storeSecrets } from './secrets.js';
