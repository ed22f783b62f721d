import { createHash } from 'node:crypto';

import { ApexDatetime, type DmlOutcome, type SObject } from '../../data/index.js';
import { deliverySteps, type DeliveryOutcome } from './event-steps.js';
import { apexError, ApexThrowable } from './exceptions.js';
import type { ApexRuntime } from './runtime.js';
import { runSteps } from './steps.js';
import type { Delivery, TestState } from './transaction.js';
import type { TriggerSource } from './triggers.js';

/** A delivery that fails with RetryableException is tried again this often (PLATFORM 3.5). */
export const MAX_RETRIES = 9;
/** Most events that a test may publish (PLATFORM 3.5). */
const MAX_TEST_EVENTS = 500;
/** Most events of one batch (PLATFORM 3.5). */
export const MAX_EVENTS = 2000;

/** Platform events that Apex publishes: when the transaction commits, or at once. Tests deliver them themselves. */
export class EventBus {
  private readonly waiting: { readonly event: SObject; readonly test: TestState }[] = [];
  private replayId = 0;
  /** How many events a test has published. */
  private readonly ofTest = new WeakMap<TestState, number>();

  constructor(private readonly runtime: ApexRuntime) {}

  /** Publishes rows of event objects, in the order given. Events are counted as DML unless they are published immediately. */
  publish(events: readonly SObject[]): readonly DmlOutcome[] {
    const { tx } = this.runtime;
    const immediate = events.every((event) => event.object.publishBehavior === 'PublishImmediately');
    if (immediate) tx.limits.count('publishImmediateDml');
    else {
      tx.limits.count('dmlStatements');
      tx.limits.count('dmlRows', events.length);
      tx.pendingWork = true;
    }
    return events.map((event) => {
      const outcome = this.publishOne(event);
      if (outcome.success) this.note(event);
      return outcome;
    });
  }

  private note(event: SObject): void {
    const { runtime } = this;
    if (!runtime.traces('Workflow', 'INFO')) return;
    const { name } = event.object;
    runtime.trace({ category: 'Workflow', level: 'INFO', event: 'EVENT_SERVICE_PUB_BEGIN', parts: [name] });
    // The local org has no subscription Ids; the first part stays empty.
    const detail = ['', runtime.tx.userId, runtime.text(event)];
    runtime.trace({ category: 'Workflow', level: 'FINER', event: 'EVENT_SERVICE_PUB_DETAIL', parts: detail });
    runtime.trace({ category: 'Workflow', level: 'INFO', event: 'EVENT_SERVICE_PUB_END', parts: [name] });
  }

  private publishOne(event: SObject): DmlOutcome {
    const { tx, asyncHost } = this.runtime;
    const missing = [...event.object.fields.values()]
      .filter((field) => field.required && event.get(field.name) === null)
      .map((field) => field.name);
    if (missing.length > 0) {
      return {
        id: null,
        success: false,
        created: false,
        errors: [
          {
            statusCode: 'REQUIRED_FIELD_MISSING',
            message: `Required fields are missing: [${missing.join(', ')}]`,
            fields: missing,
          },
        ],
      };
    }
    if (!this.hasRoom()) {
      const message = 'The limit of published platform events is exceeded.';
      return {
        id: null,
        success: false,
        created: false,
        errors: [{ statusCode: 'LIMIT_EXCEEDED', message, fields: [] }],
      };
    }
    const id = this.runtime.data.store.nextId(event.object);
    const copy = event.copy(false);
    const operationId = uuidOf(id);
    copy.set('EventUuid', operationId);
    copy.set('CreatedDate', new ApexDatetime(Math.floor(this.runtime.now / 1000) * 1000));
    copy.set('CreatedById', tx.userId);
    const { test } = tx;
    const put = (): void => {
      if (test === undefined) asyncHost.publish([copy]);
      else this.waiting.push({ event: this.numbered(copy), test });
    };
    if (event.object.publishBehavior === 'PublishImmediately') put();
    else tx.afterCommit.push(put);
    return { id, success: true, created: false, operationId, errors: [] };
  }

  /** A test may publish 500 events, an org so many in an hour (PLATFORM 3.5). */
  private hasRoom(): boolean {
    const { tx, asyncHost } = this.runtime;
    if (tx.test === undefined) return asyncHost.allows?.('event') !== false;
    this.ofTest.set(tx.test, (this.ofTest.get(tx.test) ?? 0) + 1);
    return (this.ofTest.get(tx.test) ?? 0) <= MAX_TEST_EVENTS;
  }

  private numbered(event: SObject): SObject {
    event.set('ReplayId', String(++this.replayId));
    return event;
  }

  dropTest(test: TestState): void {
    for (let at = this.waiting.length - 1; at >= 0; at--)
      if (this.waiting[at]?.test === test) this.waiting.splice(at, 1);
  }

  /** Delivers what a test has published to the triggers, one event object after the other, until nothing is left. */
  deliver(test: TestState): void {
    for (let batch = this.take(test); batch.length > 0; batch = this.take(test)) {
      for (const trigger of eventTriggers(this.runtime, batch[0]?.object.name ?? ''))
        this.deliverTo(trigger, batch, test);
      deliverToFlows(this.runtime, batch, test);
    }
  }

  private take(test: TestState): readonly SObject[] {
    const first = this.waiting.find((entry) => entry.test === test);
    if (first === undefined) return [];
    const batch = this.waiting
      .filter((entry) => entry.test === test && entry.event.object === first.event.object)
      .slice(0, MAX_EVENTS);
    for (const entry of batch) this.waiting.splice(this.waiting.indexOf(entry), 1);
    return batch.map((entry) => entry.event);
  }

  /** Retries follow at once in tests, and what lies behind a resume checkpoint comes in the next batch. */
  private deliverTo(trigger: TriggerSource, batch: readonly SObject[], test: TestState): void {
    const { runtime } = this;
    let events = batch;
    let retries = 0;
    let lastError: string | null = null;
    while (events.length > 0 && retries <= MAX_RETRIES) {
      const userId = runtime.options.identity.automatedProcessId;
      const outcome: DeliveryOutcome = runSteps(
        runtime,
        deliverySteps(runtime, { trigger, events, userId, retries, lastError, test }),
      );
      retries = outcome.kind === 'retry' ? retries + 1 : 0;
      lastError = outcome.kind === 'retry' ? messageOf(outcome.error) : null;
      events = outcome.next;
    }
  }

  /** The running subscriber's delivery. @throws System.UnexpectedException outside of an event trigger */
  currentDelivery(): Delivery {
    const { delivery } = this.runtime.tx;
    if (delivery === undefined)
      throw apexError('UnexpectedException', 'EventBus.TriggerContext is only available in event triggers');
    return delivery;
  }
}

/** The triggers that subscribe to an event object. */
export function eventTriggers(runtime: ApexRuntime, objectName: string): readonly TriggerSource[] {
  return runtime.triggers.filter(
    ({ object, events }) => object === objectName.toLowerCase() && events.has('after insert'),
  );
}

/** Runs the flows that events of one object start, where nobody can wait. */
export function deliverToFlows(runtime: ApexRuntime, events: readonly SObject[], test: TestState | undefined): void {
  for (const flow of runtime.options.flows?.eventFlows(events[0]?.object.name ?? '') ?? [])
    for (let at = 0; at < events.length; at += flow.maximumBatch)
      runSteps(runtime, flow.deliver(events.slice(at, at + flow.maximumBatch), test));
}

/** Always the same for the same event of the same org, so that runs can be repeated. */
function uuidOf(id: string): string {
  const hex = createHash('sha256').update(id).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function messageOf(error: ApexThrowable | Error | undefined): string | null {
  return error instanceof ApexThrowable ? error.$x.message : (error?.message ?? null);
}
