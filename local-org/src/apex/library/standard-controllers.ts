import { SObject } from '../../data/index.js';
import {
  apexError,
  ApexList,
  dmlOrThrow,
  PlatformObject,
  type ApexRuntime,
  type LibraryModule,
  type LibraryTable,
} from '../runtime/index.js';
import { platform, type ApexType } from '../types/types.js';
import { required } from './arguments.js';
import type { QueryLocatorObject } from './query-locator.js';
import { PageReferenceObject } from './page-reference.js';

const DML = { allOrNone: true, externalId: null, userMode: false } as const;

/** ApexPages.StandardController over a record that the caller has. */
class StandardController extends PlatformObject {
  override readonly typeName = 'ApexPages.StandardController';
  constructor(readonly record: SObject) {
    super();
  }
}

const page = (url: string): PageReferenceObject => new PageReferenceObject(url);

function refuseFields(): never {
  throw apexError(
    'SObjectException',
    'You cannot call addFields when the data is being passed into the controller by the caller.',
  );
}

export const standardControllerModule: LibraryModule = {
  owner: 'ApexPages.StandardController',
  members: (runtime) => ({
    '<init>': (record: SObject | null) => new StandardController(required(record)),
    addFields: refuseFields,
    reset: () => undefined,
    getRecord: (self: StandardController) => self.record,
    getId: (self: StandardController) => self.record.id,
    save: (self: StandardController) => {
      dmlOrThrow(runtime, self.record.id === null ? 'insert' : 'update', self.record, DML);
      return page(`/${self.record.id ?? ''}`);
    },
    delete: (self: StandardController) => {
      dmlOrThrow(runtime, 'delete', self.record, DML);
      return page(`/${self.record.object.keyPrefix}/o`);
    },
    cancel: (self: StandardController) => page(`/${self.record.id ?? `${self.record.object.keyPrefix}/o`}`),
    edit: (self: StandardController) => page(`/${self.record.id ?? self.record.object.keyPrefix}/e`),
    view: (self: StandardController) => page(`/${self.record.id ?? ''}`),
  }),
};

const DEFAULT_PAGE_SIZE = 20;

/** ApexPages.StandardSetController: a list of records, shown page by page. */
class StandardSetController extends PlatformObject {
  override readonly typeName = 'ApexPages.StandardSetController';
  pageSize = DEFAULT_PAGE_SIZE;
  pageNumber = 1;
  selected: readonly unknown[] = [];
  filterId: string | null = null;
  readonly prototypeRecord: SObject | null;

  constructor(
    readonly elementType: ApexType,
    readonly rows: readonly unknown[],
  ) {
    super();
    const [first] = rows;
    this.prototypeRecord = first instanceof SObject ? new SObject(first.object) : null;
  }

  get pages(): number {
    return Math.max(1, Math.ceil(this.rows.length / this.pageSize));
  }

  get shown(): readonly unknown[] {
    const start = (this.pageNumber - 1) * this.pageSize;
    return this.rows.slice(start, start + this.pageSize);
  }

  go(to: number): void {
    this.pageNumber = Math.min(this.pages, Math.max(1, to));
  }

  list(rows: readonly unknown[]): ApexList {
    return new ApexList(this.elementType, [...rows]);
  }
}

/** Saves what was selected, with the values that were set on the prototype record. */
function saveSet(runtime: ApexRuntime, self: StandardSetController): PageReferenceObject {
  const rows = (self.selected.length > 0 ? self.selected : self.rows).filter((row) => row instanceof SObject);
  for (const row of rows) for (const [name, value] of self.prototypeRecord?.values ?? []) row.set(name, value);
  if (rows.length > 0) dmlOrThrow(runtime, 'update', new ApexList(self.elementType, rows), DML);
  return page(`/${rows[0]?.object.keyPrefix ?? ''}/o`);
}

function paging(): LibraryTable {
  return {
    first: (self: StandardSetController) => self.go(1),
    last: (self: StandardSetController) => self.go(self.pages),
    next: (self: StandardSetController) => self.go(self.pageNumber + 1),
    previous: (self: StandardSetController) => self.go(self.pageNumber - 1),
    getHasNext: (self: StandardSetController) => self.pageNumber < self.pages,
    getHasPrevious: (self: StandardSetController) => self.pageNumber > 1,
    getPageNumber: (self: StandardSetController) => self.pageNumber,
    setPageNumber: (self: StandardSetController, to: number) => self.go(to),
    getPageSize: (self: StandardSetController) => self.pageSize,
    setPageSize: (self: StandardSetController, size: number) => {
      self.pageSize = Math.max(1, size);
      self.go(self.pageNumber);
    },
  };
}

export const standardSetControllerModule: LibraryModule = {
  owner: 'ApexPages.StandardSetController',
  members: (runtime) => ({
    '<init>(List<SObject>)': (rows: ApexList | null) =>
      new StandardSetController(required(rows).elementType, required(rows).items),
    '<init>(Database.QueryLocator)': (locator: QueryLocatorObject | null) => {
      const { rows } = required(locator);
      return new StandardSetController(rows.elementType, rows.items);
    },
    ...paging(),
    addFields: refuseFields,
    reset: () => undefined,
    cancel: (self: StandardSetController) => page(`/${self.prototypeRecord?.object.keyPrefix ?? ''}/o`),
    save: (self: StandardSetController) => saveSet(runtime, self),
    getRecord: (self: StandardSetController) => self.prototypeRecord,
    getRecords: (self: StandardSetController) => self.list(self.shown),
    getResultSize: (self: StandardSetController) => self.rows.length,
    // A list that the caller gave is complete; a query locator could have had more than the platform shows.
    getCompleteResult: () => true,
    getSelected: (self: StandardSetController) => self.list(self.selected),
    setSelected: (self: StandardSetController, rows: ApexList | null) => {
      self.selected = required(rows).items;
    },
    getFilterId: (self: StandardSetController) => self.filterId,
    setFilterId: (self: StandardSetController, id: string | null) => {
      self.filterId = id;
    },
    getListViewOptions: () => new ApexList(platform('System.SelectOption')),
  }),
};
