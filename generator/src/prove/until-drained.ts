import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import type { Integration } from '../model/index.js';
import { advanceClock, type OrgClient } from '../org-client/index.js';

const POLL_MILLISECONDS = 50;
/** Longer than any call of a proof takes: a queue that does not change for this long stands still. */
const STILL_MILLISECONDS = 60_000;
/** A queue that only waits is given this long to be woken by something else before time goes ahead. */
const SETTLE_MILLISECONDS = 500;

const clock = z.object({ now: z.iso.datetime() });

interface QueueState {
  readonly inFlight: number;
  readonly pending: number;
  /** When the first row is due, milliseconds since 1970; undefined when no row says. */
  readonly dueAt: number | undefined;
}

/**
 * Waits until no row of an integration waits or is under way. Where all rows wait for their next attempt, the org goes ahead to it in time, as
 * `callout org advance` does. Gives up when nothing can change any more: the credential is misconfigured, or nothing has moved for a minute.
 * @returns false when rows are left
 */
export async function untilDrained(org: OrgClient, integration: Integration): Promise<boolean> {
  let last = '';
  let changedAt = performance.now();
  for (;;) {
    const state = await queueState(org, integration);
    if (state.inFlight + state.pending === 0) return true;
    const seen = JSON.stringify(state);
    if (seen !== last) changedAt = performance.now();
    last = seen;
    const still = performance.now() - changedAt;
    if (still > STILL_MILLISECONDS || (await isParked(org, integration))) return false;
    if (still > SETTLE_MILLISECONDS && state.inFlight === 0) await goAhead(org, state.dueAt);
    await delay(POLL_MILLISECONDS);
  }
}

async function queueState(org: OrgClient, { apiName }: Integration): Promise<QueueState> {
  const rows = await org.query(
    'SELECT Status__c status, COUNT(Id) rows, MIN(Next_Attempt_At__c) due FROM CalloutQueue__c ' +
      `WHERE Integration__c = '${apiName}' AND Status__c IN ('Pending', 'In Flight') GROUP BY Status__c`,
  );
  const of = (status: string): Readonly<Record<string, unknown>> | undefined =>
    rows.find((row) => row['status'] === status);
  const due = of('Pending')?.['due'];
  return {
    inFlight: Number(of('In Flight')?.['rows'] ?? 0),
    pending: Number(of('Pending')?.['rows'] ?? 0),
    dueAt: typeof due === 'string' ? Date.parse(due) : undefined,
  };
}

async function isParked(org: OrgClient, { apiName }: Integration): Promise<boolean> {
  const found = await org.query(
    `SELECT Id FROM CalloutCircuit__c WHERE Integration__c = '${apiName}' AND Parked__c = TRUE`,
  );
  return found.length > 0;
}

async function goAhead(org: OrgClient, dueAt: number | undefined): Promise<void> {
  const now = Date.parse(clock.parse(await org.request('GET', '/callout/clock')).now);
  if (dueAt !== undefined && dueAt > now) await advanceClock(org, dueAt - now);
}
