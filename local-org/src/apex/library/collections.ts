import { SObject } from '../../data/index.js';
import {
  apexError,
  ApexEnum,
  ApexList,
  ApexMap,
  ApexObject,
  ApexSet,
  checkedSize,
  compareNumbers,
  compareStrings,
  elementsOf,
  ENTRY,
  equalValues,
  operators,
  SLOT,
  PlatformObject,
  type ApexRuntime,
  type LibraryModule,
} from '../runtime/index.js';
import { SOBJECT } from '../types/types.js';
import { required } from './arguments.js';
import { hashOf } from './hash.js';
import { cloneRecord } from './sobject.js';
import { objectToken } from './schema-tokens.js';

/** Iterator of a list or set. */
export class IteratorObject extends PlatformObject implements Iterable<unknown> {
  override readonly typeName: string = 'System.Iterator';
  private at = 0;
  constructor(private readonly items: readonly unknown[]) {
    super();
  }
  hasNext(): boolean {
    return this.at < this.items.length;
  }
  next(): unknown {
    if (!this.hasNext()) throw apexError('NoSuchElementException', 'No more elements');
    return this.items[this.at++];
  }
  *[Symbol.iterator](): Iterator<unknown> {
    while (this.hasNext()) yield this.next();
  }
}

export const iteratorModule: LibraryModule = {
  owner: 'System.Iterator',
  members: () => ({ hasNext: (self: IteratorObject) => self.hasNext(), next: (self: IteratorObject) => self.next() }),
};

export const iterableModule: LibraryModule = {
  owner: 'System.Iterable',
  members: () => ({ iterator: (self: ApexList | ApexSet) => new IteratorObject(elementsOf(self)) }),
};

/** Order of `List.sort()`: nulls first, numbers and dates by value, text by code unit, Comparable objects by compareTo, enums by ordinal. */
export function sortOrder(runtime: ApexRuntime, left: unknown, right: unknown): number {
  if (left === right) return 0;
  if (left === null) return -1;
  if (right === null) return 1;
  if (typeof left === 'string' && typeof right === 'string') return compareStrings(left, right);
  if (left instanceof ApexEnum && right instanceof ApexEnum) return left.ordinal - right.ordinal;
  if (typeof left === 'boolean') return Number(left) - Number(right);
  if (left instanceof SObject && right instanceof SObject)
    return compareStrings(String(left.get('Name') ?? left.id ?? ''), String(right.get('Name') ?? right.id ?? ''));
  if (left instanceof ApexObject) {
    const order = runtime.call(left, 'compareTo', [right]);
    return typeof order === 'number' ? order : 0;
  }
  return typeof left === 'object' && 'compare' in left && !('big' in left)
    ? operators.compareDates(left, right)
    : compareNumbers(left, right);
}

/** A stable sort that compares as few pairs as JavaScript's own. */
function sort(runtime: ApexRuntime, self: ApexList, comparator?: object): void {
  runtime.thread.work(self.items.length);
  if (comparator === undefined) self.items.sort((left, right) => sortOrder(runtime, left, right));
  else {
    self.items.sort((left, right) => {
      const order = runtime.call(comparator, 'compare', [left, right]);
      return typeof order === 'number' ? order : 0;
    });
  }
}

function position(index: number, end: number): number {
  if (required(index) < 0 || index > end) throw apexError('ListException', `List index out of bounds: ${index}`);
  return index;
}

const deepCopy =
  (flags: readonly (boolean | undefined)[]) =>
  (item: unknown): unknown =>
    item instanceof SObject ? cloneRecord(item, flags[0] ?? false, true, flags[1] ?? false, flags[2] ?? false) : item;

/** How many elements of a list are moved while compiled code takes a step, about: two to that power. */
const ELEMENTS_PER_STEP = 4;

export const listModule: LibraryModule = {
  owner: 'System.List',
  members: (runtime) => {
    const { thread } = runtime;
    /** Every element is looked at. */
    const searched = ({ items }: ApexList): unknown[] => {
      thread.work(items.length);
      return items;
    };
    /** Elements move, which is quick for one. */
    const moved = ({ items }: ApexList): unknown[] => {
      thread.work(items.length >> ELEMENTS_PER_STEP);
      return items;
    };
    return {
      'add/1': (self: ApexList, value: unknown) => {
        self.items.push(value);
        // A text that only grew counts anew when another copy of it is kept.
        runtime.thread.room -= typeof value === 'string' ? SLOT + value.length : SLOT;
      },
      'add/2': (self: ApexList, index: number, value: unknown) =>
        void moved(self).splice(position(index, self.items.length), 0, value),
      addAll: (self: ApexList, values: unknown) => {
        const added = elementsOf(required(values));
        checkedSize(self.items.length + added.length);
        runtime.thread.use(SLOT * added.length);
        for (const value of added) self.items.push(value);
      },
      clear: (self: ApexList) => {
        self.items.length = 0;
      },
      clone: (self: ApexList) => new ApexList(self.elementType, [...self.items]),
      contains: (self: ApexList, value: unknown) => searched(self).some((item) => equalValues(item, value, true)),
      deepClone: (self: ApexList, ...flags: boolean[]) =>
        new ApexList(self.elementType, self.items.map(deepCopy(flags))),
      equals: (self: ApexList, other: unknown) => equalValues(self, other),
      get: (self: ApexList, index: number) => self.at(required(index)),
      getSObjectType: (self: ApexList) =>
        self.elementType.kind === 'sobject' && self.elementType.name !== 'SObject'
          ? objectToken(runtime, self.elementType.name)
          : null,
      hashCode: (self: ApexList) => hashOf(runtime, self),
      indexOf: (self: ApexList, value: unknown) => searched(self).findIndex((item) => equalValues(item, value, true)),
      isEmpty: (self: ApexList) => self.items.length === 0,
      iterator: (self: ApexList) => new IteratorObject(self.items),
      remove: (self: ApexList, index: number) => moved(self).splice(position(index, self.items.length - 1), 1)[0],
      set: (self: ApexList, index: number, value: unknown) => self.set(required(index), value),
      size: (self: ApexList) => self.items.length,
      'sort/0': (self: ApexList) => sort(runtime, self),
      'sort/1': (self: ApexList, comparator: object) => sort(runtime, self, required(comparator)),
      toString: (self: ApexList) => runtime.text(self),
    };
  },
};

const anyAdded = (self: ApexSet, values: readonly unknown[], change: (value: unknown) => boolean): boolean =>
  values.map(change).includes(true) && self.size >= 0;

export const setModule: LibraryModule = {
  owner: 'System.Set',
  members: (runtime) => ({
    add: (self: ApexSet, value: unknown) => {
      runtime.thread.room -= ENTRY;
      return self.add(value);
    },
    addAll: (self: ApexSet, values: unknown) =>
      anyAdded(self, elementsOf(required(values)), (value) => self.add(value)),
    clear: (self: ApexSet) => self.clear(),
    clone: (self: ApexSet) => new ApexSet(self.elementType, self.values()),
    contains: (self: ApexSet, value: unknown) => self.has(value),
    containsAll: (self: ApexSet, values: unknown) => elementsOf(required(values)).every((value) => self.has(value)),
    equals: (self: ApexSet, other: unknown) => equalValues(self, other),
    hashCode: (self: ApexSet) => hashOf(runtime, self),
    isEmpty: (self: ApexSet) => self.size === 0,
    iterator: (self: ApexSet) => new IteratorObject([...self.values()]),
    remove: (self: ApexSet, value: unknown) => self.delete(value),
    removeAll: (self: ApexSet, values: unknown) =>
      anyAdded(self, elementsOf(required(values)), (value) => self.delete(value)),
    retainAll: (self: ApexSet, values: unknown) => {
      const kept = new ApexSet(self.elementType, elementsOf(required(values)));
      return anyAdded(
        self,
        [...self.values()].filter((value) => !kept.has(value)),
        (value) => self.delete(value),
      );
    },
    size: (self: ApexSet) => self.size,
    toString: (self: ApexSet) => runtime.text(self),
  }),
};

export const mapModule: LibraryModule = {
  owner: 'System.Map',
  members: (runtime) => ({
    clear: (self: ApexMap) => self.clear(),
    clone: (self: ApexMap) => new ApexMap(self.keyType, self.valueType, self.entries()),
    containsKey: (self: ApexMap, key: unknown) => self.has(key),
    deepClone: (self: ApexMap) =>
      new ApexMap(
        self.keyType,
        self.valueType,
        [...self.entries()].map(([key, value]): [unknown, unknown] => [key, deepCopy([true, true, true])(value)]),
      ),
    equals: (self: ApexMap, other: unknown) => equalValues(self, other),
    get: (self: ApexMap, key: unknown) => self.get(key),
    getSObjectType: (self: ApexMap) =>
      self.valueType.kind === 'sobject' && self.valueType.name !== SOBJECT.name
        ? objectToken(runtime, self.valueType.name)
        : null,
    hashCode: (self: ApexMap) => hashOf(runtime, self),
    isEmpty: (self: ApexMap) => self.size === 0,
    keySet: (self: ApexMap) => new ApexSet(self.keyType, self.keys()),
    put: (self: ApexMap, key: unknown, value: unknown) => self.put(key, value),
    putAll: (self: ApexMap, source: unknown) => {
      const from = required(source);
      if (from instanceof ApexMap) for (const [key, value] of from.entries()) self.put(key, value);
      else for (const row of elementsOf(from)) if (row instanceof SObject) self.put(row.id, row);
    },
    remove: (self: ApexMap, key: unknown) => self.delete(key),
    size: (self: ApexMap) => self.size,
    toString: (self: ApexMap) => runtime.text(self),
    values: (self: ApexMap) => new ApexList(self.valueType, [...self.values()]),
  }),
};
