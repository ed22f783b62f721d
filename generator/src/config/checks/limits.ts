import { finding } from '../../diagnostics/index.js';
import type { Rule } from '../../diagnostics/index.js';
import { parseDuration } from '../formats/index.js';
import type { IntegrationConfig } from '../schema/index.js';
import type { Check } from './check.js';

const rules = {
  tooManyCallouts: {
    code: 'too-many-callouts',
    severity: 'error',
    summary: 'A transaction makes at most 100 calls.',
    reason:
      'Salesforce ends the transaction at the 101st call; the results of the first 100 are lost with it, and all of them are sent again.',
    fix: 'Lower `concurrency.batch`.',
  },
  calloutTime: {
    code: 'callout-time',
    severity: 'warning',
    summary: 'The calls of a transaction together wait at most 120 seconds.',
    reason:
      'When the receiver is slow, the deliveries at the end of the batch get no turn and wait for the next transaction.',
    fix: 'Lower `concurrency.batch` or `endpoint.timeout`.',
  },
} as const satisfies Record<string, Rule>;

/** Calls that one transaction may make (Apex Developer Guide, "Callout Limits and Limitations"). */
const MOST_CALLS = 100;
/** Seconds that all calls of one transaction together may wait (same page). */
const LONGEST_WAIT = 120;
const USUAL_BATCH = 10;

/** Deliveries of one transaction when the file does not say: as many as fit, ten at most. */
export function defaultBatch({ endpoint, requests }: IntegrationConfig): number {
  const perDelivery = requests.length;
  const seconds = parseDuration(endpoint.timeout) ?? 1;
  const fitting = Math.min(Math.floor(MOST_CALLS / perDelivery), Math.floor(LONGEST_WAIT / (perDelivery * seconds)));
  return Math.max(1, Math.min(USUAL_BATCH, fitting));
}

/** Checks the platform's limits of one transaction. */
export const limitCheck: Check = {
  rules,
  needs: ['concurrency', 'requests', 'endpoint'],
  *run({ config }) {
    const batch = config.concurrency.batch ?? defaultBatch(config);
    const written = config.concurrency.batch !== undefined;
    const calls = batch * config.requests.length;
    const seconds = calls * (parseDuration(config.endpoint.timeout) ?? 0);
    const at = written ? ['concurrency', 'batch'] : ['endpoint', 'timeout'];
    const sum = `${batch} ${batch === 1 ? 'delivery' : 'deliveries'} of ${config.requests.length} ${config.requests.length === 1 ? 'request' : 'requests'}`;
    if (calls > MOST_CALLS) yield finding(at, rules.tooManyCallouts, `${sum} are ${calls} calls in one transaction.`);
    else if (seconds > LONGEST_WAIT)
      yield finding(at, rules.calloutTime, `${sum} may wait ${seconds} seconds in one transaction.`);
  },
};
