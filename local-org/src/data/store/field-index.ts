import type { FieldSchema } from '../schema/index.js';
import { ApexDecimal, type FieldValue } from '../values/index.js';
import type { Row } from './row.js';

/** Text under which equal values of a field meet: letter case counts only where the field says so. */
export function indexKey(field: FieldSchema, value: FieldValue): string {
  if (typeof value === 'string') return field.caseSensitive || field.type === 'reference' ? value : value.toLowerCase();
  return value instanceof ApexDecimal ? value.key() : String(value);
}

/** Ids of the rows with one value. Set keeps the order of insertion, which is that of the Ids until a row comes back to an earlier value. */
interface Bucket {
  ids: Set<string>;
  last: string;
  inOrder: boolean;
}

/** Finds the rows of one object by the value of one field. */
export class FieldIndex {
  private readonly buckets = new Map<string, Bucket>();

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
    const bucket = this.buckets.get(key);
    if (bucket === undefined) {
      this.buckets.set(key, { ids: new Set([row.id]), last: row.id, inOrder: true });
      return;
    }
    bucket.inOrder &&= bucket.last < row.id;
    bucket.last = row.id;
    bucket.ids.add(row.id);
  }

  remove(row: Row): void {
    const value = row.values[this.field.name];
    if (value === undefined || value === null) return;
    const key = indexKey(this.field, value);
    const bucket = this.buckets.get(key);
    bucket?.ids.delete(row.id);
    if (bucket?.ids.size === 0) this.buckets.delete(key);
  }

  /** Ids of the rows whose field equals the value, deleted ones included, in the order of creation, which Ids follow. */
  find(value: FieldValue): ReadonlySet<string> {
    const bucket = this.buckets.get(indexKey(this.field, value));
    if (bucket === undefined) return EMPTY;
    if (!bucket.inOrder) {
      const ids = [...bucket.ids].toSorted();
      Object.assign(bucket, { ids: new Set(ids), last: ids.at(-1) ?? '', inOrder: true });
    }
    return bucket.ids;
  }

  /** How many rows `find` gives. */
  count(value: FieldValue): number {
    return this.buckets.get(indexKey(this.field, value))?.ids.size ?? 0;
  }
}

const EMPTY: ReadonlySet<string> = new Set();
