import type { SObject } from '../../data/index.js';
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
  readonly mocks: Map<string, ApexObject>;
  readonly seeAllData: boolean;
  readonly className: string;
  readonly methodName: string;
  /** Counters of the part outside startTest and stopTest. */
  outerLimits: LimitCounter | undefined;
}

/** One unit of work: what it used, who runs it, what it will do when it commits. */
export class Transaction {
  limits: LimitCounter;
  /** DML, enqueued jobs, mails: a callout is refused while there are any (PLATFORM 2.4, 3.1). */
  pendingWork = false;
  openSavepoints = 0;
  /** Undo log position of each savepoint, and what was pending at that time. */
  readonly savepoints = new Map<string, { readonly position: number; readonly pendingWork: boolean }>();
  readonly triggerFrames: TriggerFrame[] = [];
  readonly userStack: string[];
  /** First object of each kind that DML touched, for the mixed DML rule. */
  setupObject: string | undefined;
  otherObject: string | undefined;
  /** Writable static fields of platform types, `System.RestContext.request`, by lower-cased key. */
  readonly platformStatics = new Map<string, unknown>();
  /** Runs after a commit, in order. Dropped by a rollback. */
  readonly afterCommit: (() => void)[] = [];
  /** Id of the asynchronous job that this transaction is. */
  jobId: string | undefined;
  queueableDepth = 0;
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
  ) {
    this.limits = limits;
    this.userStack = [userId];
    this.requestId = `TX${String(sequence).padStart(16, '0')}`;
  }

  get userId(): string {
    return this.userStack.at(-1) ?? '';
  }

  get isAsync(): boolean {
    return this.limits.governor === 'async';
  }
}
