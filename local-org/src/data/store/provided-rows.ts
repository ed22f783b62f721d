import type { Row } from './row.js';
import type { Table } from './table.js';

/** Makes rows when they are first needed. */
export type RowProvider = () => Iterable<Row>;

/** Rows that an object has without anybody having stored them. */
export class ProvidedRows {
  private readonly ids = new Set<string>();

  constructor(private readonly make: RowProvider) {}

  fill(table: Table): void {
    for (const row of this.make()) {
      table.put(row);
      this.ids.add(row.id);
    }
  }

  has(id: string): boolean {
    return this.ids.has(id);
  }

  empty(table: Table): void {
    for (const id of this.ids) table.remove(id);
    this.ids.clear();
  }
}
