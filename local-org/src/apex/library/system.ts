import { ApexDatetime } from '../../data/index.js';
import {
  apexError,
  equalValues,
  type ApexEnum,
  type ApexObject,
  type ApexRuntime,
  type LibraryModule,
  type LibraryTable,
  type TraceLevel,
} from '../runtime/index.js';
import { currentLine, Unsupported } from '../runtime/index.js';
import { required } from './arguments.js';
import { enqueue } from './async.js';
import { hashOf } from './hash.js';
import { currentPage } from './page-reference.js';
import { schedule } from './scheduling.js';

/** Message of a failed assertion: `Assertion Failed: reason: Expected: 1, Actual: 2`. */
function fail(runtime: ApexRuntime, reason: unknown, detail: string): never {
  const text = reason === undefined || reason === null ? '' : `: ${runtime.text(reason)}`;
  runtime.thread.dead = true;
  throw apexError('AssertException', `Assertion Failed${text}${detail === '' ? '' : `: ${detail}`}`);
}

const expected = (runtime: ApexRuntime, wanted: unknown, actual: unknown): string =>
  `Expected: ${runtime.text(wanted)}, Actual: ${runtime.text(actual)}`;

/** Texts are compared with their letter case, as System.assertEquals does. */
const same = (left: unknown, right: unknown): boolean => equalValues(left, right, true);

/** The assertion methods that System and Assert share, with the platform's wording. */
export function assertions(runtime: ApexRuntime): LibraryTable {
  return {
    areEqual: (wanted: unknown, actual: unknown, reason?: unknown) =>
      void (same(wanted, actual) || fail(runtime, reason, expected(runtime, wanted, actual))),
    areNotEqual: (wanted: unknown, actual: unknown, reason?: unknown) =>
      void (!same(wanted, actual) || fail(runtime, reason, `Same value: ${runtime.text(wanted)}`)),
    isTrue: (value: unknown, reason?: unknown) =>
      void (value === true || fail(runtime, reason, 'Expected: true, Actual: ' + runtime.text(value))),
    isFalse: (value: unknown, reason?: unknown) =>
      void (value === false || fail(runtime, reason, 'Expected: false, Actual: ' + runtime.text(value))),
    isNull: (value: unknown, reason?: unknown) =>
      void (value === null || fail(runtime, reason, expected(runtime, null, value))),
    isNotNull: (value: unknown, reason?: unknown) =>
      void (value !== null || fail(runtime, reason, 'Expected: value to be not null')),
    fail: (reason?: unknown) => fail(runtime, reason, ''),
  };
}

export const systemModule: LibraryModule = {
  owner: 'System.System',
  members: (runtime) => ({
    'debug/1': (value: unknown) => debug(runtime, 'DEBUG', value),
    'debug/2': (level: ApexEnum, value: unknown) => debug(runtime, level.name, value),
    assert: (condition: boolean | null, reason?: unknown) => void (condition === true || fail(runtime, reason, '')),
    assertEquals: (wanted: unknown, actual: unknown, reason?: unknown) =>
      void (same(wanted, actual) || fail(runtime, reason, expected(runtime, wanted, actual))),
    assertNotEquals: (wanted: unknown, actual: unknown, reason?: unknown) =>
      void (!same(wanted, actual) || fail(runtime, reason, `Same value: ${runtime.text(wanted)}`)),
    now: () => new ApexDatetime(runtime.now),
    today: () => Reflect.apply(runtime.library.function('System.Date.today()'), undefined, []),
    currentPageReference: () => currentPage(runtime),
    currentTimeMillis: () => BigInt(runtime.now),
    isBatch: () => runtime.tx.quiddity === 'BATCH_APEX',
    isFuture: () => runtime.tx.quiddity === 'FUTURE',
    isQueueable: () => runtime.tx.quiddity === 'QUEUEABLE',
    isScheduled: () => runtime.tx.quiddity === 'SCHEDULED',
    isRunningElasticCompute: () => false,
    equals: (left: unknown, right: unknown) => equalValues(left, right, true),
    hashCode: (value: unknown) => hashOf(runtime, value),
    enqueueJob: (job: ApexObject, option?: unknown) => enqueue(runtime, job, option),
    attachFinalizer: (finalizer: ApexObject) => {
      if (runtime.tx.quiddity !== 'QUEUEABLE')
        throw apexError('HandledException', 'System.attachFinalizer(Finalizer) is not allowed in this context');
      if (runtime.tx.finalizer !== undefined)
        throw apexError('HandledException', 'Only one Finalizer can be attached to a Queueable');
      runtime.tx.finalizer = required(finalizer);
    },
    schedule: (name: string | null, cron: string | null, job: ApexObject) =>
      schedule(runtime, required(name), required(cron, 2), required(job, 3)),
    abortJob: (id: string | null) => {
      if (!runtime.jobs.abort(required(id))) throw apexError('StringException', `Invalid job id: ${String(id)}`);
    },
    requestVersion: () => {
      throw new Unsupported('System.requestVersion');
    },
  }),
};

/** A line of the debug log, for logs of at least the level that the code gives (Apex Reference Guide: LoggingLevel Enum). */
function debug(runtime: ApexRuntime, name: string, value: unknown): void {
  if (name === 'NONE') return;
  const level = LEVELS[name] ?? 'FINEST';
  if (!runtime.traces('ApexCode', level)) return;
  const parts = [name, runtime.text(value)];
  runtime.trace({ category: 'ApexCode', level, event: 'USER_DEBUG', line: currentLine(), parts });
}

/** Logging levels that a log can ask for; `INTERNAL` is below all of them. */
const LEVELS: Readonly<Record<string, TraceLevel>> = {
  ERROR: 'ERROR',
  WARN: 'WARN',
  INFO: 'INFO',
  DEBUG: 'DEBUG',
  FINE: 'FINE',
  FINER: 'FINER',
  FINEST: 'FINEST',
};

export const assertModule: LibraryModule = {
  owner: 'System.Assert',
  members: (runtime) => ({
    ...assertions(runtime),
    isInstanceOfType: (value: unknown, type: object, reason?: unknown) =>
      void (instanceOf(runtime, value, type) || fail(runtime, reason, 'Expected instance of ' + runtime.text(type))),
    isNotInstanceOfType: (value: unknown, type: object, reason?: unknown) =>
      void (!instanceOf(runtime, value, type) || fail(runtime, reason, 'Unexpected instance of ' + runtime.text(type))),
  }),
};

function instanceOf(runtime: ApexRuntime, value: unknown, type: object): boolean {
  return Reflect.apply(runtime.library.function('Internal.Types.isInstance'), undefined, [value, type]) === true;
}

/** Methods of Object, for values whose class does not declare them. */
export const objectModule: LibraryModule = {
  owner: 'System.Object',
  members: (runtime) => ({
    equals: (self: unknown, other: unknown) => equalValues(self, other, true),
    hashCode: (self: unknown) => hashOf(runtime, self),
    toString: (self: unknown) => runtime.text(self),
  }),
};

/** `clone()` of a class of the project: another object with the same field values, made without running a constructor. */
export const instanceModule: LibraryModule = {
  owner: 'System.Instance',
  members: () => ({
    clone: (self: ApexObject) => {
      const copy = self.$class.allocate();
      for (const { slot } of self.$class.slots.values()) copy[slot] = self[slot];
      return copy;
    },
  }),
};
