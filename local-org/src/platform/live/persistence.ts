import type { Counters, KeyPrefixes, RowChange, SchemaRegistry, Store } from '../../data/index.js';
import { RecordJournal, type Image, type JournalLine } from './record-journal.js';
import { decodeRow, encodeRow, type StoredRow } from './row-codec.js';

/**
 * What a part of the org keeps besides records: JSON values by key. They are written together with the transaction during which, or right after
 * which, they change, so that both are there after a crash or neither is.
 */
export interface Section {
  /** What an earlier process had kept. */
  readonly entries: Readonly<Record<string, unknown>>;
  put(key: string, value: unknown): void;
  remove(key: string): void;
}

/** Objects whose rows are forgotten with the process, because what belongs to them is: the texts of debug logs are in memory. */
const FORGOTTEN: ReadonlySet<string> = new Set(['ApexLog']);

const EMPTY: Image = {
  rows: new Map(),
  ids: new Map(),
  autoNumbers: new Map(),
  prefixes: new Map(),
  entries: new Map(),
};

/**
 * Keeps the records of an org across restarts. What one run of synchronous code changes, a commit and what follows it, is one line of the
 * journal, written when that code returns and before anybody hears of it. Without a data directory nothing is written.
 */
export class Persistence {
  private readonly journal: RecordJournal | undefined;
  private image: Image;
  private readonly sections = new Map<string, Map<string, unknown>>();
  private rows = new Map<string, StoredRow>();
  private changed = new Map<string, { readonly section: string; readonly key: string }>();
  private written: Counters = { ids: new Map(), autoNumbers: new Map() };
  private prefixesWritten = 0;
  private isScheduled = false;
  private isClosed = false;
  private failure: Error | undefined;
  private store: Store | undefined;

  /**
   * @param dataDir folder that only this process uses; undefined for an org that lives in memory. Throws DataDirError when it is damaged.
   * @param onError told when the journal cannot be written; from then on the org refuses to work
   * @param leastGrowth bytes by which the journal grows before it is written anew
   */
  constructor(
    dataDir: string | undefined,
    private readonly prefixes: KeyPrefixes,
    private readonly onError: (error: unknown) => void,
    leastGrowth?: number,
  ) {
    const opened = dataDir === undefined ? undefined : RecordJournal.open(dataDir, leastGrowth);
    this.journal = opened?.journal;
    this.image = opened?.image ?? EMPTY;
    for (const [section, values] of this.image.entries) this.sections.set(section, new Map(values));
    for (const [object, prefix] of this.image.prefixes) prefixes.restore(object, prefix);
    this.prefixesWritten = prefixes.numbered().size;
  }

  /** Puts back what was kept into a new store, and follows the store from now on. */
  restore(store: Store, schema: SchemaRegistry): void {
    const { rows, ids, autoNumbers } = this.image;
    for (const [prefix, last] of ids) store.counters.ids.set(prefix, last);
    for (const [field, last] of autoNumbers) store.counters.autoNumbers.set(field, last);
    for (const [objectName, table] of rows) {
      for (const stored of table.values()) {
        const row = decodeRow(stored);
        if (row !== undefined) store.restore(schema.object(objectName)?.name ?? objectName, row);
      }
    }
    this.written = { ids: new Map(ids), autoNumbers: new Map(autoNumbers) };
    this.image = EMPTY;
    this.store = store;
    if (this.journal !== undefined) store.onCommit = (changes) => this.collect(changes);
  }

  section(name: string): Section {
    let values = this.sections.get(name);
    if (values === undefined) {
      values = new Map();
      this.sections.set(name, values);
    }
    const kept = values;
    return {
      entries: Object.fromEntries(kept),
      put: (key, value) => {
        kept.set(key, value);
        this.note(name, key);
      },
      remove: (key) => {
        if (kept.delete(key)) this.note(name, key);
      },
    };
  }

  /** Throws when the org has stopped, and when what was done earlier could not be written: nothing more can be promised then. */
  check(): void {
    if (this.isClosed) throw new Error('The org has stopped.');
    if (this.failure !== undefined)
      throw new Error(`The org stopped working because its data directory cannot be written: ${this.failure.message}`);
  }

  /** Writes what has changed. Call it before anybody outside hears of it. Throws when it cannot be written. */
  flush(): void {
    if (this.journal === undefined || this.failure !== undefined || this.isClosed) return;
    const line = this.takeLine();
    if (line === undefined) return;
    try {
      this.journal.append(line);
      if (this.journal.isLong) this.journal.rewrite(this.currentImage());
    } catch (error) {
      this.failure = error instanceof Error ? error : new Error(String(error));
      this.onError(error);
      throw error;
    }
  }

  close(): void {
    this.flush();
    this.isClosed = true;
    this.journal?.close();
  }

  private collect(changes: readonly RowChange[]): void {
    this.check();
    for (const { objectName, id, row } of changes) {
      if (FORGOTTEN.has(objectName)) continue;
      this.rows.set(`${objectName}\0${id}`, encodeRow(objectName, id, row));
    }
    this.schedule();
  }

  private note(section: string, key: string): void {
    if (this.journal === undefined) return;
    this.changed.set(`${section}\0${key}`, { section, key });
    this.schedule();
  }

  /** Writes when the code that runs now has returned, unless somebody asked for it before. */
  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    queueMicrotask(() => {
      this.isScheduled = false;
      try {
        this.flush();
      } catch {
        // Told to onError; from now on every transaction is refused.
      }
    });
  }

  private takeLine(): JournalLine | undefined {
    if (this.rows.size === 0 && this.changed.size === 0) return undefined;
    const put: [string, string, unknown][] = [];
    const remove: [string, string][] = [];
    for (const { section, key } of this.changed.values()) {
      const values = this.sections.get(section);
      if (values?.has(key) === true) put.push([section, key, values.get(key)]);
      else remove.push([section, key]);
    }
    const line: JournalLine = {
      ...(this.rows.size === 0 ? {} : { rows: [...this.rows.values()] }),
      ...(put.length === 0 ? {} : { put }),
      ...(remove.length === 0 ? {} : { remove }),
      ...this.newNumbers(),
    };
    this.rows = new Map();
    this.changed = new Map();
    return line;
  }

  /** Numbers and prefixes that were handed out since the last line, also by transactions that failed: none is given twice. */
  private newNumbers(): Pick<JournalLine, 'ids' | 'autoNumbers' | 'prefixes'> {
    const { store } = this;
    if (store === undefined) return {};
    const ids = difference(store.counters.ids, this.written.ids);
    const autoNumbers = difference(store.counters.autoNumbers, this.written.autoNumbers);
    const prefixes = [...this.prefixes.numbered()].slice(this.prefixesWritten);
    this.prefixesWritten += prefixes.length;
    return {
      ...(ids === undefined ? {} : { ids }),
      ...(autoNumbers === undefined ? {} : { autoNumbers }),
      ...(prefixes.length === 0 ? {} : { prefixes: prefixes.map(([object, prefix]) => [object, prefix]) }),
    };
  }

  private currentImage(): Image {
    const { store } = this;
    if (store === undefined) throw new Error('The records were not restored.');
    const rows = new Map<string, Map<string, StoredRow>>();
    for (const [name, row] of store.storedRows()) {
      if (FORGOTTEN.has(name)) continue;
      const table = rows.get(name) ?? new Map<string, StoredRow>();
      table.set(row.id, encodeRow(name, row.id, row));
      rows.set(name, table);
    }
    return {
      rows,
      ids: store.counters.ids,
      autoNumbers: store.counters.autoNumbers,
      prefixes: this.prefixes.numbered(),
      entries: this.sections,
    };
  }
}

/** Entries that are new or higher; brings the second map up to date. */
function difference(now: ReadonlyMap<string, number>, before: Map<string, number>): Record<string, number> | undefined {
  const changed: Record<string, number> = {};
  let any = false;
  for (const [key, value] of now) {
    if (before.get(key) === value) continue;
    changed[key] = value;
    before.set(key, value);
    any = true;
  }
  return any ? changed : undefined;
}
