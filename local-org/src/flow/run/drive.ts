import type { Suspendable } from '../../apex/runtime/index.js';
import type { FlowPause, FlowRun } from './bulk.js';

/** Runs flow code inside a transaction that is not its own: there no action begins a new one. */
export function* driveInTransaction<T>(run: FlowRun<T>): Suspendable<T> {
  let step = yield* untilNewTransaction(run);
  while (step.done !== true) step = yield* untilNewTransaction(run);
  return step.value;
}

/** Runs on, waiting at callouts, until the code has ended or something in it belongs into a new transaction. */
export function* untilNewTransaction<T>(run: FlowRun<T>): Suspendable<IteratorResult<FlowPause, T>> {
  let step = run.next();
  while (step.done !== true && step.value.kind === 'callout') {
    let answer: unknown;
    try {
      answer = yield step.value;
    } catch (error) {
      step = run.throw(error);
      continue;
    }
    step = run.next(answer);
  }
  return step;
}
