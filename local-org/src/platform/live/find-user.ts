import type { Store } from '../../data/index.js';
import type { OrgUser } from '../../model/index.js';

/** An active user by username, in any case, also one whom people made. */
export function findUser(store: Store, username: string): OrgUser | undefined {
  const object = store.schema.object('User');
  const field = object?.fields.get('username');
  if (object === undefined || field === undefined) return undefined;
  const table = store.table(object);
  for (const id of table.indexOf(field).find(username)) {
    const row = table.get(id);
    if (row === undefined || row.deleted || row.values['IsActive'] !== true) continue;
    const { Username, Name, UserType } = row.values;
    return {
      id,
      username: typeof Username === 'string' ? Username : username,
      name: typeof Name === 'string' ? Name : username,
      active: true,
      kind: UserType === 'AutomatedProcess' ? 'automatedProcess' : 'standard',
    };
  }
  return undefined;
}
