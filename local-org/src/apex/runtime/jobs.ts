import { toId18 } from '../../data/index.js';
import { methodMember } from '../compile/index.js';
import { deepCopy } from './copy.js';
import { apexError, Unsupported } from './exceptions.js';
import { isJob, type Captured, type Job, type JobResult, type Work } from './job.js';
import { noteJob, removeCronRows } from './job-rows.js';
import { jobSteps } from './job-steps.js';
import type { ApexRuntime } from './runtime.js';
import { runSteps } from './steps.js';
import { storeGraph } from './store-graph.js';
import { ApexList } from './collections.js';
import type { Quiddity, TestState, Transaction } from './transaction.js';
import type { TypeSymbol } from '../types/symbols.js';
import { ANY } from '../types/types.js';

/** What a job does, with the objects as they are now. */
export interface JobRequest {
  readonly className: string;
  readonly dueAt: number;
  readonly work: (capture: (value: unknown) => Captured) => Work;
  readonly queueableDepth?: number;
  readonly maximumQueueableDepth?: number | undefined;
  readonly signature?: string | undefined;
  readonly restarts?: number;
}

/** How many jobs of a test may follow from each other; Salesforce does not document a bound. */
const MAX_CHAIN = 50;

/** Jobs that Apex enqueues: nothing starts before the transaction has committed (Apex Developer Guide: Queueable Apex). */
export class JobQueue {
  /** Jobs of tests that wait for stopTest. */
  private readonly waiting: Job[] = [];
  /** Jobs of tests that stay queued. */
  private readonly left: Job[] = [];

  constructor(private readonly runtime: ApexRuntime) {}

  /** Enqueues when the running transaction commits; in a test, to run at stopTest. Returns the job's Id. */
  add(request: JobRequest): string {
    const { runtime } = this;
    const { tx } = runtime;
    if (tx.test === undefined && runtime.asyncHost.allows?.('job') === false)
      throw apexError('LimitException', 'AsyncApexExecutions Limit exceeded.');
    const id = runtime.data.store.nextId(runtime.object('AsyncApexJob'));
    const capture = (value: unknown): Captured =>
      tx.test === undefined
        ? { kind: 'stored', graph: storeGraph(runtime, value) }
        : { kind: 'live', value: deepCopy(value) };
    const job: Job = {
      id,
      className: request.className,
      userId: tx.userId,
      dueAt: request.dueAt,
      queueableDepth: request.queueableDepth ?? 0,
      maximumQueueableDepth: request.maximumQueueableDepth,
      signature: request.signature,
      restarts: request.restarts ?? 0,
      work: request.work(capture),
      test: tx.test,
    };
    tx.pendingWork = true;
    noteJob(runtime, job, 'Queued');
    tx.enqueueLater(job, () => {
      if (job.test === undefined) runtime.asyncHost.enqueue(job);
      else (LEAVES_QUEUED.has(tx.quiddity) ? this.left : this.waiting).push(job);
    });
    return id;
  }

  /** Calls a `@future` method later, with copies of its arguments. @throws System.AsyncException from a future or batch method */
  addFuture(owner: TypeSymbol, member: string, args: readonly unknown[]): void {
    const { tx } = this.runtime;
    const method = [...owner.methods.values()].flat().find((candidate) => methodMember(candidate) === member);
    const className = `${owner.fullName}.${method?.name ?? member}`;
    if (tx.quiddity === 'FUTURE' || tx.quiddity === 'BATCH_APEX') {
      throw apexError('AsyncException', `Future method cannot be called from a future or batch method: ${className}`);
    }
    tx.limits.count('futureCalls');
    const future = method?.annotations.find((annotation) => annotation.name.toLowerCase() === 'future');
    this.add({
      className,
      dueAt: this.runtime.now,
      work: (capture) => ({
        kind: 'future',
        owner: owner.fullName,
        member,
        args: capture(new ApexList(ANY, [...args])),
        mayCallOut: future?.values.get('callout')?.toLowerCase() === 'true',
      }),
    });
  }

  hasSignature(signature: string): boolean {
    const { tx, asyncHost } = this.runtime;
    const has = (job: Job): boolean => job.signature === signature;
    return (
      tx.pendingJobs().some(has) || this.waiting.some(has) || this.left.some(has) || asyncHost.hasSignature(signature)
    );
  }

  /** Takes back a job that has not started, or a scheduled one. */
  abort(id: string): boolean {
    const { tx, asyncHost } = this.runtime;
    const pending = tx.pendingJobs().find((job) => isJob(job, id));
    if (pending !== undefined) {
      tx.dropJob(pending);
      this.noteAborted(pending);
      return true;
    }
    if (tx.test === undefined) return asyncHost.abort(id);
    const [job] = [this.waiting, this.left].flatMap((queue) => takeFrom(queue, (each) => isJob(each, id)));
    if (job !== undefined) this.noteAborted(job);
    // A scheduled job that runs or has run in a test still stands in CronTrigger.
    return job !== undefined || removeCronRows(this.runtime, toId18(id) ?? id);
  }

  private noteAborted(job: Job): void {
    noteJob(this.runtime, job, 'Aborted');
    if (job.work.kind === 'scheduled') removeCronRows(this.runtime, job.work.cronTriggerId);
  }

  /** Takes the jobs of a test out of the queue. */
  private take(test: TestState): readonly Job[] {
    return takeFrom(this.waiting, (job) => job.test === test);
  }

  /** Forgets the jobs of a test that is over. */
  dropTest(test: TestState): void {
    this.take(test);
    takeFrom(this.left, (job) => job.test === test);
  }

  /**
   * Runs every job of a test that waits, and those that these enqueue, such as the next batch of a `finish` (NebulaLogger: LogBatchPurger) and
   * the queueable of a finalizer (async-lib: AsyncTest.shouldExecuteChainedQueueableJob20Times). What scheduled jobs, futures and queueables
   * enqueue stays queued (async-lib: AsyncTest.shouldEnqueue60QueueablesSuccessfully). Delays do not count in tests (PLATFORM 3.3).
   */
  runTest(test: TestState): readonly JobResult[] {
    const results: JobResult[] = [];
    for (let generation = 0; ; generation++) {
      const jobs = this.take(test);
      if (jobs.length === 0) return results;
      if (generation > MAX_CHAIN) throw new Unsupported(`A chain of more than ${MAX_CHAIN} jobs in a test`);
      results.push(...jobs.map((job) => runSteps(this.runtime, jobSteps(this.runtime, job))));
    }
  }

  /** A queueable that a queueable of a test enqueues (Apex Developer Guide: Queueable Apex, Testing Queueable Jobs). */
  static refuseChaining(tx: Transaction): void {
    if (tx.test !== undefined && tx.quiddity === 'QUEUEABLE')
      throw apexError('AsyncException', 'Maximum stack depth has been reached.');
  }
}

/** What runs at stopTest and leaves behind jobs that a test does not run. */
const LEAVES_QUEUED: ReadonlySet<Quiddity> = new Set<Quiddity>(['SCHEDULED', 'FUTURE', 'QUEUEABLE']);

/** Takes the jobs that fit out of a queue. */
function takeFrom(queue: Job[], fits: (job: Job) => boolean): readonly Job[] {
  const taken = queue.filter(fits);
  for (const job of taken) queue.splice(queue.indexOf(job), 1);
  return taken;
}
