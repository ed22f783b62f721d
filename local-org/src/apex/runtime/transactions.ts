import { apexError, asThrowable, Unsupported, type ApexThrowable } from './exceptions.js';
import type { Governor } from './limits.js';
import type { ApexRuntime } from './runtime.js';
import type { Suspendable, Suspension } from './suspension.js';
import type { TransactionTrace } from './trace.js';
import { Transaction, type Quiddity, type TestState } from './transaction.js';

/** What kind of transaction to run, and for whom. */
export interface TransactionSpec {
  readonly quiddity: Quiddity;
  readonly governor: Governor;
  readonly userId: string;
  readonly test?: TestState | undefined;
  /** Errors after which the changes stay, as in event triggers. */
  readonly keepsWork?: ((error: ApexThrowable | Error) => boolean) | undefined;
}

interface Frame {
  readonly tx: Transaction;
  readonly spec: TransactionSpec;
  /** Position in the undo log at which it began, or went on. */
  start: number;
  /** Puts back the transaction that this one interrupts. */
  readonly outer: (() => void) | undefined;
  /** Undefined when nobody listens, or whoever does listens to the transaction around it. */
  readonly trace: TransactionTrace | undefined;
}

/**
 * Runs the transactions of an org. One at a time is on the thread; others may be suspended at callouts. A suspended transaction has no
 * uncommitted changes (PLATFORM 2.4, 3.1), so that the one undo log always belongs to the transaction on the thread.
 */
export class Transactions {
  private current: Transaction | undefined;
  private sequence = 0;

  constructor(private readonly runtime: ApexRuntime) {}

  get running(): Transaction | undefined {
    return this.current;
  }

  /**
   * Runs one transaction to its end: commits when `work` returns and then starts what it enqueued; takes everything back when it throws.
   * Inside a test nothing is committed: the test's own rollback takes it back.
   */
  run<T>(spec: TransactionSpec, work: (tx: Transaction) => T): T {
    const frame = this.begin(spec, false);
    let result: T;
    try {
      result = work(frame.tx);
    } catch (error) {
      throw this.fail(frame, error);
    }
    this.succeed(frame);
    return result;
  }

  /** The same for code that may wait. While it does, others have the thread. @throws Error when a transaction is on the thread */
  async runSuspendable<T>(spec: TransactionSpec, work: (tx: Transaction) => Suspendable<T>): Promise<T> {
    if (this.current !== undefined) throw new Error('A transaction that can wait cannot start inside of another one.');
    const frame = this.begin(spec, true);
    let steps: Suspendable<T>;
    let resume = (): IteratorResult<Suspension, T> => {
      steps = work(frame.tx);
      return steps.next();
    };
    for (;;) {
      let step: IteratorResult<Suspension, T>;
      try {
        step = resume();
      } catch (error) {
        throw this.fail(frame, error);
      }
      if (step.done === true) {
        this.succeed(frame);
        return step.value;
      }
      if (this.runtime.data.store.hasUncommittedChanges) {
        resume = () => steps.throw(uncommittedWork());
        continue;
      }
      try {
        this.runtime.options.beforeWaiting?.();
      } catch (error) {
        throw this.fail(frame, error);
      }
      const back = this.suspend();
      const settled = await settle(step.value);
      // What an org that has stopped was waiting for is given up, as if its process had been killed.
      if (this.runtime.options.isStopped?.() === true) return new Promise<never>(() => undefined);
      back?.();
      frame.start = this.runtime.data.store.savepoint();
      resume = () => (settled.ok ? steps.next(settled.value) : steps.throw(settled.error));
    }
  }

  /** Notes what the running transaction is to do after its commit; what this returns drops what was added since. */
  mark(): () => void {
    const tx = this.current;
    const count = tx?.afterCommit.length ?? 0;
    return () => {
      if (tx !== undefined) tx.afterCommit.length = Math.min(tx.afterCommit.length, count);
    };
  }

  /** Takes the running transaction off the thread; the returned function puts it back. */
  suspend(): (() => void) | undefined {
    const tx = this.current;
    if (tx === undefined) return undefined;
    const { thread } = this.runtime;
    const { fuel, depth, statics, dead, limits, withSharing, code, room, grant, heap, frames } = thread;
    const { bindScope } = this.runtime;
    this.current = undefined;
    tx.limits.pauseCpu();
    return () => {
      Object.assign(thread, { fuel, depth, statics, dead, limits, withSharing, code, room, grant, heap, frames });
      this.runtime.bindScope = bindScope;
      this.current = tx;
      tx.limits.resumeCpu();
    };
  }

  private begin(spec: TransactionSpec, canWait: boolean): Frame {
    const { runtime, current } = this;
    const { test } = spec;
    // What a test starts by stopTest or deliver sees the test's static variables. Salesforce does not document this.
    const host = test !== undefined && current?.test === test ? current : undefined;
    const statics = host === undefined ? [] : runtime.thread.statics;
    const outer = this.suspend();
    const limits = runtime.newLimits(spec.governor, spec.quiddity);
    const tx = new Transaction(spec.quiddity, limits, spec.userId, test, ++this.sequence, canWait);
    this.current = tx;
    const trace = host === undefined ? this.listener(tx) : undefined;
    tx.trace = trace ?? host?.trace;
    runtime.thread.begin(tx.limits, statics, tx.trace?.code, () => tx.heldValues());
    return { tx, spec, start: runtime.data.store.savepoint(), outer, trace };
  }

  /** Who listens to a transaction that begins. Whoever follows code makes the org's code followable. */
  private listener(tx: Transaction): TransactionTrace | undefined {
    const { requestId, quiddity, userId, test } = tx;
    const trace = this.runtime.options.traces?.begin({ requestId, quiddity, userId, isTest: test !== undefined });
    if (trace?.code !== undefined) this.runtime.program.traceCode();
    return trace;
  }

  private succeed(frame: Frame): void {
    if (frame.spec.test === undefined) this.runtime.data.store.commit();
    this.end(frame, undefined, true);
  }

  private fail(frame: Frame, caught: unknown): ApexThrowable | Error {
    const { spec } = frame;
    const { store } = this.runtime.data;
    const error = asThrowable(caught);
    const kept = spec.keepsWork?.(error) ?? false;
    if (!kept) store.rollbackTo(frame.start);
    else if (spec.test === undefined) store.commit();
    this.end(frame, error, kept);
    return error;
  }

  private end({ tx, outer, trace }: Frame, error: ApexThrowable | Error | undefined, committed: boolean): void {
    tx.limits.pauseCpu();
    this.current = undefined;
    trace?.end(error);
    outer?.();
    if (committed) tx.release();
  }
}

type Settled = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: unknown };

async function settle(suspension: Suspension): Promise<Settled> {
  try {
    return { ok: true, value: await suspension.perform() };
  } catch (error) {
    return { ok: false, error };
  }
}

/** PLATFORM 2.4, 3.1. */
export function uncommittedWork(): ApexThrowable {
  return apexError(
    'CalloutException',
    'You have uncommitted work pending. Please commit or rollback before calling out',
  );
}

/** Runs code that may wait for a caller that cannot. @throws Unsupported where it would wait */
export function runWithoutWaiting<T>(steps: Suspendable<T>): T {
  const step = steps.next();
  if (step.done === true) return step.value;
  const refused = steps.throw(new Unsupported('A callout where nobody can wait for its answer'));
  throw refused.done === true ? new Error('The callout was refused.') : new Error('The code went on waiting.');
}
