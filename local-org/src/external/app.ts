import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { ZodError } from 'zod';
import { ADMIN, AdminError, registerAdmin, type Administration } from './admin/routes.js';
import { registerOAuth, type AuthorizationServer } from './oauth/routes.js';
import { registerResource, type Resource } from './resource/routes.js';

/** Receives one line per request; never a body, a query or a credential. */
export type LogLine = (line: string) => void;

const BODY_BYTES = 13_000_000;
const MAX_HEADER_BYTES = 65_536;
const LOOPBACK_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i;

/** Puts the HTTP server of an external system together; it does not listen yet. */
export function createApp(parts: AuthorizationServer & Resource & Administration, log: LogLine): FastifyInstance {
  const app = fastify({
    bodyLimit: BODY_BYTES,
    http: { maxHeaderSize: MAX_HEADER_BYTES },
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 500 },
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  // A web page can make a browser resolve its own name to this address; the Host header still tells that name. What the callouts of an org
  // are routed here from keeps its name.
  app.addHook('onRequest', async (request) => {
    if (pathOf(request).startsWith(ADMIN) && !LOOPBACK_HOST.test(request.headers.host ?? ''))
      throw new AdminError(421, 'The administration answers only to loopback host names.');
  });
  app.addHook('onResponse', async (request, reply) =>
    log(`${request.method} ${pathOf(request)} ${reply.statusCode} ${Math.round(reply.elapsedTime)}ms`),
  );
  app.setErrorHandler((error: FastifyError, request, reply) => answerError(error, request, reply, log));
  registerOAuth(app, parts);
  registerAdmin(app, parts);
  registerResource(app, parts);
  return app;
}

function pathOf({ url }: FastifyRequest): string {
  return url.split('?')[0] ?? '';
}

function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply, log: LogLine): FastifyReply {
  if (error instanceof AdminError) return reply.status(error.status).send({ error: error.message });
  if (error instanceof ZodError && pathOf(request).startsWith(ADMIN)) {
    const problems = error.issues.map(({ path, message }) => ({ at: path.join('.'), message }));
    return reply.status(400).send({ error: 'The request is not valid.', problems });
  }
  if (error.statusCode !== undefined && error.statusCode < 500)
    return reply.status(error.statusCode).send({ error: error.message });
  log(`${request.method} ${pathOf(request)} failed: ${error.stack ?? error.message}`);
  return reply.status(500).send({ error: 'internal_error' });
}
