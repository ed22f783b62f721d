import type { FormulaEngine } from '../formula/index.js';
import type { FieldSchema, ObjectSchema } from '../schema/index.js';
import type { RecordError, SObject } from '../sobject.js';
import { rowValues, type Row, type Store } from '../store/index.js';
import { dmlErrors } from './errors.js';
import type { RowPair } from './roll-up.js';
import type { DmlHooks, DmlOutcome, DmlRequest, DmlSession } from './types.js';
import { recordOf, refuseRecord } from './work.js';

interface ObjectRow {
  readonly object: ObjectSchema;
  readonly row: Row;
}

export interface RemovalContext {
  readonly store: Store;
  readonly formulas: FormulaEngine;
  readonly session: DmlSession;
  readonly hooks: DmlHooks;
  /** Calculates the roll-up summaries above records that went or came back; why a parent could not be saved. */
  readonly rollUp: (child: ObjectSchema, changes: readonly RowPair[]) => readonly RecordError[];
}

interface Target {
  readonly index: number;
  readonly input: SObject;
  readonly found: ObjectRow | undefined;
  readonly record: SObject | undefined;
  errors: RecordError[];
}

/** Deletes records and what cascades; only the records of the request fire triggers (Apex Developer Guide: Cascading delete operations). */
export function deleteRecords(context: RemovalContext, request: DmlRequest): readonly DmlOutcome[] {
  return eachBatch(context, request, false, (targets, object) => deleteBatch(context, request, targets, object));
}

/**
 * Records that an after trigger refuses are brought back. Where the others may go without them, all of the batch is taken back and the others are
 * deleted anew, with their triggers (Apex Developer Guide: Bulk DML Exception Handling).
 */
function deleteBatch(
  context: RemovalContext,
  request: DmlRequest,
  targets: readonly Target[],
  object: ObjectSchema,
): void {
  const before = context.store.savepoint();
  fire(context, 'before', 'delete', object, targets);
  if (request.allOrNone && targets.some((target) => target.errors.length > 0)) return;
  const removed = targets.filter((target) => target.errors.length === 0 && removeTarget(context, target));
  if (removed.length === 0) return;
  if (request.mergedInto !== undefined) for (const target of removed) noteMaster(context, target, request.mergedInto);
  fire(context, 'after', 'delete', object, removed);
  if (removed.every((target) => target.errors.length === 0)) rollUpTargets(context, object, removed, 'before');
  const left = removed.filter((target) => target.errors.length === 0);
  if (request.allOrNone || left.length === removed.length) return;
  context.store.rollbackTo(before);
  if (left.length > 0) deleteBatch(context, request, left, object);
}

/** Who a merged record went into is known from its after trigger on (Apex Developer Guide, "Triggers and Merge Statements"). */
function noteMaster({ store }: RemovalContext, { input: { object, id }, record }: Target, masterId: string): void {
  const row = id === null ? undefined : store.table(object).get(id);
  if (row === undefined || !object.fields.has('masterrecordid')) return;
  store.put(object, { ...row, values: rowValues([...Object.entries(row.values), ['MasterRecordId', masterId]]) });
  record?.set('MasterRecordId', masterId);
}

/** Brings records back from the recycle bin, with the children that went with them. */
export function undeleteRecords(context: RemovalContext, request: DmlRequest): readonly DmlOutcome[] {
  return eachBatch(context, request, true, (targets, object) => {
    for (const target of targets) {
      if (target.found === undefined) continue;
      restore(context, target.found, target.found.row.id);
    }
    fire(context, 'after', 'undelete', object, targets);
    rollUpTargets(context, object, targets, 'after');
  });
}

/**
 * Takes deleted records out of the recycle bin for good, with the children that went with them; no triggers run (Apex Reference Guide:
 * Database.emptyRecycleBin).
 */
export function purgeRecords(store: Store, records: readonly SObject[]): readonly DmlOutcome[] {
  return records.map(({ object, id }): DmlOutcome => {
    const row = id === null ? undefined : store.table(object).get(id);
    if (row === undefined || !isInRecycleBin(row))
      return { id, success: false, created: false, errors: [dmlErrors.notDeleted()] };
    purge(store, { object, row }, row.id);
    return { id, success: true, created: false, errors: [] };
  });
}

const isInRecycleBin = (row: Row): boolean => row.deleted && row.purged !== true;

function purge(store: Store, { object, row }: ObjectRow, rootId: string): void {
  store.put(object, { ...row, purged: true });
  for (const relation of object.children.values()) {
    const children = childrenOf(store, row.id, relation.object, relation.field);
    for (const child of children?.rows ?? [])
      if (children !== undefined && child.deletedWith === rootId)
        purge(store, { object: children.object, row: child }, rootId);
  }
}

/** Only records of the request change summaries: what cascades goes with its parent. */
function rollUpTargets(
  context: RemovalContext,
  object: ObjectSchema,
  targets: readonly Target[],
  when: keyof RowPair,
): void {
  const changes = targets.flatMap(({ found }): RowPair[] => {
    if (found === undefined) return [];
    return [when === 'before' ? { before: found.row, after: undefined } : { before: undefined, after: found.row }];
  });
  const refused = context.rollUp(object, changes);
  for (const target of targets) target.errors.push(...refused);
}

function eachBatch(
  context: RemovalContext,
  request: DmlRequest,
  wantDeleted: boolean,
  work: (targets: readonly Target[], object: ObjectSchema) => void,
): readonly DmlOutcome[] {
  const targets = request.records.map((input, index) => findTarget(context, input, index, wantDeleted, request));
  const stop = request.allOrNone && targets.some((target) => target.errors.length > 0);
  const groups = new Map<ObjectSchema, Target[]>();
  for (const target of targets) {
    if (target.errors.length > 0 || stop) continue;
    const group = groups.get(target.input.object) ?? [];
    group.push(target);
    groups.set(target.input.object, group);
  }
  for (const [object, group] of groups)
    for (let at = 0; at < group.length; at += 200) work(group.slice(at, at + 200), object);
  return targets.map(({ input, errors }) => ({ id: input.id, success: errors.length === 0, created: false, errors }));
}

function findTarget(
  context: RemovalContext,
  input: SObject,
  index: number,
  wantDeleted: boolean,
  request: DmlRequest,
): Target {
  const row = input.id === null ? undefined : context.store.table(input.object).get(input.id);
  const refused = request.refused?.get(index);
  const errors: RecordError[] = refused === undefined ? [] : [refused];
  if (input.id === null) errors.push(dmlErrors.idMissing());
  else if (row === undefined) errors.push(dmlErrors.notFound());
  else if (wantDeleted && !isInRecycleBin(row)) errors.push(dmlErrors.notDeleted());
  else if (!wantDeleted && row.deleted) errors.push(dmlErrors.deleted());
  else refuseRecord(request.guard, input.object, row, 'delete', errors);
  const found = row === undefined ? undefined : { object: input.object, row };
  return {
    index,
    input,
    found,
    record: found === undefined ? undefined : recordOf(context, found.object, found.row),
    errors,
  };
}

function fire(
  context: RemovalContext,
  timing: 'before' | 'after',
  operation: 'delete' | 'undelete',
  object: ObjectSchema,
  targets: readonly Target[],
): void {
  const records = targets.flatMap((target) => target.record ?? []);
  const batch = {
    timing,
    operation,
    object,
    newRecords: operation === 'undelete' ? records : undefined,
    oldRecords: operation === 'delete' ? records : undefined,
  };
  if (timing === 'before') context.hooks.beforeSaveFlows(batch);
  context.hooks.triggers(batch);
  if (timing === 'after') context.hooks.afterSaveFlows(batch);
  for (const target of targets) {
    target.errors.push(...(target.record?.errors ?? []));
    if (target.record !== undefined) target.record.errors = [];
  }
}

/** Marks the record deleted, and its children according to their delete constraint. False when a child forbids it. */
function removeTarget(context: RemovalContext, target: Target): boolean {
  if (target.found === undefined) return false;
  const refusal = removeRow(context, target.found, target.found.row.id);
  if (refusal !== undefined) target.errors.push(refusal);
  return refusal === undefined;
}

/** @param rootId the record whose deletion takes this one along, perhaps itself */
function removeRow(context: RemovalContext, { object, row }: ObjectRow, rootId: string): RecordError | undefined {
  if (object.kind === 'listSetting' || object.kind === 'hierarchySetting') {
    context.store.remove(object, row.id);
    return undefined;
  }
  context.store.put(object, {
    ...row,
    deleted: true,
    ...(row.id === rootId ? {} : { deletedWith: rootId }),
    values: rowValues([...Object.entries(row.values), ['IsDeleted', true]]),
  });
  for (const relation of object.children.values()) {
    const refusal = releaseChildren(context, row.id, relation.object, relation.field, rootId);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

function releaseChildren(
  context: RemovalContext,
  parentId: string,
  childObject: string,
  fieldName: string,
  rootId: string,
): RecordError | undefined {
  const found = childrenOf(context.store, parentId, childObject, fieldName);
  if (found === undefined) return undefined;
  const { object, field } = found;
  const children = found.rows.filter((row) => !row.deleted);
  if (children.length === 0) return undefined;
  if (field.deleteConstraint === 'restrict') return dmlErrors.restricted(children.length, object.label);
  for (const row of children) {
    if (field.deleteConstraint === 'setNull') {
      context.store.put(object, {
        ...row,
        values: rowValues(Object.entries(row.values).filter(([name]) => name !== field.name)),
      });
      continue;
    }
    const refusal = removeRow(context, { object, row }, rootId);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

/** Every row of an object that refers to the parent, deleted ones too; undefined when there can be none. */
function childrenOf(
  store: Store,
  parentId: string,
  childObject: string,
  fieldName: string,
): { readonly object: ObjectSchema; readonly field: FieldSchema; readonly rows: readonly Row[] } | undefined {
  if (!store.hasRows(childObject)) return undefined;
  const object = store.schema.object(childObject);
  const field = object?.fields.get(fieldName.toLowerCase());
  if (object === undefined || field === undefined) return undefined;
  const table = store.table(object);
  return { object, field, rows: [...table.indexOf(field).find(parentId)].flatMap((id) => table.get(id) ?? []) };
}

/** Brings a record back, and the children that went with the root. */
function restore(context: RemovalContext, { object, row }: ObjectRow, rootId: string): void {
  const { id, values } = row;
  const restored = rowValues([...Object.entries(values), ['IsDeleted', false]]);
  context.store.put(object, { id, deleted: false, values: restored });
  for (const relation of object.children.values()) {
    const children = childrenOf(context.store, id, relation.object, relation.field);
    for (const child of children?.rows ?? [])
      if (children !== undefined && child.deleted && child.deletedWith === rootId)
        restore(context, { object: children.object, row: child }, rootId);
  }
}
