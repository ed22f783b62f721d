import type { Row } from './row.js';
import type { Table } from './table.js';

/** Makes rows when they are first needed. */
export type RowProvider = () => Iterable<Row>;

/** Rows that an object has without anybody having stored them. */
export class ProvidedRows {
  private readonly ids: string[] = [];

  constructor(private readonly make: RowProvider) {}

  fill(table: Table): void {
    for (const row of this.make()) {
      table.put(row);
      this.ids.push(row.id);
    }
  }

  empty(table: Table): void {
    for (const id of this.ids) table.remove(id);
    this.ids.length = 0;
  }
}
