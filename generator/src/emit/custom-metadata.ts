import type { CustomMetadata, CustomMetadataValue } from '@salesforce/types/metadata';
import type { AlertChannel, ExpiredSessionSignature, GeneratedFile, Integration } from '../model/index.js';
import { metadataFile, type FilePlace } from './metadata-file.js';
import { POLICY, type FieldPart } from './objects/index.js';
import { refuse } from './refuse.js';
import { doubleText, type Source, type TypedValue } from './xml/index.js';

/** The label of a custom metadata record has at most this many characters. */
const LABEL_LIMIT = 40;

/** An export lists the values by field. */
const FIELDS = POLICY.fields.toSorted((a, b) => (a.fullName < b.fullName ? -1 : 1));

type PolicyValue = string | number | boolean;

/** The policy record of an integration: every setting that the runtime reads at run time (PLATFORM 3.6). */
export function emitPolicy(integration: Integration, place: FilePlace): GeneratedFile {
  const values = policyValues(integration);
  const component: Source<CustomMetadata> = {
    label: integration.label.length <= LABEL_LIMIT ? integration.label : integration.apiName,
    protected: false,
    values: FIELDS.map((field) => value(integration, field, values)),
  };
  return metadataFile(
    place,
    `customMetadata/CalloutPolicy.${integration.apiName}.md-meta.xml`,
    'CustomMetadata',
    component,
  );
}

/** One value for each field of the policy type; the empty text means that the field is empty. */
function policyValues({
  apiName,
  endpoint,
  retry,
  queue,
  circuitBreaker,
  concurrency,
  monitoring,
  auth,
}: Integration): Readonly<Record<string, PolicyValue>> {
  return {
    Handler__c: `${apiName}Callout`,
    Named_Credential__c: apiName,
    Active__c: true,
    Timeout_Seconds__c: endpoint.timeout,
    Max_Attempts__c: retry.attempts,
    Initial_Delay_Seconds__c: retry.initial,
    Multiplier__c: retry.multiplier,
    Max_Delay_Seconds__c: retry.max,
    Jitter__c: retry.jitter,
    Honor_Retry_After__c: retry.retryAfter,
    Deadline_Seconds__c: retry.deadline,
    Budget_Capacity__c: retry.budget.capacity,
    Budget_Refill_Per_Minute__c: retry.budget.refillPerMinute,
    Budget_Transient_Cost__c: retry.budget.transientCost,
    Budget_Throttling_Cost__c: retry.budget.throttlingCost,
    Sweep_Every_Minutes__c: queue.sweepEveryMinutes,
    Scheduler__c: queue.scheduler,
    Payload_Mode__c: queue.payload,
    On_Failure__c: queue.onFailure,
    Retention_Succeeded_Days__c: queue.retentionDays.succeeded,
    Retention_Dead_Days__c: queue.retentionDays.dead,
    Breaker_Enabled__c: circuitBreaker.enabled,
    Breaker_Failure_Rate__c: circuitBreaker.failureRate,
    Breaker_Minimum_Calls__c: circuitBreaker.minimumCalls,
    Breaker_Window_Seconds__c: circuitBreaker.window,
    Breaker_Open_Seconds__c: circuitBreaker.openFor,
    Breaker_Half_Open_Probes__c: circuitBreaker.halfOpenProbes,
    Lanes__c: concurrency.lanes,
    Batch_Size__c: concurrency.batch,
    Track_Tokens__c: monitoring.tokenTracking,
    Expired_Session_Signatures__c: signatures(auth.expiredSession),
    Refresh_Probe_Path__c: auth.refreshProbe ?? '',
    Dead_Letter_Alert__c: alert(monitoring.deadLetterAlerts),
    Circuit_Alert__c: alert(monitoring.circuitAlerts),
  };
}

function value(
  integration: Integration,
  field: FieldPart,
  values: Readonly<Record<string, PolicyValue>>,
): Source<CustomMetadataValue> {
  const given = values[field.fullName];
  if (given === undefined) throw new Error(`The policy field ${field.fullName} has no value.`);
  const limit = field.length ?? Number.POSITIVE_INFINITY;
  if (typeof given === 'string' && given.length > limit) {
    refuse(
      integration,
      `the value of ${field.fullName} has ${given.length} characters, the field holds ${limit}.`,
      'Shorten the setting: fewer recipients or fewer signatures.',
    );
  }
  return { field: field.fullName, value: typed(given) };
}

function typed(given: PolicyValue): TypedValue {
  if (typeof given === 'number') return { xsiType: 'xsd:double', text: doubleText(given) };
  if (typeof given === 'boolean') return { xsiType: 'xsd:boolean', text: String(given) };
  return given === '' ? { xsiType: 'nil' } : { xsiType: 'xsd:string', text: given };
}

function signatures(list: readonly ExpiredSessionSignature[]): string {
  if (list.length === 0) return '';
  // JSON leaves out a member that is undefined: an absent one matches anything.
  return JSON.stringify(list.map(({ status, bodyContains }) => ({ status, body: bodyContains })));
}

function alert(channel: AlertChannel): string {
  switch (channel.kind) {
    case 'none':
      return '';
    case 'email':
      return `email:${channel.addresses.join(',')}`;
    case 'notification':
      return `notification:${channel.notificationType}:${channel.recipients.join(',')}`;
  }
}
