import type { ExternalSystem } from '../../../local-org/src/index.js';
import type { Integration } from '../model/index.js';
import type { OrgClient, OrgRecord } from '../org-client/index.js';

/** One row of the outbox, as far as a proof looks at it. */
interface QueueRow {
  readonly name: string;
  readonly recordId: string;
  readonly status: string;
  readonly key: string;
  readonly attempts: number;
  readonly error: string;
}

/** What became of the changes of one run. */
export interface Deliveries {
  /** Rows of the outbox that the run made. */
  readonly rows: number;
  readonly delivered: number;
  /** Attempts beyond the first of each row. */
  readonly retries: number;
  /** Rows that still wait, are under way or are dead. */
  readonly left: number;
  /** Rows that the receiver applied more than once per request. */
  readonly doubled: number;
  /** Records whose deliveries arrived in another order than they were made. */
  readonly outOfOrder: number;
  /** What rows that are left say, each text once. */
  readonly problems: readonly string[];
}

/** Rows of an integration after a row of that name (auto numbers grow), oldest first. */
async function rowsOf(org: OrgClient, integration: Integration, after: string): Promise<readonly QueueRow[]> {
  const rows = await org.query(
    'SELECT Name, Record_Id__c, Status__c, Idempotency_Key__c, Attempts__c, Auth_Attempts__c, Last_Error__c FROM CalloutQueue__c ' +
      `WHERE Integration__c = '${integration.apiName}' AND Name > '${after}' ORDER BY Name`,
  );
  return rows.map(rowOf);
}

function rowOf(row: OrgRecord): QueueRow {
  const text = (field: string): string => (typeof row[field] === 'string' ? row[field] : '');
  const number = (field: string): number => (typeof row[field] === 'number' ? row[field] : 0);
  return {
    name: text('Name'),
    recordId: text('Record_Id__c'),
    status: text('Status__c'),
    key: text('Idempotency_Key__c'),
    attempts: number('Attempts__c') + number('Auth_Attempts__c'),
    error: text('Last_Error__c'),
  };
}

/** Name of the newest row of an integration; empty when there is none. */
export async function newestRow(org: OrgClient, { apiName }: Integration): Promise<string> {
  const [row] = await org.query(
    `SELECT Name FROM CalloutQueue__c WHERE Integration__c = '${apiName}' ORDER BY Name DESC LIMIT 1`,
  );
  return row === undefined ? '' : String(row['Name']);
}

/** Compares the rows that a run made with what the receiver applied. */
export async function countDeliveries(
  org: OrgClient,
  system: ExternalSystem,
  integration: Integration,
  after: string,
): Promise<Deliveries> {
  const rows = await rowsOf(org, integration, after);
  const applied = appliedByKey(system);
  const left = rows.filter(({ status }) => status !== 'Succeeded' && status !== 'Cancelled');
  return {
    rows: rows.length,
    delivered: rows.filter(({ status }) => status === 'Succeeded').length,
    retries: rows.reduce((sum, { attempts }) => sum + Math.max(attempts - 1, 0), 0),
    left: left.length,
    problems: [
      ...new Set(left.map(({ status, error }) => `${status}: ${error === '' ? 'no attempt was made' : error}`)),
    ],
    doubled: rows.filter(({ key }) => (applied.get(key) ?? []).some(({ times }) => times > 1)).length,
    outOfOrder: countOutOfOrder(rows, applied),
  };
}

interface Applied {
  readonly target: string;
  readonly times: number;
  readonly first: number;
}

/** What the receiver applied under each idempotency key, by method and path: a sequence of requests shares one key. */
function appliedByKey(system: ExternalSystem): ReadonlyMap<string, readonly Applied[]> {
  const byKey = new Map<string, Applied[]>();
  for (const { idempotencyKey, method, path, sequence } of system.requests({ outcome: 'applied' })) {
    if (idempotencyKey === undefined) continue;
    const target = `${method} ${path}`;
    const entries = byKey.get(idempotencyKey) ?? [];
    const known = entries.findIndex((entry) => entry.target === target);
    const before = entries[known];
    if (before === undefined) entries.push({ target, times: 1, first: sequence });
    else entries[known] = { ...before, times: before.times + 1 };
    byKey.set(idempotencyKey, entries);
  }
  return byKey;
}

function countOutOfOrder(rows: readonly QueueRow[], applied: ReadonlyMap<string, readonly Applied[]>): number {
  const last = new Map<string, number>();
  const wrong = new Set<string>();
  for (const { recordId, key } of rows) {
    const first = applied.get(key)?.[0]?.first;
    if (first === undefined) continue;
    if (first < (last.get(recordId) ?? 0)) wrong.add(recordId);
    last.set(recordId, first);
  }
  return wrong.size;
}
