import * as z from 'zod';
import { developerNameFormat, emailFormat, lineTemplateFormat, usernameFormat } from '../formats/index.js';
import { described, duration, text, whole } from './leaf.js';

const DAY = 86400;

/** When a failed delivery is tried again. */
export const retrySchema = described(
  z.strictObject({
    attempts: whole(1, 100, { description: 'Attempts in all, the first included. 1 never tries again.' }).default(10),
    initial: duration(1, DAY, { description: 'Wait before the first retry.' }).default('30s'),
    multiplier: described(z.number().min(1).max(10).multipleOf(0.01), {
      description: 'Each wait is this many times the one before. At most two decimals.',
    }).default(2),
    max: duration(1, 7 * DAY, { description: 'Longest wait between two attempts.' }).default('1h'),
    jitter: described(z.enum(['none', 'full', 'equal', 'decorrelated']), {
      description:
        'How waits are spread, so that not all retries come at once. none: not at all. full: from 0 to the wait. equal: from half of it to all. decorrelated: from the initial wait to three times the one before.',
    }).default('full'),
    retryAfter: described(z.boolean(), {
      description: "Waits as long as the receiver's Retry-After header asks for.",
    }).default(true),
    deadline: duration(60, 30 * DAY, {
      description: 'A delivery older than this is given up, whatever attempts are left.',
    }).default('1d'),
    budget: described(
      z.strictObject({
        capacity: whole(1, 100000, { description: 'Tokens of a full bucket.' }).default(500),
        refillPerMinute: whole(1, 100000, { description: 'Tokens that come back each minute.' }).default(100),
        transientCost: whole(0, 1000, { description: 'Tokens that a retry after a failure costs.' }).default(14),
        throttlingCost: whole(0, 1000, { description: 'Tokens that a retry after throttling costs.' }).default(5),
      }),
      {
        description:
          'A bucket of tokens that bounds the retries of the whole integration. An empty bucket delays retries, it loses none.',
      },
    ).prefault({}),
  }),
  { description: 'When a failed delivery is tried again.' },
);

/** How deliveries wait. */
export const queueSchema = described(
  z.strictObject({
    sweepEveryMinutes: whole(5, 1440, {
      description:
        'Every so many minutes the outbox is swept for rows that nobody has picked up. Each row also has a timer of its own, so a short interval gains little; and all sweeps share the limit of scheduled flow interviews of the org.',
    }).default(15),
    scheduler: described(z.enum(['flow', 'cron']), {
      description:
        'What runs the sweep. flow: a record that wakes itself, deployed like everything else. cron: scheduled Apex jobs, started after the deployment.',
    }).default('flow'),
    orderBy: text(lineTemplateFormat, {
      description: 'Deliveries with the same key are made in order, one after the other.',
      examples: ['{!Id}', '{!AccountId}'],
      defaultNote: '{!Id}, and no order for an action without a record',
    }).optional(),
    payload: described(z.enum(['snapshot', 'latest']), {
      description:
        'snapshot: sends what the record was when it was saved, every change. latest: sends what the record is when the call is made; waiting deliveries of one record become one.',
    }).default('snapshot'),
    onFailure: described(z.enum(['block', 'skip']), {
      description: 'block: a failed delivery holds back the later ones of its key. skip: they go ahead.',
    }).default('block'),
    retentionDays: described(
      z.strictObject({
        succeeded: whole(1, 365, { description: 'Days that a delivery stays after it has succeeded.' }).default(14),
        dead: whole(1, 3650, { description: 'Days that a delivery stays after it was given up.' }).default(90),
      }),
      { description: 'How long finished rows stay in the outbox.' },
    ).prefault({}),
  }),
  { description: 'How deliveries wait.' },
);

/** When the integration stops calling a receiver that is down. */
export const circuitBreakerSchema = described(
  z.strictObject({
    enabled: described(z.boolean(), {
      description: 'Stops calling a receiver that fails, and finds out by single probes when it is back.',
    }).default(true),
    failureRate: whole(1, 100, { description: 'Percentage of failed calls that opens the circuit.' }).default(50),
    minimumCalls: whole(1, 10000, { description: 'Calls in the window below which the rate says nothing.' }).default(
      10,
    ),
    window: duration(60, DAY, { description: 'Time over which calls are counted.' }).default('10m'),
    openFor: duration(10, DAY, { description: 'Pause before the first probe.' }).default('5m'),
    halfOpenProbes: whole(1, 100, { description: 'Probes that must succeed before the circuit closes.' }).default(3),
  }),
  { description: 'When the integration stops calling a receiver that is down. Expired sessions never count.' },
);

/** How much happens at once. */
export const concurrencySchema = described(
  z.strictObject({
    lanes: whole(1, 10, {
      description:
        'Dispatchers that may run at once. One lane never asks for two tokens at a time. A key always uses the same lane, so order is kept.',
    }).default(1),
    batch: whole(1, 50, {
      description:
        'Deliveries of one transaction. Each makes all requests of the integration, and a transaction may make 100.',
      defaultNote: '10, or fewer when requests times timeout would pass 120 seconds or 100 calls',
    }).optional(),
  }),
  { description: 'How much happens at once.' },
);

const alertChannel = (description: string) =>
  described(
    z.union(
      [
        z.literal('none'),
        z.strictObject({
          email: described(
            z
              .array(text(emailFormat, { description: 'One address.' }))
              .min(1)
              .max(10),
            {
              description: 'Addresses that get an e-mail.',
              examples: [['admin@example.com']],
            },
          ),
        }),
        z.strictObject({
          notification: described(
            z.strictObject({
              type: text(developerNameFormat, {
                description: 'API name of a custom notification type of the org.',
                examples: ['Callout_Alert'],
              }),
              recipients: described(
                z
                  .array(text(usernameFormat, { description: 'One username.' }))
                  .min(1)
                  .max(10),
                {
                  description: 'Usernames that are notified.',
                  examples: [['admin@example.com']],
                },
              ),
            }),
            { description: 'A custom notification.' },
          ),
        }),
      ],
      'none, or a map with the key email or notification',
    ),
    { description, examples: ['none', { email: ['admin@example.com'] }] },
  ).default('none');

/** What is watched and who is told. */
export const monitoringSchema = described(
  z.strictObject({
    tokenTracking: described(z.boolean(), {
      description: 'Keeps when the session last worked, last failed and was last refreshed.',
    }).default(true),
    deadLetterAlerts: alertChannel('Who is told when a delivery is given up.'),
    circuitAlerts: alertChannel('Who is told when the circuit opens.'),
  }),
  { description: 'What is watched and who is told.' },
);
