import type { ApexRuntime } from '../../../apex/runtime/index.js';
import {
  ApexDatetime,
  type DmlOperation,
  type FieldValue,
  type RecordError,
  type SObject,
} from '../../../data/index.js';
import { refuseTraceFlag } from '../../../platform/debug-log/index.js';

/** What a rule makes of a record: it is saved, nothing is left to do, or why it cannot be saved. */
export type Ruling = 'save' | 'done' | RecordError;

type Rule = (runtime: ApexRuntime, operation: DmlOperation, record: SObject) => Ruling;

function storedValue(runtime: ApexRuntime, record: SObject, field: string): FieldValue {
  return (record.id === null ? undefined : runtime.data.store.rowOfId(record.id)?.row.values[field]) ?? null;
}

function traceFlag(runtime: ApexRuntime, operation: DmlOperation, record: SObject): Ruling {
  if (operation === 'delete') return 'save';
  if (operation === 'insert' && record.get('StartDate') === null)
    record.set('StartDate', new ApexDatetime(Math.floor(runtime.now / 1000) * 1000));
  const proposed = {
    id: record.id ?? undefined,
    value: (field: string) => (record.values.has(field) ? record.get(field) : storedValue(runtime, record, field)),
  };
  return refuseTraceFlag(runtime.data.store, proposed, runtime.now) ?? 'save';
}

/** A class of a test run can only be aborted; one whose turn has come stays as it is (Object Reference: ApexTestQueueItem). */
function testQueueItem(runtime: ApexRuntime, _operation: DmlOperation, record: SObject): Ruling {
  const others = [...record.values.keys()].filter((name) => name !== 'Id' && name !== 'Status');
  if (record.get('Status') !== 'Aborted' || others.length > 0)
    return {
      statusCode: 'FIELD_INTEGRITY_EXCEPTION',
      message: 'Only the status of an ApexTestQueueItem can be changed, and only to Aborted.',
      fields: others.length > 0 ? others : ['Status'],
    };
  return storedValue(runtime, record, 'Status') === 'Queued' ? 'save' : 'done';
}

/** Rules of objects whose records mean something to the platform, by object. */
export const RECORD_RULES: Readonly<Record<string, Rule>> = {
  ApexTestQueueItem: testQueueItem,
  TraceFlag: traceFlag,
};
