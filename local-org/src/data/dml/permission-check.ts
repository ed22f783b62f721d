import type { ObjectSchema } from '../schema/index.js';
import type { SObject } from '../sobject.js';
import type { Store } from '../store/index.js';
import type { DmlRequest, TriggerOperation, WriteAccess } from './types.js';
import { matchForUpsert } from './upsert.js';

/** Why permissions forbid what a request does with one record. */
export type RefusedWrite =
  | {
      readonly kind: 'object';
      readonly index: number;
      readonly object: ObjectSchema;
      readonly operation: TriggerOperation;
    }
  | {
      readonly kind: 'fields';
      readonly index: number;
      readonly object: ObjectSchema;
      readonly fields: readonly string[];
    };

function operationOn(store: Store, request: DmlRequest, record: SObject): TriggerOperation {
  if (request.operation !== 'upsert') return request.operation;
  const plan = matchForUpsert(store, record, request.externalId);
  return plan.operation === 'update' ? 'update' : 'insert';
}

/** Fields that carry a value which nobody ignores: an Id and what the system sets are skipped, as a queried row holds them. */
function refusedFields(access: WriteAccess, record: SObject, operation: 'insert' | 'update'): readonly string[] {
  const refused: string[] = [];
  for (const name of record.values.keys()) {
    const field = record.field(name);
    if (field === undefined || field.type === 'id' || field.readOnly || field.formula !== undefined) continue;
    if (!access.canWriteField(record.object, field, operation)) refused.push(field.name);
  }
  return refused;
}

/**
 * What object and field permissions forbid in a request, in the order of its records; nothing is written. How that is reported depends on who
 * asked: Apex throws exceptions, the REST API answers with errors.
 */
export function refusedWrites(store: Store, request: DmlRequest, access: WriteAccess): readonly RefusedWrite[] {
  return request.records.flatMap((record, index): readonly RefusedWrite[] => {
    const operation = operationOn(store, request, record);
    const { object } = record;
    if (!access.canWriteObject(object, operation)) return [{ kind: 'object', index, object, operation }];
    if (operation !== 'insert' && operation !== 'update') return [];
    const fields = refusedFields(access, record, operation);
    return fields.length === 0 ? [] : [{ kind: 'fields', index, object, fields }];
  });
}
