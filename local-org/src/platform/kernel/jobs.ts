import { isJob, jobSteps, noteJob, runStepsSuspendable, type Job } from '../../apex/runtime/index.js';
import { counted } from './counted.js';
import type { KernelHost } from './host.js';
import { reviveJob, storeJob } from './stored-job.js';

const KEY = 'job:';

/** Queueables, futures and batches: each runs in transactions of its own, as the user who enqueued it, when it is due and a lane is free. */
export class Jobs {
  private readonly waiting = new Map<string, Job>();
  private readonly running = new Map<string, { isAborted: boolean }>();

  constructor(private readonly host: KernelHost) {}

  enqueue(job: Job): void {
    this.waiting.set(job.id, job);
    this.host.state.put(KEY + job.id, storeJob(job, false));
    this.schedule(job);
  }

  hasSignature(signature: string): boolean {
    for (const job of this.waiting.values()) if (job.signature === signature) return true;
    return false;
  }

  /** A job that waits does not start; a batch job stops before its next scope. */
  abort(id: string): boolean {
    for (const job of this.waiting.values()) {
      if (!isJob(job, id)) continue;
      this.host.pump.cancel(KEY + job.id);
      this.forget(job);
      noteJob(this.host.rows(), job, 'Aborted');
      return true;
    }
    for (const [running, mark] of this.running) {
      if (running.slice(0, 15) !== id.slice(0, 15)) continue;
      mark.isAborted = true;
      return true;
    }
    return false;
  }

  /**
   * Takes up the jobs of an earlier process. What was under way there has failed, and its finalizer does not run: nobody knows how far it
   * came.
   */
  restore(): void {
    for (const [, value] of this.host.state.under(KEY)) {
      const { job, hasStarted } = reviveJob(value);
      if (!hasStarted) {
        this.waiting.set(job.id, job);
        this.schedule(job);
        continue;
      }
      this.host.state.remove(KEY + job.id);
      this.fail(job, 'The org stopped while the job was running.');
    }
  }

  private schedule(job: Job): void {
    this.host.pump.add({ kind: 'job', key: KEY + job.id, dueAt: job.dueAt, run: () => this.run(job) });
  }

  private async run(job: Job): Promise<void> {
    const { state } = this.host;
    // A duplicate signature is free again as soon as its job is taken from the queue (PLATFORM 3.3).
    this.waiting.delete(job.id);
    state.put(KEY + job.id, storeJob(job, true));
    const mark = { isAborted: false };
    this.running.set(job.id, mark);
    try {
      const runtime = this.host.runtime();
      await runStepsSuspendable(
        runtime,
        counted(
          jobSteps(runtime, job, () => mark.isAborted),
          this.host.limits,
        ),
      );
    } catch (error) {
      this.fail(job, error instanceof Error ? error.message : String(error));
      throw error;
    } finally {
      this.running.delete(job.id);
      state.remove(KEY + job.id);
    }
  }

  /** For what is no failure of the job's own code. */
  private fail(job: Job, reason: string): void {
    noteJob(this.host.rows(), job, 'Failed', { NumberOfErrors: 1, ExtendedStatus: reason.slice(0, 1000) });
  }

  private forget(job: Job): void {
    this.waiting.delete(job.id);
    this.host.state.remove(KEY + job.id);
  }
}
