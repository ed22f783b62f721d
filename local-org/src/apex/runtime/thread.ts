import type { SObject } from '../../data/index.js';
import { apexError } from './exceptions.js';
import { ApexHeap, LONG_TEXT, weightOfNew, weightOfRows } from './heap.js';
import type { LimitCounter } from './limits.js';
import type { CodeTrace } from './trace.js';

/** Statements between two looks at the clock. */
const FUEL = 20_000;
/** How many characters the platform's methods read or write while compiled code takes a step, about: two to that power. */
const CHARACTERS_PER_STEP = 5;
/** Deepest stack of Apex calls (Apex Developer Guide: Execution Governors and Limits). */
export const MAX_DEPTH = 1000;
/** Heap that may be used up before it is weighed again, an eighth of what there is: weighing takes time. A power of two. */
const HEAP_STEP = 3;
/** What a step may add to the heap that nothing else counts: a field of an object that gets its first value. */
const UNSEEN = 2;
/** Of what was weighed, how much may have come since for Limits.getHeapSize() not to weigh again. */
const HEAP_DRIFT = 1 / 10;

/**
 * What compiled code touches while it runs. Its numbers are always small integers, which JavaScript counts fastest. One object per org, so that compiled code can keep it in a constant; a transaction that is
 * suspended takes its values out, and puts them back when it goes on.
 */
export class Thread {
  /** Counts down at loops and calls; at zero the clock is looked at. */
  fuel = FUEL;
  /** Calls on the stack. */
  depth = 0;
  /** Static fields by class number; created when a class is first used in a transaction. */
  statics: (object | undefined)[] = [];
  /** A limit was exceeded: `finally` blocks do not run any more. */
  dead = false;
  limits: LimitCounter | undefined;
  /** The running class is held to the record sharing of the running user. Compiled classes set it while they run. */
  withSharing = false;
  /** Heap that may be used before it is weighed again. What makes values takes from it; ticks see that it is used up. */
  room = 0;
  /** The same when it was last weighed. */
  grant = 0;
  /** What a row of the last query weighs. */
  rowWeight = 0;
  heap = new ApexHeap(() => []);
  /** Those of the heap, where compiled code finds them. */
  frames = this.heap.frames;
  /** Who follows compiled code; null at full speed. */
  code: CodeTrace | null = null;

  /** Called by compiled code when the fuel is used up. @throws System.LimitException for CPU time and heap */
  tick(): void {
    this.fuel = FUEL;
    this.room -= FUEL * UNSEEN;
    if (this.limits === undefined) return;
    try {
      this.limits.checkCpu();
    } catch (error) {
      this.dead = true;
      throw error;
    }
    if (this.room < 0) this.weigh(0);
  }

  /** Called by compiled code where a function begins, when the stack gets too deep or the fuel is used up. */
  enter(depth: number): void {
    if (depth <= MAX_DEPTH) {
      this.tick();
      return;
    }
    this.dead = true;
    throw apexError('LimitException', `Maximum stack depth reached: ${MAX_DEPTH + 1}`);
  }

  /** A method of the platform takes as long as that many steps of compiled code. @throws System.LimitException for CPU time and heap */
  work(steps: number): void {
    this.fuel -= steps;
    if (this.fuel < 0) this.tick();
  }

  /** A text that a method of the platform reads through. */
  read(value: string): string {
    if (value.length > LONG_TEXT) this.work(value.length >> CHARACTERS_PER_STEP);
    return value;
  }

  /** A text that compiled code made. */
  text(value: string): string {
    this.textOf(value.length);
    return value;
  }

  /** A text of that length came into being. */
  textOf(length: number): void {
    this.room -= length;
    if (length >= LONG_TEXT) this.longText(length);
  }

  /** A text that takes the place of one that it begins with: only its growth is new. */
  grown(before: string | null, value: string): string {
    const { length } = value;
    this.room -= before === null ? length : length - before.length;
    if (length >= LONG_TEXT) this.longText(length);
    return value;
  }

  private longText(length: number): void {
    this.heap.noteLongText(length);
    this.fuel -= length >> CHARACTERS_PER_STEP;
    if (this.room < 0) this.weigh(length);
  }

  /** A value that a method of the platform made. */
  made<T>(value: T): T {
    if (typeof value === 'string') this.text(value);
    else this.use(weightOfNew(value));
    return value;
  }

  /** The rows of a query. @param isHeld the code gets them all at once; a loop takes them from the heap one by one */
  rows(rows: readonly SObject[], isHeld: boolean): void {
    const weight = weightOfRows(rows, (length) =>
      isHeld ? this.heap.noteLongText(length) : this.heap.noteFetchedText(length),
    );
    this.rowWeight = Math.ceil(weight / Math.max(1, rows.length));
    if (isHeld) this.use(weight);
  }

  /** Values that come into being and that nobody can reach yet. */
  use(weight: number): void {
    this.room -= weight;
    this.fuel -= weight >> CHARACTERS_PER_STEP;
    if (this.room < 0) this.weigh(weight);
  }

  /** Weighs the heap. @param coming what is there, but cannot be reached yet @throws System.LimitException when it is too large */
  private weigh(coming: number): void {
    if (this.limits === undefined) return;
    const size = this.heap.weigh(this.depth, this.statics) + coming;
    const limit = this.limits.limit('heapSize');
    if (size > limit) {
      this.dead = true;
      throw apexError('LimitException', `Apex heap size too large: ${size}`);
    }
    this.grant = Math.max(limit >> HEAP_STEP, limit - size);
    this.room = this.grant;
  }

  /** `Limits.getHeapSize()`: weighs again when much has come since. */
  heapSize(): number {
    const since = this.grant - this.room;
    if (since > this.heap.live * HEAP_DRIFT) this.weigh(0);
    return this.heap.live + this.grant - this.room;
  }

  /** Ready for a new transaction, with its own static variables unless some are given. */
  begin(
    limits: LimitCounter,
    statics: (object | undefined)[],
    code: CodeTrace | undefined,
    roots: () => Iterable<unknown>,
  ): void {
    this.code = code ?? null;
    this.fuel = FUEL;
    this.depth = 0;
    this.statics = statics;
    this.dead = false;
    this.limits = limits;
    this.withSharing = false;
    this.heap = new ApexHeap(roots);
    this.frames = this.heap.frames;
    this.grant = limits.limit('heapSize');
    this.room = this.grant;
  }
}
