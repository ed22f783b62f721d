import * as z from 'zod';
import type { OrgClient } from './org-client.js';

const ADVANCE_PATH = '/callout/clock/advance';
/** One request goes ahead this far at most, so that none takes too long to be answered. */
const STEP_MILLISECONDS = 6 * 3_600_000;

const answer = z.object({ from: z.string(), to: z.string(), tasks: z.number() });

/** The org's time before and after, ISO 8601, and how many jobs, deliveries of events and timers ran. */
export type Advanced = z.infer<typeof answer>;

/** Lets a local org go ahead in time and run what is due. Throws OrgRequestError. */
export async function advanceClock(org: OrgClient, milliseconds: number): Promise<Advanced> {
  const ahead = async (step: number): Promise<Advanced> =>
    answer.parse(await org.request('POST', ADVANCE_PATH, { milliseconds: step }));
  let done = await ahead(Math.min(milliseconds, STEP_MILLISECONDS));
  for (let left = milliseconds - STEP_MILLISECONDS; left > 0; left -= STEP_MILLISECONDS) {
    const { to, tasks } = await ahead(Math.min(left, STEP_MILLISECONDS));
    done = { from: done.from, to, tasks: done.tasks + tasks };
  }
  return done;
}
