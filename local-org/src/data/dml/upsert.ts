import type { FieldSchema } from '../schema/index.js';
import type { RecordError, SObject } from '../sobject.js';
import type { Store } from '../store/index.js';
import { dmlErrors } from './errors.js';

/** What is to be done with one record: an error when that could not be told. */
export type Plan =
  | { readonly operation: 'insert' }
  | { readonly operation: 'update'; readonly id?: string }
  | { readonly operation: 'fail'; readonly error: RecordError };

/** Decides whether an upserted record is new: by its Id, or by the value of an external id field. */
export function matchForUpsert(store: Store, record: SObject, externalId: FieldSchema | undefined): Plan {
  if (externalId === undefined || externalId.type === 'id')
    return { operation: record.id === null ? 'insert' : 'update' };
  const value = record.get(externalId.name);
  if (value === null || value === '') return { operation: 'fail', error: dmlErrors.externalIdMissing(externalId) };
  const table = store.table(record.object);
  const ids = [...table.indexOf(externalId).find(value)].filter((id) => table.get(id)?.deleted === false);
  const [id] = ids;
  if (id === undefined) return { operation: 'insert' };
  return ids.length > 1
    ? { operation: 'fail', error: dmlErrors.duplicateExternalId(externalId) }
    : { operation: 'update', id };
}
