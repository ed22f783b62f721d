import type { LiveOrg } from '../platform/live/index.js';
import { bulkRoutes } from './bulk/index.js';
import type { ApiUsage } from './rest/api-usage.js';
import { ACTION_ROUTES } from './rest/actions.js';
import { dataRoutes } from './rest/data/index.js';
import { Dispatcher } from './rest/dispatcher.js';
import { TOOLING_ROUTES } from './tooling/index.js';

/** All resources below `/services/data/<version>`. Whoever makes one adds its routes here. */
export function createDispatcher(live: LiveOrg, usage: ApiUsage): Dispatcher {
  return new Dispatcher([
    ...dataRoutes({ usage, now: () => live.clock.now() }),
    ...bulkRoutes(live),
    ...TOOLING_ROUTES,
    ...ACTION_ROUTES,
  ]);
}
