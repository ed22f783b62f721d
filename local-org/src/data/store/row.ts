import type { FieldValue } from '../values/index.js';

/** Stored values by exact field name; a field without a value is absent. Never changed after it was stored. */
export type RowValues = Readonly<Record<string, FieldValue>>;

/** One stored record. Rows are replaced, never changed, so that views and the undo log can share them. */
export interface Row {
  readonly id: string;
  readonly values: RowValues;
  /** In the recycle bin: seen by `ALL ROWS` and undelete only. */
  readonly deleted: boolean;
  /** Id of the record with which this one went into the recycle bin; absent when it was deleted by itself. */
  readonly deletedWith?: string;
  /** No longer in the recycle bin: it cannot be undeleted, though `ALL ROWS` still sees it (NebulaLogger: LoggerDataStore_Tests). */
  readonly purged?: true;
}

/** An object without a prototype, so that no field name can collide with JavaScript's own. */
export function rowValues(entries: Iterable<readonly [string, FieldValue]>): RowValues {
  const values: Record<string, FieldValue> = Object.create(null);
  for (const [name, value] of entries) if (value !== null) values[name] = value;
  return values;
}
