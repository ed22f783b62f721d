import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from '../api-error.js';
import { bodyOf, BULK_BODY_BYTES, DATA_BODY_BYTES } from '../body.js';
import type { OrgServices } from '../services.js';
import { DAILY_REQUESTS } from './api-usage.js';
import { userOf } from './authenticate.js';
import type { RestAnswer, RestRequest } from './route.js';

/** Hands every path below a version to the resource that it belongs to. */
export function registerResources(app: FastifyInstance, services: OrgServices): void {
  const { sessions, live, resources } = services;
  const serve = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const user = userOf(request, sessions);
    const { usage } = resources;
    usage.count();
    const [dispatcher, org] = await Promise.all([resources.get(), live.get()]);
    // Deactivating a user ends the user's sessions.
    if (!org.isActive(user.id)) throw new ApiError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
    const answer = await dispatcher.serve({ services, live: org, user }, requestOf(request));
    return send(reply.header('sforce-limit-info', `api-usage=${usage.today()}/${DAILY_REQUESTS}`), answer);
  };
  app.all('/services/data/:version/*', { bodyLimit: DATA_BODY_BYTES }, serve);
  app.put('/services/data/:version/jobs/ingest/:id/batches', { bodyLimit: BULK_BODY_BYTES }, serve);
}

function requestOf(request: FastifyRequest): RestRequest {
  const { method, url, headers } = request;
  return { method, url, headers, body: { kind: 'bytes', bytes: bodyOf(request) } };
}

function send(reply: FastifyReply, { status, body, headers = {} }: RestAnswer): FastifyReply {
  reply.status(status).headers(headers);
  if (body === undefined) return reply.send();
  if (Buffer.isBuffer(body)) return reply.send(body);
  return reply.type('application/json;charset=UTF-8').send(JSON.stringify(body));
}
