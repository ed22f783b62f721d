import { asThrowable, type ApexThrowable } from './exceptions.js';
import type { ApexRuntime } from './runtime.js';
import type { Suspendable } from './suspension.js';
import type { Transaction } from './transaction.js';
import { runWithoutWaiting, type TransactionSpec } from './transactions.js';

/** One transaction of a longer piece of work. */
export interface Step {
  readonly spec: TransactionSpec;
  readonly work: (tx: Transaction) => Suspendable<unknown>;
}

/** How a step ended; after an error its changes are taken back. */
export type StepOutcome =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: ApexThrowable | Error };

/** Work that takes several transactions, one after the other: yields each and goes on with its outcome. */
export type Steps<R> = Generator<Step, R, StepOutcome>;

/** Runs the steps where nobody can wait: in tests. */
export function runSteps<R>(runtime: ApexRuntime, steps: Steps<R>): R {
  let next = steps.next();
  while (next.done !== true) next = steps.next(attempt(runtime, next.value));
  return next.value;
}

function attempt(runtime: ApexRuntime, { spec, work }: Step): StepOutcome {
  try {
    return { ok: true, value: runtime.transactions.run(spec, (tx) => runWithoutWaiting(work(tx))) };
  } catch (error) {
    return { ok: false, error: asThrowable(error) };
  }
}

/** Runs the steps in transactions that can be suspended at callouts. */
export async function runStepsSuspendable<R>(runtime: ApexRuntime, steps: Steps<R>): Promise<R> {
  let next = steps.next();
  while (next.done !== true) next = steps.next(await attemptSuspendable(runtime, next.value));
  return next.value;
}

async function attemptSuspendable(runtime: ApexRuntime, { spec, work }: Step): Promise<StepOutcome> {
  try {
    return { ok: true, value: await runtime.transactAsync(spec, work) };
  } catch (error) {
    return { ok: false, error: asThrowable(error) };
  }
}
