import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ApiError } from '../api-error.js';
import { jsonBody } from '../body.js';
import type { OrgServices } from '../services.js';

/** The org's clock: reading it, and going ahead in time. The platform has no such path. */
export const CLOCK_PATH = '/callout/clock';
export const ADVANCE_PATH = `${CLOCK_PATH}/advance`;
/** Suspending and resuming a subscription to events, which on the platform is done in Setup. */
const SUBSCRIPTION_PATH = '/callout/subscriptions/:name';

/** Ten years: more is a mistake, and would run every heartbeat in between. */
const MAX_ADVANCE_MILLISECONDS = 10 * 366 * 86_400_000;

const advance = z.strictObject({ milliseconds: z.number().int().min(0).max(MAX_ADVANCE_MILLISECONDS) });
const resume = z.strictObject({ from: z.enum(['position', 'tip']) });

const iso = (time: number): string => new Date(time).toISOString();

/** Registers the clock and the subscriptions; like everything else they need a session. */
export function registerClock(app: FastifyInstance, { live }: OrgServices): void {
  app.get(CLOCK_PATH, () => ({ mode: live.clock.mode, now: iso(live.clock.now()) }));
  app.post(ADVANCE_PATH, async (request) => {
    const wanted = advance.safeParse(jsonBody(request));
    if (!wanted.success)
      throw new ApiError(400, 'JSON_PARSER_ERROR', 'Going ahead in time takes {"milliseconds": 0 to ten years}.');
    const { from, to, tasks } = await (await live.kernel()).advance(wanted.data.milliseconds).catch(refuseRestless);
    return { from: iso(from), to: iso(to), tasks };
  });
  app.post<{ Params: { name: string } }>(`${SUBSCRIPTION_PATH}/suspend`, async ({ params }) => {
    if (!(await live.kernel()).suspendSubscription(params.name)) throw noSubscription(params.name);
    return { name: params.name, status: 'Suspended' };
  });
  app.post<{ Params: { name: string } }>(`${SUBSCRIPTION_PATH}/resume`, async (request) => {
    const wanted = resume.safeParse(jsonBody(request));
    if (!wanted.success) throw new ApiError(400, 'JSON_PARSER_ERROR', 'Resuming takes {"from": "position" or "tip"}.');
    const { name } = request.params;
    if (!(await live.kernel()).resumeSubscription(name, wanted.data.from)) throw noSubscription(name);
    return { name, status: 'Running' };
  });
}

/** What runs without end is no defect of the org. */
function refuseRestless(error: unknown): never {
  if (error instanceof Error && error.name === 'RestlessOrgError')
    throw new ApiError(409, 'RESTLESS_ORG', error.message);
  throw error;
}

function noSubscription(name: string): ApiError {
  return new ApiError(404, 'NOT_FOUND', `There is no subscription ${name}.`);
}
