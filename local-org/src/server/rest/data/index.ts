/** Door of the REST resources over records. */
import type { ApiUsage } from '../api-usage.js';
import type { RestRoute } from '../route.js';
import { COLLECTION_ROUTES } from './collections.js';
import { COMPOSITE_ROUTES } from './composite.js';
import { Cursors } from './cursors.js';
import { DESCRIBE_ROUTES } from './describe.js';
import { limitRoutes } from './limits.js';
import { queryRoutes } from './query.js';
import { RECORD_ROUTES } from './records.js';
import { SEARCH_ROUTES } from './search.js';
import { TREE_ROUTES } from './tree.js';

export { ROOTS } from './api.js';
export { bodyBytes, bodyJson } from './body.js';
export { saveAll } from './collections.js';
export { objectOf, requireWritable } from './objects.js';
export { parseClientQuery } from './query.js';
export { valueFromText, valueToText } from './values.js';

export interface DataOptions {
  readonly usage: ApiUsage;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The resources of one org: what is open in them, such as long results of queries, belongs to it. */
export function dataRoutes({ usage, now }: DataOptions): readonly RestRoute[] {
  return [
    ...queryRoutes(new Cursors(now)),
    ...DESCRIBE_ROUTES,
    ...RECORD_ROUTES,
    ...COLLECTION_ROUTES,
    ...COMPOSITE_ROUTES,
    ...TREE_ROUTES,
    ...SEARCH_ROUTES,
    ...limitRoutes(usage),
  ];
}
