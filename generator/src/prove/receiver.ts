import { randomBytes } from 'node:crypto';
import type { AccountRegistration, BehaviourInput, ClientRegistration, Route } from '../../../local-org/src/index.js';
import type { Integration } from '../model/index.js';
import { answerTo } from './answers.js';

/** Client id or user name and the secret that a receiver knows an integration by. Made anew in every run, kept in memory only. */
export interface Secrets {
  readonly id: string;
  readonly secret: string;
}

/** A server on this machine that can stand for the receivers of integrations, in this process or in another. */
export interface Receiver {
  readonly url: string;
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly userInfoUrl: string;
  registerClient(registration: ClientRegistration): void | Promise<void>;
  registerAccount(registration: AccountRegistration): void | Promise<void>;
  configure(patch: BehaviourInput): unknown;
}

/** What a receiver and an org have to know of each other. */
export interface Acquaintance {
  /** Where the addresses of the integrations lead. */
  readonly routes: readonly Route[];
  secretsOf(integration: Integration): Secrets;
  /** Lets an integration prove itself by what this key verifies. */
  trust(integration: Integration, publicKey: string): Promise<void>;
}

/**
 * Makes integrations known to a receiver, with secrets of their own. It answers each request with the values that the integration reads from
 * the answer.
 * @param orgUrl where browser logins end
 */
export async function introduce(
  receiver: Receiver,
  integrations: readonly Integration[],
  orgUrl: string,
): Promise<Acquaintance> {
  const secrets = new Map(integrations.map(({ name }) => [name, newSecrets(name)]));
  const secretsOf = ({ name }: Integration): Secrets => secrets.get(name) ?? newSecrets(name);
  await receiver.configure({ answers: integrations.flatMap(({ requests }) => requests.map(answerTo)) });
  for (const integration of integrations) await register(receiver, integration, secretsOf(integration), orgUrl);
  return {
    secretsOf,
    routes: integrations.flatMap((integration) => routesOf(receiver, integration)),
    trust: async ({ auth: { method } }, publicKey) => {
      if (method.type === 'jwtBearer')
        await receiver.registerClient({ id: method.issuer, grants: [JWT_BEARER], publicKeys: [publicKey] });
    },
  };
}

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

function newSecrets(name: string): Secrets {
  return { id: name, secret: randomBytes(24).toString('base64url') };
}

async function register(
  receiver: Receiver,
  { auth, name, apiName }: Integration,
  { id, secret }: Secrets,
  orgUrl: string,
): Promise<void> {
  const { method } = auth;
  switch (method.type) {
    case 'clientCredentials':
      await receiver.registerClient({ id, secret, grants: ['client_credentials'], scopes: [...method.scopes] });
      break;
    case 'browser':
      await receiver.registerClient({
        id,
        secret,
        grants: ['authorization_code', 'refresh_token'],
        redirectUris: [new URL(`/services/authcallback/${apiName}`, orgUrl).href],
      });
      break;
    case 'customHeader':
      await receiver.registerAccount({ kind: 'apiKey', name, key: method.prefix + secret });
      await receiver.configure({ authentication: { apiKeyHeader: method.header } });
      break;
    case 'basic':
      await receiver.registerAccount({ kind: 'basic', name: id, password: secret });
      break;
    case 'jwtBearer':
      // Its key comes from the org: see trust.
      break;
  }
}

function routesOf(receiver: Receiver, { endpoint, auth: { method } }: Integration): readonly Route[] {
  const routes: Route[] = [{ from: new URL(endpoint.url).origin, to: receiver.url }];
  if (method.type === 'clientCredentials' || method.type === 'jwtBearer' || method.type === 'browser')
    routes.push({ from: method.tokenUrl, to: receiver.tokenUrl });
  if (method.type === 'browser') {
    routes.push({ from: method.authorizeUrl, to: receiver.authorizeUrl });
    if (method.userInfoUrl !== undefined) routes.push({ from: method.userInfoUrl, to: receiver.userInfoUrl });
  }
  return routes;
}
