import type { Store } from '../../data/index.js';
import {
  codeId,
  type Clock,
  type TracedTransaction,
  type TraceSink,
  type TransactionTrace,
} from '../../apex/runtime/index.js';
import type { ApexLogs, LogFacts } from './apex-logs.js';
import { DebugLog } from './debug-log.js';
import type { LogLevels } from './levels.js';
import { tracedLevels } from './trace-flags.js';
import { logUser } from './user-info.js';

/** What the recorder knows of its org. */
export interface RecordedOrg {
  /** The org's own records, also while tests run on a view of them. */
  readonly store: () => Store;
  readonly clock: Clock;
  readonly logs: ApexLogs;
}

/** A request whose transactions go into one log. */
export interface LogRequest {
  readonly userId: string;
  readonly operation: string;
  /** Levels that the request asks for; trace flags of the user go before (Apex Developer Guide: Debug Log Order of Precedence). */
  readonly levels?: LogLevels | undefined;
  readonly anonymous?: string | undefined;
}

/** A log that a request began. */
export interface OpenLog {
  /** Undefined when nobody asked for one: neither the request nor a trace flag. */
  readonly log: DebugLog | undefined;
  /** Keeps the log; once. Returns its Id, null when there is no log. */
  save(): string | null;
}

/** How the platform's list of logs names what runs outside of a request. */
const OPERATIONS: Readonly<Record<string, string>> = {
  ANONYMOUS: 'executeAnonymous',
  BATCH_APEX: 'Batch Apex',
  FINALIZER: 'FinalizerHandler',
  FUTURE: 'FutureHandler',
  INVOCABLE_ACTION: 'InvocableAction',
  PLATFORM_EVENT_PUBLISH_CALLBACK: 'PlatformEvent',
  QUEUEABLE: 'QueueableHandler',
  REST: 'Api',
  RUNTEST_SYNC: 'ApexTestHandler',
  SCHEDULED: 'ScheduledApex',
};

/** Makes debug logs of the transactions of users with a trace flag, and of requests that ask for one. */
export class LogRecorder implements TraceSink {
  private open: { readonly log: DebugLog | undefined; requestId: string } | undefined;

  constructor(private readonly org: RecordedOrg) {}

  /** Begins a request's log. Its transactions are those that begin within `during`. */
  begin(transaction: TracedTransaction): TransactionTrace | undefined {
    if (this.open !== undefined) {
      this.open.requestId ||= transaction.requestId;
      return this.open.log?.begin();
    }
    const { userId, quiddity, requestId, isTest } = transaction;
    const log = isTest ? undefined : this.newLog(userId, undefined, undefined);
    if (log === undefined) return undefined;
    const trace = log.begin();
    const operation = OPERATIONS[quiddity] ?? quiddity;
    const request = quiddity === 'REST' ? 'Api' : 'Application';
    const facts: LogFacts = { userId, requestId, operation, request };
    return {
      ...trace,
      end: (error) => {
        trace.end(error);
        // A query of a client, for one, runs no code: such logs would only push out others.
        if (!log.isEmpty) this.org.logs.save(log, facts);
      },
    };
  }

  /**
   * Runs what a request does. Every transaction that begins before `work` returns goes into the request's log; one that is still under way
   * then (it waits for a callout) goes on writing to it.
   */
  during<T>(request: LogRequest, work: (opened: OpenLog) => T): T {
    const log = this.newLog(request.userId, request.levels, request.anonymous);
    const open = { log, requestId: '' };
    const outer = this.open;
    this.open = open;
    let saved: string | null = null;
    try {
      return work({
        log,
        save: () => {
          if (log === undefined) return null;
          const { userId, operation } = request;
          saved ??= this.org.logs.save(log, { userId, operation, request: 'Api', requestId: open.requestId });
          return saved;
        },
      });
    } finally {
      this.open = outer;
    }
  }

  private newLog(userId: string, asked: LogLevels | undefined, anonymous: string | undefined): DebugLog | undefined {
    const { clock } = this.org;
    const store = this.org.store();
    const levels = tracedLevels(store, userId, clock.now()) ?? asked;
    const user = levels === undefined ? undefined : logUser(store, userId);
    if (levels === undefined || user === undefined) return undefined;
    return new DebugLog({
      levels,
      user,
      clock,
      classId: (name) => codeId(store, 'ApexClass', name)?.slice(0, 15) ?? '',
      anonymous,
    });
  }
}
