import { posix } from 'node:path';
import type {
  AlertChannel,
  Auth,
  AuthMethod,
  Endpoint,
  EndpointHeader,
  EntryCondition,
  FieldPath,
  Integration,
  IntegrationName,
  MonitoringPolicy,
  ObjectName,
  ProjectPath,
  QueuePolicy,
  RecordTrigger,
  RetryPolicy,
  Seconds,
  Template,
} from '../../model/index.js';
import { defaultBatch, generatesAuthorization } from '../checks/index.js';
import type { FlatRequest } from '../checks/index.js';
import {
  isFieldPath,
  isObjectName,
  parseDuration,
  parseTemplate,
  toApiName,
  toFlowName,
  toLabel,
  withoutTrailingSlash,
} from '../formats/index.js';
import type { AuthConfig, IntegrationConfig } from '../schema/index.js';
import { expectChecked, oneLineOf } from './expect.js';
import { normaliseRequests } from './requests.js';

/** What an integration is made of besides its file's content. */
export interface IntegrationOrigin {
  readonly name: IntegrationName;
  readonly source: ProjectPath;
  /** `config/contracts`, where contract references start. */
  readonly contractsFolder: ProjectPath;
}

/** Writes out every default. The configuration must have passed all checks: what they refuse is thrown here. */
export function normaliseIntegration(
  config: IntegrationConfig,
  requests: readonly FlatRequest[],
  origin: IntegrationOrigin,
): Integration {
  const { name, source } = origin;
  const trigger = config.trigger === undefined ? undefined : normaliseTrigger(config.trigger, name);
  const object = trigger?.object ?? (config.object === undefined ? undefined : objectName(config.object));
  return {
    name,
    apiName: toApiName(name),
    label: config.label ?? toLabel(name),
    description: oneLineOf(config.description),
    source,
    endpoint: normaliseEndpoint(config),
    auth: normaliseAuth(config.auth),
    trigger,
    object,
    inputs: Object.entries(config.inputs).map(([input, { type, required, description }]) => ({
      name: input,
      type,
      required,
      description: oneLineOf(description),
    })),
    requests: normaliseRequests(requests, (file) => posix.join(origin.contractsFolder, file)),
    retry: normaliseRetry(config.retry),
    queue: normaliseQueue(config.queue, object),
    circuitBreaker: {
      ...config.circuitBreaker,
      window: seconds(config.circuitBreaker.window),
      openFor: seconds(config.circuitBreaker.openFor),
    },
    concurrency: { lanes: config.concurrency.lanes, batch: config.concurrency.batch ?? defaultBatch(config) },
    monitoring: normaliseMonitoring(config.monitoring),
  };
}

function normaliseEndpoint({ endpoint, auth }: IntegrationConfig): Endpoint {
  const headers = Object.entries(endpoint.headers).map(([name, value]): EndpointHeader =>
    typeof value === 'string' ? { name, kind: 'static', value } : { name, kind: 'formula', value: value.formula },
  );
  const needsFormulas = auth.type === 'customHeader' || headers.some(({ kind }) => kind === 'formula');
  return {
    url: withoutTrailingSlash(endpoint.url),
    timeout: seconds(endpoint.timeout),
    headers,
    allowMergeFieldsInHeader: endpoint.allowMergeFieldsInHeader ?? needsFormulas,
    allowMergeFieldsInBody: endpoint.allowMergeFieldsInBody,
  };
}

function normaliseAuth(auth: AuthConfig): Auth {
  return {
    method: authMethod(auth),
    principal: { scope: auth.principal, name: auth.principalName },
    generateAuthorizationHeader: generatesAuthorization(auth),
    credentialStyle: auth.credentialStyle,
    expiredSession: auth.expiredSession.map(({ status, bodyContains }) => ({ status, bodyContains })),
    refreshProbe: auth.refreshProbe,
  };
}

function authMethod(auth: AuthConfig): AuthMethod {
  switch (auth.type) {
    case 'clientCredentials': {
      const { type, tokenUrl, clientAuthentication, scopes } = auth;
      return { type, tokenUrl, clientAuthentication, scopes };
    }
    case 'browser': {
      const { type, provider, authorizeUrl, tokenUrl, userInfoUrl, clientId, clientAuthentication, pkce, scopes } =
        auth;
      return { type, provider, authorizeUrl, tokenUrl, userInfoUrl, clientId, clientAuthentication, pkce, scopes };
    }
    case 'jwtBearer': {
      const { type, tokenUrl, certificate, issuer, subject, audience, scopes } = auth;
      return { type, tokenUrl, certificate, issuer, subject, audience, scopes };
    }
    case 'customHeader': {
      const { type, header, prefix, parameter } = auth;
      return { type, header, prefix, parameter };
    }
    case 'basic':
      return { type: auth.type };
  }
}

function normaliseTrigger(trigger: NonNullable<IntegrationConfig['trigger']>, name: IntegrationName): RecordTrigger {
  return {
    object: objectName(trigger.object),
    event: trigger.when,
    conditions: trigger.conditions.map(({ field, operator, value }): EntryCondition => ({
      field: fieldPath(field),
      operator,
      value: value ?? true,
    })),
    changedFields: [...new Map(trigger.changedFields.map((field) => [field.toLowerCase(), fieldPath(field)])).values()],
    delivery: trigger.delivery,
    flowName: trigger.flowName ?? toFlowName(name),
  };
}

function normaliseRetry(retry: IntegrationConfig['retry']): RetryPolicy {
  return { ...retry, initial: seconds(retry.initial), max: seconds(retry.max), deadline: seconds(retry.deadline) };
}

function normaliseQueue(queue: IntegrationConfig['queue'], object: ObjectName | undefined): QueuePolicy {
  return { ...queue, orderBy: orderBy(queue.orderBy, object) };
}

function orderBy(text: string | undefined, object: ObjectName | undefined): Template {
  if (text !== undefined) return parseTemplate(text);
  return object === undefined ? [] : [{ kind: 'field', path: fieldPath('Id') }];
}

function normaliseMonitoring(monitoring: IntegrationConfig['monitoring']): MonitoringPolicy {
  return {
    tokenTracking: monitoring.tokenTracking,
    deadLetterAlerts: alertChannel(monitoring.deadLetterAlerts),
    circuitAlerts: alertChannel(monitoring.circuitAlerts),
  };
}

function alertChannel(channel: IntegrationConfig['monitoring']['circuitAlerts']): AlertChannel {
  if (channel === 'none') return { kind: 'none' };
  if ('email' in channel) return { kind: 'email', addresses: channel.email };
  return {
    kind: 'notification',
    notificationType: channel.notification.type,
    recipients: channel.notification.recipients,
  };
}

function seconds(duration: string | number): Seconds {
  const value = parseDuration(duration);
  if (value === undefined) throw new Error(`The duration ${duration} was not checked.`);
  return value;
}

function objectName(text: string): ObjectName {
  return expectChecked(isObjectName, text);
}

function fieldPath(text: string): FieldPath {
  return expectChecked(isFieldPath, text);
}
