import type { Environment, GeneratedFile } from '../model/index.js';
import { metadataFile, type FilePlace } from './metadata-file.js';

/** Path below the runtime's folder; the replacements of the other environments name it. */
export const SUBSCRIBER_CONFIG_PATH =
  'PlatformEventSubscriberConfigs/CalloutWakeupSubscriber.platformEventSubscriberConfig-meta.xml';

/** An event asks for one pass over the queue; later ones of a batch find nothing left to claim. */
const EVENTS_PER_BATCH = 200;

/**
 * Makes the wake-up trigger run as the default environment's integration user, and with it every callout (PLATFORM 1.5.4, 3.5).
 * Without a default environment no user is named: the trigger then runs as Automated Process until an admin names one in Setup.
 */
export function emitSubscriberConfig(environment: Environment | undefined, place: FilePlace): GeneratedFile {
  return metadataFile(place, SUBSCRIBER_CONFIG_PATH, 'PlatformEventSubscriberConfig', {
    batchSize: EVENTS_PER_BATCH,
    isProtected: false,
    masterLabel: 'CalloutWakeupSubscriber',
    platformEventConsumer: 'CalloutWakeupTrigger',
    ...(environment === undefined ? {} : { user: environment.integrationUser }),
  });
}
