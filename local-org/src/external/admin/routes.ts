import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Behaviour } from '../behaviour/index.js';
import type { Journal } from '../journal.js';
import type { Registry } from '../registry.js';

/** Where the external system is configured and asked what it received. */
export const ADMIN = '/admin';
/** What the external system tells about itself. */
export const STATUS_PATH = `${ADMIN}/status`;

export interface Administration {
  readonly registry: Registry;
  readonly journal: Journal;
  readonly behaviour: () => Behaviour;
  /** Changes what the patch names (RFC 7396). Throws ZodError. */
  readonly configure: (patch: unknown) => Behaviour;
  /** Replaces everything; what is left out gets its default. Throws ZodError. */
  readonly replace: (behaviour: unknown) => Behaviour;
  readonly expireTokens: (client: string | undefined) => number;
  readonly reset: () => void;
}

/** A refusal that the administrator's request deserves. */
export class AdminError extends Error {
  public override readonly name = 'AdminError';
  public readonly status: number;

  public constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const journalQuery = z.strictObject({
  outcome: z.enum(['applied', 'duplicate', 'conflict', 'unauthorized', 'throttled', 'faulted']).optional(),
  method: z.string().optional(),
  path: z.string().optional(),
  principal: z.string().optional(),
  idempotencyKey: z.string().optional(),
  after: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).optional(),
});
const expiry = z.strictObject({ client: z.string().optional() });

/** The administrator's API: JSON in and out. No answer holds a secret. */
export function registerAdmin(app: FastifyInstance, system: Administration): void {
  app.get(STATUS_PATH, () => ({ pid: process.pid, summary: system.journal.summary() }));
  app.get(`${ADMIN}/behaviour`, () => system.behaviour());
  app.patch(`${ADMIN}/behaviour`, (request) => system.configure(json(request)));
  app.put(`${ADMIN}/behaviour`, (request) => system.replace(json(request)));
  app.get(`${ADMIN}/journal`, ({ query }) => system.journal.requests(journalQuery.parse(query)));
  app.get(`${ADMIN}/journal/summary`, () => system.journal.summary());
  app.get(`${ADMIN}/journal/tokens`, () => system.journal.tokenRequests());
  app.post(`${ADMIN}/tokens/expire`, (request) => ({
    expired: system.expireTokens(expiry.parse(json(request)).client),
  }));
  app.post(`${ADMIN}/reset`, (request, reply) => {
    json(request);
    system.reset();
    return reply.status(204).send();
  });
  registerRegistrations(app, system);
  app.all(`${ADMIN}/*`, () => {
    throw new AdminError(404, 'There is no such path.');
  });
}

function registerRegistrations(app: FastifyInstance, { registry }: Administration): void {
  app.get(`${ADMIN}/clients`, () => registry.clientIds().map((id) => ({ id })));
  app.post(`${ADMIN}/clients`, (request, reply) =>
    reply.status(201).send({ id: registry.registerClient(json(request)) }),
  );
  app.delete<{ Params: { id: string } }>(`${ADMIN}/clients/:id`, (request, reply) => {
    if (!registry.removeClient(request.params.id)) throw new AdminError(404, 'There is no such client.');
    return reply.status(204).send();
  });
  app.post(`${ADMIN}/accounts`, (request, reply) =>
    reply.status(201).send({ name: registry.registerAccount(json(request)) }),
  );
}

/** Only `application/json` is read: web pages of other origins cannot send it without being asked first. */
function json(request: FastifyRequest): unknown {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
    throw new AdminError(415, 'Send JSON, with the header Content-Type: application/json.');
  const text = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
  try {
    return JSON.parse(text === '' ? '{}' : text);
  } catch {
    throw new AdminError(400, 'The body is not valid JSON.');
  }
}
