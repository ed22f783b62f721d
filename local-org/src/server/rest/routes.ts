import type { FastifyInstance } from 'fastify';
import { isKnownVersion, API_VERSION } from '../../package/index.js';
import { notFound } from '../api-error.js';
import type { OrgServices } from '../services.js';
import { userOf } from './authenticate.js';
import { registerDeployRequest } from './deploy-request.js';
import { CALLBACK_PREFIX, registerNamedCredentials } from './named-credentials.js';
import { registerResources } from './resources.js';

const OLDEST_LISTED_VERSION = 31;
const DATA = '/services/data';
/** The one path of the API that the platform answers without a session. */
const OPEN_PATHS: ReadonlySet<string> = new Set([DATA, `${DATA}/`]);

/** The REST API, as far as the local org has it. */
export function registerRest(app: FastifyInstance, services: OrgServices): void {
  // Before the body is read: nobody without a session gets to send one.
  app.addHook('onRequest', async (request) => {
    const path = request.url.split('?')[0] ?? '';
    if (!isOpen(path)) userOf(request, services.sessions);
    const version = /^\/services\/data\/v([^/]+)/.exec(path)?.[1];
    if (version !== undefined && !isKnownVersion(version)) throw notFound();
  });
  registerIdentity(app, services);
  registerVersions(app);
  registerResources(app, services);
  registerDeployRequest(app, services);
  registerNamedCredentials(app, services);
}

/** Paths that need no session, or check it in a way of their own. */
function isOpen(path: string): boolean {
  return path.startsWith('/services/Soap/') || path.startsWith(CALLBACK_PREFIX) || OPEN_PATHS.has(path);
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

/** Resources that an org shows at the root of a version, by name. */
const ROOT_RESOURCES = [
  'actions',
  'composite',
  'jobs',
  'limits',
  'metadata',
  'named-credentials',
  'query',
  'queryAll',
  'sobjects',
  'tooling',
];

function registerVersions(app: FastifyInstance): void {
  app.get(DATA, () => versions());
  app.get<{ Params: { version: string } }>(`${DATA}/:version`, ({ params: { version } }) =>
    Object.fromEntries(ROOT_RESOURCES.map((name) => [name, `${DATA}/${version}/${name}`])),
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
