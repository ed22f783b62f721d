import type { ObjectSchema, SchemaRegistry } from '../schema/index.js';
import { makeId } from '../values/index.js';
import type { Row } from './row.js';
import { fitRow } from './fit-row.js';
import { ProvidedRows, type RowProvider } from './provided-rows.js';
import { Table } from './table.js';

interface UndoEntry {
  readonly objectName: string;
  readonly table: Table;
  readonly id: string;
  /** The row before the change; undefined when there was none. */
  readonly before: Row | undefined;
}

/** Numbers that are never handed out twice and survive a rollback, as on the platform. */
export interface Counters {
  /** Last Id number by key prefix. */
  readonly ids: Map<string, number>;
  /** Last auto number by `Object.Field`. */
  readonly autoNumbers: Map<string, number>;
}

/** What a commit made of one record: its new form, or that it is gone. */
export interface RowChange {
  readonly objectName: string;
  readonly id: string;
  readonly row: Row | undefined;
}

/** What another schema means for records that are there already. */
export interface SchemaChange {
  /** Whether an `Object`, or an `Object.Field`, has nothing to do with what had that name before. */
  readonly isNew: (name: string) => boolean;
  /** Whether an object is defined as it was before, so that its rows fit as they are. */
  readonly isSame: (objectName: string) => boolean;
}

/** Tests make Ids up, and begin with the smallest. Those of rows that they insert lie far behind them, as in any org (apex-rollup: RollupTestUtils). */
const LAST_MADE_UP = 62 ** 5;

/**
 * All records of an org. Every change goes to the undo log until `commit`, so that a savepoint is a position in the log.
 *
 * Transactions run one after the other between callouts, and a callout is refused while there are uncommitted changes (PLATFORM 2.4),
 * so one log serves all of them.
 */
export class Store {
  private readonly tables = new Map<string, Table>();
  private readonly undo: UndoEntry[] = [];
  readonly counters: Counters;
  private current: SchemaRegistry;
  /** Told what a commit changes before it is final: when it throws, nothing is committed. Views have none. */
  onCommit: ((changes: readonly RowChange[]) => void) | undefined;
  private readonly provided = new Map<string, ProvidedRows>();

  /**
   * @param base a store whose rows this one sees without ever changing them
   * @param visible which of the base's objects it sees
   */
  constructor(
    schema: SchemaRegistry,
    private readonly base?: Store,
    private readonly visible: (objectName: string) => boolean = () => true,
  ) {
    this.current = schema;
    this.counters = { ids: new Map(), autoNumbers: base?.counters.autoNumbers ?? new Map() };
  }

  get schema(): SchemaRegistry {
    return this.current;
  }

  /**
   * Goes on with another schema and the same rows. Rows of objects that are gone are removed, and so are values of fields that are gone or
   * whose type cannot hold them. Call it only while nothing is uncommitted; what it changes is part of the next commit.
   */
  adopt(schema: SchemaRegistry, { isNew, isSame }: SchemaChange): void {
    this.current = schema;
    for (const [name, table] of this.tables) {
      const object = isNew(name) ? undefined : schema.object(name);
      if (object !== undefined && isSame(name)) continue;
      table.dropIndexes();
      for (const row of [...table.all()]) {
        const fitted = object === undefined ? undefined : fitRow(object, row, isNew);
        if (fitted === row) continue;
        const before = fitted === undefined ? table.remove(row.id) : table.put(fitted);
        this.undo.push({ objectName: name, table, id: row.id, before });
      }
    }
  }

  /** Puts a row back that was committed earlier, as at the start of an org: no part of any transaction. The object may be gone until `adopt`. */
  restore(objectName: string, row: Row): void {
    this.tableNamed(objectName).put(row);
  }

  /** Every row that somebody has stored, by the exact name of its object; not those that were provided. */
  *storedRows(): Generator<readonly [objectName: string, row: Row]> {
    for (const [name, table] of this.tables) {
      const provided = this.provided.get(name);
      for (const row of table.all()) if (provided?.has(row.id) !== true) yield [name, row];
    }
  }

  /** A view that starts with the rows of this store (of the visible objects) and keeps its changes to itself. */
  fork(visible: (objectName: string) => boolean): Store {
    return new Store(this.current, this, visible);
  }

  table(object: ObjectSchema): Table {
    return this.tableNamed(object.name);
  }

  private tableNamed(objectName: string): Table {
    let table = this.tables.get(objectName);
    if (table === undefined) {
      table = new Table(
        this.base !== undefined && this.visible(objectName) ? this.base.tableNamed(objectName) : undefined,
      );
      this.tables.set(objectName, table);
      this.provided.get(objectName)?.fill(table);
    }
    return table;
  }

  /** Whether an object has any rows, by its exact name. Asks the schema nothing, so that nothing is built for an object that nobody uses. */
  hasRows(objectName: string): boolean {
    const table = this.tables.get(objectName);
    if (table !== undefined) return table.size > 0;
    return this.base !== undefined && this.visible(objectName) && this.base.hasRows(objectName);
  }

  /**
   * Gives an object rows that are made only when somebody first looks at the object: what hardly any transaction reads must not cost
   * every org its start. They replace those that were provided before, and belong to no transaction: no rollback takes them back, and no
   * commit tells of them.
   */
  provide(object: ObjectSchema, rows: RowProvider): void {
    const table = this.tables.get(object.name);
    if (table !== undefined) this.provided.get(object.name)?.empty(table);
    const provided = new ProvidedRows(rows);
    this.provided.set(object.name, provided);
    if (table !== undefined) provided.fill(table);
  }

  /** Whether a row is one of those that were provided: it is made anew when it is needed, so a change of it would be forgotten. */
  isProvided(objectName: string, id: string): boolean {
    return this.provided.get(objectName)?.has(id) === true;
  }

  /** Grows whenever a row of one of the objects changes or their rows are first looked at. */
  versionOf(objectNames: readonly string[]): number {
    let version = 0;
    for (const name of objectNames) version += this.tables.get(name)?.version ?? 0;
    return version;
  }

  /** The row with that Id, deleted or not, of whatever object its prefix belongs to. */
  rowOfId(id: string): { readonly object: ObjectSchema; readonly row: Row } | undefined {
    const object = this.schema.objectOfId(id);
    const row = object === undefined ? undefined : this.table(object).get(id);
    return object === undefined || row === undefined ? undefined : { object, row };
  }

  put(object: ObjectSchema, row: Row): void {
    const table = this.table(object);
    this.undo.push({ objectName: object.name, table, id: row.id, before: table.put(row) });
  }

  remove(object: ObjectSchema, id: string): void {
    const table = this.table(object);
    this.undo.push({ objectName: object.name, table, id, before: table.remove(id) });
  }

  nextId(object: ObjectSchema): string {
    const next = (this.counters.ids.get(object.keyPrefix) ?? (this.base === undefined ? 0 : LAST_MADE_UP)) + 1;
    this.counters.ids.set(object.keyPrefix, next);
    return makeId(object.keyPrefix, next);
  }

  nextAutoNumber(object: ObjectSchema, field: string): number {
    const key = `${object.name}.${field}`;
    const next = (this.counters.autoNumbers.get(key) ?? -1) + 1;
    this.counters.autoNumbers.set(key, next);
    return next;
  }

  /** Position in the undo log, for `rollbackTo`. */
  savepoint(): number {
    return this.undo.length;
  }

  /** Takes back every change since the savepoint. */
  rollbackTo(savepoint: number): void {
    for (let at = this.undo.length - 1; at >= savepoint; at--) {
      const entry = this.undo[at];
      if (entry === undefined) continue;
      if (entry.before === undefined) entry.table.remove(entry.id);
      else entry.table.put(entry.before);
    }
    this.undo.length = savepoint;
  }

  /** True while there are changes that a rollback to the beginning would take back. */
  get hasUncommittedChanges(): boolean {
    return this.undo.length > 0;
  }

  /** Makes the changes final. @throws what `onCommit` throws; then they are as uncommitted as before */
  commit(): void {
    if (this.onCommit !== undefined && this.undo.length > 0) this.onCommit(this.changes());
    this.undo.length = 0;
  }

  /** Every changed record once, as it is now. */
  private changes(): readonly RowChange[] {
    const changed = new Map<string, RowChange>();
    for (const { objectName, table, id } of this.undo) {
      const key = `${objectName}\0${id}`;
      if (!changed.has(key)) changed.set(key, { objectName, id, row: table.get(id) });
    }
    return [...changed.values()];
  }
}
