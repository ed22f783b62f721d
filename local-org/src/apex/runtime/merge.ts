import { rowValues, type SObject } from '../../data/index.js';
import { dmlOrThrow } from './dml.js';
import { apexError } from './exceptions.js';
import type { ApexRuntime } from './runtime.js';

const MERGEABLE: ReadonlySet<string> = new Set(['Account', 'Contact', 'Lead', 'Case']);

/** Merges up to two records into a master: children move to the master, the master's values are saved, the others are deleted. */
export function mergeRecords(runtime: ApexRuntime, masters: readonly SObject[], duplicates: readonly SObject[]): void {
  const [master] = masters;
  if (master === undefined || master.id === null || !MERGEABLE.has(master.object.name))
    throw apexError('DmlException', 'Merge failed: the master must be a saved Account, Contact, Lead or Case');
  if (duplicates.length > 2)
    throw apexError('DmlException', 'Merge failed: at most two records can be merged into the master');
  for (const duplicate of duplicates) if (duplicate.id !== null) moveChildren(runtime, duplicate.id, master);
  for (const duplicate of duplicates) {
    if (duplicate.object !== master.object)
      throw apexError('DmlException', 'Merge failed: the records must be of one object');
    dmlOrThrow(runtime, 'delete', duplicate, { allOrNone: true, externalId: null, userMode: false });
  }
  dmlOrThrow(runtime, 'update', master, { allOrNone: true, externalId: null, userMode: false });
}

function moveChildren(runtime: ApexRuntime, fromId: string, master: SObject): void {
  const { store, schema } = runtime.data;
  for (const relation of master.object.children.values()) {
    if (!store.hasRows(relation.object)) continue;
    const object = schema.object(relation.object);
    const field = object?.fields.get(relation.field.toLowerCase());
    if (object === undefined || field === undefined) continue;
    const table = store.table(object);
    for (const id of [...table.indexOf(field).find(fromId)]) {
      const row = table.get(id);
      if (row !== undefined)
        store.put(object, { ...row, values: rowValues([...Object.entries(row.values), [field.name, master.id]]) });
    }
  }
}
