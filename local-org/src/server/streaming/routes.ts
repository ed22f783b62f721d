import type { FastifyInstance } from 'fastify';
import { jsonBody } from '../body.js';
import { userOf } from '../rest/authenticate.js';
import type { OrgServices } from '../services.js';
import { readMessages } from './messages.js';

/** The endpoint of the streaming API. */
export function registerStreaming(app: FastifyInstance, { streaming, sessions }: OrgServices): void {
  app.post<{ Params: { version: string } }>('/cometd/:version', async (request) =>
    streaming.answer(readMessages(jsonBody(request)), userOf(request, sessions).id),
  );
  app.addHook('preClose', async () => streaming.close());
}
