/** Who may do what: permissions of users and sharing of records, computed from the rows of the store. */
export { accessOf } from './access-of.js';
export type { UserAccess } from './permissions/user-access.js';
export type { ObjectRights } from './permissions/rights.js';
export { readAccessOf, writeAccessOf } from './data-access.js';
export { followPermissions, type UnknownGrant } from './metadata/follow-permissions.js';
export type { DeployedMetadata, RowWriter, WrittenRow } from './metadata/row-writer.js';
export { principalId } from './metadata/setup-entities.js';
export { ensureProfiles, type ProfileIds } from './profiles/ensure-profiles.js';
export { ADMINISTRATOR } from './profiles/standard-profiles.js';
export { sharingOf, type Sharing } from './sharing/org-wide-defaults.js';
export type { AccessLevel } from './sharing/level.js';
export { accessRule } from './rules/access-rule.js';
export { assignProfileSet } from './rules/profile-assignment.js';
