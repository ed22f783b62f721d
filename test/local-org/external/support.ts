import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import {
  startExternalSystem,
  type ExternalSystem,
  type ExternalSystemOptions,
} from '../../../local-org/src/external/index.js';

export const CLIENT = { id: 'erp-client', secret: 'correct horse battery staple' };
export const CALLBACK = 'http://127.0.0.1:9/callback';

/** Systems that a test started; closed after it. */
const started: ExternalSystem[] = [];

export async function start(options: ExternalSystemOptions = {}): Promise<ExternalSystem> {
  const system = await startExternalSystem({
    clients: [{ ...CLIENT, redirectUris: [CALLBACK] }],
    ...options,
  });
  started.push(system);
  return system;
}

export async function closeAll(): Promise<void> {
  await Promise.all(started.splice(0).map((system) => system.close()));
}

const tokenAnswer = z.object({
  access_token: z.string().optional(),
  refresh_token: z.string().optional(),
  expires_in: z.number().optional(),
  error: z.string().optional(),
  scope: z.string().optional(),
  token_type: z.string().optional(),
});
export type TokenAnswer = z.infer<typeof tokenAnswer> & { readonly status: number };

/** Asks the token endpoint; `basic` sends the client's credentials in the Authorization header. */
export async function token(
  system: ExternalSystem,
  form: Readonly<Record<string, string>>,
  basic?: { readonly id: string; readonly secret: string },
): Promise<TokenAnswer> {
  const response = await fetch(system.tokenUrl, {
    method: 'POST',
    headers:
      basic === undefined
        ? {}
        : { authorization: `Basic ${Buffer.from(`${basic.id}:${basic.secret}`).toString('base64')}` },
    body: new URLSearchParams(form),
  });
  return { ...tokenAnswer.parse(await response.json()), status: response.status };
}

/** Access token of the test client by client credentials. */
export async function clientToken(system: ExternalSystem): Promise<string> {
  const answer = await token(system, {
    grant_type: 'client_credentials',
    client_id: CLIENT.id,
    client_secret: CLIENT.secret,
  });
  if (answer.access_token === undefined) throw new Error(`no token: ${answer.error ?? 'unknown'}`);
  return answer.access_token;
}

export interface Sent {
  readonly method?: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** One request to the resource. */
export function send(system: ExternalSystem, path: string, sent: Sent = {}): Promise<Response> {
  const { method = 'POST', token: value, headers = {}, body = { name: 'x' } } = sent;
  return fetch(system.url + path, {
    method,
    headers: {
      ...(value === undefined ? {} : { authorization: `Bearer ${value}` }),
      ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
  });
}

/** A login by authorization code with PKCE. @returns what the token endpoint answered */
export async function login(
  system: ExternalSystem,
  user: string,
  change: { readonly verifier?: string; readonly scope?: string } = {},
): Promise<TokenAnswer> {
  const verifier = randomBytes(32).toString('base64url');
  const code = await authorizationCode(system, user, {
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...(change.scope === undefined ? {} : { scope: change.scope }),
  });
  return token(system, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: CALLBACK,
    client_id: CLIENT.id,
    client_secret: CLIENT.secret,
    code_verifier: change.verifier ?? verifier,
  });
}

export async function authorizationCode(
  system: ExternalSystem,
  user: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<string> {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: CLIENT.id,
    redirect_uri: CALLBACK,
    state: 'st',
    login_hint: user,
    ...parameters,
  });
  const response = await fetch(`${system.authorizeUrl}?${query.toString()}`, { redirect: 'manual' });
  const location = new URL(response.headers.get('location') ?? 'http://nowhere.invalid/');
  const code = location.searchParams.get('code');
  if (code === null || location.searchParams.get('state') !== 'st') throw new Error(`no code: ${location.search}`);
  return code;
}
