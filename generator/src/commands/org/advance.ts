import { Args } from '@oclif/core';
import { UserError } from '../../errors/index.js';
import { loadMessages } from '../../messages/index.js';
import { CalloutCommand } from '../support/callout-command.js';
import { count } from '../support/count.js';
import { parseDuration } from '../support/duration.js';
import { aliasFlag } from '../support/org-flags.js';

const messages = loadMessages('org');

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
    const { runningOrg } = await import('../support/local-org.js');
    const { advanceClock, OrgClient } = await import('../../org-client/index.js');
    const done = await advanceClock(new OrgClient(await runningOrg(flags.alias)), milliseconds);
    if (!this.jsonEnabled()) this.log(messages.get('info.advanced', flags.alias, done.to, count(done.tasks, 'task')));
    return { alias: flags.alias, ...done };
  }
}
