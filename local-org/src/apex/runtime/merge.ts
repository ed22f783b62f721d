import { rowValues, type DmlOperation, type SObject } from '../../data/index.js';
import { dmlException, failuresOf, performDml, type DmlMode } from './dml.js';
import { apexError } from './exceptions.js';
import type { ApexRuntime } from './runtime.js';

const MERGEABLE: ReadonlySet<string> = new Set(['Account', 'Contact', 'Lead', 'Case']);

/**
 * Merges up to two records into a master: children move to the master without triggers, the others are deleted, the master's values are saved.
 * Returns the Ids of the children that moved.
 * @throws System.DmlException when one of the records cannot be saved or deleted
 */
export function mergeRecords(
  runtime: ApexRuntime,
  masters: readonly SObject[],
  duplicates: readonly SObject[],
): readonly string[] {
  const [master] = masters;
  if (master === undefined || master.id === null || !MERGEABLE.has(master.object.name))
    throw apexError('DmlException', 'Merge failed: the master must be a saved Account, Contact, Lead or Case');
  if (duplicates.length > 2)
    throw apexError('DmlException', 'Merge failed: at most two records can be merged into the master');
  if (duplicates.some((duplicate) => duplicate.object !== master.object))
    throw apexError('DmlException', 'Merge failed: the records must be of one object');
  const mode = { allOrNone: true, externalId: null, userMode: false };
  const moved = duplicates.flatMap(({ id }) => (id === null ? [] : moveChildren(runtime, id, master)));
  mergeStep(runtime, 'delete', duplicates, { ...mode, mergedInto: master.id });
  mergeStep(runtime, 'update', [master], mode);
  return moved;
}

function mergeStep(runtime: ApexRuntime, operation: DmlOperation, rows: readonly SObject[], mode: DmlMode): void {
  const failures = failuresOf(performDml(runtime, operation, rows, mode));
  if (failures.length > 0) throw dmlException('Merge', failures);
}

function moveChildren(runtime: ApexRuntime, fromId: string, master: SObject): readonly string[] {
  const { store, schema } = runtime.data;
  const moved: string[] = [];
  for (const relation of master.object.children.values()) {
    if (!store.hasRows(relation.object)) continue;
    const object = schema.object(relation.object);
    const field = object?.fields.get(relation.field.toLowerCase());
    if (object === undefined || field === undefined) continue;
    const table = store.table(object);
    for (const id of [...table.indexOf(field).find(fromId)]) {
      const row = table.get(id);
      if (row === undefined) continue;
      store.put(object, { ...row, values: rowValues([...Object.entries(row.values), [field.name, master.id]]) });
      moved.push(id);
    }
  }
  return moved;
}
