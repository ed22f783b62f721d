import type { SObject } from '../../data/index.js';
import type { ApexThrowable } from './exceptions.js';
import type { Governor } from './limits.js';
import type { StoredGraph } from './stored-values.js';
import type { Quiddity, TestState } from './transaction.js';

/** Objects that a job works on, as they were when it was enqueued. Tests keep them in memory; an org keeps them as JSON. */
export type Captured =
  { readonly kind: 'live'; readonly value: unknown } | { readonly kind: 'stored'; readonly graph: StoredGraph };

/** What a job does. `target` is the object of the class that implements the platform's interface. */
export type Work =
  | { readonly kind: 'queueable'; readonly target: Captured }
  /** A `@Future` method by its class and JavaScript member; `args` is a list. */
  | {
      readonly kind: 'future';
      readonly owner: string;
      readonly member: string;
      readonly args: Captured;
      readonly mayCallOut: boolean;
    }
  | { readonly kind: 'batch'; readonly target: Captured; readonly scopeSize: number }
  | {
      readonly kind: 'scheduled';
      readonly target: Captured;
      readonly cronTriggerId: string;
      readonly expression: string;
    };

/** Asynchronous work that waits for its turn. */
export interface Job {
  readonly id: string;
  /** Full name of the class, for a future method `Class.method`. */
  readonly className: string;
  readonly userId: string;
  /** When it may start, milliseconds since 1970. */
  readonly dueAt: number;
  readonly queueableDepth: number;
  readonly maximumQueueableDepth: number | undefined;
  readonly signature: string | undefined;
  /** How often in a row finalizers have enqueued it again after failures. */
  readonly restarts: number;
  readonly work: Work;
  readonly test: TestState | undefined;
}

/** What became of a job. */
export interface JobResult {
  readonly job: Job;
  readonly error: ApexThrowable | Error | undefined;
}

interface JobKind {
  readonly type: string;
  readonly quiddity: Quiddity;
  readonly governor: Governor;
}

/**
 * `AsyncApexJob.JobType`, System.Quiddity and limits of each kind of work: synchronous limits apply to scheduled Apex (Apex Developer Guide:
 * Execution Governors and Limits).
 */
export const JOB_KINDS: Readonly<Record<Work['kind'], JobKind>> = {
  queueable: { type: 'Queueable', quiddity: 'QUEUEABLE', governor: 'async' },
  future: { type: 'Future', quiddity: 'FUTURE', governor: 'async' },
  batch: { type: 'BatchApex', quiddity: 'BATCH_APEX', governor: 'async' },
  scheduled: { type: 'ScheduledApex', quiddity: 'SCHEDULED', governor: 'sync' },
};

/** True for the job's own Id, and for that of the CronTrigger that starts it; 15 characters are enough. */
export function isJob(job: Job, id: string): boolean {
  const wanted = id.slice(0, 15);
  return (
    job.id.slice(0, 15) === wanted || (job.work.kind === 'scheduled' && job.work.cronTriggerId.slice(0, 15) === wanted)
  );
}

/** Something that happens at a time and outlives the process. */
export interface Timer {
  /** Which handler it is for. */
  readonly kind: string;
  /** Scheduling a timer replaces the one of the same kind and key. */
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly dueAt: number;
  /** JSON. */
  readonly payload: unknown;
  /** Timers of one kind and group that are due together are handled together. */
  readonly group?: string | undefined;
}

/** Keeps timers, which outlive the process. */
export interface TimerPort {
  schedule(timer: Timer): void;
  /** Forgets a timer; false when there is none. */
  cancel(kind: string, key: string): boolean;
  /** Timers of a kind that wait. */
  waiting(kind: string): readonly Timer[];
}

/** Where asynchronous work goes when its transaction has committed. */
export interface AsyncHost {
  /** Absent where nothing happens later, as in an org that is thrown away. */
  readonly timers?: TimerPort | undefined;
  /** False when the org has used up what it may do in a time (PLATFORM 3.3, 3.5); absent where nobody counts. */
  allows?(what: 'job' | 'event'): boolean;
  enqueue(job: Job): void;
  /** Takes back a job that has not started; false when there is none. */
  abort(id: string): boolean;
  /** True while a job with the signature waits (PLATFORM 3.3). */
  hasSignature(signature: string): boolean;
  publish(events: readonly SObject[]): void;
}
