import type { FastifyInstance } from 'fastify';
import { isKnownVersion, API_VERSION } from '../../package/index.js';
import { ApiError, notFound } from '../api-error.js';
import type { QueryApi } from '../query/engine.js';
import type { OrgServices } from '../services.js';
import { userOf } from './authenticate.js';
import { registerDeployRequest } from './deploy-request.js';

const OLDEST_LISTED_VERSION = 31;
const DATA = '/services/data';
/** The one path of the API that the platform answers without a session. */
const OPEN_PATHS: ReadonlySet<string> = new Set([DATA, `${DATA}/`]);

/** The REST API, as far as the local org has it. */
export function registerRest(app: FastifyInstance, services: OrgServices): void {
  app.addHook('preHandler', async (request) => {
    const path = request.url.split('?')[0] ?? '';
    if (!path.startsWith('/services/Soap/') && !OPEN_PATHS.has(path)) userOf(request, services.sessions);
    const version = /^\/services\/data\/v([^/]+)/.exec(path)?.[1];
    if (version !== undefined && !isKnownVersion(version)) throw notFound();
  });
  registerIdentity(app, services);
  registerResources(app, services);
  registerDeployRequest(app, services);
}

function registerIdentity(app: FastifyInstance, { store, sessions }: OrgServices): void {
  app.get('/services/oauth2/userinfo', (request) => {
    const user = userOf(request, sessions);
    return {
      user_id: user.id,
      organization_id: store.org.id,
      preferred_username: user.username,
      name: user.name,
      active: user.active,
    };
  });
}

function registerResources(app: FastifyInstance, { store, queries }: OrgServices): void {
  app.get(DATA, () => versions());
  app.get<{ Params: { version: string } }>(`${DATA}/:version`, ({ params: { version } }) =>
    Object.fromEntries(
      ['metadata', 'query', 'sobjects', 'tooling'].map((name) => [name, `${DATA}/${version}/${name}`]),
    ),
  );
  app.get<{ Params: { id: string } }>(`${DATA}/:version/sobjects/User/:id`, ({ params: { id } }) => {
    const user = store.state.users.find((candidate) => candidate.id === id || candidate.id.slice(0, 15) === id);
    if (user === undefined) throw notFound();
    return {
      attributes: { type: 'User' },
      Id: user.id,
      Username: user.username,
      Name: user.name,
      Email: user.username,
      IsActive: user.active,
    };
  });
  const answer =
    (api: QueryApi) => (request: { readonly query: { q?: string }; readonly params: { version: string } }) => {
      if (request.query.q === undefined) throw new ApiError(400, 'MALFORMED_QUERY', 'The parameter q is missing.');
      const { object, records } = queries.query(request.query.q, api);
      return {
        totalSize: records.length,
        done: true,
        records: records.map((record) => ({ attributes: { type: object }, ...record })),
      };
    };
  app.get<{ Params: { version: string }; Querystring: { q?: string } }>(`${DATA}/:version/query`, answer('data'));
  app.get<{ Params: { version: string }; Querystring: { q?: string } }>(
    `${DATA}/:version/tooling/query`,
    answer('tooling'),
  );
}

function versions(): readonly { readonly label: string; readonly url: string; readonly version: string }[] {
  const newest = Number(API_VERSION);
  return Array.from({ length: newest - OLDEST_LISTED_VERSION + 1 }, (_, at) => OLDEST_LISTED_VERSION + at).map(
    (number) => ({
      label: `API ${number}.0`,
      url: `${DATA}/v${number}.0`,
      version: `${number}.0`,
    }),
  );
}
