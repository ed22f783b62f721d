import { SObject, type RecordError } from '../../data/index.js';
import {
  ApexList,
  ApexThrowable,
  mergeRecords,
  type ApexRuntime,
  type DmlFailure,
  type PropertyObject,
} from '../runtime/index.js';
import { platform, PRIMITIVES } from '../types/types.js';
import { required } from './arguments.js';
import { bean } from './bean.js';
import { errorList } from './results.js';

/** What a merge that did not go through tells of itself. */
function errorsOf(failures: readonly DmlFailure[]): readonly RecordError[] {
  return failures.map(({ statusCode, message, fields }) => ({ statusCode, message, fields }));
}

/** Merges one record, all or nothing of it; its failure is a result unless all must succeed. */
function mergeOne(runtime: ApexRuntime, master: SObject, duplicate: SObject, allOrNone: boolean): PropertyObject {
  const texts = (items: readonly unknown[]): ApexList => new ApexList(PRIMITIVES.String, [...items]);
  const before = runtime.data.store.savepoint();
  try {
    const moved = mergeRecords(runtime, [master], [duplicate]);
    return bean(runtime, 'Database.MergeResult', {
      id: master.id,
      success: true,
      mergedRecordIds: texts([duplicate.id]),
      updatedRelatedIds: texts(moved),
    });
  } catch (error) {
    if (allOrNone || !(error instanceof ApexThrowable) || error.$x.dmlFailures.length === 0) throw error;
    runtime.data.store.rollbackTo(before);
    return bean(runtime, 'Database.MergeResult', {
      id: master.id,
      success: false,
      errors: errorList(runtime, errorsOf(error.$x.dmlFailures)),
      mergedRecordIds: texts([]),
      updatedRelatedIds: texts([]),
    });
  }
}

function recordOf(runtime: ApexRuntime, master: SObject, given: unknown): SObject {
  if (given instanceof SObject) return given;
  return runtime.record(master.object.name, { Id: required(typeof given === 'string' ? given : null, 2) });
}

/** `Database.merge(master, duplicate or duplicates, allOrNone)` (Apex Reference Guide, "Database"). */
export const mergeMethod =
  (runtime: ApexRuntime, allOrNoneOf: (args: readonly unknown[]) => boolean) =>
  (master: SObject | null, given: unknown, ...rest: readonly unknown[]): unknown => {
    const target = required(master);
    const allOrNone = allOrNoneOf(rest);
    const items = given instanceof ApexList ? given.items : [required(given, 2)];
    const results = items.map((item) => mergeOne(runtime, target, recordOf(runtime, target, item), allOrNone));
    return given instanceof ApexList ? new ApexList(platform('Database.MergeResult'), results) : (results[0] ?? null);
  };
