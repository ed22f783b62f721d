import type { SObject } from '../../data/index.js';
import type { Job } from './job.js';
import type { LimitCounter } from './limits.js';
import type { TransactionTrace } from './trace.js';
import type { ApexObject } from './values.js';

/** Why Apex runs (System.Quiddity names). */
export type Quiddity =
  | 'ANONYMOUS'
  | 'RUNTEST_SYNC'
  | 'QUEUEABLE'
  | 'FUTURE'
  | 'SCHEDULED'
  | 'BATCH_APEX'
  | 'PLATFORM_EVENT_PUBLISH_CALLBACK'
  | 'REST'
  | 'INVOCABLE_ACTION'
  | 'FINALIZER'
  | 'UNDEFINED';

/** Context variables of the trigger that runs. */
export interface TriggerFrame {
  readonly timing: 'before' | 'after';
  readonly operation: 'insert' | 'update' | 'delete' | 'undelete';
  readonly objectName: string;
  readonly newRecords: readonly SObject[] | undefined;
  readonly oldRecords: readonly SObject[] | undefined;
}

/** State of a test method's run, shared by the transactions that it starts. */
export interface TestState {
  /** `before`: no startTest yet; `during`: between startTest and stopTest; `after`. */
  phase: 'before' | 'during' | 'after';
  /** Mocks by lower-cased interface name. */
  /** Ids that searches of the test find. */
  searchResults?: readonly string[] | undefined;
  readonly mocks: Map<string, ApexObject>;
  readonly seeAllData: boolean;
  readonly className: string;
  readonly methodName: string;
  /** Counters of the part outside startTest and stopTest. */
  outerLimits: LimitCounter | undefined;
}

/** What a rollback to a savepoint restores. */
export interface SavepointState {
  /** Position in the undo log. */
  readonly position: number;
  readonly pendingWork: boolean;
  /** How much was to be done after the commit. */
  readonly afterCommit: number;
}

/** A subscriber's progress through one delivery of events, for EventBus.TriggerContext. */
export interface Delivery {
  readonly retries: number;
  readonly lastError: string | null;
  /** Replay Id of the last event that need not come again. */
  resumeCheckpoint: string | null;
  /** Replay Ids of the events. */
  readonly replayIds: ReadonlySet<string>;
}

/** One unit of work: what it used, who runs it, what it will do when it commits. */
export class Transaction {
  limits: LimitCounter;
  /** DML, enqueued jobs, mails: a callout is refused while there are any (PLATFORM 2.4, 3.1). */
  pendingWork = false;
  /** Open savepoints in the order in which they were set. */
  readonly savepoints = new Map<string, SavepointState>();
  readonly triggerFrames: TriggerFrame[] = [];
  readonly userStack: string[];
  /** First object of each kind that DML touched, for the mixed DML rule. */
  setupObject: string | undefined;
  otherObject: string | undefined;
  /** Writable static fields of platform types, `System.RestContext.request`, by lower-cased key. */
  readonly platformStatics = new Map<string, unknown>();
  /** Runs after a commit, or when a test's work is flushed, in order. Dropped by a rollback. */
  readonly afterCommit: (() => void)[] = [];
  /** Id of the asynchronous job that this transaction is. */
  jobId: string | undefined;
  queueableDepth = 0;
  /** Deepest chain of queueables that the job allows (AsyncOptions), if it says so. */
  maximumQueueableDepth: number | undefined;
  /** The job whose failure the running finalizer looks at. */
  failedJob: Job | undefined;
  /** Which actions in `afterCommit` enqueue a job. */
  private readonly jobsToEnqueue = new Map<() => void, Job>();
  /** Why a callout is refused, when the kind of job does not allow any. */
  calloutRefusal: string | undefined;
  /** Events that are being delivered to the subscriber that runs. */
  delivery: Delivery | undefined;
  /** True when the query that locks rows ran and nothing has released them yet. */
  holdsRowLocks = false;
  finalizer: ApexObject | undefined;
  /** Who listens; undefined when nobody does. */
  trace: TransactionTrace | undefined;
  readonly requestId: string;

  constructor(
    readonly quiddity: Quiddity,
    limits: LimitCounter,
    userId: string,
    readonly test: TestState | undefined,
    sequence: number,
    /** Somebody waits for it: it may be suspended at a callout. */
    readonly canWait: boolean,
  ) {
    this.limits = limits;
    this.userStack = [userId];
    this.requestId = `TX${String(sequence).padStart(16, '0')}`;
  }

  /** Enqueues a job when the transaction commits. */
  enqueueLater(job: Job, action: () => void): void {
    this.jobsToEnqueue.set(action, job);
    this.afterCommit.push(action);
  }

  /** Jobs that wait for the commit. */
  pendingJobs(): readonly Job[] {
    return this.afterCommit.flatMap((action) => this.jobsToEnqueue.get(action) ?? []);
  }

  /** Takes back a job that waits for the commit. */
  dropJob(job: Job): void {
    const at = this.afterCommit.findIndex((action) => this.jobsToEnqueue.get(action) === job);
    if (at >= 0) this.afterCommit.splice(at, 1);
  }

  /** Starts what waits for the commit. */
  release(): void {
    for (const action of this.afterCommit.splice(0)) action();
  }

  /** Values that the platform keeps for the code: rows of the running triggers, request and response, what mocks hold. */
  *heldValues(): Iterable<unknown> {
    for (const { newRecords, oldRecords } of this.triggerFrames) yield* [newRecords, oldRecords];
    yield* this.platformStatics.values();
    if (this.test !== undefined) yield* this.test.mocks.values();
    yield this.finalizer;
  }

  get userId(): string {
    return this.userStack.at(-1) ?? '';
  }
}
