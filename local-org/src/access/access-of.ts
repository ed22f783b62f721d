import { setupObjectOf, type Store } from '../data/index.js';
import { isAdministrator, UserAccess } from './permissions/user-access.js';

/** Objects whose rows decide who may do what. Record shares are looked up when a record is, and are not among them. */
const DECIDING = [
  'User',
  'Profile',
  'PermissionSet',
  'PermissionSetAssignment',
  'PermissionSetGroupComponent',
  'ObjectPermissions',
  'FieldPermissions',
  'SetupEntityAccess',
  'UserRole',
  'Group',
  'GroupMember',
];

interface Known {
  version: number;
  readonly users: Map<string, UserAccess>;
}

const known = new WeakMap<Store, Known>();

/**
 * What a user may do now. Computed when it is first asked for and kept until a row changes that decides over access, so that what a
 * transaction has just granted counts at once.
 */
export function accessOf(store: Store, userId: string): UserAccess {
  const version = store.versionOf(DECIDING);
  let entry = known.get(store);
  if (entry?.version !== version) {
    entry = { version, users: new Map() };
    known.set(store, entry);
  }
  let access = entry.users.get(userId);
  if (access === undefined) {
    const user = store.table(setupObjectOf(store, 'User')).get(userId);
    access = new UserAccess(store, user, isAdministrator(store, user));
    entry.users.set(userId, access);
  }
  return access;
}
