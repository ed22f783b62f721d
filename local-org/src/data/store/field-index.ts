import type { FieldSchema } from '../schema/index.js';
import { ApexDecimal, type FieldValue } from '../values/index.js';
import type { Row } from './row.js';

/** Text under which equal values of a field meet: letter case counts only where the field says so. */
export function indexKey(field: FieldSchema, value: FieldValue): string {
  if (typeof value === 'string') return field.caseSensitive || field.type === 'reference' ? value : value.toLowerCase();
  return value instanceof ApexDecimal ? value.key() : String(value);
}

/** Finds the rows of one object by the value of one field. */
export class FieldIndex {
  private readonly ids = new Map<string, Set<string>>();

  constructor(
    private readonly field: FieldSchema,
    rows: Iterable<Row>,
  ) {
    for (const row of rows) this.add(row);
  }

  add(row: Row): void {
    const value = row.values[this.field.name];
    if (value === undefined || value === null) return;
    const key = indexKey(this.field, value);
    const ids = this.ids.get(key);
    if (ids === undefined) this.ids.set(key, new Set([row.id]));
    else ids.add(row.id);
  }

  remove(row: Row): void {
    const value = row.values[this.field.name];
    if (value === undefined || value === null) return;
    const key = indexKey(this.field, value);
    const ids = this.ids.get(key);
    ids?.delete(row.id);
    if (ids?.size === 0) this.ids.delete(key);
  }

  /** Ids of the rows whose field equals the value, deleted ones included. */
  find(value: FieldValue): ReadonlySet<string> {
    return this.ids.get(indexKey(this.field, value)) ?? EMPTY;
  }
}

const EMPTY: ReadonlySet<string> = new Set();
