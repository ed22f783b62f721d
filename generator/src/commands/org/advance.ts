import { Args } from '@oclif/core';
import { z } from 'zod';
import { UserError } from '../../errors/index.js';
import { loadMessages } from '../../messages/index.js';
import { OrgClient } from '../../org-client/index.js';
import { CalloutCommand } from '../support/callout-command.js';
import { count } from '../support/count.js';
import { parseDuration } from '../support/duration.js';
import { runningOrg } from '../support/local-org.js';
import { aliasFlag } from '../support/org-flags.js';

const messages = loadMessages('org');

const ADVANCE_PATH = '/callout/clock/advance';
/** One request goes ahead this far at most, so that none takes too long to be answered. */
const STEP_MILLISECONDS = 6 * 3_600_000;

const answer = z.object({ from: z.string(), to: z.string(), tasks: z.number() });

export interface OrgAdvanceResult {
  readonly alias: string;
  /** The org's time before and after, ISO 8601. */
  readonly from: string;
  readonly to: string;
  /** Jobs, deliveries of events and timers that ran. */
  readonly tasks: number;
}

/** `callout org advance 15m`: goes ahead in the time of a local org and runs what is due. */
export default class OrgAdvance extends CalloutCommand<OrgAdvanceResult> {
  public static override readonly summary = messages.get('advance.summary');
  public static override readonly description = messages.get('advance.description');
  public static override readonly examples = messages.examples('advance.examples');
  public static override readonly args = {
    duration: Args.string({ description: messages.get('args.duration.description'), required: true }),
  };
  public static override readonly flags = { alias: aliasFlag };

  public override async run(): Promise<OrgAdvanceResult> {
    const { args, flags } = await this.parse(OrgAdvance);
    const milliseconds = parseDuration(args.duration);
    if (milliseconds === undefined) {
      throw new UserError('InvalidDurationError', messages.get('error.invalidDuration', args.duration), {
        actions: messages.list('error.invalidDuration.actions'),
      });
    }
    const org = new OrgClient(await runningOrg(flags.alias));
    let done = await ahead(org, Math.min(milliseconds, STEP_MILLISECONDS));
    for (let left = milliseconds - STEP_MILLISECONDS; left > 0; left -= STEP_MILLISECONDS) {
      const { to, tasks } = await ahead(org, Math.min(left, STEP_MILLISECONDS));
      done = { from: done.from, to, tasks: done.tasks + tasks };
    }
    if (!this.jsonEnabled()) this.log(messages.get('info.advanced', flags.alias, done.to, count(done.tasks, 'task')));
    return { alias: flags.alias, ...done };
  }
}

async function ahead(org: OrgClient, milliseconds: number): Promise<z.infer<typeof answer>> {
  return answer.parse(await org.request('POST', ADVANCE_PATH, { milliseconds }));
}
