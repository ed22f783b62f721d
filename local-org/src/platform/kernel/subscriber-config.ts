import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import type { Component } from '../../model/index.js';
import type { SubscriberSettings } from './subscriber.js';

const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, htmlEntities: true });

/** A file that was checked when it was deployed. */
const file = z.object({
  PlatformEventSubscriberConfig: z.object({
    platformEventConsumer: z.string(),
    batchSize: z.coerce.number().int().positive().optional(),
    user: z.string().optional(),
    numPartitions: z.coerce.number().int().positive().optional(),
    partitionKey: z.string().optional(),
  }),
});

/** Settings of the subscribers that have a deployed configuration, by lower-cased name of the trigger or flow. */
export function readSubscriberConfigs(
  components: readonly Component[],
): ReadonlyMap<string, Partial<SubscriberSettings>> {
  const settings = new Map<string, Partial<SubscriberSettings>>();
  for (const { type, content } of components) {
    if (type !== 'PlatformEventSubscriberConfig') continue;
    const { PlatformEventSubscriberConfig: config } = file.parse(parser.parse(content));
    settings.set(config.platformEventConsumer.toLowerCase(), {
      ...(config.user === undefined ? {} : { username: config.user }),
      ...(config.batchSize === undefined ? {} : { batchSize: config.batchSize }),
      ...(config.numPartitions === undefined ? {} : { partitions: config.numPartitions }),
      ...(config.partitionKey === undefined ? {} : { partitionKey: config.partitionKey }),
    });
  }
  return settings;
}
