import { nextFireTime } from '../../apex/library/index.js';
import { ApexDatetime, rowValues, type FieldValue } from '../../data/index.js';
import {
  isJob,
  jobSteps,
  noteJob,
  removeCronRows,
  runStepsSuspendable,
  type ApexRuntime,
  type Job,
} from '../../apex/runtime/index.js';
import { counted } from './counted.js';
import type { KernelHost } from './host.js';
import { reviveJob, storeJob } from './stored-job.js';

const KEY = 'cron:';

interface Scheduled {
  readonly job: Job;
  readonly cronTriggerId: string;
  readonly expression: string;
  /** The scheduling user's (PLATFORM 3.4). */
  readonly timeZone: string;
}

/** Scheduled Apex: runs whenever its cron expression says, until it says so no more or the job is aborted. */
export class ScheduledApex {
  private readonly scheduled = new Map<string, Scheduled>();

  constructor(private readonly host: KernelHost) {}

  enqueue(job: Job): void {
    const entry = this.describe(job);
    if (entry === undefined) return;
    this.host.state.put(KEY + entry.cronTriggerId, storeJob(job, false));
    this.begin(entry);
  }

  abort(id: string): boolean {
    for (const entry of this.scheduled.values()) {
      if (!isJob(entry.job, id)) continue;
      this.forget(entry);
      const runtime = this.host.rows();
      noteJob(runtime, entry.job, 'Aborted');
      removeCronRows(runtime, entry.cronTriggerId);
      return true;
    }
    return false;
  }

  /** Ids of the cron triggers of a class, for deployments that would change it. */
  triggersOf(className: string): readonly string[] {
    return [...this.scheduled.values()]
      .filter(({ job }) => job.className.toLowerCase() === className.toLowerCase())
      .map(({ cronTriggerId }) => cronTriggerId);
  }

  /** Takes up what an earlier process had scheduled. What is overdue runs once. */
  restore(): void {
    for (const [, value] of this.host.state.under(KEY)) {
      const entry = this.describe(reviveJob(value).job);
      if (entry !== undefined) this.begin(entry);
    }
  }

  private describe(job: Job): Scheduled | undefined {
    if (job.work.kind !== 'scheduled') return undefined;
    const { cronTriggerId, expression } = job.work;
    const zone = this.host.rows().data.store.rowOfId(job.userId)?.row.values['TimeZoneSidKey'];
    return { job, cronTriggerId, expression, timeZone: typeof zone === 'string' ? zone : 'GMT' };
  }

  private begin(entry: Scheduled): void {
    this.scheduled.set(entry.cronTriggerId, entry);
    const runtime = this.host.rows();
    const planned = cronRow(runtime, entry.cronTriggerId)['NextFireTime'];
    if (planned instanceof ApexDatetime) this.plan(entry, planned.ms);
    else this.next(entry, this.host.clock.now());
  }

  private next(entry: Scheduled, after: number): void {
    const at = nextFireTime(entry.expression, entry.timeZone, after);
    const runtime = this.host.rows();
    if (at === undefined) {
      this.forget(entry);
      noteJob(runtime, entry.job, 'Completed');
      noteCron(runtime, entry.cronTriggerId, { State: 'COMPLETE', NextFireTime: null });
      return;
    }
    noteJob(runtime, entry.job, 'Queued');
    noteCron(runtime, entry.cronTriggerId, { State: 'WAITING', NextFireTime: new ApexDatetime(at) });
    this.plan(entry, at);
  }

  private plan(entry: Scheduled, at: number): void {
    const key = KEY + entry.cronTriggerId;
    this.host.pump.add({ kind: 'job', key, lane: key, dueAt: at, run: () => this.fire(entry) });
  }

  private async fire(entry: Scheduled): Promise<void> {
    const runtime = this.host.rows();
    const at = this.host.clock.now();
    const count = cronRow(runtime, entry.cronTriggerId)['TimesTriggered'];
    noteCron(runtime, entry.cronTriggerId, {
      State: 'EXECUTING',
      PreviousFireTime: new ApexDatetime(Math.floor(at / 1000) * 1000),
      TimesTriggered: (typeof count === 'number' ? count : 0) + 1,
    });
    try {
      const code = this.host.runtime();
      await runStepsSuspendable(code, counted(jobSteps(code, entry.job), this.host.limits));
    } finally {
      if (this.scheduled.has(entry.cronTriggerId)) this.next(entry, this.host.clock.now());
    }
  }

  private forget(entry: Scheduled): void {
    this.scheduled.delete(entry.cronTriggerId);
    this.host.pump.cancel(KEY + entry.cronTriggerId);
    this.host.state.remove(KEY + entry.cronTriggerId);
  }
}

function cronRow(runtime: ApexRuntime, id: string): Readonly<Record<string, FieldValue>> {
  return runtime.data.store.table(runtime.object('CronTrigger')).get(id)?.values ?? {};
}

function noteCron(runtime: ApexRuntime, id: string, changes: Readonly<Record<string, FieldValue>>): void {
  const { store } = runtime.data;
  const values = rowValues([...Object.entries(cronRow(runtime, id)), ...Object.entries(changes)]);
  store.put(runtime.object('CronTrigger'), { id, deleted: false, values });
  if (!runtime.inTransaction) store.commit();
}
