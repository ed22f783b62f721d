import type { FieldPart, ObjectDefinition } from './definition.js';
import { checkbox, longText, number, text } from './fields.js';

/** What only a deployment changes. */
const fixed = (field: FieldPart): FieldPart => ({ ...field, fieldManageability: 'DeveloperControlled' });
/** What admins tune in Setup. */
const tunable = (field: FieldPart): FieldPart => ({ ...field, fieldManageability: 'SubscriberControlled' });

const whole = number(9);

const fields: readonly FieldPart[] = [
  text(80)('Handler__c', 'Handler', 'Apex class that builds the requests.'),
  text(80)(
    'Named_Credential__c',
    'Named Credential',
    'Developer name of the named credential that the calls go through.',
  ),
].map(fixed);

const tuning: readonly FieldPart[] = [
  checkbox(true)('Active__c', 'Active', 'The kill switch: rows of an inactive integration wait.'),
  whole('Timeout_Seconds__c', 'Timeout (Seconds)', 'How long one call may take, 1 to 120.'),
  whole('Max_Attempts__c', 'Attempts', 'Attempts in all, the first included.'),
  whole('Initial_Delay_Seconds__c', 'Initial Delay (Seconds)', 'Delay before the second attempt.'),
  number(5, 2)('Multiplier__c', 'Multiplier', 'Each delay is this many times the one before.'),
  whole('Max_Delay_Seconds__c', 'Maximum Delay (Seconds)', 'No delay is longer than this.'),
  text(20)('Jitter__c', 'Jitter', 'How delays are spread: none, full, equal or decorrelated.'),
  checkbox(true)('Honor_Retry_After__c', 'Honour Retry-After', 'Wait as long as the receiver asks for.'),
  whole('Deadline_Seconds__c', 'Deadline (Seconds)', 'A row older than this is dead, whatever attempts are left.'),
  whole('Budget_Capacity__c', 'Budget Capacity', 'Tokens that the retry budget holds.'),
  whole('Budget_Refill_Per_Minute__c', 'Budget Refill per Minute', 'Tokens that come back each minute.'),
  whole(
    'Budget_Transient_Cost__c',
    'Budget Cost of a Transient Failure',
    'Tokens that a retry after a transient failure takes.',
  ),
  whole('Budget_Throttling_Cost__c', 'Budget Cost of Throttling', 'Tokens that a retry after throttling takes.'),
  whole('Sweep_Every_Minutes__c', 'Sweep Every (Minutes)', 'How often overdue rows and expired leases are looked for.'),
  text(10)('Scheduler__c', 'Scheduler', 'What runs the sweep: flow or cron.'),
  text(10)(
    'Payload_Mode__c',
    'Payload',
    'snapshot: sent as it was when saved. latest: built when sent, waiting rows of one key join.',
  ),
  text(10)('On_Failure__c', 'On Failure', 'block: a failed row holds back later rows of its key. skip: they go ahead.'),
  whole('Retention_Succeeded_Days__c', 'Keep Succeeded (Days)', 'Days that a delivered row is kept.'),
  whole('Retention_Dead_Days__c', 'Keep Dead (Days)', 'Days that a dead row is kept.'),
  checkbox(true)('Breaker_Enabled__c', 'Circuit Breaker', 'Stop calling a receiver that keeps failing.'),
  number(5, 2)(
    'Breaker_Failure_Rate__c',
    'Breaker Failure Rate (%)',
    'Percentage of failed calls in the window that opens the circuit.',
  ),
  whole('Breaker_Minimum_Calls__c', 'Breaker Minimum Calls', 'Calls that the window needs before the rate counts.'),
  whole('Breaker_Window_Seconds__c', 'Breaker Window (Seconds)', 'Length of the window in which failures are counted.'),
  whole('Breaker_Open_Seconds__c', 'Breaker Open (Seconds)', 'How long an open circuit lets nothing through.'),
  whole('Breaker_Half_Open_Probes__c', 'Breaker Probes', 'Calls that a half-open circuit lets through.'),
  whole('Lanes__c', 'Lanes', 'Dispatchers that may run at once, 1 to 10.'),
  whole('Batch_Size__c', 'Batch Size', 'Rows that one dispatcher transaction sends.'),
  checkbox(true)(
    'Track_Tokens__c',
    'Track Tokens',
    'Record successes and authentication failures in Callout Token Status.',
  ),
  longText(4096, 4)(
    'Expired_Session_Signatures__c',
    'Expired Session Signatures',
    'Answers besides HTTP 401 that mean an expired session, as a JSON list: [{"status":500,"body":"INVALID_SESSION_ID"}].',
  ),
  text(255)(
    'Refresh_Probe_Path__c',
    'Refresh Probe Path',
    'Path from the endpoint, such as /limits. A GET on it must answer HTTP 401 for an expired session: it is sent when one was signalled by another status, so that the platform refreshes the token. Empty: none.',
  ),
  text(255)(
    'Dead_Letter_Alert__c',
    'Dead Letter Alert',
    'Who is told about dead rows: email:a@b.example,c@d.example or notification:Type:user@x.example. Empty: nobody.',
  ),
  text(255)('Circuit_Alert__c', 'Circuit Alert', 'Who is told when a circuit opens, in the same form. Empty: nobody.'),
].map(tunable);

/** One record per integration, emitted from its YAML file; admins tune it in Setup without a deployment. */
export const POLICY: ObjectDefinition = {
  name: 'CalloutPolicy__mdt',
  object: {
    description:
      'How one integration is sent: retries, circuit breaker, lanes, retention, alerts. One record per integration.',
    label: 'Callout Policy',
    pluralLabel: 'Callout Policies',
    visibility: 'Public',
  },
  fields: [...fields, ...tuning],
  listViews: [
    {
      fullName: 'All',
      columns: ['MasterLabel', 'DeveloperName', 'Active__c', 'Max_Attempts__c', 'Lanes__c', 'Breaker_Enabled__c'],
      filterScope: 'Everything',
      label: 'All',
    },
  ],
  compactLayouts: [],
  validationRules: [],
  layout: undefined,
};
