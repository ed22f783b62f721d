import type { DeliveryOutcome, Steps } from '../../apex/runtime/index.js';
import type { SObject } from '../../data/index.js';

/** How events come to a subscriber, from its PlatformEventSubscriberConfig (PLATFORM 3.5). */
export interface SubscriberSettings {
  /** Username of who runs it; undefined for the Automated Process. */
  readonly username: string | undefined;
  /** Most events of one batch. */
  readonly batchSize: number;
  /** Batches of different partitions run side by side; events with the same value of the key are in one. */
  readonly partitions: number;
  readonly partitionKey: string | undefined;
}

export interface SubscriberBatch {
  /** Events of one object in the order in which they were published; not empty. */
  readonly events: readonly SObject[];
  readonly userId: string;
  /** How often the delivery was tried before, and why that failed. */
  readonly retries: number;
  readonly lastError: string | null;
}

/** A trigger or flow that gets the events of one object. */
export interface EventSubscriber {
  /** Unique among the subscribers of the org. */
  readonly name: string;
  /** `EventBusSubscriber.Type`. */
  readonly type: 'ApexTrigger' | 'FlowInterviewPauseAndTrigger';
  /** Name of the event object. */
  readonly object: string;
  /** Most events that it takes at once. */
  readonly maximumBatch: number;
  readonly deliver: (batch: SubscriberBatch) => Steps<DeliveryOutcome>;
}
