import type {
  AlertChannel,
  Auth,
  Integration,
  NamedTemplate,
  RecordTrigger,
  RequestStep,
  ValueSource,
} from '../../model/index.js';
import { printDuration, printTemplate } from '../formats/index.js';

type Data = Readonly<Record<string, unknown>>;

/** The inverse of the normalisation: the data of a file that says everything the model says. */
export function toConfig(integration: Integration): Data {
  const { trigger, endpoint } = integration;
  return {
    name: integration.name,
    label: integration.label,
    description: integration.description,
    endpoint: {
      ...endpoint,
      timeout: printDuration(endpoint.timeout),
      headers: Object.fromEntries(
        endpoint.headers.map(({ name, kind, value }) => [name, kind === 'static' ? value : { formula: value }]),
      ),
    },
    auth: authToConfig(integration.auth),
    ...(trigger === undefined ? actionToConfig(integration) : { trigger: triggerToConfig(trigger) }),
    requests: integration.requests.map(requestToConfig),
    retry: {
      ...integration.retry,
      initial: printDuration(integration.retry.initial),
      max: printDuration(integration.retry.max),
      deadline: printDuration(integration.retry.deadline),
    },
    queue: queueToConfig(integration),
    circuitBreaker: {
      ...integration.circuitBreaker,
      window: printDuration(integration.circuitBreaker.window),
      openFor: printDuration(integration.circuitBreaker.openFor),
    },
    concurrency: integration.concurrency,
    monitoring: {
      tokenTracking: integration.monitoring.tokenTracking,
      deadLetterAlerts: alertToConfig(integration.monitoring.deadLetterAlerts),
      circuitAlerts: alertToConfig(integration.monitoring.circuitAlerts),
    },
  };
}

function authToConfig({
  method,
  principal,
  generateAuthorizationHeader,
  credentialStyle,
  expiredSession,
  refreshProbe,
}: Auth): Data {
  return {
    ...defined(method),
    principal: principal.scope,
    principalName: principal.name,
    generateAuthorizationHeader,
    credentialStyle,
    expiredSession: expiredSession.map(defined),
    ...defined({ refreshProbe }),
  };
}

function actionToConfig({ object, inputs }: Integration): Data {
  return {
    ...defined({ object }),
    inputs: Object.fromEntries(inputs.map(({ name, ...input }) => [name, input])),
  };
}

function triggerToConfig({ event, ...trigger }: RecordTrigger): Data {
  const { object, conditions, changedFields, delivery, flowName } = trigger;
  return { object, when: event, conditions, changedFields, delivery, flowName };
}

function requestToConfig(request: RequestStep): Data {
  const { body } = request;
  return {
    name: request.name,
    method: request.method,
    path: printTemplate(request.path),
    query: namedTemplates(request.query),
    headers: namedTemplates(request.headers),
    ...(body.kind === 'contract'
      ? { contract: contractToConfig(body.contract.file, body.contract.interfaceName) }
      : {}),
    ...(body.kind === 'none'
      ? {}
      : { body: nest(body.fields.map(({ target, source }) => [target, sourceToConfig(source)] as const)) }),
    response: {
      fields: Object.fromEntries(request.responseFields.map(({ field, path }) => [field, path.join('.')])),
      outputs: Object.fromEntries(request.outputs.map(({ name, path }) => [name, path.join('.')])),
    },
    ...defined({ idempotencyHeader: request.idempotencyHeader }),
  };
}

function contractToConfig(file: string, interfaceName: string): string {
  return `${file.replace(/^.*?contracts\//, '')}#${interfaceName}`;
}

function queueToConfig({ queue, object }: Integration): Data {
  const { orderBy, ...rest } = queue;
  return orderBy.length === 0 && object === undefined ? rest : { ...rest, orderBy: printTemplate(orderBy) };
}

function namedTemplates(list: readonly NamedTemplate[]): Data {
  return Object.fromEntries(list.map(({ name, value }) => [name, printTemplate(value)]));
}

function sourceToConfig(source: ValueSource): unknown {
  switch (source.kind) {
    case 'template':
      return printTemplate(source.template);
    case 'literal':
      return typeof source.value === 'string' ? printTemplate([{ kind: 'text', text: source.value }]) : source.value;
    case 'field':
    case 'output':
    case 'input':
      return printTemplate([source]);
  }
}

function alertToConfig(channel: AlertChannel): unknown {
  switch (channel.kind) {
    case 'none':
      return 'none';
    case 'email':
      return { email: channel.addresses };
    case 'notification':
      return { notification: { type: channel.notificationType, recipients: channel.recipients } };
  }
}

interface Nested {
  [key: string]: unknown;
}

/** Puts values with JSON paths into nested maps. */
function nest(values: readonly (readonly [readonly string[], unknown])[]): Nested {
  const root: Nested = {};
  const maps = new Map<string, Nested>([['', root]]);
  for (const [target, value] of values) {
    let map = root;
    for (const [depth, key] of target.slice(0, -1).entries()) {
      const place = target.slice(0, depth + 1).join('.');
      const next = maps.get(place) ?? {};
      maps.set(place, next);
      map[key] = next;
      map = next;
    }
    map[target.at(-1) ?? ''] = value;
  }
  return root;
}

function defined(members: object): Data {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
