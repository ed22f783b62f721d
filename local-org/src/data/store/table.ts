import type { FieldSchema } from '../schema/index.js';
import { FieldIndex } from './field-index.js';
import type { Row } from './row.js';

/** The rows of one object by Id, with indexes that come into being when a field is first searched. */
export class Table {
  private rows: Map<string, Row>;
  private shared: boolean;
  private readonly indexes = new Map<string, FieldIndex>();
  /** Grows with every change, so that what was derived from the rows can tell whether it still holds. */
  version = 0;

  /** @param base a table to start from; its rows are copied when this one first changes */
  constructor(base?: Table) {
    this.rows = base?.rows ?? new Map();
    this.shared = base !== undefined;
    if (base !== undefined) base.shared = true;
  }

  get(id: string): Row | undefined {
    return this.rows.get(id);
  }

  all(): Iterable<Row> {
    return this.rows.values();
  }

  get size(): number {
    return this.rows.size;
  }

  /** Stores the row under its Id; returns the row that it replaces. */
  put(row: Row): Row | undefined {
    this.unshare();
    this.version++;
    const before = this.rows.get(row.id);
    for (const index of this.indexes.values()) {
      if (before !== undefined) index.remove(before);
      index.add(row);
    }
    this.rows.set(row.id, row);
    return before;
  }

  remove(id: string): Row | undefined {
    this.unshare();
    const before = this.rows.get(id);
    if (before === undefined) return undefined;
    this.version++;
    for (const index of this.indexes.values()) index.remove(before);
    this.rows.delete(id);
    return before;
  }

  indexOf(field: FieldSchema): FieldIndex {
    let index = this.indexes.get(field.name);
    if (index === undefined) {
      index = new FieldIndex(field, this.rows.values());
      this.indexes.set(field.name, index);
    }
    return index;
  }

  /** Forgets the indexes: fields may be compared otherwise from now on. */
  dropIndexes(): void {
    this.indexes.clear();
  }

  private unshare(): void {
    if (!this.shared) return;
    this.rows = new Map(this.rows);
    this.shared = false;
  }
}
