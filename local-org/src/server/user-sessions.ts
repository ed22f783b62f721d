import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ApiError } from './api-error.js';
import { jsonBody } from './body.js';
import { userOf } from './rest/authenticate.js';
import type { OrgServices } from './services.js';

/** The local org's own way to a session of another user; on the platform an administrator logs in as that user. */
export const SESSIONS_PATH = '/callout/sessions';

const body = z.object({ username: z.string() });

/**
 * `POST /callout/sessions {"username": "..."}`: a session of any active user, for the administrator. The SF CLI takes its token with
 * `sf org login access-token`.
 */
export function registerSessions(app: FastifyInstance, { store, sessions, live }: OrgServices): void {
  app.post(SESSIONS_PATH, async (request, reply) => {
    if (userOf(request, sessions).id !== store.admin.id)
      throw new ApiError(403, 'INSUFFICIENT_ACCESS', 'Only the administrator can open sessions of other users.');
    const parsed = body.safeParse(jsonBody(request));
    if (!parsed.success) throw new ApiError(400, 'JSON_PARSER_ERROR', 'The request must be {"username": "..."}.');
    const user = (await live.get()).user(parsed.data.username);
    if (user === undefined)
      throw new ApiError(404, 'NOT_FOUND', `The org has no active user "${parsed.data.username}".`);
    return reply.status(201).send({ accessToken: sessions.open(user), userId: user.id, username: user.username });
  });
}
