/** Door of Bulk API 2.0: jobs that change or fetch many records as CSV. */
import type { LiveOrg } from '../../platform/live/index.js';
import type { RestRoute } from '../rest/route.js';
import { IngestJobs } from './ingest-jobs.js';
import { ingestRoutes } from './ingest-routes.js';
import { QueryJobs } from './query-jobs.js';
import { queryJobRoutes } from './query-routes.js';

/** The resources of one org. Jobs that a restart interrupted go on at once. */
export function bulkRoutes(live: LiveOrg): readonly RestRoute[] {
  return [...ingestRoutes(new IngestJobs(live)), ...queryJobRoutes(new QueryJobs(live))];
}
