import { setupObjectOf, storeSetupRow, type Store } from '../../data/index.js';
import { rowsWith } from '../permissions/permission-sets.js';

/** Keeps a user's assignment to the permission set of the profile in step (Object Reference: PermissionSetAssignment). */
export function assignProfileSet(store: Store, userId: string): void {
  const user = store.table(setupObjectOf(store, 'User')).get(userId);
  const profileId = user?.values['ProfileId'];
  const [wanted] = profileId === undefined ? [] : rowsWith(store, 'PermissionSet', 'ProfileId', profileId);
  const sets = store.table(setupObjectOf(store, 'PermissionSet'));
  const object = setupObjectOf(store, 'PermissionSetAssignment');
  let assigned = false;
  for (const row of rowsWith(store, object.name, 'AssigneeId', userId)) {
    const set = sets.get(String(row.values['PermissionSetId']));
    if (set?.values['IsOwnedByProfile'] !== true) continue;
    if (set.id === wanted?.id) assigned = true;
    else store.remove(object, row.id);
  }
  if (wanted !== undefined && !assigned)
    storeSetupRow(store, object.name, { AssigneeId: userId, PermissionSetId: wanted.id, IsActive: true });
}
