import { ApexDatetime, type DmlOutcome, type SObject } from '../../data/index.js';
import { apexError, ApexThrowable, asThrowable } from './exceptions.js';
import type { ApexRuntime } from './runtime.js';
import type { TestState, Transaction } from './transaction.js';
import { inCodeUnit } from './code-unit.js';
import { triggerUnit } from './triggers.js';

/** A subscriber's progress through one delivery, for EventBus.TriggerContext. */
export interface Delivery {
  retries: number;
  lastError: string | null;
  resumeCheckpoint: string | null;
}

/** Deliveries that failed with RetryableException are tried again this often (PLATFORM 3.5). */
const MAX_RETRIES = 9;

/** Platform events: published when the transaction commits or at once, delivered to triggers in transactions of their own. */
export class EventBus {
  private readonly waiting: { readonly event: SObject; readonly test: TestState | undefined }[] = [];
  private replayId = 0;
  delivery: Delivery | undefined;

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
    const { tx } = this.runtime;
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
    const id = this.runtime.data.store.nextId(event.object);
    const copy = event.copy(false);
    copy.set('ReplayId', String(++this.replayId));
    copy.set('EventUuid', uuidOf(this.replayId));
    copy.set('CreatedDate', new ApexDatetime(Math.floor(this.runtime.now / 1000) * 1000));
    copy.set('CreatedById', tx.userId);
    const enqueue = (): void => {
      this.waiting.push({ event: copy, test: tx.test });
    };
    if (tx.test !== undefined || event.object.publishBehavior === 'PublishImmediately') enqueue();
    else tx.afterCommit.push(enqueue);
    return { id, success: true, created: false, errors: [] };
  }

  get size(): number {
    return this.waiting.length;
  }

  dropTest(test: TestState): void {
    for (let at = this.waiting.length - 1; at >= 0; at--)
      if (this.waiting[at]?.test === test) this.waiting.splice(at, 1);
  }

  /** Delivers what waits (of a test, or of the org) to the triggers, one event object after the other. Returns the errors of subscribers. */
  deliver(test: TestState | undefined): readonly (ApexThrowable | Error)[] {
    const errors: (ApexThrowable | Error)[] = [];
    for (let batch = this.take(test); batch.length > 0; batch = this.take(test)) {
      const error = this.deliverBatch(batch, test);
      if (error !== undefined) errors.push(error);
    }
    return errors;
  }

  private take(test: TestState | undefined): readonly SObject[] {
    const first = this.waiting.find((entry) => entry.test === test);
    if (first === undefined) return [];
    const batch = this.waiting
      .filter((entry) => entry.test === test && entry.event.object === first.event.object)
      .slice(0, 2000);
    for (const entry of batch) this.waiting.splice(this.waiting.indexOf(entry), 1);
    return batch.map((entry) => entry.event);
  }

  private deliverBatch(events: readonly SObject[], test: TestState | undefined): ApexThrowable | Error | undefined {
    const { runtime } = this;
    const object = events[0]?.object;
    if (object === undefined) return undefined;
    const delivery: Delivery = { retries: 0, lastError: null, resumeCheckpoint: null };
    for (;;) {
      this.delivery = delivery;
      try {
        // Only RetryableException takes back what the subscriber did before it failed (PLATFORM 3.5).
        runtime.transact(
          'PLATFORM_EVENT_PUBLISH_CALLBACK',
          'sync',
          runtime.options.identity.automatedProcessId,
          test,
          (tx) => this.runSubscribers(tx, events),
          (error) => !isRetryable(error),
        );
        return undefined;
      } catch (error) {
        const thrown = asThrowable(error);
        if (!(thrown instanceof ApexThrowable) || !isRetryable(thrown) || delivery.retries >= MAX_RETRIES)
          return thrown;
        delivery.retries++;
        delivery.lastError = thrown.$x.message;
      } finally {
        this.delivery = undefined;
      }
    }
  }

  private runSubscribers(tx: Transaction, events: readonly SObject[]): void {
    const object = events[0]?.object;
    for (const trigger of this.runtime.triggers) {
      if (object === undefined || trigger.object !== object.name.toLowerCase() || !trigger.events.has('after insert'))
        continue;
      tx.triggerFrames.push({
        timing: 'after',
        operation: 'insert',
        objectName: object.name,
        newRecords: events,
        oldRecords: undefined,
      });
      try {
        inCodeUnit(
          this.runtime,
          () => triggerUnit(this.runtime, trigger, object.name, { timing: 'after', operation: 'insert' }),
          () => trigger.runnable.run(),
        );
      } finally {
        tx.triggerFrames.pop();
      }
    }
  }

  /** The running subscriber's delivery. @throws System.EventBusException outside of an event trigger */
  currentDelivery(): Delivery {
    if (this.delivery === undefined)
      throw apexError('UnexpectedException', 'EventBus.TriggerContext is only available in event triggers');
    return this.delivery;
  }
}

function isRetryable(error: ApexThrowable | Error): boolean {
  return error instanceof ApexThrowable && error.$typeName === 'EventBus.RetryableException';
}

function uuidOf(number: number): string {
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}
