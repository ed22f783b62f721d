import { z } from 'zod';
import { CalloutFailure } from '../../../apex/runtime/index.js';
import type { HttpClient } from '../callout/http.js';
import { MESSAGES } from '../messages.js';
import type { ClientAuthentication, ExtraParameters } from '../metadata/model.js';

/** What an authorization server issued. */
export interface IssuedToken {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
}

export interface TokenRequest {
  readonly tokenUrl: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Undefined: the request proves itself by something else, as an assertion does. */
  readonly client:
    { readonly id: string; readonly secret: string; readonly authentication: ClientAuthentication } | undefined;
  readonly extra?: ExtraParameters | undefined;
  readonly timeoutMs: number;
}

const issued = z.object({ access_token: z.string().min(1), refresh_token: z.string().min(1).optional() });
const refused = z.object({ error: z.string().default(''), error_description: z.string().default('') });

/** Asks the token endpoint of an authorization server (RFC 6749). Throws CalloutFailure, whose message holds no secret. */
export async function requestToken(http: HttpClient, request: TokenRequest): Promise<IssuedToken> {
  if (!URL.canParse(request.tokenUrl)) throw new CalloutFailure(MESSAGES.notRefreshed);
  const answer = await sent(http, request);
  const body = json(answer.body);
  const token = issued.safeParse(body).data;
  if (answer.status >= 200 && answer.status < 300 && token !== undefined)
    return { accessToken: token.access_token, refreshToken: token.refresh_token };
  const why = refused.safeParse(body).data;
  if (why === undefined) throw new CalloutFailure(MESSAGES.notRefreshed);
  throw new CalloutFailure(MESSAGES.tokenRefused(why.error, why.error_description));
}

async function sent(
  http: HttpClient,
  request: TokenRequest,
): Promise<{ readonly status: number; readonly body: Buffer }> {
  const { client, extra, parameters } = request;
  const url = new URL(request.tokenUrl);
  for (const { name, value } of extra?.query ?? []) url.searchParams.append(name, value);
  const form = new URLSearchParams(parameters);
  for (const { name, value } of extra?.body ?? []) form.append(name, value);
  const headers: (readonly [string, string])[] = [
    ['Content-Type', 'application/x-www-form-urlencoded'],
    ['Accept', 'application/json'],
    ...(extra?.headers ?? []).map(({ name, value }) => [name, value] as const),
  ];
  if (client?.authentication === 'basic') headers.push(['Authorization', basicAuthorization(client.id, client.secret)]);
  else if (client !== undefined) {
    form.append('client_id', client.id);
    form.append('client_secret', client.secret);
  }
  const message = {
    url,
    method: 'POST',
    headers,
    body: Buffer.from(form.toString(), 'utf8'),
    timeoutMs: request.timeoutMs,
  };
  try {
    return await http.send(message);
  } catch (error) {
    if (error instanceof CalloutFailure) throw new CalloutFailure(MESSAGES.notRefreshed, { cause: error });
    throw error;
  }
}

/** `Basic ...` (RFC 7617). */
export function basicAuthorization(name: string, password: string): string {
  return `Basic ${Buffer.from(`${name}:${password}`, 'utf8').toString('base64')}`;
}

function json(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
