import { ApexDatetime, rowValues } from '../../data/index.js';
import {
  apexError,
  ApexList,
  isSubclass,
  Unsupported,
  type ApexObject,
  type ApexRuntime,
  type LibraryModule,
  type TestState,
} from '../runtime/index.js';
import { PlatformObject } from '../runtime/index.js';
import { required } from './arguments.js';
import { clearMessages } from './page-messages.js';
import { packageTests } from './packages.js';
import { setCurrentPage, type PageReferenceObject } from './page-reference.js';
import { createStub } from './stub.js';
import type { TypeObject } from './type.js';

function testOf(runtime: ApexRuntime): TestState {
  const { test } = runtime.tx;
  if (test === undefined) throw apexError('UnexpectedException', 'Test methods can only be used in tests');
  return test;
}

/** Fresh limits; DML before it does not block callouts (PLATFORM 3.1). */
function startTest(runtime: ApexRuntime): void {
  const test = testOf(runtime);
  if (test.phase !== 'before') throw apexError('FinalException', 'Testing already started');
  test.phase = 'during';
  test.outerLimits = runtime.tx.limits;
  runtime.tx.pendingWork = false;
  runtime.useLimits(runtime.newLimits(runtime.tx.limits.governor, runtime.tx.quiddity));
}

/** Runs what was enqueued and published since startTest; an error of a job or subscriber is thrown here. */
function stopTest(runtime: ApexRuntime): void {
  const test = testOf(runtime);
  if (test.phase !== 'during') throw apexError('FinalException', 'Testing is not started');
  test.phase = 'after';
  if (test.outerLimits !== undefined) runtime.useLimits(test.outerLimits);
  runtime.tx.pendingWork = false;
  flush(runtime, test);
}

/**
 * What stopTest does: runs the jobs that wait, then the asynchronous paths of flows, then delivers the events that were published. Jobs that
 * those subscribers enqueue do not run.
 * The first error of a job is thrown on.
 */
export function flush(runtime: ApexRuntime, test: TestState): void {
  runtime.tx.release();
  const failed = runtime.jobs.runTest(test).find((result) => result.error !== undefined);
  runtime.options.flows?.runTest(test);
  runtime.events.deliver(test);
  if (failed?.error !== undefined) throw failed.error;
}

const STANDARD_PRICEBOOK = 'Standard Price Book';

/** Tests do not see the org's standard price book; from its first use on they have it (Apex Reference Guide: Test.getStandardPricebookId). */
function standardPricebook(runtime: ApexRuntime): string {
  testOf(runtime);
  const { store } = runtime.data;
  const object = runtime.object('Pricebook2');
  for (const row of store.table(object).all()) if (row.values['IsStandard'] === true && !row.deleted) return row.id;
  const id = store.nextId(object);
  const now = new ApexDatetime(Math.floor(runtime.now / 1000) * 1000);
  const { userId } = runtime;
  const values = {
    Id: id,
    Name: STANDARD_PRICEBOOK,
    IsStandard: true,
    IsActive: true,
    IsDeleted: false,
    CreatedDate: now,
    CreatedById: userId,
    LastModifiedDate: now,
    LastModifiedById: userId,
    SystemModstamp: now,
  };
  store.put(object, { id, deleted: false, values: rowValues(Object.entries(values)) });
  return id;
}

/** EventBus.TestBroker. */
class TestBroker extends PlatformObject {
  override readonly typeName = 'EventBus.TestBroker';
}

export const testModule: LibraryModule = {
  owner: 'System.Test',
  members: (runtime) => ({
    isRunningTest: () => runtime.tx.test !== undefined,
    startTest: () => startTest(runtime),
    stopTest: () => stopTest(runtime),
    setMock: (type: TypeObject, mock: ApexObject | null) => {
      const target = required(mock, 2);
      if (!isSubclass(target.$class.symbol, type.type))
        throw apexError('TypeException', `Mock does not implement ${type.name}`);
      testOf(runtime).mocks.set(`system.${type.name.toLowerCase()}`, target);
    },
    createStub: (type: TypeObject, provider: ApexObject | null) =>
      createStub(runtime, required(type), required(provider, 2)),
    setCurrentPage: (page: PageReferenceObject | null) => setCurrentPage(runtime, page),
    setCurrentPageReference: (page: PageReferenceObject | null) => setCurrentPage(runtime, page),
    setFixedSearchResults: (ids: ApexList | null) => {
      testOf(runtime).searchResults = required(ids).items.map(String);
    },
    clearApexPageMessages: () => clearMessages(runtime),
    getEventBus: () => new TestBroker(),
    setCreatedDate: (id: string, value: ApexDatetime) => {
      testOf(runtime);
      const found = runtime.data.store.rowOfId(required(id));
      if (found === undefined) throw apexError('QueryException', `No record with id ${id}`);
      runtime.data.store.put(found.object, {
        ...found.row,
        values: rowValues([...Object.entries(found.row.values), ['CreatedDate', value]]),
      });
    },
    /** Groups count as soon as their components change (docs/local-org.md), so there is nothing left to calculate. */
    calculatePermissionSetGroup: (ids: string | ApexList | null) => {
      testOf(runtime);
      const given = required(ids);
      for (const id of given instanceof ApexList ? given.items : [given])
        if (typeof id !== 'string' || runtime.data.store.rowOfId(id)?.object.name !== 'PermissionSetGroup')
          throw apexError('IllegalArgumentException', `Invalid permission set group ID: ${String(id)}`);
    },
    ...packageTests(runtime),
    getStandardPricebookId: () => standardPricebook(runtime),
  }),
};

export const testBrokerModule: LibraryModule = {
  owner: 'EventBus.TestBroker',
  members: (runtime) => ({
    deliver: () => {
      runtime.tx.release();
      runtime.events.deliver(testOf(runtime));
    },
    fail: () => {
      throw new Unsupported('EventBus.TestBroker.fail');
    },
  }),
};
