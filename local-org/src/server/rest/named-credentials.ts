import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Credentials } from '../../platform/credentials/index.js';
import { ApiError, notSupported } from '../api-error.js';
import { jsonBody } from '../body.js';
import type { OrgServices } from '../services.js';
import { userOf } from './authenticate.js';

const ROOT = '/services/data/:version/named-credentials';
/** Where identity providers send browsers back to, which have no session of the API: the state of the login stands for it. */
export const CALLBACK_PREFIX = '/services/authcallback/';

/** The credentials of the org with what reads requests about them; loaded with the first such request. */
type Loaded = Pick<typeof import('../../platform/credentials/index.js'), Readers> & {
  readonly credentials: Credentials;
};
type Readers = 'readAuthUrlInput' | 'readCredentialInput' | 'readProviderInput' | 'readReference' | 'ConnectError';

interface Answer {
  readonly status: number;
  readonly body?: unknown;
}
type Handler = (loaded: Loaded, request: FastifyRequest, userId: string) => Answer | Promise<Answer>;
type Route = readonly [method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, handler: Handler];

const parameters = z.record(z.string(), z.string());
const ok = (body: unknown): Answer => ({ status: 200, body });
const created = (body: unknown): Answer => ({ status: 201, body });

const ROUTES: readonly Route[] = [
  [
    'GET',
    '/credential',
    ({ credentials, readReference }, { query }, user) => ok(credentials.service.get(readReference(query), user)),
  ],
  ['POST', '/credential', createOrRefresh],
  [
    'PUT',
    '/credential',
    ({ credentials, readCredentialInput }, request, user) =>
      ok(credentials.service.replace(readCredentialInput(jsonBody(request)), user)),
  ],
  [
    'PATCH',
    '/credential',
    ({ credentials, readCredentialInput }, request, user) =>
      ok(credentials.service.update(readCredentialInput(jsonBody(request)), user)),
  ],
  ['DELETE', '/credential', remove],
  [
    'POST',
    '/credential/auth-url/o-auth',
    ({ credentials, readAuthUrlInput }, request, user) =>
      ok(credentials.logins.begin(readAuthUrlInput(jsonBody(request)), user, `http://${request.headers.host ?? ''}`)),
  ],
  [
    'GET',
    '/external-credentials',
    ({ credentials }, _request, user) => ok({ externalCredentials: credentials.service.externalCredentials(user) }),
  ],
  [
    'GET',
    '/external-credentials/:name',
    ({ credentials }, request, user) => ok(credentials.service.externalCredential(nameOf(request), user)),
  ],
  [
    'GET',
    '/external-auth-identity-provider-credentials/:name',
    ({ credentials }, request) => ok(credentials.service.provider(nameOf(request))),
  ],
  [
    'POST',
    '/external-auth-identity-provider-credentials/:name',
    ({ credentials, readProviderInput }, request, user) =>
      created(credentials.service.putProvider(nameOf(request), readProviderInput(jsonBody(request)), false, user)),
  ],
  [
    'PUT',
    '/external-auth-identity-provider-credentials/:name',
    ({ credentials, readProviderInput }, request, user) =>
      ok(credentials.service.putProvider(nameOf(request), readProviderInput(jsonBody(request)), true, user)),
  ],
];

/** The named-credentials resources of the Connect REST API (PLATFORM 1.6). */
export function registerNamedCredentials(app: FastifyInstance, services: OrgServices): void {
  for (const [method, path, handler] of ROUTES) {
    app.route({
      method,
      url: ROOT + path,
      handler: async (request, reply) => {
        const { id } = userOf(request, services.sessions);
        const { status, body } = await withCredentials(services, (loaded) => handler(loaded, request, id));
        return reply.status(status).send(body);
      },
    });
  }
  app.all(`${ROOT}/*`, ({ method, url }) => {
    throw notSupported(`${method} ${url.split('?')[0] ?? ''}: deploy named and external credentials as metadata`);
  });
  app.get(`${CALLBACK_PREFIX}:name`, (request, reply) => endLogin(services, request, reply));
}

/** Loads the credentials, and turns their refusals into answers. */
async function withCredentials<T>({ live }: OrgServices, work: (loaded: Loaded) => T | Promise<T>): Promise<T> {
  const [credentials, door] = await Promise.all([live.credentials(), import('../../platform/credentials/index.js')]);
  try {
    return await work({ ...door, credentials });
  } catch (error) {
    if (error instanceof door.ConnectError) throw new ApiError(error.status, error.code, error.message);
    throw error;
  }
}

async function createOrRefresh(
  { credentials: { service }, readCredentialInput, readReference }: Loaded,
  request: FastifyRequest,
  user: string,
): Promise<Answer> {
  const { action } = parameters.parse(request.query);
  if (action === undefined) return created(service.create(readCredentialInput(jsonBody(request)), user));
  if (action !== 'Refresh')
    throw new ApiError(400, 'INVALID_API_INPUT', `There is no action "${action}"; the only one is Refresh.`);
  return created(await service.refresh(readReference(jsonBody(request)), user));
}

function remove({ credentials, readReference }: Loaded, { query }: FastifyRequest, user: string): Answer {
  const { authenticationParameters, ...reference } = parameters.parse(query);
  credentials.service.delete(readReference(reference), authenticationParameters?.split(','), user);
  return { status: 204 };
}

/** Ends a browser login; the browser goes on where whoever began it wanted, or is told that it may be closed. */
async function endLogin(services: OrgServices, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const query = parameters.safeParse(request.query).data ?? {};
  const next = await withCredentials(services, ({ credentials }) => credentials.logins.end(nameOf(request), query));
  if (next !== undefined) return reply.redirect(next, 302);
  return reply.type('text/plain').send('The login is done. You can close this window.\n');
}

const named = z.object({ name: z.string() });

function nameOf({ params }: FastifyRequest): string {
  return named.parse(params).name;
}
