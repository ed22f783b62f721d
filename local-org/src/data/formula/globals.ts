import type { ExpressionType } from 'sformula/types/types.js';

import { mergedSetting } from '../settings.js';
import type { FieldSchema, ObjectSchema, SchemaRegistry } from '../schema/index.js';
import type { Row, Store } from '../store/index.js';
import type { FieldValue } from '../values/index.js';
import { formulaType } from './convert.js';

/** What the globals of formulas tell about the org and the running user, besides its records. */
export interface FormulaGlobals {
  readonly userId: () => string;
  /** Time zone of the running user; GMT when it is not known. */
  readonly timeZone?: (() => string) | undefined;
  readonly organizationId?: (() => string) | undefined;
  /** Text of a custom label. */
  readonly label?: ((name: string) => string | undefined) | undefined;
  /** Does the running user have the custom permission? */
  readonly hasPermission?: ((name: string) => boolean) | undefined;
}

/** Objects whose record a global stands for (Salesforce Help: Global Variables). */
const RECORDS: Readonly<Record<string, string>> = {
  $user: 'User',
  $profile: 'Profile',
  $userrole: 'UserRole',
  $organization: 'Organization',
};
const TEXT: ExpressionType = { type: 'string' };

export interface ObjectRow {
  readonly object: ObjectSchema;
  readonly row: Row;
}

export function isGlobal(path: readonly string[]): boolean {
  return path[0]?.startsWith('$') === true;
}

function fieldType(field: FieldSchema | undefined): ExpressionType | undefined {
  return field === undefined ? undefined : formulaType(field);
}

/**
 * Type of a global; undefined when there is none of that name.
 * @param fieldAt looks up a path of names from an object
 */
export function globalType(
  schema: Pick<SchemaRegistry, 'object'>,
  [first = '', ...rest]: readonly string[],
  fieldAt: (object: ObjectSchema, path: readonly string[]) => FieldSchema | undefined,
): ExpressionType | undefined {
  const name = first.toLowerCase();
  const [second = '', ...more] = rest;
  const recordObject = RECORDS[name] === undefined ? undefined : schema.object(RECORDS[name]);
  if (recordObject !== undefined) return fieldType(fieldAt(recordObject, rest));
  const named = schema.object(second);
  switch (name) {
    case '$label':
    case '$api':
      return TEXT;
    case '$permission':
      return { type: 'boolean' };
    case '$system':
      return { type: 'datetime' };
    case '$setup':
      return named === undefined ? undefined : fieldType(fieldAt(named, more));
    case '$custommetadata':
      return named === undefined ? undefined : fieldType(fieldAt(named, more.slice(1)));
    default:
      return undefined;
  }
}

/** What a global stands for: a record with the path from there, or a value. */
export type GlobalTarget =
  | { readonly kind: 'record'; readonly at: ObjectRow | undefined; readonly path: readonly string[] }
  | { readonly kind: 'value'; readonly value: FieldValue };

/** Looks a global up whose type is known. */
export function readGlobal(
  store: Store,
  globals: FormulaGlobals,
  [first = '', ...rest]: readonly string[],
): GlobalTarget {
  const name = first.toLowerCase();
  const [second = '', ...more] = rest;
  const user = store.rowOfId(globals.userId());
  const referenced = (field: string): ObjectRow | undefined => {
    const id = user?.row.values[field];
    return typeof id === 'string' ? store.rowOfId(id) : undefined;
  };
  const record = (at: ObjectRow | undefined, path = rest): GlobalTarget => ({ kind: 'record', at, path });
  switch (name) {
    case '$user':
      return record(user);
    case '$profile':
      return record(referenced('ProfileId'));
    case '$userrole':
      return record(referenced('UserRoleId'));
    case '$organization':
      return record(store.rowOfId(globals.organizationId?.() ?? ''));
    case '$setup': {
      const object = store.schema.object(second);
      if (object === undefined) return record(undefined, more);
      const owners = [globals.organizationId?.(), user?.row.values['ProfileId'], globals.userId()];
      return record({ object, row: mergedSetting(store, object, owners) }, more);
    }
    case '$custommetadata':
      return record(metadataRecord(store, second, more[0] ?? ''), more.slice(1));
    case '$label':
      return { kind: 'value', value: globals.label?.(second) ?? null };
    case '$permission':
      return { kind: 'value', value: globals.hasPermission?.(second) === true };
    default:
      return { kind: 'value', value: null };
  }
}

function metadataRecord(store: Store, objectName: string, name: string): ObjectRow | undefined {
  const object = store.schema.object(objectName);
  if (object === undefined) return undefined;
  for (const row of store.table(object).all())
    if (String(row.values['DeveloperName']).toLowerCase() === name.toLowerCase()) return { object, row };
  return undefined;
}
