import type { OrgClient, OrgRecord } from '../org-client/index.js';

/** Where one integration stands, from the records of the runtime. */
export interface IntegrationState {
  readonly integration: string;
  readonly pending: number;
  readonly inFlight: number;
  readonly succeeded: number;
  readonly dead: number;
  /** `Closed`, `Open`, `Half-Open`, with what else holds the integration back. */
  readonly circuit: string;
  /** ISO 8601; undefined when nothing of the kind happened yet. */
  readonly lastSuccess: string | undefined;
  readonly lastAuthFailure: string | undefined;
  readonly lastRefresh: string | undefined;
}

const QUEUE =
  'SELECT Integration__c name, Status__c status, COUNT(Id) rows FROM CalloutQueue__c GROUP BY Integration__c, Status__c';
const CIRCUITS = 'SELECT Integration__c, State__c, Parked__c, Held__c FROM CalloutCircuit__c';
const TOKENS =
  'SELECT Name, Last_Success_At__c, Last_Auth_Failure_At__c, Last_Refresh_At__c FROM CalloutTokenStatus__c';

/** Reads the state of all integrations, by name. Throws OrgRequestError when the runtime is not deployed. */
export async function readRuntimeState(org: OrgClient): Promise<readonly IntegrationState[]> {
  const [queue, circuits, tokens] = await Promise.all([QUEUE, CIRCUITS, TOKENS].map((soql) => org.query(soql)));
  const names = new Set([
    ...texts(queue ?? [], 'name'),
    ...texts(circuits ?? [], 'Integration__c'),
    ...texts(tokens ?? [], 'Name'),
  ]);
  return [...names].toSorted().map((name) => {
    const count = (status: string): number =>
      Number((queue ?? []).find((row) => row['name'] === name && row['status'] === status)?.['rows'] ?? 0);
    const token = (tokens ?? []).find((row) => row['Name'] === name);
    return {
      integration: name,
      pending: count('Pending'),
      inFlight: count('In Flight'),
      succeeded: count('Succeeded'),
      dead: count('Dead'),
      circuit: circuitOf((circuits ?? []).find((row) => row['Integration__c'] === name)),
      lastSuccess: text(token, 'Last_Success_At__c'),
      lastAuthFailure: text(token, 'Last_Auth_Failure_At__c'),
      lastRefresh: text(token, 'Last_Refresh_At__c'),
    };
  });
}

function circuitOf(row: OrgRecord | undefined): string {
  if (row === undefined) return 'Closed';
  return [
    text(row, 'State__c') ?? 'Closed',
    row['Parked__c'] === true ? 'parked' : '',
    row['Held__c'] === true ? 'held' : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function text(row: OrgRecord | undefined, field: string): string | undefined {
  const value = row?.[field];
  return typeof value === 'string' ? value : undefined;
}

function texts(rows: readonly OrgRecord[], field: string): readonly string[] {
  return rows.flatMap((row) => text(row, field) ?? []);
}
