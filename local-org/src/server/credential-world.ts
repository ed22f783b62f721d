import { accessOf } from '../access/index.js';
import type { FieldValue, ObjectSchema, Row, Store } from '../data/index.js';
import type { CredentialWorld } from '../platform/credentials/index.js';
import type { LiveOrg } from '../platform/live/index.js';
import type { OrgStore } from '../store/index.js';

/** What callouts learn of the org that they leave from. */
export function credentialWorld(org: () => LiveOrg, store: OrgStore): CredentialWorld {
  const records = (): Store => org().rows();
  return {
    hasPrincipalAccess: (userId, principal) => accessOf(records(), userId).hasPrincipalAccess(principal),
    rights: (userId) => accessOf(records(), userId).rightsByName('UserExternalCredential'),
    global: (userId, path) => globalOf(records(), userId, path),
    componentId: (type, fullName) => store.state.stored(type, fullName)?.id,
    now: () => org().clock.now(),
  };
}

/** `$User`, `$Profile`, `$UserRole` and `$Organization`, by the names of their fields. Undefined for anything else. */
function globalOf(
  records: Store,
  userId: string,
  [global = '', name = '', ...rest]: readonly string[],
): FieldValue | undefined {
  const found = rest.length > 0 ? undefined : rowOf(records, userId, global.toLowerCase());
  const field = found?.object.fields.get(name.toLowerCase());
  return found === undefined || field === undefined ? undefined : (found.row.values[field.name] ?? null);
}

/** Field of the user that leads to what a global stands for. */
const FROM_USER: Readonly<Record<string, string>> = { $profile: 'ProfileId', $userrole: 'UserRoleId' };

interface Found {
  readonly object: ObjectSchema;
  readonly row: Row;
}

function rowOf(records: Store, userId: string, global: string): Found | undefined {
  if (global === '$organization') return onlyRow(records, 'Organization');
  const user = records.rowOfId(userId);
  if (global === '$user') return user;
  const id = user?.row.values[FROM_USER[global] ?? ''];
  return typeof id === 'string' ? records.rowOfId(id) : undefined;
}

function onlyRow(records: Store, objectName: string): Found | undefined {
  const object = records.schema.object(objectName);
  const [row] = object === undefined ? [] : records.table(object).all();
  return object === undefined || row === undefined ? undefined : { object, row };
}
