import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { DeploymentError } from '../deployment/index.js';
import { PackageError } from '../package/index.js';
import { ApiError, notFound } from './api-error.js';
import { DEFAULT_BODY_BYTES } from './body.js';
import { registerClock } from './control/clock.js';
import { registerCredentialControl } from './control/credentials.js';
import { registerRoutes } from './control/routes.js';
import { registerWatch } from './control/watch.js';
import { registerRest } from './rest/routes.js';
import type { OrgServices } from './services.js';
import { registerSoap } from './soap/routes.js';
import { registerStatus } from './status.js';
import { registerStreaming } from './streaming/index.js';
import { registerSessions } from './user-sessions.js';

/** Receives one line per event; never a body, a query or a token. */
export type LogLine = (line: string) => void;

const HEADERS_TIMEOUT_MILLISECONDS = 10_000;
const REQUEST_TIMEOUT_MILLISECONDS = 120_000;
const MAX_HEADER_BYTES = 16_384;
const LOOPBACK_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i;

/** Puts the HTTP server of an org together; it does not listen yet. */
export function createApp(services: OrgServices, log: LogLine): FastifyInstance {
  const app = fastify({
    bodyLimit: DEFAULT_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MILLISECONDS,
    http: { maxHeaderSize: MAX_HEADER_BYTES, headersTimeout: HEADERS_TIMEOUT_MILLISECONDS },
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 500 },
    // The SF CLI stores instance URLs with a slash at the end and then asks for `//services/...`.
    rewriteUrl: ({ url = '/' }) => url.replace(/^\/{2,}/, '/'),
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addHook('onRequest', async (request) => refuseForeignHost(request));
  app.addHook('onResponse', async (request, reply) => {
    log(`${request.method} ${request.url.split('?')[0] ?? ''} ${reply.statusCode} ${Math.round(reply.elapsedTime)}ms`);
  });
  app.setErrorHandler((error: FastifyError, request, reply) => answerError(error, request, reply, log));
  app.setNotFoundHandler(() => {
    throw notFound();
  });
  registerRest(app, services);
  registerSoap(app, services);
  registerStreaming(app, services);
  registerStatus(app, services);
  registerRoutes(app, services);
  registerCredentialControl(app, services);
  registerClock(app, services);
  registerWatch(app, services);
  registerSessions(app, services);
  return app;
}

/** A web page can make a browser resolve its own name to this address; the Host header still tells that name. */
function refuseForeignHost(request: FastifyRequest): void {
  if (!LOOPBACK_HOST.test(request.headers.host ?? ''))
    throw new ApiError(421, 'INVALID_HOST', 'The local org answers only to loopback host names.');
}

function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply, log: LogLine): FastifyReply {
  const known = apiErrorOf(error);
  if (known === undefined)
    log(`${request.method} ${request.url.split('?')[0] ?? ''} failed: ${error.stack ?? error.message}`);
  const { status, items } = known ?? internalError(request);
  return reply.status(status).send(items);
}

function apiErrorOf(error: FastifyError): ApiError | undefined {
  if (error instanceof ApiError) return error;
  if (error instanceof DeploymentError)
    return new ApiError(error.code === 'INVALID_CROSS_REFERENCE_KEY' ? 404 : 400, error.code, error.message);
  if (error instanceof PackageError) return new ApiError(400, error.code, error.message);
  if (error.statusCode === 413)
    return new ApiError(413, 'REQUEST_LIMIT_EXCEEDED', 'The body of the request is too large.');
  if (error.statusCode !== undefined && error.statusCode < 500)
    return new ApiError(error.statusCode, 'INVALID_REQUEST', error.message);
  return undefined;
}

/** The SF CLI repeats a GET that fails with 5xx for 16 seconds before it shows the error. */
function internalError({ method }: FastifyRequest): ApiError {
  return new ApiError(
    method === 'GET' ? 400 : 500,
    'UNKNOWN_EXCEPTION',
    'An unexpected error occurred in the local org; its log says more.',
  );
}
