import type { FastifyInstance } from 'fastify';
import type { OrgServices } from './services.js';

/** The local org's own page about itself; the platform has no such path. */
export const STATUS_PATH = '/callout/status';

/** Registers the status page; like everything else it needs a session. */
export function registerStatus(app: FastifyInstance, { store, info }: OrgServices): void {
  app.get(STATUS_PATH, () => ({
    ...info,
    pid: process.pid,
    orgId: store.org.id,
    username: store.admin.username,
    components: store.state.all().length,
    deployments: store.deployments().length,
  }));
}
