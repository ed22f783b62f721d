import type { SObject } from '../../data/index.js';
import { deliverySteps } from './event-steps.js';
import { deliverToFlows, eventTriggers } from './events.js';
import { isJob, type AsyncHost, type Job } from './job.js';
import { noteJob } from './job-rows.js';
import { jobSteps } from './job-steps.js';
import type { ApexRuntime } from './runtime.js';
import { runSteps } from './steps.js';

/**
 * What an org without a kernel does with asynchronous work: `drain` runs what is due, one after the other, without waiting at callouts
 * and without retries. For code that runs once and is thrown away.
 */
export class SimpleHost implements AsyncHost {
  private readonly jobs: Job[] = [];
  private readonly events: SObject[] = [];
  private replayId = 0;

  constructor(private readonly runtime: ApexRuntime) {}

  enqueue(job: Job): void {
    this.jobs.push(job);
  }

  abort(id: string): boolean {
    const at = this.jobs.findIndex((job) => isJob(job, id));
    if (at < 0) return false;
    for (const job of this.jobs.splice(at, 1)) noteJob(this.runtime, job, 'Aborted');
    return true;
  }

  hasSignature(signature: string): boolean {
    return this.jobs.some((job) => job.signature === signature);
  }

  publish(events: readonly SObject[]): void {
    for (const event of events) {
      event.set('ReplayId', String(++this.replayId));
      this.events.push(event);
    }
  }

  /** Runs at most `limit` jobs and deliveries; a scheduled job's time does not come. */
  drain(limit = 1000): void {
    for (let count = 0; count < limit; count++) if (!this.deliver() && !this.runJob()) return;
  }

  private runJob(): boolean {
    const at = this.jobs.findIndex((job) => job.dueAt <= this.runtime.now);
    for (const job of at < 0 ? [] : this.jobs.splice(at, 1)) runSteps(this.runtime, jobSteps(this.runtime, job));
    return at >= 0;
  }

  private deliver(): boolean {
    const { runtime } = this;
    const [first] = this.events;
    if (first === undefined) return false;
    const batch = this.events.filter((event) => event.object === first.object);
    const rest = this.events.filter((event) => event.object !== first.object);
    this.events.splice(0, this.events.length, ...rest);
    const userId = runtime.options.identity.automatedProcessId;
    for (const trigger of eventTriggers(runtime, first.object.name))
      runSteps(
        runtime,
        deliverySteps(runtime, { trigger, events: batch, userId, retries: 0, lastError: null, test: undefined }),
      );
    deliverToFlows(runtime, batch, undefined);
    return true;
  }
}
