import type { LimitCounter, LimitName } from './limits.js';

/** Lines of a debug log's limits block, in the platform's order (Apex Developer Guide: Debug Log). */
const LINES: readonly (readonly [label: string, limit: LimitName])[] = [
  ['Number of SOQL queries', 'queries'],
  ['Number of query rows', 'queryRows'],
  ['Number of SOSL queries', 'soslQueries'],
  ['Number of DML statements', 'dmlStatements'],
  ['Number of Publish Immediate DML', 'publishImmediateDml'],
  ['Number of DML rows', 'dmlRows'],
  ['Maximum CPU time', 'cpuTime'],
  ['Maximum heap size', 'heapSize'],
  ['Number of callouts', 'callouts'],
  ['Number of Email Invocations', 'emailInvocations'],
  ['Number of future calls', 'futureCalls'],
  ['Number of queueable jobs added to the queue', 'queueableJobs'],
  ['Number of Mobile Apex push calls', 'mobilePushApexCalls'],
];

/** What was used of each limit, one line per limit, as it stands below `LIMIT_USAGE_FOR_NS`. */
export function limitUsageText(limits: LimitCounter): string {
  return LINES.map(([label, limit]) => `  ${label}: ${limits.get(limit)} out of ${limits.limit(limit)}\n`).join('');
}
