import { child, textOf } from '../xml/document.js';
import type { Finding, Rule } from './rule.js';
import type { Subject } from '../subject.js';

const subscriber = ['PlatformEventSubscriberConfig'];

function* inRange({ root }: Subject, element: string, from: number, to: number): Generator<Finding> {
  const text = textOf(root, element);
  const at = child(root, element);
  if (text === undefined || at === undefined) return;
  if (Number(text) < from || Number(text) > to) {
    yield { at, message: `${element} must be between ${from} and ${to}, but is ${text}` };
  }
}

/** Rules of platform events and their subscribers. */
export const eventRules: readonly Rule[] = [
  {
    // PLATFORM 3.5: batchSize 1 to 2000.
    id: 'subscriber-batch-size',
    types: subscriber,
    *check(subject) {
      yield* inRange(subject, 'batchSize', 1, 2000);
    },
  },
  {
    // PLATFORM 3.5: numPartitions 1 to 10; a partition key needs partitions to choose from.
    id: 'subscriber-partitions',
    types: subscriber,
    *check(subject) {
      yield* inRange(subject, 'numPartitions', 1, 10);
      const key = child(subject.root, 'partitionKey');
      if (key !== undefined && textOf(subject.root, 'numPartitions') === undefined) {
        yield { at: key, message: 'partitionKey can be specified only with numPartitions' };
      }
    },
  },
  {
    // PLATFORM 3.5: one configuration for each trigger.
    id: 'subscriber-unique-per-trigger',
    types: subscriber,
    *check({ component, root }, { symbols }) {
      const consumer = textOf(root, 'platformEventConsumer');
      for (const other of symbols.components('PlatformEventSubscriberConfig')) {
        if (consumer === undefined || other.fullName.toLowerCase() === component.fullName.toLowerCase()) continue;
        const found = symbols.subject(other);
        if (
          found === undefined ||
          textOf(found.root, 'platformEventConsumer')?.toLowerCase() !== consumer.toLowerCase()
        )
          continue;
        const at = child(root, 'platformEventConsumer') ?? root;
        yield { at, message: `The trigger ${consumer} already has the configuration ${other.fullName}.` };
      }
    },
  },
  {
    // PLATFORM 3.5: events are of high volume; orgs create no others any more.
    id: 'platform-event-volume',
    types: ['CustomObject'],
    *check({ root }) {
      if (textOf(root, 'eventType') === 'StandardVolume') {
        yield {
          at: child(root, 'eventType') ?? root,
          message: 'Standard-volume platform events can no longer be created. Use HighVolume.',
        };
      }
    },
  },
];
