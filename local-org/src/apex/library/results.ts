import type { DmlOperation, DmlOutcome, RecordError } from '../../data/index.js';
import { ApexList, type ApexRuntime, type PropertyObject } from '../runtime/index.js';
import { platform, PRIMITIVES } from '../types/types.js';
import { bean } from './bean.js';

/** The type of result that each operation gives. */
export const RESULT_TYPES: Readonly<Record<DmlOperation, string>> = {
  insert: 'Database.SaveResult',
  update: 'Database.SaveResult',
  upsert: 'Database.UpsertResult',
  delete: 'Database.DeleteResult',
  undelete: 'Database.UndeleteResult',
};

/** Database.Error. */
function errorObject(runtime: ApexRuntime, { message, statusCode, fields }: RecordError): PropertyObject {
  return bean(runtime, 'Database.Error', {
    message,
    statusCode: runtime.platformEnum('System.StatusCode', statusCode),
    fields: new ApexList(PRIMITIVES.String, [...fields]),
  });
}

/** The errors of a record as Apex gets them. */
export function errorList(runtime: ApexRuntime, errors: readonly RecordError[]): ApexList {
  return new ApexList(
    platform('Database.Error'),
    errors.map((error) => errorObject(runtime, error)),
  );
}

/** What happened to one record, as the operation's result type. */
export function resultOf(runtime: ApexRuntime, operation: DmlOperation, outcome: DmlOutcome): PropertyObject {
  return bean(runtime, RESULT_TYPES[operation], {
    ...(operation === 'upsert' ? { created: outcome.created } : {}),
    success: outcome.success,
    id: outcome.id,
    errors: errorList(runtime, outcome.errors),
  });
}
