import { setupObjectOf, type FieldValue, type Row, type Store } from '../../data/index.js';

/** Rows of an object whose reference points to the given Id; deleted ones are left out. */
export function rowsWith(store: Store, objectName: string, field: string, value: FieldValue): readonly Row[] {
  const object = setupObjectOf(store, objectName);
  const schema = object.fields.get(field.toLowerCase());
  if (schema === undefined) throw new Error(`${objectName} has no field ${field}.`);
  const table = store.table(object);
  if (table.size === 0) return [];
  return [...table.indexOf(schema).find(value)].flatMap((id) => {
    const row = table.get(id);
    return row === undefined || row.deleted ? [] : [row];
  });
}

function setsOfGroup(store: Store, groupId: string): readonly Row[] {
  return rowsWith(store, 'PermissionSetGroupComponent', 'PermissionSetGroupId', groupId).flatMap((component) =>
    permissionSet(store, component.values['PermissionSetId']),
  );
}

function permissionSet(store: Store, id: FieldValue | undefined): readonly Row[] {
  const row = typeof id === 'string' ? store.table(setupObjectOf(store, 'PermissionSet')).get(id) : undefined;
  return row === undefined || row.deleted ? [] : [row];
}

/**
 * Every permission set that counts for a user: the one that the profile owns, those that are assigned, and those of assigned groups. A group
 * counts as soon as it has components; the platform waits until it has been recalculated.
 */
export function permissionSetsOf(store: Store, user: Row): readonly Row[] {
  const profileId = user.values['ProfileId'];
  const owned = profileId === undefined ? [] : rowsWith(store, 'PermissionSet', 'ProfileId', profileId);
  const assigned = rowsWith(store, 'PermissionSetAssignment', 'AssigneeId', user.id).flatMap((assignment) => {
    const groupId = assignment.values['PermissionSetGroupId'];
    if (typeof groupId === 'string') return setsOfGroup(store, groupId);
    return permissionSet(store, assignment.values['PermissionSetId']);
  });
  return [...new Map([...owned, ...assigned].map((row) => [row.id, row])).values()];
}
