import type OAuth2Server from '@node-oauth/oauth2-server';
import { isSecret } from '../secrets.js';
import { JWT_BEARER, type RegisteredClient, type Registry } from '../registry.js';
import type { AccessToken, TokenStore } from './token-store.js';

/** What the library calls a user. */
interface Principal {
  readonly name: string;
}

/** What one request to the token endpoint carries from one call of the library to the next. */
export interface GrantContext {
  readonly grantType: string;
  /** Set when the request is a refresh or a login: which family the new tokens belong to. */
  family?: number | undefined;
  /** The token that was issued. */
  issued?: AccessToken | undefined;
}

type Model = OAuth2Server.AuthorizationCodeModel & OAuth2Server.ClientCredentialsModel & OAuth2Server.RefreshTokenModel;

/** The library does the protocol; this answers what it asks about clients, tokens and codes. One model serves one request. */
export function createModel(registry: Registry, tokens: TokenStore, context: GrantContext): Model {
  return {
    getClient: (id, secret) => Promise.resolve(findClient(registry, context, id, secret)),
    getUserFromClient: ({ id }) => Promise.resolve(principal(id)),
    validateScope: (_user, client, scope) => Promise.resolve(allowedScope(registry.client(client.id), scope)),
    generateAccessToken: () => Promise.resolve(tokens.newSecret('access')),
    generateRefreshToken: () => Promise.resolve(tokens.newSecret('refresh')),
    generateAuthorizationCode: () => Promise.resolve(tokens.newSecret('code')),
    saveToken: (token, client, user) => Promise.resolve(saveToken(tokens, context, token, client, user)),
    getAccessToken: (value) => Promise.resolve(liveToken(registry, tokens, value)),
    getRefreshToken: (value) => Promise.resolve(findRefreshToken(registry, tokens, context, value)),
    revokeToken: ({ refreshToken }) => Promise.resolve(tokens.useRefresh(refreshToken)),
    getAuthorizationCode: (value) => Promise.resolve(findCode(registry, tokens, value)),
    saveAuthorizationCode: (code, client, user) => Promise.resolve(saveCode(tokens, code, client, user)),
    revokeAuthorizationCode: ({ authorizationCode }) => Promise.resolve(tokens.useCode(authorizationCode)),
  };
}

export function principal(name: string): Principal {
  return { name };
}

function findClient(
  registry: Registry,
  { grantType }: GrantContext,
  id: string,
  secret: string | null | undefined,
): OAuth2Server.Client | undefined {
  const client = registry.client(id);
  if (client === undefined) return undefined;
  if (secret !== null && secret !== undefined && secret !== '') {
    if (client.secret === undefined || !isSecret(secret, client.secret)) return undefined;
  } else if (client.secret !== undefined && !PROVEN_OTHERWISE.has(grantType)) {
    // With PKCE the library also lets clients in that showed no secret; those that have one must show it.
    return undefined;
  }
  return forLibrary(client);
}

/** Grants of requests that show no secret: the assertion's signature is the proof, and the browser has none to show. */
const PROVEN_OTHERWISE: ReadonlySet<string> = new Set([JWT_BEARER, 'authorize']);

function forLibrary({ id, grants, redirectUris }: RegisteredClient): OAuth2Server.Client {
  return { id, grants: [...grants], redirectUris: [...redirectUris] };
}

function allowedScope(client: RegisteredClient | undefined, scope: string[] | undefined): string[] | undefined {
  const allowed = client?.scopes;
  const asked = scope ?? [...(allowed ?? [])];
  return allowed === undefined || asked.every((name) => allowed.includes(name)) ? asked : undefined;
}

function saveToken(
  tokens: TokenStore,
  context: GrantContext,
  token: OAuth2Server.Token,
  client: OAuth2Server.Client,
  user: OAuth2Server.User,
): OAuth2Server.Token {
  const grant = { client: client.id, principal: nameOf(user), scope: token.scope ?? [] };
  if (token.refreshToken !== undefined) context.family = tokens.addRefresh(token.refreshToken, grant, context.family);
  context.issued = tokens.addAccess(token.accessToken, grant, context.family);
  return { ...token, accessTokenExpiresAt: new Date(Date.now() + tokens.lifetime()), client, user };
}

function liveToken(registry: Registry, tokens: TokenStore, value: string): OAuth2Server.Token | undefined {
  const found = tokens.access(value);
  const client = found.state === 'live' ? registry.client(found.token.client) : undefined;
  if (found.state !== 'live' || client === undefined) return undefined;
  return {
    accessToken: value,
    scope: [...found.token.scope],
    client: forLibrary(client),
    user: principal(found.token.principal),
  };
}

function findRefreshToken(
  registry: Registry,
  tokens: TokenStore,
  context: GrantContext,
  value: string,
): OAuth2Server.RefreshToken | undefined {
  const found = tokens.refresh(value);
  const client = found === undefined ? undefined : registry.client(found.client);
  if (found === undefined || client === undefined) return undefined;
  context.family = found.family;
  return {
    refreshToken: value,
    scope: [...found.scope],
    client: forLibrary(client),
    user: principal(found.principal),
  };
}

function findCode(registry: Registry, tokens: TokenStore, value: string): OAuth2Server.AuthorizationCode | undefined {
  const found = tokens.code(value);
  const client = found === undefined ? undefined : registry.client(found.client);
  if (found === undefined || client === undefined) return undefined;
  const { codeChallenge, codeChallengeMethod } = found;
  return {
    authorizationCode: value,
    // The store has looked at its own clock already.
    expiresAt: new Date(8.64e15),
    redirectUri: found.redirectUri,
    scope: [...found.scope],
    client: forLibrary(client),
    user: principal(found.principal),
    ...(codeChallenge === undefined ? {} : { codeChallenge }),
    ...(codeChallengeMethod === undefined ? {} : { codeChallengeMethod }),
  };
}

function saveCode(
  tokens: TokenStore,
  code: Pick<
    OAuth2Server.AuthorizationCode,
    'authorizationCode' | 'expiresAt' | 'redirectUri' | 'scope' | 'codeChallenge' | 'codeChallengeMethod'
  >,
  client: OAuth2Server.Client,
  user: OAuth2Server.User,
): OAuth2Server.AuthorizationCode {
  tokens.addCode(code.authorizationCode, {
    client: client.id,
    principal: nameOf(user),
    scope: code.scope ?? [],
    redirectUri: code.redirectUri,
    codeChallenge: code.codeChallenge,
    codeChallengeMethod: code.codeChallengeMethod,
  });
  return { ...code, client, user };
}

function nameOf(user: OAuth2Server.User): string {
  const name: unknown = user.name;
  if (typeof name !== 'string') throw new Error('A principal without a name.');
  return name;
}
