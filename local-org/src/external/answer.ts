import type { FastifyReply } from 'fastify';
import type { PlannedFaults } from './faults.js';
import { wait } from './faults.js';

/** An answer that is ready to be sent. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export function jsonAnswer(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

/** Ends the connection as a crash would: the caller sees a reset, not an answer. */
export function reset(reply: FastifyReply): void {
  reply.hijack();
  reply.raw.socket?.resetAndDestroy();
}

/** Sends an answer, whole or as slowly as a fault wants it. */
export async function send(
  reply: FastifyReply,
  { status, headers, body }: Answer,
  slow: PlannedFaults['slowBody'] = undefined,
): Promise<void> {
  if (slow === undefined) {
    await reply.status(status).headers(headers).send(body);
    return;
  }
  reply.hijack();
  const bytes = Buffer.from(body, 'utf8');
  reply.raw.writeHead(status, { ...headers, 'content-length': bytes.length });
  reply.raw.flushHeaders();
  for (let piece = 0; piece < slow.pieces && !reply.raw.destroyed; piece++) {
    await wait(slow.milliseconds / slow.pieces);
    const end = Math.floor((bytes.length * (piece + 1)) / slow.pieces);
    reply.raw.write(bytes.subarray(Math.floor((bytes.length * piece) / slow.pieces), end));
  }
  reply.raw.end();
}
