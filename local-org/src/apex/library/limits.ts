import {
  ApexMap,
  ApexList,
  PlatformObject,
  type LibraryModule,
  type LibraryTable,
  type LimitName,
} from '../runtime/index.js';
import { platform, PRIMITIVES } from '../types/types.js';

/** Suffix of a pair of Limits methods, and what it counts. */
const COUNTERS: Readonly<Record<string, LimitName>> = {
  Queries: 'queries',
  QueryRows: 'queryRows',
  AggregateQueries: 'aggregateQueries',
  QueryLocatorRows: 'queryLocatorRows',
  SoslQueries: 'soslQueries',
  DmlStatements: 'dmlStatements',
  DmlRows: 'dmlRows',
  Callouts: 'callouts',
  FutureCalls: 'futureCalls',
  QueueableJobs: 'queueableJobs',
  EmailInvocations: 'emailInvocations',
  PublishImmediateDML: 'publishImmediateDml',
  CpuTime: 'cpuTime',
  HeapSize: 'heapSize',
  SavePoints: 'savepoints',
  MobilePushApexCalls: 'mobilePushApexCalls',
  FetchCallsOnApexCursor: 'cursorFetches',
  ApexCursors: 'cursors',
  ApexCursorRows: 'cursorRows',
  ApexPaginationCursors: 'paginationCursors',
  ApexPaginationCursorRows: 'paginationRows',
};

/**
 * Limits that nothing in the local org uses up: search by likeness and the older describe limits. The platform still answers these methods,
 * with the limits of the pages that describe them.
 */
const UNUSED: Readonly<Record<string, number>> = {
  FindSimilarCalls: 10,
  RunAs: 150,
  SavepointRollbacks: 150,
  DatabaseTime: 120_000,
  FieldSetsDescribes: 100,
  FieldsDescribes: 100,
  ChildRelationshipsDescribes: 100,
  PicklistDescribes: 100,
  RecordTypesDescribes: 100,
  ScriptStatements: 200_000,
  AsyncCalls: 200,
};

/** System.Limits: what the transaction used, and how much it may. */
export const limitsModule: LibraryModule = {
  owner: 'System.Limits',
  members: (runtime) => {
    const table: Record<string, () => number> = {};
    for (const [suffix, name] of Object.entries(COUNTERS)) {
      table[`get${suffix}`] = () => runtime.tx.limits.get(name);
      table[`getLimit${suffix}`] = () => runtime.tx.limits.limit(name);
    }
    for (const [suffix, limit] of Object.entries(UNUSED)) {
      table[`get${suffix}`] = () => 0;
      table[`getLimit${suffix}`] = () => limit;
    }
    table['getHeapSize'] = () => runtime.thread.heapSize();
    return table satisfies LibraryTable;
  },
};

/** System.OrgLimit. */
class OrgLimitObject extends PlatformObject {
  override readonly typeName = 'System.OrgLimit';
  constructor(
    readonly name: string,
    readonly limit: number,
  ) {
    super();
  }
}

/** What a Developer Edition org may use (Apex Reference Guide: OrgLimits Class; Limits for Developer Edition). Nothing is used up here. */
const ORG_LIMITS: Readonly<Record<string, number>> = {
  ConcurrentAsyncGetReportInstances: 200,
  ConcurrentEinsteinDataInsightsStoryCreation: 5,
  ConcurrentSyncReportRuns: 20,
  DailyApiRequests: 15_000,
  DailyAsyncApexExecutions: 250_000,
  DailyAsyncApexTests: 500,
  DailyBulkApiBatches: 15_000,
  DailyBulkV2QueryFileStorageMB: 976_562,
  DailyBulkV2QueryJobs: 10_000,
  DailyDeliveredPlatformEvents: 10_000,
  DailyDurableGenericStreamingApiEvents: 10_000,
  DailyDurableStreamingApiEvents: 10_000,
  DailyGenericStreamingApiEvents: 10_000,
  DailyStandardVolumePlatformEvents: 10_000,
  DailyStreamingApiEvents: 10_000,
  DailyWorkflowEmails: 15,
  DataStorageMB: 5,
  DurableStreamingApiConcurrentClients: 20,
  FileStorageMB: 20,
  HourlyAsyncReportRuns: 1_200,
  HourlyDashboardRefreshes: 200,
  HourlyDashboardResults: 5_000,
  HourlyDashboardStatuses: 999_999_999,
  HourlyODataCallout: 10_000,
  HourlyPublishedPlatformEvents: 50_000,
  HourlyPublishedStandardVolumePlatformEvents: 1_000,
  HourlySyncReportRuns: 500,
  HourlyTimeBasedWorkflow: 50,
  MassEmail: 10,
  MonthlyPlatformEventsUsageEntitlement: 0,
  Package2VersionCreates: 6,
  Package2VersionCreatesWithoutValidation: 500,
  PermissionSets: 1_500,
  PublishCallbackUsageInApex: 5_242_880,
  SingleEmail: 15,
  StreamingApiConcurrentClients: 20,
};

const orgLimits = (): readonly OrgLimitObject[] =>
  Object.entries(ORG_LIMITS).map(([name, limit]) => new OrgLimitObject(name, limit));

export const orgLimitModules: readonly LibraryModule[] = [
  {
    owner: 'System.OrgLimits',
    members: () => ({
      getAll: () => new ApexList(platform('System.OrgLimit'), [...orgLimits()]),
      getMap: () =>
        new ApexMap(
          PRIMITIVES.String,
          platform('System.OrgLimit'),
          orgLimits().map((limit): [string, OrgLimitObject] => [limit.name, limit]),
        ),
    }),
  },
  {
    owner: 'System.OrgLimit',
    members: () => ({
      getName: (self: OrgLimitObject) => self.name,
      getLimit: (self: OrgLimitObject) => self.limit,
      getValue: () => 0,
    }),
  },
];
