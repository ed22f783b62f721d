import type { ApexType } from '../types/types.js';
import { apexError } from './exceptions.js';
import { equalValues } from './equality.js';
import { hasOwnEquality, tokenOf, type Token } from './keys.js';
import type { ApexObject } from './values.js';

/** Apex List. `items` is the live array; compiled code reads it directly. */
export class ApexList {
  constructor(
    readonly elementType: ApexType,
    public items: unknown[] = [],
  ) {}

  /** Message and type as the platform reports them. */
  at(index: number): unknown {
    if (index < 0 || index >= this.items.length) throw apexError('ListException', `List index out of bounds: ${index}`);
    return this.items[index];
  }

  set(index: number, value: unknown): void {
    if (index < 0 || index >= this.items.length) throw apexError('ListException', `List index out of bounds: ${index}`);
    this.items[index] = value;
  }
}

function hashOf(value: ApexObject): number {
  const name = value.$class.methods.get('hashcode/0')?.[0];
  const method = name === undefined ? undefined : value[name];
  const hash: unknown = typeof method === 'function' ? Reflect.apply(method, value, []) : 0;
  return typeof hash === 'number' ? hash : 0;
}

const identities = new WeakMap<object, number>();
let lastIdentity = 0;

function identityOf(value: object): number {
  const known = identities.get(value) ?? ++lastIdentity;
  identities.set(value, known);
  return known;
}

/** How deep collections within collections are told apart by their elements, as keys. */
const MAX_KEY_DEPTH = 8;

/** A token of one element within the token of the collections around it. */
function elementToken(value: unknown, around: readonly unknown[]): string {
  const token = keyToken(value, around);
  if (typeof token === 'object' && token !== null) return `#${identityOf(token)}`;
  const text = String(token);
  return `${(typeof token).charAt(0)}${text.length}:${text}`;
}

/** Most keys are no collections: they are looked up too often to make anything for them. */
function keyToken(key: unknown, around: readonly unknown[] = OUTERMOST): Token {
  const isCollection = key instanceof ApexList || key instanceof ApexSet || key instanceof ApexMap;
  return isCollection ? collectionToken(key, around) : tokenOf(key);
}

const OUTERMOST: readonly unknown[] = [];

/** A collection is the same key as another one with equal elements (ApexLINQ: Q.groups); one that holds itself is there only itself. */
function collectionToken(key: ApexList | ApexSet | ApexMap, around: readonly unknown[]): Token {
  if (around.length > MAX_KEY_DEPTH || around.includes(key)) return tokenOf(key);
  const inside = [...around, key];
  const token = (value: unknown): string => elementToken(value, inside);
  if (key instanceof ApexList) return `\0[${key.items.map(token).join('')}`;
  if (key instanceof ApexSet) return `\0{${[...key.values()].map(token).toSorted().join('')}`;
  return `\0m${[...key.entries()]
    .map(([name, value]) => token(name) + token(value))
    .toSorted()
    .join('')}`;
}

interface Entry {
  key: unknown;
  value: unknown;
}

/** Entries by key, in the order in which the keys came; the part that sets and maps share. */
class KeyTable {
  private readonly entries = new Map<Token, Entry>();
  /** Keys that decide themselves what they equal, by hash code: their tokens in `entries`. */
  private readonly buckets = new Map<number, Entry[]>();

  get size(): number {
    return this.entries.size;
  }

  find(key: unknown): Entry | undefined {
    if (!hasOwnEquality(key)) return this.entries.get(keyToken(key));
    return this.buckets.get(hashOf(key))?.find((entry) => equalValues(key, entry.key));
  }

  put(key: unknown, value: unknown): Entry | undefined {
    const before = this.find(key);
    if (before !== undefined) {
      const old = { key: before.key, value: before.value };
      before.value = value;
      return old;
    }
    const entry: Entry = { key, value };
    if (hasOwnEquality(key)) {
      const hash = hashOf(key);
      const bucket = this.buckets.get(hash);
      if (bucket === undefined) this.buckets.set(hash, [entry]);
      else bucket.push(entry);
      this.entries.set(entry, entry);
    } else this.entries.set(keyToken(key), entry);
    return undefined;
  }

  remove(key: unknown): Entry | undefined {
    const entry = this.find(key);
    if (entry === undefined) return undefined;
    if (hasOwnEquality(key)) {
      const hash = hashOf(key);
      this.buckets.set(
        hash,
        (this.buckets.get(hash) ?? []).filter((candidate) => candidate !== entry),
      );
      this.entries.delete(entry);
    } else this.entries.delete(keyToken(key));
    return entry;
  }

  clear(): void {
    this.entries.clear();
    this.buckets.clear();
  }

  all(): Iterable<Entry> {
    return this.entries.values();
  }
}

/** Apex Set, in the order in which the elements were added. */
export class ApexSet {
  private readonly table = new KeyTable();

  constructor(
    readonly elementType: ApexType,
    values: Iterable<unknown> = [],
  ) {
    for (const value of values) this.add(value);
  }

  get size(): number {
    return this.table.size;
  }

  add(value: unknown): boolean {
    if (this.table.find(value) !== undefined) return false;
    this.table.put(value, value);
    return true;
  }

  has(value: unknown): boolean {
    return this.table.find(value) !== undefined;
  }

  delete(value: unknown): boolean {
    return this.table.remove(value) !== undefined;
  }

  clear(): void {
    this.table.clear();
  }

  *values(): IterableIterator<unknown> {
    for (const entry of this.table.all()) yield entry.key;
  }
}

/** Apex Map, in the order in which the keys were put. */
export class ApexMap {
  private readonly table = new KeyTable();

  constructor(
    readonly keyType: ApexType,
    readonly valueType: ApexType,
    entries: Iterable<readonly [unknown, unknown]> = [],
  ) {
    for (const [key, value] of entries) this.put(key, value);
  }

  get size(): number {
    return this.table.size;
  }

  get(key: unknown): unknown {
    return this.table.find(key)?.value ?? null;
  }

  has(key: unknown): boolean {
    return this.table.find(key) !== undefined;
  }

  /** The value that was there before. */
  put(key: unknown, value: unknown): unknown {
    return this.table.put(key, value)?.value ?? null;
  }

  delete(key: unknown): unknown {
    return this.table.remove(key)?.value ?? null;
  }

  clear(): void {
    this.table.clear();
  }

  *entries(): IterableIterator<readonly [unknown, unknown]> {
    for (const entry of this.table.all()) yield [entry.key, entry.value];
  }

  *keys(): IterableIterator<unknown> {
    for (const entry of this.table.all()) yield entry.key;
  }

  *values(): IterableIterator<unknown> {
    for (const entry of this.table.all()) yield entry.value;
  }
}
