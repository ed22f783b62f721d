import { ApiError } from '../../api-error.js';

interface Cursor {
  readonly userId: string;
  readonly records: readonly unknown[];
  readonly batchSize: number;
  lastUsed: number;
}

/** Open results per user; the platform closes the oldest beyond that (SOQL and SOSL Reference: query cursors). */
const MAX_PER_USER = 10;
/** Idle results are closed after that long; the platform keeps them longer. */
const IDLE_MILLISECONDS = 15 * 60_000;
const LOCATOR_DIGITS = 12;

/** A page of a result that is too long for one answer. */
export interface Page {
  readonly records: readonly unknown[];
  readonly totalSize: number;
  /** Names the next page; undefined on the last one. */
  readonly next: string | undefined;
}

/** Results of queries that are read page by page. They show the records as they were when the query ran. */
export class Cursors {
  readonly #cursors = new Map<string, Cursor>();
  readonly #now: () => number;
  #opened = 0;

  public constructor(now: () => number) {
    this.#now = now;
  }

  /** The first page. Short results are not kept. */
  public open(userId: string, records: readonly unknown[], batchSize: number): Page {
    if (records.length <= batchSize) return { records, totalSize: records.length, next: undefined };
    const id = `01g${String(++this.#opened).padStart(LOCATOR_DIGITS, '0')}`;
    this.#cursors.set(id, { userId, records, batchSize, lastUsed: this.#now() });
    this.#closeOld(userId);
    return this.read(userId, `${id}-${batchSize}`, 0);
  }

  /** The page that a locator names. @throws ApiError when it is closed or was never open */
  public read(userId: string, locator: string, from?: number): Page {
    const match = /^(01g\d+)-(\d{1,9})$/.exec(locator);
    const cursor = match?.[1] === undefined ? undefined : this.#cursors.get(match[1]);
    const start = from ?? Number(match?.[2]);
    if (match?.[1] === undefined || cursor === undefined || cursor.userId !== userId || start > cursor.records.length)
      throw new ApiError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
    cursor.lastUsed = this.#now();
    const end = start + cursor.batchSize;
    const last = end >= cursor.records.length;
    return {
      records: cursor.records.slice(start, end),
      totalSize: cursor.records.length,
      next: last ? undefined : `${match[1]}-${end}`,
    };
  }

  #closeOld(userId: string): void {
    const idle = this.#now() - IDLE_MILLISECONDS;
    for (const [id, { lastUsed }] of this.#cursors) if (lastUsed < idle) this.#cursors.delete(id);
    const own = [...this.#cursors].filter(([, cursor]) => cursor.userId === userId);
    for (const [id] of own.slice(0, -MAX_PER_USER)) this.#cursors.delete(id);
  }
}
