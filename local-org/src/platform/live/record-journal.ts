import { join } from 'node:path';
import { z } from 'zod';
import { appendNdjson, openNdjson, rewriteNdjson, type NdjsonFile } from '../../store/index.js';
import { storedRow, type StoredRow } from './row-codec.js';

/** One line of the file: what one transaction changed, and everything that belongs to it. */
const journalLine = z.object({
  version: z.literal(1).optional(),
  rows: z.array(storedRow).optional(),
  /** Last Id number by key prefix. */
  ids: z.record(z.string(), z.number()).optional(),
  /** Last auto number by `Object.Field`. */
  autoNumbers: z.record(z.string(), z.number()).optional(),
  /** Key prefixes by object, in the order in which they were handed out. */
  prefixes: z.array(z.tuple([z.string(), z.string()])).optional(),
  /** Section, key and value of entries that were put. */
  put: z.array(z.tuple([z.string(), z.string(), z.unknown()])).optional(),
  /** Section and key of entries that were removed. */
  remove: z.array(z.tuple([z.string(), z.string()])).optional(),
});
export type JournalLine = z.infer<typeof journalLine>;

/** Everything that a journal says, put together. */
export interface Image {
  /** By object and Id, in the order in which the rows were last written. */
  readonly rows: ReadonlyMap<string, ReadonlyMap<string, StoredRow>>;
  readonly ids: ReadonlyMap<string, number>;
  readonly autoNumbers: ReadonlyMap<string, number>;
  readonly prefixes: ReadonlyMap<string, string>;
  /** By section and key. */
  readonly entries: ReadonlyMap<string, ReadonlyMap<string, unknown>>;
}

const FILE = 'records.ndjson';
/** Rows per line of a file that is written anew. */
const ROWS_PER_LINE = 500;
/** A file is written anew when it has grown by that many bytes and is so many times as long as when it was new. */
const LEAST_GROWTH = 64_000_000;
const GROWTH = 4;
/** What was written is on the disk after that long; a process that is killed loses nothing of it even before. */
const SYNC_MILLISECONDS = 100;

/** The records of an org in its data directory. */
export class RecordJournal {
  private freshSize: number;
  private timer: NodeJS.Timeout | undefined;

  private constructor(
    private readonly path: string,
    private file: NdjsonFile,
    private readonly leastGrowth: number,
  ) {
    this.freshSize = file.size;
  }

  /**
   * Opens the journal of a directory and reads what it holds. Throws DataDirError when it is damaged.
   * @param leastGrowth bytes by which it grows before it is written anew
   */
  static open(
    directory: string,
    leastGrowth = LEAST_GROWTH,
  ): { readonly journal: RecordJournal; readonly image: Image } {
    const path = join(directory, FILE);
    const { values, file } = openNdjson(path, (value) => journalLine.parse(value));
    const image = imageOf(values);
    file.close();
    return { journal: new RecordJournal(path, writeAnew(path, linesOf(image)), leastGrowth), image };
  }

  /** Writes one line. Returns when the system has it: a process that is killed then loses nothing. */
  append(line: JournalLine): void {
    this.file.append(line);
    this.timer ??= setTimeout(() => this.sync(), SYNC_MILLISECONDS).unref();
  }

  /** True when the file says much that is out of date. */
  get isLong(): boolean {
    return this.file.size > Math.max(this.freshSize + this.leastGrowth, this.freshSize * GROWTH);
  }

  /** Replaces the file by one that says the same in fewer words. */
  rewrite(image: Image): void {
    this.file.close();
    this.file = writeAnew(this.path, linesOf(image));
    this.freshSize = this.file.size;
  }

  close(): void {
    this.sync();
    this.file.close();
  }

  private sync(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.file.sync();
  }
}

function writeAnew(path: string, lines: Iterable<JournalLine>): NdjsonFile {
  rewriteNdjson(path, lines);
  return appendNdjson(path);
}

function imageOf(lines: readonly JournalLine[]): Image {
  const rows = new Map<string, Map<string, StoredRow>>();
  const ids = new Map<string, number>();
  const autoNumbers = new Map<string, number>();
  const prefixes = new Map<string, string>();
  const entries = new Map<string, Map<string, unknown>>();
  for (const line of lines) {
    for (const row of line.rows ?? []) {
      const table = inner(rows, row[0]);
      if (row[2] === null) table.delete(row[1]);
      else table.set(row[1], row);
    }
    for (const [prefix, last] of Object.entries(line.ids ?? {})) ids.set(prefix, last);
    for (const [field, last] of Object.entries(line.autoNumbers ?? {})) autoNumbers.set(field, last);
    for (const [object, prefix] of line.prefixes ?? []) prefixes.set(object, prefix);
    for (const [section, key, value] of line.put ?? []) inner(entries, section).set(key, value);
    for (const [section, key] of line.remove ?? []) inner(entries, section).delete(key);
  }
  return { rows, ids, autoNumbers, prefixes, entries };
}

function inner<T>(outer: Map<string, Map<string, T>>, key: string): Map<string, T> {
  let map = outer.get(key);
  if (map === undefined) {
    map = new Map();
    outer.set(key, map);
  }
  return map;
}

/** The shortest lines that make up the image. */
function* linesOf({ rows, ids, autoNumbers, prefixes, entries }: Image): Generator<JournalLine> {
  yield {
    version: 1,
    ids: Object.fromEntries(ids),
    autoNumbers: Object.fromEntries(autoNumbers),
    prefixes: [...prefixes],
  };
  for (const table of rows.values()) {
    const all = [...table.values()];
    for (let at = 0; at < all.length; at += ROWS_PER_LINE) yield { rows: all.slice(at, at + ROWS_PER_LINE) };
  }
  for (const [section, values] of entries) for (const [key, value] of values) yield { put: [[section, key, value]] };
}
