import { apexError, ApexList, PlatformObject, type ApexRuntime, type LibraryModule } from '../runtime/index.js';
import { required } from './arguments.js';

export type CursorType = 'Database.Cursor' | 'Database.PaginationCursor';

/** Database.Cursor and Database.PaginationCursor: the rows of a query, read in parts, which do not count as heap until they are read. */
export class CursorObject extends PlatformObject {
  readonly #rows: ApexList;

  constructor(
    override readonly typeName: CursorType,
    rows: ApexList,
  ) {
    super();
    this.#rows = rows;
  }

  get size(): number {
    return this.#rows.items.length;
  }

  part(start: number, count: number): ApexList {
    if (start < 0 || count < 0 || start > this.size)
      throw apexError(
        'InvalidParameterValueException',
        `Position ${start} with ${count} rows is not within the cursor`,
      );
    return new ApexList(this.#rows.elementType, this.#rows.items.slice(start, start + count));
  }
}

/** Database.CursorFetchResult: one page. */
class FetchResult extends PlatformObject {
  override readonly typeName = 'Database.CursorFetchResult';
  constructor(
    readonly records: ApexList,
    readonly nextIndex: number,
    readonly done: boolean,
  ) {
    super();
  }
}

/** Most rows of a page (Apex Developer Guide: Execution Governors and Limits). */
const MAX_PAGE = 2000;

/** Fetching counts as a query, and what it gives as rows of one (Apex Reference Guide: Cursor Class). */
function fetch(runtime: ApexRuntime, cursor: CursorObject, start: number | null, count: number | null): ApexList {
  const part = cursor.part(required(start), required(count, 2));
  runtime.tx.limits.count('queries');
  runtime.tx.limits.count('queryRows', part.items.length);
  runtime.thread.made(part);
  return part;
}

export const cursorModules: readonly LibraryModule[] = [
  {
    owner: 'Database.Cursor',
    members: (runtime) => ({
      getNumRecords: (self: CursorObject) => self.size,
      fetch: (self: CursorObject, start: number | null, count: number | null) => {
        runtime.tx.limits.count('cursorFetches');
        return fetch(runtime, self, start, count);
      },
    }),
  },
  {
    owner: 'Database.PaginationCursor',
    members: (runtime) => ({
      getNumRecords: (self: CursorObject) => self.size,
      fetchPage: (self: CursorObject, start: number | null, size: number | null) => {
        if (required(size, 2) > MAX_PAGE)
          throw apexError('InvalidParameterValueException', `A page has up to ${MAX_PAGE} rows`);
        const page = fetch(runtime, self, start, size);
        const next = required(start) + page.items.length;
        return new FetchResult(page, next, next >= self.size);
      },
    }),
  },
  {
    owner: 'Database.CursorFetchResult',
    members: () => ({
      getRecords: (self: FetchResult) => self.records,
      getNextIndex: (self: FetchResult) => self.nextIndex,
      isDone: (self: FetchResult) => self.done,
      // Rows that were deleted after the query ran stay in the cursor of the local org.
      getNumDeletedRecords: () => 0,
    }),
  },
];
