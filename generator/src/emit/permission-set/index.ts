export { emitCredentialPermissionSet } from './credential.js';
export { emitIntegrationUserPermissionSet } from './integration-user.js';
export { emitOperatorPermissionSet } from './operator.js';
export { emitActionPermissionSet, emitUserPermissionSet } from './user.js';
