import type { FieldValue, Store } from '../../data/index.js';

/** A row that the platform makes by itself; other fields of a row that exists stay as they are, and null empties a field. */
export interface WrittenRow {
  readonly id?: string | undefined;
  readonly values: Readonly<Record<string, FieldValue>>;
}

/** Writes rows that no user makes: the same again changes nothing, and Ids stay. */
export interface RowWriter {
  readonly store: Store;
  /** Makes sure that a row with these key values exists and looks as wanted. Returns its Id. */
  ensure(objectName: string, key: readonly string[], wanted: WrittenRow): string;
  /** Makes the rows of an object that follow metadata exactly the wanted ones. Returns their Ids in the same order. */
  follow(objectName: string, key: readonly string[], wanted: readonly WrittenRow[]): readonly string[];
}

/** What is deployed. */
export interface DeployedMetadata {
  readonly components: readonly { readonly type: string; readonly fullName: string; readonly content: string }[];
  /** Id that the org gave a component; undefined where there is no such org. */
  readonly componentId: (type: string, fullName: string) => string | undefined;
}
