import type { SObject } from '../../data/index.js';
import {
  ApexList,
  dynamicSearch,
  PlatformObject,
  Unsupported,
  type LibraryModule,
  type SearchRows,
} from '../runtime/index.js';
import { platform } from '../types/types.js';
import { accessMode, type Level } from './access-level.js';
import { text } from './arguments.js';

/** Search.SearchResults: lists of results by object name. */
class SearchResults extends PlatformObject {
  override readonly typeName = 'Search.SearchResults';
  constructor(readonly lists: readonly SearchRows[]) {
    super();
  }
}

class SearchResult extends PlatformObject {
  override readonly typeName = 'Search.SearchResult';
  constructor(readonly row: SObject) {
    super();
  }
}

/** System.Search: searches whose text is put together while code runs. */
export const searchModules: readonly LibraryModule[] = [
  {
    owner: 'System.Search',
    members: (runtime) => {
      const scope = (name: string): unknown => runtime.bindScope(name);
      return {
        query: (search: string | null, level?: Level) =>
          dynamicSearch(runtime, text(search), scope, accessMode(level)).asApex,
        find: (search: string | null, level?: Level) =>
          new SearchResults(dynamicSearch(runtime, text(search), scope, accessMode(level)).lists),
        suggest: () => {
          throw new Unsupported('Search.suggest');
        },
      };
    },
  },
  {
    owner: 'Search.SearchResults',
    members: () => ({
      get: (self: SearchResults, name: string | null) => {
        const found = self.lists.find(({ object }) => object.name.toLowerCase() === text(name).toLowerCase());
        return new ApexList(
          platform('Search.SearchResult'),
          (found?.rows ?? []).map((row) => new SearchResult(row)),
        );
      },
    }),
  },
  {
    owner: 'Search.SearchResult',
    members: () => ({
      getSObject: (self: SearchResult) => self.row,
      getSnippet: () => {
        throw new Unsupported('Search.SearchResult.getSnippet');
      },
    }),
  },
];
