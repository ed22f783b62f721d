import type { SObject } from '../../data/index.js';
import { inCodeUnit } from './code-unit.js';
import { ApexThrowable } from './exceptions.js';
import type { ApexRuntime } from './runtime.js';
import type { Steps } from './steps.js';
import type { Delivery, TestState } from './transaction.js';
import { triggerUnit, type TriggerSource } from './triggers.js';

/** One batch of events on its way to one trigger. */
export interface EventBatch {
  readonly trigger: TriggerSource;
  /** Events of one object, in the order in which they were published; not empty. */
  readonly events: readonly SObject[];
  readonly userId: string;
  /** How often it was tried before, and why that failed. */
  readonly retries: number;
  readonly lastError: string | null;
  readonly test: TestState | undefined;
}

/**
 * How a delivery ended. `next` events of the batch come again: those behind the resume checkpoint, or all of them on a retry.
 * - `done`: the trigger returned
 * - `retry`: it threw RetryableException, and its changes were taken back
 * - `failed`: it threw something else, its changes stay, and what it did not get to is skipped (PLATFORM 3.5)
 */
export interface DeliveryOutcome {
  readonly kind: 'done' | 'retry' | 'failed';
  readonly error: ApexThrowable | Error | undefined;
  readonly next: readonly SObject[];
}

/** Runs a trigger on a batch of events in a transaction of its own, with synchronous limits (PLATFORM 3.5). */
export function* deliverySteps(runtime: ApexRuntime, batch: EventBatch): Steps<DeliveryOutcome> {
  const { trigger, events, userId, test } = batch;
  const delivery: Delivery = {
    retries: batch.retries,
    lastError: batch.lastError,
    resumeCheckpoint: null,
    replayIds: new Set(events.map((event) => String(event.get('ReplayId')))),
  };
  const objectName = events[0]?.object.name ?? '';
  const outcome = yield {
    spec: {
      quiddity: 'PLATFORM_EVENT_PUBLISH_CALLBACK',
      governor: 'sync',
      userId,
      test,
      // Only RetryableException takes back what the subscriber did before it failed (PLATFORM 3.5).
      keepsWork: (error) => !isRetryable(error),
    },
    // eslint-disable-next-line require-yield -- a trigger never waits: callouts are refused in it
    *work(tx) {
      tx.delivery = delivery;
      tx.triggerFrames.push({
        timing: 'after',
        operation: 'insert',
        objectName,
        newRecords: events,
        oldRecords: undefined,
      });
      try {
        inCodeUnit(
          runtime,
          () => triggerUnit(runtime, trigger, objectName, { timing: 'after', operation: 'insert' }),
          () => trigger.runnable.run(),
        );
      } finally {
        tx.triggerFrames.pop();
      }
    },
  };
  if (!outcome.ok && isRetryable(outcome.error)) return { kind: 'retry', error: outcome.error, next: events };
  const next = behind(events, delivery.resumeCheckpoint);
  return outcome.ok ? { kind: 'done', error: undefined, next } : { kind: 'failed', error: outcome.error, next };
}

function behind(events: readonly SObject[], checkpoint: string | null): readonly SObject[] {
  if (checkpoint === null) return [];
  const at = events.findIndex((event) => event.get('ReplayId') === checkpoint);
  return at < 0 ? [] : events.slice(at + 1);
}

export function isRetryable(error: ApexThrowable | Error): boolean {
  return error instanceof ApexThrowable && error.$typeName === 'EventBus.RetryableException';
}
