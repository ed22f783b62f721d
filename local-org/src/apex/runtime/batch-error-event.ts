import { SObject } from '../../data/index.js';
import { ApexThrowable } from './exceptions.js';
import type { Job } from './job.js';
import type { ApexRuntime } from './runtime.js';
import { stackTrace } from './stack.js';
import type { Step } from './steps.js';
import { defaultMessage } from './text.js';
import { implementsPlatform } from './types.js';
import type { ApexObject } from './values.js';

/** A part of a batch job that failed. */
export interface BatchFailure {
  readonly phase: 'START' | 'EXECUTE' | 'FINISH';
  readonly error: ApexThrowable | Error;
  /** What `execute` was working on. */
  readonly scope: readonly unknown[];
}

/**
 * The transaction in which the platform publishes a BatchApexErrorEvent, after the failed one has been taken back; none unless the class is
 * Database.RaisesPlatformEvents (Platform Events Developer Guide: Fire Platform Events from Batch Apex).
 */
export function* batchErrorSteps(
  runtime: ApexRuntime,
  job: Job,
  target: ApexObject,
  failure: BatchFailure,
): Generator<Step, void, unknown> {
  if (!implementsPlatform(target.$class.symbol, 'Database.RaisesPlatformEvents')) return;
  yield {
    spec: { quiddity: 'BATCH_APEX', governor: 'async', userId: job.userId, test: job.test },
    // eslint-disable-next-line require-yield -- publishing does not wait
    *work(tx) {
      runtime.events.publish([eventOf(runtime, job, failure, tx.requestId)]);
    },
  };
}

function eventOf(runtime: ApexRuntime, job: Job, { phase, error, scope }: BatchFailure, requestId: string): SObject {
  const isApex = error instanceof ApexThrowable;
  const ids = scope.flatMap((item) => (item instanceof SObject ? (item.id ?? []) : []));
  return runtime.record('BatchApexErrorEvent', {
    AsyncApexJobId: job.id,
    ExceptionType: isApex ? error.$typeName : 'System.UnexpectedException',
    JobScope: ids.length === 0 ? null : ids.join(','),
    DoesExceedJobScopeMaxLength: false,
    Message: isApex ? (error.$x.message ?? defaultMessage(error)) : error.message,
    Phase: phase,
    RequestId: requestId,
    StackTrace: isApex ? stackTrace(error) : null,
  });
}
