import { apexError } from './exceptions.js';
import type { LimitCounter } from './limits.js';
import type { CodeTrace } from './trace.js';

/** Statements between two looks at the clock. */
const FUEL = 20_000;
/** Deepest stack of Apex calls (Apex Developer Guide: Execution Governors and Limits). */
export const MAX_DEPTH = 1000;
/** JavaScript heap that a transaction may add before it counts as a runaway; the platform's own figure is far below. */
const HEAP_GUARD = 700_000_000;

/**
 * What compiled code touches while it runs. One object per org, so that compiled code can keep it in a constant; a transaction that is
 * suspended takes its values out, and puts them back when it goes on.
 */
export class Thread {
  /** Counts down at loops; at zero the clock is looked at. */
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
  heapStart = process.memoryUsage().heapUsed;
  /** Who follows compiled code; null at full speed. */
  code: CodeTrace | null = null;

  /** Called by compiled code when the fuel is used up. @throws System.LimitException for CPU time and heap */
  tick(): void {
    this.fuel = FUEL;
    if (this.limits === undefined) return;
    try {
      this.limits.checkCpu();
      if (process.memoryUsage().heapUsed - this.heapStart > HEAP_GUARD) {
        throw apexError(
          'LimitException',
          `Apex heap size too large: ${process.memoryUsage().heapUsed - this.heapStart}`,
        );
      }
    } catch (error) {
      this.dead = true;
      throw error;
    }
  }

  /** Called by compiled code when the stack gets too deep. */
  tooDeep(): never {
    this.dead = true;
    throw apexError('LimitException', `Maximum stack depth reached: ${MAX_DEPTH + 1}`);
  }

  /** Ready for a new transaction, with its own static variables unless some are given. */
  begin(limits: LimitCounter, statics: (object | undefined)[], code: CodeTrace | undefined): void {
    this.code = code ?? null;
    this.fuel = FUEL;
    this.depth = 0;
    this.statics = statics;
    this.dead = false;
    this.limits = limits;
    this.withSharing = false;
    this.heapStart = process.memoryUsage().heapUsed;
  }
}
