import { SObject } from '../../data/index.js';
import { ENTRY, HEADER, SECOND } from '../compile/index.js';
import type { SoqlQuery, SoslQuery } from '../syntax/ast.js';
import type { Expression } from '../syntax/ast.js';
import type { ApexType } from '../types/types.js';
import { ApexList, ApexMap, ApexSet } from './collections.js';
import { noteThrown } from './code-unit.js';
import { dmlOrThrow, rowsOf } from './dml.js';
import { equalValues } from './equality.js';
import { apexError, ApexThrowable, asThrowable, isCatchable, nullPointer, Unsupported } from './exceptions.js';
import { compareNumbers, conversions, need, operators, toDecimal, toDouble } from './operators.js';
import { staticQuery } from './query.js';
import { asFieldValue, readChildren, readField, readParent, writeField, writeParent } from './records.js';
import { methodOf } from './methods.js';
import type { ApexRuntime } from './runtime.js';
import { enterRunAs, leaveRunAs } from './run-as.js';
import { asSuspendable, isGenerator, type Suspendable } from './suspension.js';
import type { CompiledClass } from './program.js';
import { staticSearch } from './search.js';
import type { LibraryFunction } from './library.js';
import { cast, castNumber, isInstance } from './types.js';
import { ApexDouble, ApexObject, PlatformObject, PropertyObject } from './values.js';
import { mergeRecords } from './merge.js';

interface QueryConstant {
  readonly query: SoqlQuery;
  readonly binds: readonly Expression[];
}

interface SearchConstant {
  readonly query: SoslQuery;
  readonly binds: readonly Expression[];
}

/** Everything that compiled code calls besides the methods of the platform: `$R`. */
export function makeHelpers(runtime: ApexRuntime): object {
  return {
    need,
    operators,
    conversions,
    zero: new ApexDouble(0),
    ...valueHelpers(runtime),
    ...controlHelpers(runtime),
    ...recordHelpers(runtime),
    ...collectionHelpers(runtime),
    ...schemaHelpers(runtime),
  };
}

/** What reads a property of a platform type: its own function, or that of the getter beside it (`entry.label` is `entry.getLabel()`). */
function propertyReader(runtime: ApexRuntime, key: string): LibraryFunction | undefined {
  const dot = key.lastIndexOf('.') + 1;
  const [owner, name] = [key.slice(0, dot), key.slice(dot)];
  const reader = [`${key}()`, `${owner}get${name}()`, `${owner}is${name}()`].find((one) => runtime.library.has(one));
  return reader === undefined ? undefined : runtime.library.function(reader);
}

function valueHelpers(runtime: ApexRuntime): object {
  return {
    text: (value: unknown) => runtime.text(value),
    equal: (left: unknown, right: unknown) => equalValues(left, right),
    /** `<` and its kin: false when a side is null. */
    compare: (
      operator: string,
      compare: (left: unknown, right: unknown) => number,
      left: unknown,
      right: unknown,
    ): boolean => {
      if (left === null || right === null) return false;
      const order = compare(left, right);
      return operator === '<' ? order < 0 : operator === '<=' ? order <= 0 : operator === '>' ? order > 0 : order >= 0;
    },
    negate: (value: unknown) =>
      typeof value === 'number' || typeof value === 'bigint'
        ? -value
        : value instanceof ApexDouble
          ? new ApexDouble(-value.n)
          : toDecimal(value).negate(),
    isInstance,
    cast,
    castNumber,
    toDouble,
    toDecimal,
    /** A value of a `when`. */
    matches: (value: unknown, wanted: unknown): boolean =>
      value === wanted ||
      (typeof value === 'bigint' && typeof wanted === 'number' && compareNumbers(value, wanted) === 0),
    /** Calls a method that a user's class may declare; the platform's own otherwise. */
    invoke: (
      target: unknown,
      key: string,
      library: (...args: unknown[]) => unknown,
      args: readonly unknown[],
    ): unknown => {
      if (target === null || target === undefined) throw nullPointer();
      const own = target instanceof ApexObject ? methodOf(target, key, args) : undefined;
      return own === undefined ? library(target, ...args) : Reflect.apply(own, target, [...args]);
    },
    /** The same in the second colour; `library` may be a function that waits. */
    *invokeSuspendable(
      target: unknown,
      key: string,
      library: (...args: unknown[]) => unknown,
      args: readonly unknown[],
    ): Suspendable<unknown> {
      if (target === null || target === undefined) throw nullPointer();
      const waiting = target instanceof ApexObject ? methodOf(target, key, args, SECOND) : undefined;
      if (waiting !== undefined) return yield* asSuspendable(Reflect.apply(waiting, target, [...args]));
      const own = target instanceof ApexObject ? methodOf(target, key, args) : undefined;
      const result = own === undefined ? library(target, ...args) : Reflect.apply(own, target, [...args]);
      return own === undefined && isGenerator(result) ? yield* result : result;
    },
    member: (target: unknown, key: string): unknown => {
      const name = key.slice(key.lastIndexOf('.') + 1);
      if (target instanceof PropertyObject) return target.get(name);
      const found = propertyReader(runtime, key);
      if (found !== undefined) return Reflect.apply(found, undefined, [need(target)]);
      if (target === null) throw nullPointer();
      const property = name.charAt(0).toLowerCase() + name.slice(1);
      if (target instanceof PlatformObject && property in target) return Reflect.get(target, property) ?? null;
      throw new Unsupported(key);
    },
    setStatic: (key: string, value: unknown): unknown => {
      if (!runtime.library.has(key)) throw new Unsupported(`Setting ${key}`);
      runtime.tx.platformStatics.set(key.toLowerCase(), value);
      return value;
    },
    setMember: (target: unknown, key: string, value: unknown): unknown => {
      const name = key.slice(key.lastIndexOf('.') + 1);
      if (target === null) throw nullPointer();
      if (target instanceof PropertyObject) {
        target.set(name, value);
        return value;
      }
      const property = name.charAt(0).toLowerCase() + name.slice(1);
      if (!(target instanceof PlatformObject) || !(property in target)) throw new Unsupported(`Setting ${key}`);
      Reflect.set(target, property, value);
      return value;
    },
  };
}

function controlHelpers(runtime: ApexRuntime): object {
  return {
    thrown: (value: unknown): ApexThrowable => {
      if (value instanceof ApexThrowable) return value;
      throw nullPointer();
    },
    /** The exception for the catch blocks; one that must not be caught goes on. */
    caught: (error: unknown): ApexThrowable => {
      const thrown = asThrowable(error);
      if (thrown instanceof ApexThrowable) noteThrown(runtime, thrown);
      if (thrown instanceof ApexThrowable && isCatchable(thrown)) return thrown;
      if (thrown instanceof ApexThrowable) runtime.thread.dead = true;
      throw thrown;
    },
    /** An exception on its way through a `finally` block, which does not run after one that nobody can catch. */
    passing: (error: unknown): unknown => {
      const thrown = asThrowable(error);
      if (!(thrown instanceof ApexThrowable) || !isCatchable(thrown)) runtime.thread.dead = true;
      return error;
    },
    /** Constructor of an exception class: (), (message), (cause), (message, cause). */
    initException: (target: ApexThrowable, args: readonly unknown[]): void => initException(target, args),
    newException: (type: new () => ApexThrowable & { c__?: () => void }, args: readonly unknown[]): ApexThrowable => {
      const made = new type();
      made.c__?.();
      initException(made, args);
      return made;
    },
    future: (type: CompiledClass, member: string, args: readonly unknown[]) =>
      runtime.jobs.addFuture(type.$info.symbol, member, args),
    enterRunAs: (args: readonly unknown[]) => enterRunAs(runtime, args),
    leaveRunAs: (session: ReturnType<typeof enterRunAs>) => leaveRunAs(runtime, session),
    newFlow: (name: string, [inputs = null]: readonly unknown[]) =>
      Reflect.apply(runtime.library.function('Internal.Flow.create'), undefined, [name, inputs]),
  };
}

function initException(target: ApexThrowable, args: readonly unknown[]): void {
  for (const argument of args) {
    if (typeof argument === 'string') target.$x.message = argument;
    else if (argument instanceof ApexThrowable) target.$x.cause = argument;
  }
}

function recordHelpers(runtime: ApexRuntime): object {
  return {
    field: readField,
    setField: writeField,
    parent: readParent,
    setParent: writeParent,
    children: readChildren,
    newRecord: (objectName: string, parts: readonly (readonly [string, unknown, 1?])[]): SObject => {
      runtime.thread.room -= HEADER + ENTRY * parts.length;
      const record = new SObject(runtime.object(objectName));
      for (const [name, value, isParent] of parts) {
        if (isParent === 1) writeParent(record, name, value);
        else record.set(name, asFieldValue(record.field(name), value));
      }
      return record;
    },
    query: (constant: QueryConstant, values: readonly unknown[], element: ApexType | null, userMode = false) =>
      staticQuery(runtime, constant.query, constant.binds, values, element, userMode ? 'user' : 'system', true),
    /** The rows of a loop over a query. */
    fetch: (constant: QueryConstant, values: readonly unknown[], element: ApexType | null, userMode = false) =>
      staticQuery(runtime, constant.query, constant.binds, values, element, userMode ? 'user' : 'system', false),
    search: (constant: SearchConstant, values: readonly unknown[]) =>
      staticSearch(runtime, constant.query, constant.binds, values),
    /** A dynamic query, which finds the variables that it binds by `scope`. */
    bound: (
      scope: (name: string) => unknown,
      library: (...args: unknown[]) => unknown,
      args: readonly unknown[],
    ): unknown => {
      runtime.bindScope = scope;
      return library(...args);
    },
    dml: (
      operation: 'insert' | 'update' | 'upsert' | 'delete' | 'undelete' | 'merge',
      rows: unknown,
      mode: string | null,
      externalId: string | null,
      duplicates: unknown,
    ): void => {
      if (operation === 'merge') mergeRecords(runtime, rowsOf(rows), rowsOf(duplicates));
      else dmlOrThrow(runtime, operation, rows, { allOrNone: true, externalId, userMode: mode === 'user' });
    },
  };
}

function collectionHelpers(runtime: ApexRuntime): object {
  return {
    newCollection: (type: ApexType, from: 'empty' | 'size' | 'elements' | 'rows', source?: unknown) =>
      newCollection(type, from, source),
    collectionOf: (type: ApexType, values: unknown[]) => {
      if (type.kind === 'set') return new ApexSet(type.element, values);
      return new ApexList(type.kind === 'list' ? type.element : type, values);
    },
    mapOf: (type: ApexType, entries: readonly (readonly [unknown, unknown])[]) => {
      if (type.kind !== 'map') throw new Unsupported(`A map of type ${type.kind}`);
      return new ApexMap(type.key, type.value, entries);
    },
    setAt: (list: ApexList, index: number, value: unknown): unknown => {
      list.set(need(index), value);
      return value;
    },
    /** The elements of a list in a for loop. */
    iterationList: (list: ApexList): readonly unknown[] => list.items,
    iterate: (source: unknown): Iterable<unknown> => iterate(runtime, source),
    batches: (list: ApexList): readonly ApexList[] => {
      const batches: ApexList[] = [];
      for (let at = 0; at < list.items.length; at += 200)
        batches.push(new ApexList(list.elementType, list.items.slice(at, at + 200)));
      return batches;
    },
  };
}

/** `new List<T>(...)`, `new Set<T>(...)`, `new Map<K, V>(...)`. */
function newCollection(type: ApexType, from: 'empty' | 'size' | 'elements' | 'rows', source: unknown): unknown {
  if (from !== 'empty' && (source === null || source === undefined)) {
    // A list of the elements of a null is empty (ApexLINQ: QTest.testQ_of_null).
    if (type.kind === 'list' && from === 'elements') return new ApexList(type.element);
    throw apexError('NullPointerException', 'Attempt to de-reference a null object');
  }
  switch (type.kind) {
    case 'list':
      if (from === 'size')
        return new ApexList(
          type.element,
          typeof source === 'number' ? new Array<unknown>(checkedSize(source)).fill(null) : [],
        );
      return new ApexList(type.element, elementsOf(source));
    case 'set':
      return new ApexSet(type.element, elementsOf(source));
    case 'map': {
      if (source instanceof ApexMap) return new ApexMap(type.key, type.value, source.entries());
      const rows = elementsOf(source).map((row): readonly [unknown, unknown] => {
        if (row instanceof SObject && row.id !== null) return [row.id, row];
        throw apexError('ListException', 'Row with null Id at index: 0');
      });
      return new ApexMap(type.key, type.value, rows);
    }
    default:
      throw new Unsupported(`new ${type.kind}`);
  }
}

/** More elements than this would end the process, not the transaction. */
const MAX_ELEMENTS = 10_000_000;

export function checkedSize(size: number): number {
  if (size > MAX_ELEMENTS) throw apexError('LimitException', `Apex heap size too large: ${size * 4}`);
  return size;
}

export function elementsOf(source: unknown): unknown[] {
  if (source instanceof ApexList) return [...source.items];
  return source instanceof ApexSet ? [...source.values()] : [];
}

/** The elements of a collection, or of anything else that is Iterable. */
export function* iterate(runtime: ApexRuntime, source: unknown): Generator<unknown> {
  if (source === null || source === undefined) throw nullPointer();
  if (source instanceof ApexList) yield* source.items;
  else if (source instanceof ApexSet) yield* [...source.values()];
  else if (isIterable(source)) yield* source;
  else if (typeof source === 'object') {
    const iterator = runtime.call(source, 'iterator', []);
    if (typeof iterator !== 'object' || iterator === null) throw nullPointer();
    if (iterator instanceof PlatformObject) yield* iterate(runtime, iterator);
    else while (runtime.call(iterator, 'hasNext', []) === true) yield runtime.call(iterator, 'next', []);
  }
}

/** Iterators of the platform's own classes. */
function isIterable(value: unknown): value is Iterable<unknown> {
  return value instanceof PlatformObject && Symbol.iterator in value;
}

/** Schema tokens and describes are objects of the library; these look them up there. */
function schemaHelpers(runtime: ApexRuntime): object {
  const make =
    (key: string) =>
    (...args: unknown[]): unknown =>
      Reflect.apply(runtime.library.function(key), undefined, args);
  return {
    sobjectType: make('Internal.Schema.objectToken'),
    fieldToken: make('Internal.Schema.fieldToken'),
    describeObject: make('Internal.Schema.describeObject'),
    describeField: make('Internal.Schema.describeField'),
    describeMembers: make('Internal.Schema.describeMembers'),
    fieldSet: make('Internal.Schema.fieldSet'),
    typeToken: make('Internal.Types.token'),
    voidType: make('Internal.Types.voidToken'),
    page: make('Internal.Visualforce.page'),
    label: (name: string): string => {
      const text = runtime.options.label(name);
      if (text === undefined) throw new Unsupported(`The label ${name}`);
      return text;
    },
  };
}
