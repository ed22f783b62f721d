import {
  setupObjectOf,
  type FieldSchema,
  type ObjectSchema,
  type Row,
  type Store,
  type Table,
} from '../../data/index.js';
import { higher, levelNamed, type AccessLevel } from './level.js';

/** The share rows of one object: where they are, and what their columns are called. */
export interface ShareTable {
  readonly object: ObjectSchema;
  readonly table: Table;
  readonly parent: FieldSchema;
  /** Column with the level on the record itself. */
  readonly level: string;
}

/** The share object of an object; undefined for objects whose records are not shared one by one. */
export function shareTableOf(store: Store, object: ObjectSchema): ShareTable | undefined {
  const custom = object.kind === 'custom';
  const shares = store.schema.object(custom ? object.name.replace(/__c$/i, '__Share') : `${object.name}Share`);
  const parent = shares?.fields.get(custom ? 'parentid' : `${object.name}Id`.toLowerCase());
  if (shares === undefined || parent === undefined) return undefined;
  return {
    object: shares,
    table: store.table(shares),
    parent,
    level: custom ? 'AccessLevel' : `${object.name}AccessLevel`,
  };
}

/** The highest level that share rows of a record give to one of the principals, read from `column`. */
export function sharedLevel(
  shares: ShareTable,
  recordId: string,
  principals: ReadonlySet<string>,
  column = shares.level,
): AccessLevel {
  if (shares.table.size === 0) return 'none';
  let level: AccessLevel = 'none';
  for (const id of shares.table.indexOf(shares.parent).find(recordId)) {
    const row = shares.table.get(id);
    if (row === undefined || row.deleted || !principals.has(String(row.values['UserOrGroupId']))) continue;
    level = higher(level, levelNamed(row.values[column]));
  }
  return level;
}

/** Objects below an account that roles and account shares open (help "Built-in Sharing Behavior": implicit sharing). */
const ACCOUNT_CHILDREN: Readonly<Record<string, { readonly role: string; readonly share: string }>> = {
  Case: { role: 'CaseAccessForAccountOwner', share: 'CaseAccessLevel' },
  Contact: { role: 'ContactAccessForAccountOwner', share: 'ContactAccessLevel' },
  Opportunity: { role: 'OpportunityAccessForAccountOwner', share: 'OpportunityAccessLevel' },
};

export const ACCOUNT_CHILD_OBJECTS = Object.keys(ACCOUNT_CHILDREN);

/**
 * What owning an account, or being given access to it, opens on its cases, contacts and opportunities: as much as the owner's role and the
 * account's share rows say.
 */
export function levelThroughAccount(
  store: Store,
  object: ObjectSchema,
  row: Row,
  principals: ReadonlySet<string>,
): AccessLevel {
  const columns = ACCOUNT_CHILDREN[object.name];
  const accountId = row.values['AccountId'];
  if (columns === undefined || typeof accountId !== 'string') return 'none';
  const accounts = setupObjectOf(store, 'Account');
  const shares = shareTableOf(store, accounts);
  const shared = shares === undefined ? 'none' : sharedLevel(shares, accountId, principals, columns.share);
  const ownerId = store.table(accounts).get(accountId)?.values['OwnerId'];
  if (typeof ownerId !== 'string' || !principals.has(ownerId)) return shared;
  const roleId = store.table(setupObjectOf(store, 'User')).get(ownerId)?.values['UserRoleId'];
  if (typeof roleId !== 'string') return shared;
  return higher(shared, levelNamed(store.table(setupObjectOf(store, 'UserRole')).get(roleId)?.values[columns.role]));
}
