import type { ObjectSchema } from '../schema/index.js';
import { ApexDatetime, type FieldValue } from '../values/index.js';
import { rowValues, type Row } from './row.js';
import type { Store } from './store.js';

/** Values by exact field name; a null is no value. */
export type SetupValues = Readonly<Record<string, FieldValue>>;

/** A row that was there before anybody worked in the org: unless the values say otherwise its dates are the epoch, and nobody created it. */
export function setupRow(store: Store, object: ObjectSchema, values: SetupValues, id = store.nextId(object)): Row {
  const start = new ApexDatetime(0);
  return {
    id,
    deleted: false,
    values: rowValues([
      ['CreatedDate', start],
      ['LastModifiedDate', start],
      ['SystemModstamp', start],
      ['IsDeleted', false],
      ...Object.entries(values),
      ['Id', id],
    ]),
  };
}

/** Stores what the org is made of (profiles, permission sets, classes ...) without the rules of DML. Returns the row's Id. */
export function storeSetupRow(store: Store, objectName: string, values: SetupValues, id?: string): string {
  const object = setupObjectOf(store, objectName);
  const row = setupRow(store, object, values, id);
  store.put(object, row);
  return row.id;
}

/** An object that every org has. @throws Error when the schema does not know it */
export function setupObjectOf(store: Store, objectName: string): ObjectSchema {
  const object = store.schema.object(objectName);
  if (object === undefined) throw new Error(`The platform tables have no ${objectName}.`);
  return object;
}
