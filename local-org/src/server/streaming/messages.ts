import { z } from 'zod';
import { ApiError } from '../api-error.js';

/** One message of a client (Bayeux protocol 1.0). What is not named here, such as `ext`, is left alone. */
const message = z.object({
  channel: z.string(),
  id: z.string().optional(),
  clientId: z.string().optional(),
  subscription: z.union([z.string(), z.array(z.string())]).optional(),
  connectionType: z.string().optional(),
});

export type BayeuxMessage = z.infer<typeof message>;

/** What a client is told: answers to its messages, and events of the channels that it subscribed to. */
export type BayeuxReply = Readonly<Record<string, unknown>>;

/** Most messages of one request. */
const MAX_MESSAGES = 100;

/** Reads the body of a request: one message, or an array of them. Throws ApiError. */
export function readMessages(body: unknown): readonly BayeuxMessage[] {
  const parsed = z
    .array(message)
    .min(1)
    .max(MAX_MESSAGES)
    .safeParse(Array.isArray(body) ? body : [body]);
  if (!parsed.success) throw new ApiError(400, 'INVALID_REQUEST', 'The body holds no Bayeux messages.');
  return parsed.data;
}
