import type { Integration } from '../model/index.js';
import type { FilePlace } from './metadata-file.js';

/** API version of everything that is emitted (PLATFORM 0: later versions change the default access mode of Apex). */
export const API_VERSION = 66;

/** What every integration shares. */
export const RUNTIME: FilePlace = { folder: 'force-app/main/callout-runtime', origin: 'the callout runtime' };

/** What one integration adds. */
export function integrationPlace(integration: Integration): FilePlace {
  return { folder: `force-app/main/integrations/${integration.name}`, origin: integration.source };
}
