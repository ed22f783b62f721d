import TinyQueue from 'tinyqueue';
import type { OrgClock } from '../clock/index.js';

/** Something to do at a time. */
export interface Task {
  /** Adding a task replaces the one of the same key. */
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly dueAt: number;
  /** Each kind of task has places of its own, so that jobs which wait at callouts do not keep events from being delivered. */
  readonly kind: 'job' | 'delivery' | 'timer';
  /** Tasks of one lane run one after the other. */
  readonly lane?: string | undefined;
  /** No work of the org: it is not counted. */
  readonly isHousekeeping?: boolean;
  readonly run: () => Promise<void>;
}

/** The tasks of one kind. */
interface Pool {
  readonly waiting: TinyQueue<Entry>;
  running: number;
}

interface Entry {
  readonly task: Task;
  readonly order: number;
  isCancelled: boolean;
}

export interface PumpOptions {
  readonly clock: OrgClock;
  /** Most tasks of one kind that are under way at a time; those that wait at callouts count. */
  readonly concurrency: number;
  /** Told of an error that a task should have dealt with itself. */
  readonly onError: (error: unknown) => void;
  /** Going ahead in time gives up when more tasks than this run without time passing: jobs that enqueue each other without end. */
  readonly mostAtOneTime: number;
}

/** The org does not come to rest. */
export class RestlessOrgError extends Error {
  override readonly name = 'RestlessOrgError';

  constructor(tasks: number) {
    super(`The org does not come to rest: more than ${tasks} jobs, deliveries and timers ran without time passing.`);
  }
}

interface Waiter {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
  /** How many tasks had been started when it began to wait; undefined for one that waits as long as it takes. */
  readonly since: number | undefined;
}

/** Longest delay that a timer of Node takes. */
const MAX_DELAY = 2_147_483_647;

/**
 * Runs tasks when they are due: earlier ones first, and in the order in which they were added when they are due together. Nothing runs
 * before the code that is running now has returned.
 */
export class Pump {
  private readonly pools: Readonly<Record<Task['kind'], Pool>> = { job: pool(), delivery: pool(), timer: pool() };
  private readonly byKey = new Map<string, Entry>();
  /** Lanes in which a task is under way, with those that are due and wait for it. */
  private readonly lanes = new Map<string, Entry[]>();
  private idle: Waiter[] = [];
  private order = 0;
  private isTicking = false;
  private isClosed = false;
  private alarm: NodeJS.Timeout | undefined;
  private started = 0;

  constructor(private readonly options: PumpOptions) {}

  /** How many tasks were started so far, without housekeeping. */
  get count(): number {
    return this.started;
  }

  add(task: Task): void {
    this.cancel(task.key);
    const entry: Entry = { task, order: ++this.order, isCancelled: false };
    this.byKey.set(task.key, entry);
    this.pools[task.kind].waiting.push(entry);
    this.poke();
  }

  /** Takes back a task that has not started; false when there is none. */
  cancel(key: string): boolean {
    const entry = this.byKey.get(key);
    if (entry === undefined) return false;
    entry.isCancelled = true;
    return this.byKey.delete(key);
  }

  /** When the next task is due; undefined when none waits. */
  nextDue(): number | undefined {
    return first(Object.values(this.pools))?.task.dueAt;
  }

  /** Looks for something to do when the code that is running now has returned. */
  poke(): void {
    if (this.isTicking || this.isClosed) return;
    this.isTicking = true;
    setImmediate(() => {
      this.isTicking = false;
      this.startDue();
      this.setAlarm();
      this.tellIdle();
      this.giveUp();
    });
  }

  /** Resolves when nothing is under way and nothing is due. */
  whenIdle(): Promise<void> {
    return this.waitForRest(undefined);
  }

  /**
   * Goes ahead in time, from one due task to the next, and runs everything that is due by then.
   * @throws RestlessOrgError when at some time there is no end to what is due
   */
  async advance(milliseconds: number): Promise<void> {
    const { clock } = this.options;
    await this.waitForRest(this.started);
    const target = clock.now() + milliseconds;
    for (let next = this.nextDue(); next !== undefined && next <= target; next = this.nextDue()) {
      clock.jumpTo(next);
      await this.waitForRest(this.started);
      if (this.isClosed) return;
    }
    clock.jumpTo(target);
    await this.waitForRest(this.started);
  }

  private waitForRest(since: number | undefined): Promise<void> {
    if (this.isClosed) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.idle.push({ resolve, reject, since });
      this.poke();
    });
  }

  private giveUp(): void {
    const { mostAtOneTime } = this.options;
    const restless = this.idle.filter(({ since }) => since !== undefined && this.started - since > mostAtOneTime);
    if (restless.length === 0) return;
    this.idle = this.idle.filter((waiter) => !restless.includes(waiter));
    for (const { reject } of restless) reject(new RestlessOrgError(mostAtOneTime));
  }

  /** Starts nothing any more. What is under way goes on. */
  close(): void {
    this.isClosed = true;
    clearTimeout(this.alarm);
    for (const { resolve } of this.idle.splice(0)) resolve();
  }

  /** Pools that have a place for one more task. */
  private free(): readonly Pool[] {
    return Object.values(this.pools).filter(({ running }) => running < this.options.concurrency);
  }

  private startDue(): void {
    const { clock } = this.options;
    while (!this.isClosed) {
      const entry = first(this.free());
      if (entry === undefined || entry.task.dueAt > clock.now()) return;
      this.pools[entry.task.kind].waiting.pop();
      const behind = entry.task.lane === undefined ? undefined : this.lanes.get(entry.task.lane);
      if (behind === undefined) this.start(entry);
      else behind.push(entry);
    }
  }

  private start({ task }: Entry): void {
    this.byKey.delete(task.key);
    if (task.lane !== undefined) this.lanes.set(task.lane, []);
    this.pools[task.kind].running++;
    if (task.isHousekeeping !== true) this.started++;
    void this.finish(task);
  }

  private async finish(task: Task): Promise<void> {
    try {
      await task.run();
    } catch (error) {
      this.options.onError(error);
    }
    this.pools[task.kind].running--;
    if (task.lane !== undefined) {
      for (const entry of this.lanes.get(task.lane) ?? []) this.pools[entry.task.kind].waiting.push(entry);
      this.lanes.delete(task.lane);
    }
    this.poke();
  }

  private setAlarm(): void {
    clearTimeout(this.alarm);
    const { clock } = this.options;
    const next = first(this.free())?.task.dueAt;
    if (next === undefined || clock.mode === 'virtual' || this.isClosed) return;
    this.alarm = setTimeout(() => this.poke(), Math.min(Math.max(next - clock.now(), 0), MAX_DELAY));
    this.alarm.unref();
  }

  private tellIdle(): void {
    if (this.isTicking || Object.values(this.pools).some(({ running }) => running > 0)) return;
    const next = this.nextDue();
    if (next !== undefined && next <= this.options.clock.now()) return;
    for (const { resolve } of this.idle.splice(0)) resolve();
  }
}

function compare(left: Entry, right: Entry): number {
  return left.task.dueAt - right.task.dueAt || left.order - right.order;
}

function pool(): Pool {
  return { waiting: new TinyQueue<Entry>([], compare), running: 0 };
}

/** The task that comes next in some of the pools. */
function first(pools: readonly Pool[]): Entry | undefined {
  let found: Entry | undefined;
  for (const { waiting } of pools) {
    while (waiting.peek()?.isCancelled === true) waiting.pop();
    const entry = waiting.peek();
    if (entry !== undefined && (found === undefined || compare(entry, found) < 0)) found = entry;
  }
  return found;
}
