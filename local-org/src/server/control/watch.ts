import type { FastifyInstance } from 'fastify';
import type { WatchEvent } from '../../platform/watch/index.js';
import type { OrgServices } from '../services.js';

/** The live view: one JSON object per line, for as long as the client listens. The platform has no such path. */
export const WATCH_PATH = '/callout/events';

/** A client that reads this much too slowly is cut off: the org must not wait for it, nor keep everything for it. */
const MAX_BACKLOG_BYTES = 4_000_000;

/** Registers the live view; like everything else it needs a session. */
export function registerWatch(app: FastifyInstance, { live, store }: OrgServices): void {
  app.get(WATCH_PATH, async (request, reply) => {
    const [org, { Watcher, describeError }] = await Promise.all([live.get(), import('../../platform/watch/index.js')]);
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
    const send = (event: WatchEvent): void => {
      raw.write(`${JSON.stringify(event)}\n`);
      if (raw.writableLength > MAX_BACKLOG_BYTES) raw.destroy();
    };
    const username = (id: string): string => store.state.users.find((user) => user.id === id)?.username ?? id;
    const leave = org.traces.join(new Watcher({ now: () => org.clock.now(), username, send, describe: describeError }));
    // The first line tells the client that nothing is missed from now on.
    raw.write('\n');
    request.raw.once('close', leave);
  });
}
