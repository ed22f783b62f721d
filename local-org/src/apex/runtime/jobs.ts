import { ApexDatetime, rowValues } from '../../data/index.js';
import { codeId } from './code-ids.js';
import { inCodeUnit, type CodeUnit } from './code-unit.js';
import { deepCopy } from './copy.js';
import { apexError, ApexThrowable, asThrowable } from './exceptions.js';
import type { ApexRuntime } from './runtime.js';
import type { Governor } from './limits.js';
import type { Quiddity, TestState, Transaction } from './transaction.js';
import { exceptionText } from './text.js';
import { stackTrace } from './stack.js';
import { ApexObject } from './values.js';

/** Asynchronous work that waits for its turn. */
export interface Job {
  readonly id: string;
  /** `Queueable`, `Future`, `BatchApex`, `ScheduledApex`. */
  readonly type: string;
  readonly className: string;
  readonly quiddity: Quiddity;
  readonly userId: string;
  /** When it may start, milliseconds since 1970. */
  readonly dueAt: number;
  readonly queueableDepth: number;
  readonly signature: string | undefined;
  readonly run: (tx: Transaction) => void;
  readonly test: TestState | undefined;
}

export type JobRequest = Omit<Job, 'id' | 'userId' | 'test'>;

function unitOf(runtime: ApexRuntime, { type, className }: Job): CodeUnit {
  return {
    id: codeId(runtime.data.store, 'ApexClass', className),
    name: type === 'Future' ? `${className}()` : `${className}.execute()`,
  };
}

/** What became of a job. */
export interface JobResult {
  readonly job: Job;
  readonly error: ApexThrowable | Error | undefined;
}

/** Jobs of an org: nothing starts before the transaction that enqueued it has committed (Apex Developer Guide: Queueable Apex). */
export class JobQueue {
  private readonly waiting: Job[] = [];

  constructor(private readonly runtime: ApexRuntime) {}

  get size(): number {
    return this.waiting.length;
  }

  jobs(): readonly Job[] {
    return this.waiting;
  }

  /** A copy of the object that a job works on. */
  static snapshot(target: ApexObject): ApexObject {
    const copy: unknown = deepCopy(target);
    return copy instanceof ApexObject ? copy : target;
  }

  /** Enqueues when the running transaction commits; in a test at once, to run at stopTest. Returns the job's Id. */
  add(request: JobRequest): string {
    const { tx } = this.runtime;
    const object = this.runtime.object('AsyncApexJob');
    const id = this.runtime.data.store.nextId(object);
    const job: Job = { ...request, id, userId: tx.userId, test: tx.test };
    tx.pendingWork = true;
    this.note(job, 'Queued', 0, null);
    if (tx.test === undefined) tx.afterCommit.push(() => this.waiting.push(job));
    else this.waiting.push(job);
    return id;
  }

  /** Calls a `@future` method later, with copies of its arguments. @throws System.AsyncException from a future or batch method */
  addFuture(place: string, run: (...args: unknown[]) => unknown, args: readonly unknown[]): void {
    const { tx } = this.runtime;
    if (tx.quiddity === 'FUTURE' || tx.quiddity === 'BATCH_APEX') {
      throw apexError('AsyncException', `Future method cannot be called from a future or batch method: ${place}`);
    }
    tx.limits.count('futureCalls');
    const copies = args.map((argument) => deepCopy(argument));
    this.add({
      type: 'Future',
      className: place,
      quiddity: 'FUTURE',
      dueAt: this.runtime.now,
      queueableDepth: 0,
      signature: undefined,
      run: () => void run(...copies),
    });
  }

  hasSignature(signature: string): boolean {
    return this.waiting.some((job) => job.signature === signature);
  }

  abort(id: string): boolean {
    const at = this.waiting.findIndex((job) => job.id.slice(0, 15) === id.slice(0, 15));
    if (at < 0) return false;
    const [job] = this.waiting.splice(at, 1);
    if (job !== undefined) this.note(job, 'Aborted', 0, null);
    return true;
  }

  /** Forgets the jobs of a test that is over. */
  dropTest(test: TestState): void {
    for (let at = this.waiting.length - 1; at >= 0; at--)
      if (this.waiting[at]?.test === test) this.waiting.splice(at, 1);
  }

  /** Runs every job of a test that waits now; delays do not count in tests (PLATFORM 3.3). */
  runTest(test: TestState): readonly JobResult[] {
    const jobs = this.waiting.filter((job) => job.test === test);
    for (const job of jobs) this.waiting.splice(this.waiting.indexOf(job), 1);
    return jobs.map((job) => this.run(job));
  }

  /** Runs the jobs that are due, and those that they enqueue, at most `limit`. */
  runDue(limit = 1000): readonly JobResult[] {
    const results: JobResult[] = [];
    while (results.length < limit) {
      const at = this.waiting.findIndex((job) => job.test === undefined && job.dueAt <= this.runtime.now);
      const [job] = at < 0 ? [] : this.waiting.splice(at, 1);
      if (job === undefined) return results;
      results.push(this.run(job));
    }
    return results;
  }

  private run(job: Job): JobResult {
    const { runtime } = this;
    const governor: Governor = 'async';
    let finalizer: ApexObject | undefined;
    let error: ApexThrowable | Error | undefined;
    try {
      runtime.transact(job.quiddity, governor, job.userId, job.test, (tx) => {
        tx.jobId = job.id;
        tx.queueableDepth = job.queueableDepth;
        try {
          inCodeUnit(
            runtime,
            () => unitOf(runtime, job),
            () => job.run(tx),
          );
        } finally {
          finalizer = tx.finalizer;
        }
      });
      this.note(job, 'Completed', 0, null);
    } catch (caught) {
      error = asThrowable(caught);
      this.note(
        job,
        'Failed',
        1,
        error instanceof ApexThrowable ? `${exceptionText(error)}\n${stackTrace(error)}` : error.message,
      );
    }
    if (finalizer !== undefined) return this.runFinalizer(job, finalizer, error);
    return { job, error };
  }

  /** A finalizer has a transaction of its own and sees how the job ended. Its own failure replaces the job's. */
  private runFinalizer(job: Job, finalizer: ApexObject, error: ApexThrowable | Error | undefined): JobResult {
    const { runtime } = this;
    try {
      runtime.transact('FINALIZER', 'async', job.userId, job.test, (tx) => {
        tx.jobId = job.id;
        tx.queueableDepth = job.queueableDepth;
        const context = runtime.library.function('Internal.Async.finalizerContext');
        const className = finalizer.$class.symbol.fullName;
        inCodeUnit(
          runtime,
          () => ({ id: codeId(runtime.data.store, 'ApexClass', className), name: `${className}.execute()` }),
          () => runtime.call(finalizer, 'execute', [Reflect.apply(context, undefined, [job.id, tx.requestId, error])]),
        );
      });
      return { job, error };
    } catch (caught) {
      return { job, error: asThrowable(caught) };
    }
  }

  private note(job: Job, status: string, errors: number, message: string | null): void {
    const { runtime } = this;
    const object = runtime.object('AsyncApexJob');
    const { store } = runtime.data;
    const before = store.table(object).get(job.id)?.values ?? {};
    const now = new ApexDatetime(Math.floor(runtime.now / 1000) * 1000);
    store.put(object, {
      id: job.id,
      deleted: false,
      values: rowValues([
        ...Object.entries(before),
        ['Id', job.id],
        ['Status', status],
        ['JobType', job.type],
        ['NumberOfErrors', errors],
        ['ExtendedStatus', message?.slice(0, 1000) ?? null],
        ['CreatedDate', before['CreatedDate'] ?? now],
        ['CreatedById', job.userId],
        ['CompletedDate', status === 'Queued' ? null : now],
        ['MethodName', job.type === 'Future' ? job.className.slice(job.className.indexOf('.') + 1) : null],
        ['ApexClassId', codeId(runtime.data.store, 'ApexClass', job.className)],
      ]),
    });
    if (!runtime.inTransaction) store.commit();
  }

  static refuseChaining(tx: Transaction): void {
    if (tx.test !== undefined && (tx.quiddity === 'QUEUEABLE' || tx.quiddity === 'FINALIZER'))
      throw apexError('AsyncException', 'Maximum stack depth has been reached.');
  }
}
