import type { ObjectSchema, SchemaRegistry } from '../schema/index.js';
import { makeId } from '../values/index.js';
import type { Row } from './row.js';
import { Table } from './table.js';

interface UndoEntry {
  readonly table: Table;
  readonly id: string;
  /** The row before the change; undefined when there was none. */
  readonly before: Row | undefined;
}

/** Numbers that are never handed out twice and survive a rollback, as on the platform. */
interface Counters {
  ids: Map<string, number>;
  autoNumbers: Map<string, number>;
}

/**
 * All records of an org. Every change goes to the undo log until `commit`, so that a savepoint is a position in the log.
 *
 * Transactions run one after the other between callouts, and a callout is refused while there are uncommitted changes (PLATFORM 2.4),
 * so one log serves all of them.
 */
export class Store {
  private readonly tables = new Map<string, Table>();
  private readonly undo: UndoEntry[] = [];
  private readonly counters: Counters;

  /**
   * @param base a store whose rows this one sees without ever changing them
   * @param visible which of the base's objects it sees
   */
  constructor(
    readonly schema: SchemaRegistry,
    private readonly base?: Store,
    private readonly visible: (objectName: string) => boolean = () => true,
  ) {
    this.counters = base?.counters ?? { ids: new Map(), autoNumbers: new Map() };
  }

  /** A view that starts with the rows of this store (of the visible objects) and keeps its changes to itself. */
  fork(visible: (objectName: string) => boolean): Store {
    return new Store(this.schema, this, visible);
  }

  table(object: ObjectSchema): Table {
    let table = this.tables.get(object.name);
    if (table === undefined) {
      table = new Table(this.base !== undefined && this.visible(object.name) ? this.base.table(object) : undefined);
      this.tables.set(object.name, table);
    }
    return table;
  }

  /** The row with that Id, deleted or not, of whatever object its prefix belongs to. */
  rowOfId(id: string): { readonly object: ObjectSchema; readonly row: Row } | undefined {
    const object = this.schema.objectOfId(id);
    const row = object === undefined ? undefined : this.table(object).get(id);
    return object === undefined || row === undefined ? undefined : { object, row };
  }

  put(object: ObjectSchema, row: Row): void {
    const table = this.table(object);
    this.undo.push({ table, id: row.id, before: table.put(row) });
  }

  remove(object: ObjectSchema, id: string): void {
    const table = this.table(object);
    this.undo.push({ table, id, before: table.remove(id) });
  }

  nextId(object: ObjectSchema): string {
    const next = (this.counters.ids.get(object.keyPrefix) ?? 0) + 1;
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

  commit(): void {
    this.undo.length = 0;
  }
}
