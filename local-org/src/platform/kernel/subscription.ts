import { z } from 'zod';
import {
  ApexThrowable,
  MAX_RETRIES,
  runStepsSuspendable,
  type ApexRuntime,
  type DeliveryOutcome,
  type Steps,
} from '../../apex/runtime/index.js';
import { recordOf, type EventLog, type LoggedEvent } from './event-log.js';
import type { KernelHost } from './host.js';
import { partitionOf } from './partition.js';
import type { EventSubscriber, SubscriberSettings } from './subscriber.js';

export const SUBSCRIPTION_KEY = 'subscription:';

const settings = z.object({
  username: z.string().optional(),
  batchSize: z.number(),
  partitions: z.number(),
  partitionKey: z.string().optional(),
});

const partition = z.object({
  /** Replay Id of the last event that need not come again. */
  position: z.number(),
  retries: z.number(),
});

/** What a subscription keeps: where it is, whether it runs, and the settings with which it was started. */
export const storedSubscription = z.object({
  name: z.string(),
  type: z.enum(['ApexTrigger', 'FlowInterviewPauseAndTrigger']),
  object: z.string(),
  status: z.enum(['Running', 'Suspended', 'Error']),
  lastError: z.string().nullable(),
  settings,
  partitions: z.array(partition),
});
export type SubscriptionState = z.infer<typeof storedSubscription>;

/**
 * How long a retry waits, milliseconds, by the number of retries before it. Salesforce says only that the delay grows with each retry.
 */
export function retryDelay(retries: number): number {
  return 1000 * 2 ** retries;
}

/** One subscriber's way through the events of its object. Each partition delivers one batch after the other. */
export class Subscription {
  constructor(
    private readonly host: KernelHost,
    private readonly log: EventLog,
    readonly state: SubscriptionState,
    /** The subscriber in a runtime; undefined when it is no longer deployed. */
    private readonly find: (runtime: ApexRuntime) => EventSubscriber | undefined,
    /** Told after each delivery, for rows and cleaning up. */
    private readonly onProgress: (subscription: Subscription) => void,
  ) {}

  static start(subscriber: EventSubscriber, chosen: SubscriberSettings, position: number): SubscriptionState {
    const { username, batchSize, partitions, partitionKey } = chosen;
    return {
      name: subscriber.name,
      type: subscriber.type,
      object: subscriber.object.toLowerCase(),
      status: 'Running',
      lastError: null,
      settings: { username, batchSize, partitions, partitionKey },
      partitions: Array.from({ length: partitions }, () => ({ position, retries: 0 })),
    };
  }

  /** The Replay Id up to which no event need come again. */
  get position(): number {
    return Math.min(
      ...this.state.partitions.map((_, index) => {
        const [first] = this.next(index);
        return first === undefined ? this.log.tip : first.replayId - 1;
      }),
    );
  }

  get retries(): number {
    return Math.max(...this.state.partitions.map(({ retries }) => retries));
  }

  /** Makes sure that what waits gets delivered. */
  wake(): void {
    if (this.state.status !== 'Running') return;
    for (const index of this.state.partitions.keys())
      if (this.next(index).length > 0) this.plan(index, this.host.clock.now());
  }

  /** Delivers nothing any more until it is resumed. */
  suspend(): void {
    this.state.status = 'Suspended';
    for (const index of this.state.partitions.keys()) this.host.pump.cancel(this.key(index));
    this.keep();
  }

  /** Goes on with settings that may be new, behind the last event that it got, or with events to come (PLATFORM 3.5). */
  resume(chosen: SubscriberSettings, from: 'position' | 'tip'): void {
    const position = from === 'tip' ? this.log.tip : this.position;
    const { username, batchSize, partitions, partitionKey } = chosen;
    this.state.status = 'Running';
    this.state.lastError = null;
    this.state.settings = { username, batchSize, partitions, partitionKey };
    this.state.partitions = Array.from({ length: partitions }, () => ({ position, retries: 0 }));
    this.keep();
    this.wake();
  }

  keep(): void {
    this.host.state.put(SUBSCRIPTION_KEY + this.state.name, this.state);
  }

  private key(index: number): string {
    return `deliver:${this.state.name}#${index}`;
  }

  private plan(index: number, dueAt: number): void {
    const key = this.key(index);
    this.host.pump.add({ kind: 'delivery', key, lane: key, dueAt, run: () => this.deliver(index) });
  }

  private next(index: number): readonly LoggedEvent[] {
    const { object, settings: chosen, partitions } = this.state;
    const events = this.log.after(object, partitions[index]?.position ?? 0);
    const own =
      partitions.length === 1
        ? events
        : events.filter((event) => partitionOf(event, chosen.partitionKey, partitions.length) === index);
    return own.slice(0, chosen.batchSize);
  }

  private async deliver(index: number): Promise<void> {
    const own = this.state.partitions[index];
    if (own === undefined || this.state.status !== 'Running') return;
    const runtime = this.host.runtime();
    const subscriber = this.find(runtime);
    const batch = this.next(index);
    if (subscriber === undefined || batch.length === 0) return;
    const { lastError } = this.state;
    let steps: Steps<DeliveryOutcome>;
    try {
      steps = subscriber.deliver({
        events: batch.map((event) => recordOf(runtime, event)),
        userId: this.userId(runtime),
        retries: own.retries,
        lastError: own.retries === 0 ? null : lastError,
      });
    } catch (error) {
      // Nobody to run as, or an event that no longer fits: only a person can put that right.
      this.fail(error instanceof Error ? error.message : String(error));
      return;
    }
    this.note(index, batch, await runStepsSuspendable(runtime, steps));
  }

  private fail(reason: string | null): void {
    this.state.status = 'Error';
    this.state.lastError = reason;
    for (const index of this.state.partitions.keys()) this.host.pump.cancel(this.key(index));
    this.keep();
    this.onProgress(this);
  }

  private note(index: number, batch: readonly LoggedEvent[], outcome: DeliveryOutcome): void {
    const own = this.state.partitions[index];
    if (own === undefined) return;
    this.state.lastError = outcome.error === undefined ? this.state.lastError : messageOf(outcome.error);
    if (outcome.kind === 'retry') {
      // After the ninth retry the subscription is in an error state and gets nothing any more (PLATFORM 3.5).
      if (own.retries >= MAX_RETRIES) return this.fail(this.state.lastError);
      this.plan(index, this.host.clock.now() + retryDelay(own.retries));
      own.retries++;
    } else {
      own.retries = 0;
      own.position = doneUpTo(batch, outcome) ?? own.position;
      if (this.next(index).length > 0) this.plan(index, this.host.clock.now());
    }
    this.keep();
    this.onProgress(this);
  }

  private userId(runtime: ApexRuntime): string {
    const { username } = this.state.settings;
    const { identity } = runtime.options;
    if (username === undefined) return identity.automatedProcessId;
    for (const row of runtime.data.store.table(runtime.object('User')).all()) {
      const name = row.values['Username'];
      if (typeof name === 'string' && name.toLowerCase() === username.toLowerCase()) return row.id;
    }
    throw new Error(`There is no user ${username}, as whom ${this.state.name} has to run.`);
  }
}

function messageOf(error: ApexThrowable | Error): string | null {
  return error instanceof ApexThrowable ? error.$x.message : error.message;
}

/**
 * Replay Id of the last event of a batch that does not come again. Whatever a subscriber says, the first one is done: otherwise there would be
 * no end.
 */
function doneUpTo(batch: readonly LoggedEvent[], { next: [again] }: DeliveryOutcome): number | undefined {
  if (again === undefined) return batch.at(-1)?.replayId;
  const from = Number(again.get('ReplayId'));
  return (batch.findLast(({ replayId }) => replayId < from) ?? batch[0])?.replayId;
}
