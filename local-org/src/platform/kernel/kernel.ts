import { z } from 'zod';

import type { SObject } from '../../data/index.js';
import type { ApexRuntime, AsyncHost, Job } from '../../apex/runtime/index.js';
import type { Component } from '../../model/index.js';
import type { OrgClock } from '../clock/index.js';
import { EventDelivery, type SubscriberSource } from './event-delivery.js';
import type { KernelHost } from './host.js';
import { Jobs } from './jobs.js';
import { OrgLimits, type OrgLimitValues } from './org-limits.js';
import { Pump } from './pump.js';
import { ScheduledApex } from './scheduled-apex.js';
import { KernelState, type KernelEntries, type KernelJournal } from './state.js';
import { Timers } from './timers.js';

/** The org for which a kernel works. */
export interface KernelOrg {
  /** The runtime of what is deployed now, with all Apex loaded. @throws Error when it does not compile */
  runtime(): ApexRuntime;
  /** Everything that is deployed now. */
  components(): readonly Component[];
}

export interface KernelOptions {
  readonly org: KernelOrg;
  readonly clock: OrgClock;
  /** Most jobs that are under way at a time, and as many deliveries and timers; 10 when left out. */
  readonly concurrency?: number;
  /** Going ahead in time gives up when more tasks than this run at one time; 100,000 when left out. */
  readonly mostAtOneTime?: number;
  /** Limits of the org that differ from the platform's. */
  readonly limits?: Partial<OrgLimitValues> | undefined;
  /** What an earlier process had kept. */
  readonly entries?: KernelEntries | undefined;
  /** Told of every change to what has to be kept. */
  readonly journal?: KernelJournal | undefined;
  /** Told of errors that belong to no job, subscriber or timer of the org. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** What going ahead in time did. Times are milliseconds since 1970. */
export interface Advance {
  readonly from: number;
  readonly to: number;
  /** Jobs, deliveries of events and timers that ran. */
  readonly tasks: number;
}

const CONCURRENCY = 10;

const MOST_AT_ONE_TIME = 100_000;

const CLOCK_KEY = 'clock';
const clockState = z.object({ mode: z.enum(['real', 'virtual']), base: z.number() });

/** Runs what the transactions of an org leave behind: jobs, events, scheduled Apex and timers, each in transactions of its own. */
export class Kernel implements AsyncHost {
  readonly timers: Timers;
  private readonly jobs: Jobs;
  private readonly scheduled: ScheduledApex;
  private readonly events: EventDelivery;
  private readonly pump: Pump;
  private readonly state: KernelState;
  private readonly limits: OrgLimits;
  private readonly clock: OrgClock;
  private attached: ApexRuntime | undefined;
  private advancing: Promise<unknown> = Promise.resolve();

  constructor(options: KernelOptions) {
    const { org, clock, concurrency = CONCURRENCY, mostAtOneTime = MOST_AT_ONE_TIME } = options;
    const { limits, entries, journal, onError = () => undefined } = options;
    this.clock = clock;
    this.state = new KernelState(entries, journal);
    const earlier = clockState.safeParse(this.state.get(CLOCK_KEY));
    if (earlier.success) clock.resume(earlier.data);
    clock.onJump = () => this.state.put(CLOCK_KEY, clock.state);
    this.limits = new OrgLimits(clock, limits);
    this.pump = new Pump({ clock, concurrency, onError, mostAtOneTime });
    const host: KernelHost = {
      clock,
      pump: this.pump,
      state: this.state,
      limits: this.limits,
      runtime: () => org.runtime(),
      rows: () => {
        // Asking for what is deployed lets the runtime of a new deployment take over.
        org.components();
        return this.attached ?? org.runtime();
      },
    };
    this.jobs = new Jobs(host);
    this.scheduled = new ScheduledApex(host);
    this.events = new EventDelivery(host, () => org.components());
    this.timers = new Timers(host);
  }

  /** A runtime takes over, at the start and after a deployment. What is queued is kept as JSON, and runs with its code from now on. */
  attach(runtime: ApexRuntime): void {
    const isFirst = this.attached === undefined;
    this.attached = runtime;
    runtime.asyncHost = this;
    if (isFirst) this.restore();
    this.events.deployed();
    runtime.options.flows?.armSchedules(this.timers);
  }

  enqueue(job: Job): void {
    if (job.work.kind === 'scheduled') this.scheduled.enqueue(job);
    else this.jobs.enqueue(job);
  }

  abort(id: string): boolean {
    return this.jobs.abort(id) || this.scheduled.abort(id);
  }

  hasSignature(signature: string): boolean {
    return this.jobs.hasSignature(signature);
  }

  allows(what: 'job' | 'event'): boolean {
    return what === 'job' ? this.limits.hasAsyncApex : this.limits.hasEvents;
  }

  publish(events: readonly SObject[]): void {
    this.limits.noteEvents(events.length);
    this.events.publish(events);
  }

  /** Adds subscribers to events besides the triggers. */
  subscribe(source: SubscriberSource): void {
    this.events.addSource(source);
  }

  /** Stops the deliveries to a subscriber; false when there is no such subscription. */
  suspendSubscription(name: string): boolean {
    return this.events.suspend(name);
  }

  /**
   * Starts them again with the settings that are deployed now, behind the last event that it got or with events to come; false when there is
   * no such subscription.
   */
  resumeSubscription(name: string, from: 'position' | 'tip' = 'position'): boolean {
    return this.events.resume(name, from);
  }

  /** Ids of the cron triggers of a class that implements Schedulable. */
  scheduledTriggers(className: string): readonly string[] {
    return this.scheduled.triggersOf(className);
  }

  /** Resolves when nothing is under way and nothing is due. */
  whenIdle(): Promise<void> {
    return this.pump.whenIdle();
  }

  /**
   * Goes ahead in time, from one thing that is due to the next, and runs everything that is due by then.
   * @throws RestlessOrgError when at some time there is no end to what is due
   */
  advance(milliseconds: number): Promise<Advance> {
    const run = this.advancing.then(async () => {
      const [from, before] = [this.clock.now(), this.pump.count];
      await this.pump.advance(milliseconds);
      return { from, to: this.clock.now(), tasks: this.pump.count - before };
    });
    this.advancing = run.catch(() => undefined);
    return run;
  }

  /** A transaction has ended outside of the kernel. */
  wake(): void {
    this.pump.poke();
  }

  /** What a later process needs to go on. */
  export(): KernelEntries {
    return this.state.export();
  }

  /** Starts nothing any more. Transactions that wait at callouts are left to themselves. */
  close(): Promise<void> {
    this.pump.close();
    return Promise.resolve();
  }

  private restore(): void {
    this.events.restore();
    this.jobs.restore();
    this.scheduled.restore();
    this.timers.restore();
  }
}
