import { type ApexList, PlatformObject, type LibraryModule } from '../runtime/index.js';
import { IteratorObject } from './collections.js';

/** Database.QueryLocator: the rows of its query. */
export class QueryLocatorObject extends PlatformObject {
  override readonly typeName = 'Database.QueryLocator';
  constructor(
    readonly query: string,
    readonly rows: ApexList,
  ) {
    super();
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
