import OAuth2Server from '@node-oauth/oauth2-server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { basicCredentials, type BasicCredentials } from '../basic-credentials.js';
import { jsonAnswer, reset, send } from '../answer.js';
import type { FaultPlanner } from '../faults.js';
import { wait } from '../faults.js';
import type { Journal } from '../journal.js';
import type { Behaviour } from '../behaviour/index.js';
import { JWT_BEARER, type Registry } from '../registry.js';
import { isSecret } from '../secrets.js';
import { issuerOf, jwtBearerGrant } from './jwt-bearer.js';
import { createModel, principal, type GrantContext } from './model.js';
import { OAUTH_PATHS } from './paths.js';
import type { TokenStore } from './token-store.js';

export interface AuthorizationServer {
  readonly registry: Registry;
  readonly tokens: TokenStore;
  readonly journal: Journal;
  readonly faults: FaultPlanner;
  readonly behaviour: () => Behaviour;
  readonly now: () => number;
  /** `http://127.0.0.1:<port>` */
  readonly url: () => string;
}

const parameters = z.record(z.string(), z.string());

/** The authorization server: RFC 6749, 7636 (PKCE), 7523 (JWT bearer), 7009 (revocation). */
export function registerOAuth(app: FastifyInstance, server: AuthorizationServer): void {
  app.post(OAUTH_PATHS.token, (request, reply) => token(server, request, reply));
  app.get(OAUTH_PATHS.authorize, (request, reply) => authorize(server, request, reply));
  app.post(OAUTH_PATHS.revoke, (request, reply) => revoke(server, request, reply));
  app.get(OAUTH_PATHS.userInfo, (request, reply) => userInfo(server, request, reply));
}

async function token(server: AuthorizationServer, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { journal, tokens, registry } = server;
  const arrival = journal.arrival();
  const planned = server.faults.plan('token', request.method, OAUTH_PATHS.token);
  const form = withClientOfAssertion(formOf(request));
  const context: GrantContext = { grantType: form.grant_type ?? '' };
  const note = (error: string | undefined): void =>
    journal.noteTokenRequest({
      ...arrival,
      grantType: context.grantType,
      client: form.client_id ?? basicOf(request)?.name,
      clientAuthentication: authenticationOf(request, form),
      scope: form.scope,
      token: context.issued?.number,
      principal: context.issued?.principal,
      error,
    });
  await wait(planned.latency);
  if (planned.reset === 'before') {
    note('reset');
    reset(reply);
    return;
  }
  if (planned.answer !== undefined) {
    note(`status ${planned.answer.status}`);
    await send(reply, jsonAnswer(planned.answer.status, planned.answer.body, planned.answer.headers));
    return;
  }
  const response = new OAuth2Server.Response({});
  const error = await grantToken(server, createModel(registry, tokens, context), request, form, response);
  note(planned.reset === undefined ? error : 'reset');
  if (planned.reset === 'after') reset(reply);
  else await send(reply, answerOf(response, server.behaviour()), planned.slowBody);
}

/** @returns the OAuth error code when nothing was issued; the response says it too */
async function grantToken(
  server: AuthorizationServer,
  model: ReturnType<typeof createModel>,
  request: FastifyRequest,
  form: Form,
  response: OAuth2Server.Response,
): Promise<string | undefined> {
  const { registry, now, url, behaviour } = server;
  const audiences = (): readonly string[] =>
    [url(), ...originsOf(request)].flatMap((origin) => [origin, `${origin}/`, `${origin}${OAUTH_PATHS.token}`]);
  try {
    await new OAuth2Server({ model }).token(libraryRequest(request, form), response, {
      alwaysIssueNewRefreshToken: behaviour().token.rotateRefreshTokens || form.grant_type !== 'refresh_token',
      requireClientAuthentication: { [JWT_BEARER]: false },
      extendedGrantTypes: { [JWT_BEARER]: jwtBearerGrant({ registry, audiences, now }) },
    });
    return undefined;
  } catch (error) {
    return oauthError(error, response);
  }
}

/** The names that the caller knows this server by: routes of an org keep them. */
function originsOf({ headers: { host } }: FastifyRequest): readonly string[] {
  return host === undefined ? [] : [`http://${host}`, `https://${host}`];
}

/** Consent is given at once, by the user that `login_hint` names. */
async function authorize(server: AuthorizationServer, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const query = parameters.safeParse(request.query).data ?? {};
  const user = principal(query.login_hint ?? server.behaviour().authentication.browserUser);
  const response = new OAuth2Server.Response({});
  const model = createModel(server.registry, server.tokens, { grantType: 'authorize' });
  try {
    await new OAuth2Server({ model }).authorize(libraryRequest(request, {}, query), response, {
      authenticateHandler: { handle: () => user },
      allowEmptyState: true,
    });
  } catch (error) {
    oauthError(error, response);
  }
  const location: unknown = response.get('location');
  if (typeof location === 'string') await reply.redirect(location, 302);
  else await send(reply, answerOf(response, server.behaviour()));
}

async function revoke(server: AuthorizationServer, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const form = formOf(request);
  const given = basicOf(request) ?? { name: form.client_id ?? '', password: form.client_secret ?? '' };
  const client = server.registry.client(given.name);
  if (client === undefined || (client.secret !== undefined && !isSecret(given.password, client.secret))) {
    await send(reply, jsonAnswer(401, { error: 'invalid_client' }));
    return;
  }
  if (form.token === undefined) {
    await send(reply, jsonAnswer(400, { error: 'invalid_request', error_description: 'Missing parameter: `token`' }));
    return;
  }
  server.tokens.revoke(form.token, client.id);
  await reply.status(200).send();
}

async function userInfo(server: AuthorizationServer, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const value = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const found = value === undefined ? undefined : server.tokens.access(value);
  if (found?.state !== 'live') {
    await send(
      reply,
      jsonAnswer(401, { error: 'invalid_token' }, { 'www-authenticate': 'Bearer error="invalid_token"' }),
    );
    return;
  }
  const { principal: name } = found.token;
  await send(reply, jsonAnswer(200, { sub: name, name, preferred_username: name }));
}

type Form = Readonly<Record<string, string>>;

function formOf(request: FastifyRequest): Form {
  const text = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
  return Object.fromEntries(new URLSearchParams(text));
}

/** The JWT bearer grant names its client in the assertion alone; the library wants it as a parameter. */
function withClientOfAssertion(form: Form): Form {
  if (form.grant_type !== JWT_BEARER || form.client_id !== undefined) return form;
  const issuer = form.assertion === undefined ? undefined : issuerOf(form.assertion);
  return issuer === undefined ? form : { ...form, client_id: issuer };
}

function libraryRequest(request: FastifyRequest, body: Form, query: Form = {}): OAuth2Server.Request {
  const headers = Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
  return new OAuth2Server.Request({ headers, method: request.method, query: { ...query }, body: { ...body } });
}

function authenticationOf(request: FastifyRequest, form: Form): 'basic' | 'body' | 'none' {
  if (basicOf(request) !== undefined) return 'basic';
  return form.client_secret === undefined ? 'none' : 'body';
}

function basicOf({ headers }: FastifyRequest): BasicCredentials | undefined {
  return basicCredentials(headers.authorization);
}

/** Failures of the protocol are answers; everything else is a defect and goes on. */
function oauthError(error: unknown, response: OAuth2Server.Response): string {
  if (!(error instanceof OAuth2Server.OAuthError) || error instanceof OAuth2Server.ServerError) throw error;
  if (response.get('location') === undefined) {
    response.status = error.code;
    response.body = { error: error.name, error_description: error.message };
  }
  return error.name;
}

const answerBody = z.record(z.string(), z.json());

function answerOf(response: OAuth2Server.Response, { token: { tellLifetime } }: Behaviour) {
  const { expires_in: expiresIn, scope, ...body } = answerBody.parse(response.body);
  return jsonAnswer(
    response.status ?? 200,
    {
      ...body,
      ...(expiresIn === undefined || !tellLifetime ? {} : { expires_in: expiresIn }),
      ...(scope === undefined || scope === '' ? {} : { scope }),
    },
    response.headers,
  );
}
