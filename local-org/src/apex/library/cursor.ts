import { apexError, ApexList, PlatformObject, type LibraryModule } from '../runtime/index.js';
import { required } from './arguments.js';

/** Database.Cursor and Database.PaginationCursor: the rows of a query, read in parts. */
export class CursorObject extends PlatformObject {
  constructor(
    override readonly typeName: 'Database.Cursor' | 'Database.PaginationCursor',
    private readonly rows: ApexList,
  ) {
    super();
  }

  get size(): number {
    return this.rows.items.length;
  }

  part(start: number, count: number): ApexList {
    if (start < 0 || count < 0 || start > this.size)
      throw apexError(
        'InvalidParameterValueException',
        `Position ${start} with ${count} rows is not within the cursor`,
      );
    return new ApexList(this.rows.elementType, this.rows.items.slice(start, start + count));
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

export const cursorModules: readonly LibraryModule[] = [
  {
    owner: 'Database.Cursor',
    members: () => ({
      getNumRecords: (self: CursorObject) => self.size,
      fetch: (self: CursorObject, start: number | null, count: number | null) =>
        self.part(required(start), required(count, 2)),
    }),
  },
  {
    owner: 'Database.PaginationCursor',
    members: () => ({
      getNumRecords: (self: CursorObject) => self.size,
      fetchPage: (self: CursorObject, start: number | null, size: number | null) => {
        const page = self.part(required(start), required(size, 2));
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
