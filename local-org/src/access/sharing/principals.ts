import { setupObjectOf, type Row, type Store } from '../../data/index.js';
import { rowsWith } from '../permissions/permission-sets.js';

/** Roles below a role, not the role itself. */
function rolesBelow(store: Store, roleId: string): readonly string[] {
  const below: string[] = [];
  const seen = new Set([roleId]);
  const waiting = [roleId];
  for (let role = waiting.pop(); role !== undefined; role = waiting.pop()) {
    for (const { id } of rowsWith(store, 'UserRole', 'ParentRoleId', role)) {
      if (seen.has(id)) continue;
      seen.add(id);
      below.push(id);
      waiting.push(id);
    }
  }
  return below;
}

/** A role and the roles above it. */
function rolesFrom(store: Store, roleId: string): readonly string[] {
  const roles: string[] = [];
  const table = store.table(setupObjectOf(store, 'UserRole'));
  for (let id: unknown = roleId; typeof id === 'string' && !roles.includes(id);) {
    roles.push(id);
    id = table.get(id)?.values['ParentRoleId'];
  }
  return roles;
}

const WITH_SUBORDINATES: ReadonlySet<string> = new Set(['RoleAndSubordinates', 'RoleAndSubordinatesInternal']);

/** Groups that a user belongs to by role, or because everybody who works in the org does. */
function groupsByRole(store: Store, user: Row): readonly string[] {
  const internal = rowsWith(store, 'Group', 'Type', 'Organization').map((group) => group.id);
  const roleId = user.values['UserRoleId'];
  if (typeof roleId !== 'string') return internal;
  const byRole = rolesFrom(store, roleId).flatMap((role) =>
    rowsWith(store, 'Group', 'RelatedId', role)
      .filter(({ values }) => WITH_SUBORDINATES.has(String(values['Type'])) || role === roleId)
      .map((group) => group.id),
  );
  return [...internal, ...byRole];
}

/** Groups and queues that somebody is in: directly, through other groups, or by role. */
function groupsOf(store: Store, user: Row): readonly string[] {
  const groups = new Set<string>();
  const waiting = [user.id, ...groupsByRole(store, user)];
  for (let member = waiting.pop(); member !== undefined; member = waiting.pop()) {
    if (member !== user.id) groups.add(member);
    for (const { values } of rowsWith(store, 'GroupMember', 'UserOrGroupId', member)) {
      const groupId = values['GroupId'];
      if (typeof groupId === 'string' && !groups.has(groupId)) waiting.push(groupId);
    }
  }
  return [...groups];
}

/** False for public groups that keep what they share from their members' managers. */
function includesBosses(store: Store, groupId: string): boolean {
  return store.table(setupObjectOf(store, 'Group')).get(groupId)?.values['DoesIncludeBosses'] !== false;
}

/**
 * Ids that open a record to a user when they own it or it is shared with them. Whoever is above in the role hierarchy has what those below
 * have (help "Controlling Access Using Hierarchies"), also through groups, unless the group says no.
 */
export function principalsOf(store: Store, user: Row): ReadonlySet<string> {
  const ids = new Set([user.id, ...groupsOf(store, user)]);
  const roleId = user.values['UserRoleId'];
  if (typeof roleId !== 'string') return ids;
  for (const role of rolesBelow(store, roleId)) {
    for (const subordinate of rowsWith(store, 'User', 'UserRoleId', role)) {
      ids.add(subordinate.id);
      for (const group of groupsOf(store, subordinate)) if (includesBosses(store, group)) ids.add(group);
    }
  }
  return ids;
}
