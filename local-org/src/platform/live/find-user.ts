import type { Row, Store } from '../../data/index.js';
import type { OrgUser } from '../../model/index.js';

/** An active user by username, in any case, also one whom people made. */
export function findUser(store: Store, username: string): OrgUser | undefined {
  const object = store.schema.object('User');
  const field = object?.fields.get('username');
  if (object === undefined || field === undefined) return undefined;
  const table = store.table(object);
  for (const id of table.indexOf(field).find(username)) {
    const row = table.get(id);
    const user = row === undefined ? undefined : userOf(row);
    if (user?.active === true) return user;
  }
  return undefined;
}

/** Every user, also those whom people made. */
export function allUsers(store: Store): readonly OrgUser[] {
  const object = store.schema.object('User');
  return object === undefined ? [] : [...store.table(object).all()].map(userOf);
}

function userOf({ id, values, deleted }: Row): OrgUser {
  const { Username, Name, IsActive, UserType } = values;
  const username = typeof Username === 'string' ? Username : '';
  return {
    id,
    username,
    name: typeof Name === 'string' ? Name : username,
    active: IsActive === true && !deleted,
    kind: UserType === 'AutomatedProcess' ? 'automatedProcess' : 'standard',
  };
}
