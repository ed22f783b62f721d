import type { ApexRuntime } from '../../../apex/runtime/index.js';
import { ok, type RestRoute } from '../route.js';
import { DAILY_REQUESTS, type ApiUsage } from '../api-usage.js';

/** Storage of a Developer Edition org, and what a record counts for (help: Data and File Storage Allocations). */
const STORAGE_MEGABYTES = 5;
const RECORDS_PER_MEGABYTE = 512;

function usedMegabytes(runtime: ApexRuntime): number {
  let records = 0;
  for (const name of runtime.schema.builtNames()) {
    const object = runtime.schema.object(name);
    if (object !== undefined && object.kind !== 'customMetadata') records += runtime.data.store.table(object).size;
  }
  return Math.floor(records / RECORDS_PER_MEGABYTE);
}

/** The allocations that the org counts, with those of a Developer Edition org; others of the platform are left out. */
export function limitRoutes(usage: ApiUsage): readonly RestRoute[] {
  return [
    {
      method: 'GET',
      path: '/limits',
      run: (call) =>
        ok({
          DailyApiRequests: { Max: DAILY_REQUESTS, Remaining: Math.max(0, DAILY_REQUESTS - usage.today()) },
          DataStorageMB: {
            Max: STORAGE_MEGABYTES,
            Remaining: Math.max(0, STORAGE_MEGABYTES - call.read(usedMegabytes)),
          },
        }),
    },
  ];
}
