import { finding } from '../../diagnostics/index.js';
import type { Finding, Rule } from '../../diagnostics/index.js';
import { parseDuration, parseTemplate } from '../formats/index.js';
import type { Check, Subject } from './check.js';

const rules = {
  retryOrder: {
    code: 'retry-order',
    severity: 'error',
    summary: 'The first wait is no longer than the longest wait and the deadline.',
    reason: 'A delivery would be given up before its first retry, or the longest wait would cut the first one.',
    fix: 'Lower `retry.initial`, or raise the other.',
  },
  budgetTooSmall: {
    code: 'budget-too-small',
    severity: 'error',
    summary: 'A full bucket pays for at least one retry.',
    reason: 'No retry could ever be paid for: every failure would wait until the deadline.',
    fix: 'Raise `retry.budget.capacity`, or lower the cost.',
  },
  cronInterval: {
    code: 'cron-interval',
    severity: 'error',
    summary: 'With cron the sweep interval divides an hour.',
    reason:
      'A scheduled Apex job runs once an hour at a fixed minute, so an interval is made of several jobs that share the hour evenly.',
    fix: 'Choose 5, 6, 10, 12, 15, 20, 30 or 60 minutes, or write `scheduler: flow`.',
  },
  latestWithoutRecord: {
    code: 'latest-without-record',
    severity: 'error',
    summary: 'The latest state is sent only of a record.',
    reason: 'Without a record there is nothing to read again when the call is made.',
    fix: 'Remove `payload: latest`, or add `object`.',
  },
  orderByOutput: {
    code: 'order-by-output',
    severity: 'error',
    summary: 'The order key holds no output of a request.',
    reason: 'The key is needed before the first request is made.',
    fix: 'Use a field of the record or an input.',
  },
  orderByConstant: {
    code: 'order-by-constant',
    severity: 'warning',
    summary: 'The order key differs between deliveries.',
    reason:
      'All deliveries of the integration have the same key: they are made one after the other, and one that fails holds back all others.',
    fix: 'Use a merge field, such as `{!Id}`.',
  },
  retentionOrder: {
    code: 'retention-order',
    severity: 'warning',
    summary: 'Dead deliveries stay at least as long as succeeded ones.',
    reason: 'Those that need a person disappear before those that need nobody.',
    fix: 'Raise `queue.retentionDays.dead`.',
  },
  sweepAfterDeadline: {
    code: 'sweep-after-deadline',
    severity: 'warning',
    summary: 'The sweep comes before the deadline.',
    reason: 'A delivery whose dispatcher has crashed is found by the sweep. It would be given up before it is found.',
    fix: 'Lower `queue.sweepEveryMinutes`, or raise `retry.deadline`.',
  },
  breakerOutlivesDeadline: {
    code: 'breaker-outlives-deadline',
    severity: 'warning',
    summary: 'The circuit is probed before deliveries are given up.',
    reason: 'While the circuit is open nothing is sent: every waiting delivery passes its deadline.',
    fix: 'Lower `circuitBreaker.openFor`, or raise `retry.deadline`.',
  },
  parallelRefresh: {
    code: 'parallel-refresh',
    severity: 'warning',
    summary: 'With a refresh token there is one lane.',
    reason:
      'When the session expires, several lanes ask for a new token at the same time. Servers that replace the refresh token at each use take that for theft and revoke all of them.',
    fix: 'Remove `concurrency.lanes`, or use clientCredentials, which has no refresh token.',
  },
  alertTooLong: {
    code: 'alert-too-long',
    severity: 'error',
    summary: 'All recipients of an alert together fit into 255 characters.',
    reason: 'They are stored in one field of the policy record.',
    fix: 'List fewer recipients, for example a mailing list.',
  },
} as const satisfies Record<string, Rule>;

const LONGEST_STORED = 255;

/** Checks that the settings of retry, queue, breaker, lanes and alerts fit together. */
export const policyChecks: readonly Check[] = [
  { rules, needs: ['retry', 'circuitBreaker'], run: retryFindings },
  { rules, needs: ['queue', 'retry', 'trigger', 'object'], run: queueFindings },
  { rules, needs: ['queue'], run: orderFindings },
  { rules, needs: ['auth', 'concurrency'], run: laneFindings },
  { rules, needs: ['monitoring'], run: alertFindings },
];

function* laneFindings({ config: { auth, concurrency } }: Subject): Iterable<Finding> {
  if (auth.type === 'browser' && concurrency.lanes > 1) {
    yield finding(
      ['concurrency', 'lanes'],
      rules.parallelRefresh,
      `${concurrency.lanes} lanes share one refresh token.`,
    );
  }
}

function seconds(duration: string | number): number {
  return parseDuration(duration) ?? 0;
}

function* retryFindings({ config: { retry, circuitBreaker } }: Subject): Iterable<Finding> {
  if (retry.attempts > 1) {
    for (const key of ['max', 'deadline'] as const) {
      if (seconds(retry.initial) <= seconds(retry[key])) continue;
      yield finding(
        ['retry', 'initial'],
        rules.retryOrder,
        `The first wait (${retry.initial}) is longer than \`${key}\` (${retry[key]}).`,
      );
    }
  }
  const { capacity, transientCost, throttlingCost } = retry.budget;
  const cost = Math.max(transientCost, throttlingCost);
  if (cost > capacity) {
    yield finding(
      ['retry', 'budget', 'capacity'],
      rules.budgetTooSmall,
      `A retry costs ${cost} tokens, a full bucket has ${capacity}.`,
    );
  }
  if (circuitBreaker.enabled && seconds(circuitBreaker.openFor) >= seconds(retry.deadline)) {
    const message = `The circuit stays open for ${circuitBreaker.openFor}, deliveries live for ${retry.deadline}.`;
    yield finding(['circuitBreaker', 'openFor'], rules.breakerOutlivesDeadline, message);
  }
}

function* queueFindings({ config: { queue, retry, trigger, object } }: Subject): Iterable<Finding> {
  const minutes = queue.sweepEveryMinutes;
  if (queue.scheduler === 'cron' && 60 % minutes !== 0) {
    yield finding(
      ['queue', 'sweepEveryMinutes'],
      rules.cronInterval,
      `An hour cannot be divided into steps of ${minutes} minutes.`,
    );
  }
  if (minutes * 60 > seconds(retry.deadline)) {
    yield finding(
      ['queue', 'sweepEveryMinutes'],
      rules.sweepAfterDeadline,
      `The sweep comes every ${minutes} minutes, deliveries live for ${retry.deadline}.`,
    );
  }
  const { succeeded, dead } = queue.retentionDays;
  if (dead < succeeded) {
    yield finding(
      ['queue', 'retentionDays', 'dead'],
      rules.retentionOrder,
      `Dead deliveries stay ${dead} days, succeeded ones ${succeeded}.`,
    );
  }
  if (queue.payload === 'latest' && trigger === undefined && object === undefined) {
    yield finding(
      ['queue', 'payload'],
      rules.latestWithoutRecord,
      'There is no record whose latest state could be sent.',
    );
  }
}

function* orderFindings({ config: { queue } }: Subject): Iterable<Finding> {
  if (queue.orderBy === undefined) return;
  const at = ['queue', 'orderBy'];
  const template = parseTemplate(queue.orderBy);
  if (template.some(({ kind }) => kind === 'output'))
    yield finding(at, rules.orderByOutput, 'The order key holds an output.');
  else if (template.every(({ kind }) => kind === 'text'))
    yield finding(at, rules.orderByConstant, 'The order key has no merge field.');
}

function* alertFindings({ config: { monitoring } }: Subject): Iterable<Finding> {
  for (const key of ['deadLetterAlerts', 'circuitAlerts'] as const) {
    const channel = monitoring[key];
    if (channel === 'none') continue;
    const stored =
      'email' in channel
        ? `email:${channel.email.join(',')}`
        : `notification:${channel.notification.type}:${channel.notification.recipients.join(',')}`;
    if (stored.length > LONGEST_STORED) {
      yield finding(['monitoring', key], rules.alertTooLong, `The recipients take ${stored.length} characters.`, {
        atKey: true,
      });
    }
  }
}
