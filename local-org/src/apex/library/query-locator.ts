import { type ApexList, PlatformObject, type LibraryModule } from '../runtime/index.js';
import { IteratorObject } from './collections.js';

/** Database.QueryLocator: the rows of its query, which do not count as heap. */
export class QueryLocatorObject extends PlatformObject {
  override readonly typeName = 'Database.QueryLocator';
  readonly #rows: ApexList;

  constructor(
    readonly query: string,
    rows: ApexList,
  ) {
    super();
    this.#rows = rows;
  }

  get rows(): ApexList {
    return this.#rows;
  }
}

/** Database.QueryLocatorIterator. */
class LocatorIterator extends IteratorObject {
  override readonly typeName = 'Database.QueryLocatorIterator';
}

export const queryLocatorModules: readonly LibraryModule[] = [
  {
    owner: 'Database.QueryLocator',
    members: () => ({
      getQuery: (self: QueryLocatorObject) => self.query,
      iterator: (self: QueryLocatorObject) => new LocatorIterator(self.rows.items),
      toString: (self: QueryLocatorObject) => `Database.QueryLocator[Query=${self.query}]`,
    }),
  },
  {
    owner: 'Database.QueryLocatorIterator',
    members: () => ({
      hasNext: (self: LocatorIterator) => self.hasNext(),
      next: (self: LocatorIterator) => self.next(),
    }),
  },
];
