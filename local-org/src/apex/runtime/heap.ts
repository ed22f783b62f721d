import { ApexBlob, ApexDecimal, SObject } from '../../data/index.js';
import { ENTRY, HEADER, SLOT } from '../compile/index.js';
import type { ApexType } from '../types/types.js';
import { ApexList, ApexMap, ApexSet } from './collections.js';
import { ApexThrowable } from './exceptions.js';
import { ApexDouble, ApexObject, PlatformObject } from './values.js';

/** A value that needs twice as much: Long, Double, Date, Datetime, Time. */
const WIDE = 4;
/** Texts from this length on are weighed once, however many variables share them. */
export const LONG_TEXT = 100;

/** Values that stand in their slot: nothing is to be followed. */
const FLAT: ReadonlySet<string> = new Set(['Boolean', 'Integer']);

const isFlat = (type: ApexType): boolean => type.kind === 'primitive' && FLAT.has(type.name);

/**
 * The heap of one transaction: where its values begin, and what they weigh. Salesforce does not publish how it weighs values; see
 * docs/local-org.md for how it is done here.
 */
export class ApexHeap {
  /** By depth of the stack: `this`, or an array of `this` and the variables of the function. */
  readonly frames: unknown[] = [];
  /** What was reachable when it was last weighed. */
  live = 0;
  /** How many long texts were made, by length: JavaScript does not tell one text from another with the same characters. */
  private readonly made = new Map<number, number>();
  /** Lengths of texts in rows that a loop over a query has yet to hand over: those that are made are more than can be reached. */
  private readonly fetched = new Set<number>();

  /** @param roots what the platform itself holds for the code: rows of triggers, request and response */
  constructor(private readonly roots: () => Iterable<unknown>) {}

  noteLongText(length: number): void {
    this.made.set(length, (this.made.get(length) ?? 0) + 1);
  }

  noteFetchedText(length: number): void {
    this.noteLongText(length);
    this.fetched.add(length);
  }

  /** Weighs everything that the code can reach. Forgets what cannot be reached any more. */
  weigh(depth: number, statics: readonly unknown[]): number {
    this.frames.length = Math.min(this.frames.length, depth + 1);
    const scale = new Scale();
    for (const frame of this.frames) scale.add(frame);
    for (const holder of statics) if (typeof holder === 'object' && holder !== null) scale.addFields(holder);
    for (const root of this.roots()) scale.add(root);
    this.live = scale.total(this.made);
    for (const [length, count] of scale.longTexts)
      if (!this.fetched.has(length)) this.made.set(length, Math.min(count, this.made.get(length) ?? 1));
    for (const length of this.made.keys())
      if (!scale.longTexts.has(length) && !this.fetched.has(length)) this.made.delete(length);
    return this.live;
  }
}

/** Adds up values, each object once. */
class Scale {
  private bytes = 0;
  private readonly seen = new Set<object>();
  private readonly pending: object[] = [];
  /** How many variables refer to long texts, by length. */
  readonly longTexts = new Map<number, number>();

  total(made: ReadonlyMap<number, number>): number {
    for (let next = this.pending.pop(); next !== undefined; next = this.pending.pop()) this.weigh(next);
    let long = 0;
    for (const [length, count] of this.longTexts) long += (SLOT + length) * Math.min(count, made.get(length) ?? 1);
    return this.bytes + long;
  }

  /** What a slot refers to; the slot itself is counted with what it belongs to. */
  add(value: unknown): void {
    if (typeof value === 'string') this.text(value.length);
    else if (typeof value === 'bigint') this.bytes += WIDE;
    else if (typeof value === 'object' && value !== null && !this.seen.has(value)) {
      this.seen.add(value);
      this.pending.push(value);
    }
  }

  addFields(holder: object): void {
    for (const value of Object.values(holder)) {
      this.bytes += SLOT;
      this.add(value);
    }
  }

  private text(length: number): void {
    if (length < LONG_TEXT) this.bytes += SLOT + length;
    else this.longTexts.set(length, (this.longTexts.get(length) ?? 0) + 1);
  }

  private weigh(value: object): void {
    if (Array.isArray(value)) this.slots(value);
    else if (value instanceof SObject) this.record(value);
    else if (value instanceof ApexList) this.list(value);
    else if (value instanceof ApexDouble || value instanceof ApexDecimal) this.bytes += WIDE;
    else if (value instanceof ApexMap) this.entries(value.entries());
    else if (value instanceof ApexSet) this.slots([...value.values()]);
    else if (value instanceof ApexBlob) this.bytes += HEADER + value.bytes.length;
    else if (value instanceof ApexObject) this.object(value);
    else if (value instanceof PlatformObject) this.addFields(value);
    else if (value instanceof Map) this.entries(value);
  }

  private slots(values: readonly unknown[]): void {
    this.bytes += HEADER + SLOT * values.length;
    for (const value of values) this.add(value);
  }

  /** The elements are weighed under their array, which a loop over the list holds as well. */
  private list({ elementType, items }: ApexList): void {
    if (!isFlat(elementType)) this.add(items);
    else if (!this.seen.has(items)) {
      this.seen.add(items);
      this.bytes += HEADER + SLOT * items.length;
    }
  }

  private entries(entries: Iterable<readonly [unknown, unknown]>): void {
    this.bytes += HEADER;
    for (const [key, value] of entries) {
      this.bytes += ENTRY;
      this.add(key);
      this.add(value);
    }
  }

  /** Rows of triggers have all fields of their object, most of them empty: those weigh nothing. */
  private record({ values, related }: SObject): void {
    this.bytes += HEADER;
    for (const part of [values, related])
      for (const value of part.values()) {
        if (value === null) continue;
        this.bytes += ENTRY;
        this.add(value);
      }
  }

  private object(value: ApexObject): void {
    this.bytes += HEADER;
    if (value instanceof ApexThrowable) this.add(value.$x.message);
    for (const { slot } of value.$class?.slots.values() ?? []) {
      this.bytes += SLOT;
      this.add(value[slot]);
    }
  }
}

/** What a value that the platform made weighs itself, without what it refers to. */
export function weightOfNew(value: unknown): number {
  if (typeof value === 'string') return SLOT + value.length;
  if (value instanceof ApexList) return HEADER + SLOT * value.items.length;
  if (value instanceof ApexSet) return HEADER + SLOT * value.size;
  if (value instanceof ApexMap) return HEADER + ENTRY * value.size;
  return value instanceof ApexBlob ? HEADER + value.bytes.length : 0;
}

/** What the rows of a query weigh with their texts, and the rows of their subqueries. */
export function weightOfRows(rows: readonly SObject[], noteLongText: (length: number) => void): number {
  let weight = HEADER;
  for (const { values, related } of rows) {
    weight += HEADER;
    for (const value of values.values()) {
      if (value !== null) weight += ENTRY;
      if (typeof value !== 'string') continue;
      weight += value.length;
      if (value.length >= LONG_TEXT) noteLongText(value.length);
    }
    for (const relative of related.values()) {
      if (relative instanceof SObject) weight += weightOfRows([relative], noteLongText);
      else if (relative !== null) weight += weightOfRows(relative, noteLongText);
    }
  }
  return weight;
}
