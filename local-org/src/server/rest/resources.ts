import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { bodyOf, DATA_BODY_BYTES } from '../body.js';
import type { OrgServices } from '../services.js';
import { ApiUsage, DAILY_REQUESTS } from './api-usage.js';
import { userOf } from './authenticate.js';
import type { Dispatcher } from './dispatcher.js';
import type { RestAnswer } from './route.js';

/**
 * Hands every path below a version to the resource that it belongs to. The resources need the Apex engine, so they are loaded with the first
 * request for one.
 */
export function registerResources(app: FastifyInstance, services: OrgServices): void {
  const usage = new ApiUsage(() => services.live.clock.now());
  let dispatcher: Promise<Dispatcher> | undefined;
  const load = async (): Promise<Dispatcher> => (await import('../rest-api.js')).createDispatcher(services, usage);
  app.all('/services/data/:version/*', { bodyLimit: DATA_BODY_BYTES }, async (request, reply) => {
    const user = userOf(request, services.sessions);
    usage.count();
    dispatcher ??= load();
    const [resources, live] = await Promise.all([dispatcher, services.live.get()]);
    const answer = await resources.serve({ services, live, user }, requestOf(request));
    return send(reply.header('sforce-limit-info', `api-usage=${usage.today()}/${DAILY_REQUESTS}`), answer);
  });
}

function requestOf(request: FastifyRequest): Parameters<Dispatcher['serve']>[1] {
  const { method, url, headers } = request;
  return { method, url, headers, body: { kind: 'bytes', bytes: bodyOf(request) } };
}

function send(reply: FastifyReply, { status, body, headers = {} }: RestAnswer): FastifyReply {
  reply.status(status).headers(headers);
  if (body === undefined) return reply.send();
  if (Buffer.isBuffer(body)) return reply.send(body);
  return reply.type('application/json;charset=UTF-8').send(JSON.stringify(body));
}
