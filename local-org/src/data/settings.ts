import type { ObjectSchema } from './schema/index.js';
import { rowValues, type Row, type Store } from './store/index.js';
import type { FieldValue } from './values/index.js';

/**
 * A hierarchy custom setting as somebody sees it: the values of each owner's row over those of the owners before (Apex Developer Guide:
 * Custom Settings Methods).
 * @param owners Ids of the org, the profile and the user, in this order
 */
export function mergedSetting(store: Store, object: ObjectSchema, owners: readonly (FieldValue | undefined)[]): Row {
  const rows = [...store.table(object).all()].filter((row) => !row.deleted);
  const values = new Map<string, FieldValue>();
  for (const owner of owners) {
    const row = rows.find((candidate) => owner !== undefined && candidate.values['SetupOwnerId'] === owner);
    for (const [name, value] of Object.entries(row?.values ?? {})) if (value !== null) values.set(name, value);
  }
  return { id: '', deleted: false, values: rowValues(values) };
}
