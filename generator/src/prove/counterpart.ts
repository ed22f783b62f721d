import { randomBytes } from 'node:crypto';
import {
  startExternalSystem,
  type BehaviourInput,
  type ExternalSystem,
  type Route,
} from '../../../local-org/src/index.js';
import type { Integration, RequestStep, ResponseField, ResponseOutput } from '../model/index.js';

/** Client id or user name and the secret that the counterpart knows an integration by. Made anew in every run, kept in memory only. */
export interface Secrets {
  readonly id: string;
  readonly secret: string;
}

/** A server on this machine that stands for the receiver of every integration. */
export interface Counterpart {
  readonly system: ExternalSystem;
  /** Where the addresses of the integrations lead. */
  readonly routes: readonly Route[];
  secretsOf(integration: Integration): Secrets;
}

/** How the counterpart behaves: sessions end soon, and a new one ends the one before, as with the receivers that the failure is known from. */
const STRICT = {
  token: { lifetimeSeconds: 2, live: 'onePerClient' },
} as const;

/**
 * Starts the counterpart of some integrations. It answers each request with the values that the integration reads from the answer.
 * @param orgUrl where browser logins end
 */
export async function startCounterpart(integrations: readonly Integration[], orgUrl: string): Promise<Counterpart> {
  const secrets = new Map(integrations.map(({ name }) => [name, newSecrets(name)]));
  const secretsOf = ({ name }: Integration): Secrets => secrets.get(name) ?? newSecrets(name);
  const system = await startExternalSystem({
    behaviour: { ...STRICT, answers: integrations.flatMap(({ requests }) => requests.map(answerTo)) },
  });
  for (const integration of integrations) register(system, integration, secretsOf(integration), orgUrl);
  return { system, secretsOf, routes: integrations.flatMap((integration) => routesOf(system, integration)) };
}

function newSecrets(name: string): Secrets {
  return { id: name, secret: randomBytes(24).toString('base64url') };
}

function register(
  system: ExternalSystem,
  { auth, name, apiName }: Integration,
  { id, secret }: Secrets,
  orgUrl: string,
): void {
  const { method } = auth;
  switch (method.type) {
    case 'clientCredentials':
      system.registerClient({ id, secret, grants: ['client_credentials'], scopes: [...method.scopes] });
      break;
    case 'browser':
      system.registerClient({
        id,
        secret,
        grants: ['authorization_code', 'refresh_token'],
        redirectUris: [new URL(`/services/authcallback/${apiName}`, orgUrl).href],
      });
      break;
    case 'customHeader':
      system.registerAccount({ kind: 'apiKey', name, key: method.prefix + secret });
      system.configure({ authentication: { apiKeyHeader: method.header } });
      break;
    case 'basic':
      system.registerAccount({ kind: 'basic', name: id, password: secret });
      break;
    case 'jwtBearer':
      break;
  }
}

function routesOf(system: ExternalSystem, { endpoint, auth: { method } }: Integration): readonly Route[] {
  const routes: Route[] = [{ from: new URL(endpoint.url).origin, to: system.url }];
  if (method.type === 'clientCredentials' || method.type === 'jwtBearer' || method.type === 'browser')
    routes.push({ from: method.tokenUrl, to: system.tokenUrl });
  if (method.type === 'browser') {
    routes.push({ from: method.authorizeUrl, to: system.authorizeUrl });
    if (method.userInfoUrl !== undefined) routes.push({ from: method.userInfoUrl, to: system.userInfoUrl });
  }
  return routes;
}

type AnswerRule = NonNullable<BehaviourInput['answers']>[number];

/** An answer that has a value wherever the integration looks for one. */
function answerTo(request: RequestStep): AnswerRule {
  return {
    method: request.method,
    path: `*${pathPattern(request)}`,
    body: bodyWith([...request.responseFields, ...request.outputs]),
  };
}

/** The path with `*` for what differs from record to record. */
function pathPattern({ path }: RequestStep): string {
  return path.map((part) => (part.kind === 'text' ? part.text : '*')).join('');
}

type Json = string | { [key: string]: Json };

function bodyWith(values: readonly (ResponseField | ResponseOutput)[]): Json {
  const body: { [key: string]: Json } = { id: '{{id}}' };
  for (const { path } of values) place(body, path);
  return body;
}

function place(target: { [key: string]: Json }, [key, ...rest]: readonly string[]): void {
  if (key === undefined) return;
  if (rest.length === 0) {
    target[key] = '{{id}}';
    return;
  }
  const inner = target[key];
  const next = typeof inner === 'object' ? inner : {};
  target[key] = next;
  place(next, rest);
}
