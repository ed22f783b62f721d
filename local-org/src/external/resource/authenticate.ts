import type { FastifyRequest } from 'fastify';
import { basicCredentials } from '../basic-credentials.js';
import type { Behaviour } from '../behaviour/index.js';
import type { Sender } from '../journal.js';
import type { TokenStore } from '../oauth/token-store.js';
import type { Registry } from '../registry.js';

/** Who sent a request, and whether that is proven. */
export interface Authentication {
  readonly sender: Sender;
  /** `expired`: a bearer token that is not live; `refused`: no credentials, or wrong ones. */
  readonly result: 'accepted' | 'expired' | 'refused';
}

const NOBODY: Sender = { scheme: 'none' };

/** Reads and checks the credentials of a request to the resource. */
export function authenticate(
  request: FastifyRequest,
  { accept, apiKeyHeader }: Behaviour['authentication'],
  registry: Registry,
  tokens: TokenStore,
): Authentication {
  const { authorization } = request.headers;
  const bearer = /^(?:Bearer|OAuth) (\S+)$/i.exec(authorization ?? '')?.[1];
  if (bearer !== undefined && accept.includes('bearer')) return byToken(bearer, tokens);
  const basic = basicCredentials(authorization);
  if (basic !== undefined && accept.includes('basic')) {
    const known = registry.isPassword(basic.name, basic.password);
    return { sender: { scheme: 'basic', principal: basic.name }, result: known ? 'accepted' : 'refused' };
  }
  const key = request.headers[apiKeyHeader.toLowerCase()];
  if (typeof key === 'string' && accept.includes('apiKey')) {
    const owner = registry.apiKeyOwner(key);
    return { sender: { scheme: 'apiKey', principal: owner }, result: owner === undefined ? 'refused' : 'accepted' };
  }
  return { sender: NOBODY, result: accept.includes('none') ? 'accepted' : 'refused' };
}

function byToken(value: string, tokens: TokenStore): Authentication {
  const found = tokens.access(value);
  if (found.state === 'unknown') return { sender: { scheme: 'bearer' }, result: 'expired' };
  const { client, principal, number } = found.token;
  return {
    sender: { scheme: 'bearer', client, principal, token: number },
    result: found.state === 'live' ? 'accepted' : 'expired',
  };
}
