import { SObject, type ObjectSchema } from '../../data/index.js';
import type {
  FlowCreate,
  FlowDelete,
  FlowNamedValue,
  FlowPath,
  FlowRecordTarget,
  FlowUpdate,
} from '../../metadata/index.js';
import { FlowFault } from '../fault.js';
import { assign, operandValue, pathValue, setMember, type Interview } from '../interview/index.js';
import type { FlowOrg } from '../org.js';
import type { BulkCall, FlowRun } from '../run/bulk.js';
import { isCollection } from '../values/index.js';
import { bulkDml, type BulkRecords } from './bulk-dml.js';
import { findRecords } from './found-records.js';

/** Records in a variable: one, or those of a collection. @throws FlowFault when there is none */
function recordsAt(interview: Interview, path: FlowPath): readonly SObject[] {
  const value = pathValue(interview, path);
  if (value instanceof SObject) return [value];
  if (!isCollection(value ?? []) || value === null) throw new FlowFault(`The record in ${path.join('.')} is null.`);
  const records = isCollection(value) ? value.filter((item) => item instanceof SObject) : [];
  // One record twice in a collection is saved once, with what the last one says.
  return [...new Map(records.map((record, index) => [record.id ?? index, record])).values()];
}

function withValues(
  interview: Interview,
  object: ObjectSchema,
  id: string | null,
  values: readonly FlowNamedValue[],
): SObject {
  const record = new SObject(object);
  if (id !== null) record.set('Id', id);
  for (const { name, value } of values) setMember(record, name, operandValue(interview, value), interview.zone);
  return record;
}

/** Create Records: one operation for all interviews. */
// eslint-disable-next-line require-yield
export function* runCreate(org: FlowOrg, calls: readonly BulkCall<FlowCreate>[]): FlowRun<void> {
  const [first] = calls;
  if (first === undefined) return;
  const { upsert } = first.element;
  const groups = calls.flatMap((call) => {
    const records = call.attempt(() => recordsToCreate(org, call));
    return records === undefined ? [] : [{ call, records }];
  });
  bulkDml(org, upsert === undefined ? 'insert' : 'upsert', groups, upsert?.field ?? null);
  for (const { call, records } of groups) if (call.fault === undefined) call.attempt(() => storeIds(call, records));
}

function recordsToCreate(org: FlowOrg, { interview, element: { source } }: BulkCall<FlowCreate>): readonly SObject[] {
  if (source.kind === 'reference') return recordsAt(interview, source.path);
  return [withValues(interview, org.runtime.object(source.object), null, source.values)];
}

function storeIds({ interview, element }: BulkCall<FlowCreate>, [record]: readonly SObject[]): void {
  if (record === undefined) return;
  if (element.idTarget !== undefined) assign(interview, element.idTarget, record.id);
  if (element.automatic) interview.store(element.name, record.id);
}

type TargetElement = FlowDelete | FlowUpdate;

/** The records that each interview aims at: those in a variable, or those that filters find. */
function targets<E extends TargetElement>(
  org: FlowOrg,
  calls: readonly BulkCall<E>[],
  target: FlowRecordTarget,
): readonly BulkRecords<E>[] {
  if (target.kind === 'reference') {
    return calls.flatMap((call) => {
      const records = call.attempt(() => recordsAt(call.interview, target.path));
      return records === undefined ? [] : [{ call, records }];
    });
  }
  const search = { object: org.runtime.object(target.object), filters: target.filters, sort: undefined, fields: [] };
  return [...findRecords(org, calls, search, () => undefined)].map(([call, records]) => ({ call, records }));
}

/** Update Records: one operation for all interviews. Before the save, `$Record` itself takes the values and nothing is written. */
// eslint-disable-next-line require-yield
export function* runUpdate(org: FlowOrg, calls: readonly BulkCall<FlowUpdate>[]): FlowRun<void> {
  const [first] = calls;
  if (first === undefined) return;
  const { target, values } = first.element;
  const { start } = first.interview.definition;
  if (start.kind === 'record' && start.timing === 'beforeSave') {
    for (const call of calls) call.attempt(() => setOnRecord(call));
    return;
  }
  const groups = targets(org, calls, target).flatMap(({ call, records }) => {
    const changes = call.attempt(() =>
      records.map((record) =>
        values.length === 0 ? record : withValues(call.interview, record.object, record.id, values),
      ),
    );
    return changes === undefined ? [] : [{ call, records: changes }];
  });
  bulkDml(org, 'update', groups);
  for (const { call, records } of groups) if (call.fault === undefined) reflect(call.interview, records);
}

function setOnRecord({ interview, element }: BulkCall<FlowUpdate>): void {
  const record = interview.record;
  if (record === undefined) throw new FlowFault('The record in $Record is null.');
  for (const { name, value } of element.values) setMember(record, name, operandValue(interview, value), interview.zone);
}

/** `$Record` shows what the flow itself wrote to the record. */
function reflect({ record }: Interview, changes: readonly SObject[]): void {
  const own = record === undefined ? undefined : changes.find((change) => change !== record && change.id === record.id);
  for (const [name, value] of own?.values ?? []) record?.set(name, value);
}

/** Delete Records: one operation for all interviews. */
// eslint-disable-next-line require-yield
export function* runDelete(org: FlowOrg, calls: readonly BulkCall<FlowDelete>[]): FlowRun<void> {
  const [first] = calls;
  if (first === undefined) return;
  bulkDml(org, 'delete', targets(org, calls, first.element.target));
}
