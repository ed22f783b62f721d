import { type SObject } from '../../data/index.js';
import { deliverySteps, MAX_EVENTS, type ApexRuntime, type TriggerSource } from '../../apex/runtime/index.js';
import type { Component } from '../../model/index.js';
import { EventLog } from './event-log.js';
import type { KernelHost } from './host.js';
import { readSubscriberConfigs } from './subscriber-config.js';
import { noteSubscriber, removeSubscriber } from './subscriber-rows.js';
import { Subscription, SUBSCRIPTION_KEY, storedSubscription } from './subscription.js';
import type { EventSubscriber, SubscriberSettings } from './subscriber.js';

const SYNC_KEY = 'subscribers';

/** Further subscribers, for what is not Apex: flows. */
export type SubscriberSource = (runtime: ApexRuntime) => readonly EventSubscriber[];

/** Brings published events to their subscribers, each of which goes on from its own position. */
export class EventDelivery {
  private readonly log: EventLog;
  private readonly subscriptions = new Map<string, Subscription>();
  private readonly sources: SubscriberSource[] = [apexSubscribers];
  /** Events behind this one are for subscribers that were not known when it was published. */
  private tipAtDeployment = 0;

  constructor(
    private readonly host: KernelHost,
    private readonly components: () => readonly Component[],
  ) {
    this.log = new EventLog(host);
  }

  /** Adds subscribers besides the triggers. */
  addSource(source: SubscriberSource): void {
    this.sources.push(source);
    this.refresh();
  }

  publish(events: readonly SObject[]): void {
    for (const event of events) this.log.append(event);
    this.refresh();
  }

  /** What is deployed has changed: subscribers may have come or gone. New ones get the events that are published from now on. */
  deployed(): void {
    this.tipAtDeployment = this.log.tip;
    this.refresh();
  }

  /** False when there is no such subscription. */
  suspend(name: string): boolean {
    const subscription = this.named(name);
    if (subscription === undefined) return false;
    subscription.suspend();
    noteSubscriber(this.host.rows(), subscription, this.log.tip);
    return true;
  }

  /** False when there is no such subscription. */
  resume(name: string, from: 'position' | 'tip'): boolean {
    const subscription = this.named(name);
    const subscriber = this.subscribers().find((one) => one.name === subscription?.state.name);
    if (subscription === undefined || subscriber === undefined) return false;
    subscription.resume(this.settingsOf(subscriber), from);
    noteSubscriber(this.host.rows(), subscription, this.log.tip);
    return true;
  }

  /** Takes up events and subscriptions of an earlier process. */
  restore(): void {
    this.log.restore();
    this.tipAtDeployment = this.log.tip;
    for (const [, value] of this.host.state.under(SUBSCRIPTION_KEY)) this.add(storedSubscription.parse(value));
    this.refresh();
  }

  /** Finds out about subscribers when the running code has returned, and delivers what waits. */
  private refresh(): void {
    const sync = (): Promise<void> => {
      this.follow();
      for (const subscription of this.subscriptions.values()) subscription.wake();
      this.clean();
      return Promise.resolve();
    };
    const dueAt = this.host.clock.now();
    this.host.pump.add({ kind: 'delivery', key: SYNC_KEY, lane: SYNC_KEY, dueAt, isHousekeeping: true, run: sync });
  }

  /** Starts subscriptions of new subscribers and ends those of subscribers that are gone. */
  private follow(): void {
    const subscribers = this.subscribers();
    const names = new Set(subscribers.map(({ name }) => name.toLowerCase()));
    for (const [key, { state }] of this.subscriptions) {
      if (names.has(key)) continue;
      this.subscriptions.delete(key);
      this.host.state.remove(SUBSCRIPTION_KEY + state.name);
      removeSubscriber(this.host.rows(), state.name);
    }
    for (const subscriber of subscribers) {
      if (this.subscriptions.has(subscriber.name.toLowerCase())) continue;
      const added = this.add(Subscription.start(subscriber, this.settingsOf(subscriber), this.tipAtDeployment));
      added.keep();
      noteSubscriber(this.host.rows(), added, this.log.tip);
    }
  }

  private add(state: Subscription['state']): Subscription {
    const subscription = new Subscription(
      this.host,
      this.log,
      state,
      (runtime) => this.subscribers(runtime).find(({ name }) => name === state.name),
      (progress) => {
        noteSubscriber(this.host.rows(), progress, this.log.tip);
        this.clean();
      },
    );
    this.subscriptions.set(state.name.toLowerCase(), subscription);
    return subscription;
  }

  /** By default of the runtime without its Apex: nothing has to be compiled before there is something to deliver. */
  private subscribers(runtime: ApexRuntime = this.host.rows()): readonly EventSubscriber[] {
    return this.sources.flatMap((source) => source(runtime));
  }

  /** Settings of a subscriber that starts or is resumed: while it runs, new ones do not count (PLATFORM 3.5). */
  private settingsOf(subscriber: EventSubscriber): SubscriberSettings {
    const config = readSubscriberConfigs(this.components()).get(subscriber.name.toLowerCase()) ?? {};
    return {
      username: config.username,
      batchSize: Math.min(config.batchSize ?? subscriber.maximumBatch, subscriber.maximumBatch),
      partitions: config.partitions ?? 1,
      partitionKey: config.partitionKey,
    };
  }

  /** Forgets the events that every subscriber of their object has got. */
  private clean(): void {
    for (const object of this.log.objects()) {
      const positions = [...this.subscriptions.values()]
        .filter(({ state }) => state.object === object)
        .map(({ position }) => position);
      this.log.drop(object, positions.length === 0 ? this.log.tip : Math.min(...positions));
    }
  }

  /** Subscribers may have come with a deployment that nobody has asked about since. */
  private named(name: string): Subscription | undefined {
    this.follow();
    return this.subscriptions.get(name.toLowerCase());
  }
}

/** The triggers on event objects, found by their rows: their code may not be loaded yet. */
function apexSubscribers(runtime: ApexRuntime): readonly EventSubscriber[] {
  const subscribers: EventSubscriber[] = [];
  for (const { deleted, values } of runtime.data.store.table(runtime.object('ApexTrigger')).all()) {
    const { Name: name, TableEnumOrId: object } = values;
    if (deleted || typeof name !== 'string' || typeof object !== 'string' || !object.toLowerCase().endsWith('__e'))
      continue;
    subscribers.push({
      name,
      type: 'ApexTrigger',
      object,
      maximumBatch: MAX_EVENTS,
      deliver: (batch) => deliverySteps(runtime, { ...batch, trigger: triggerNamed(runtime, name), test: undefined }),
    });
  }
  return subscribers;
}

function triggerNamed(runtime: ApexRuntime, name: string): TriggerSource {
  const found = runtime.triggers.find((trigger) => trigger.name.toLowerCase() === name.toLowerCase());
  if (found === undefined) throw new Error(`The trigger ${name} is not loaded.`);
  return found;
}
