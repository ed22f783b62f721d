import { loadMessages } from '../../messages/index.js';
import { CalloutCommand } from '../support/callout-command.js';
import { aliasFlag } from '../support/org-flags.js';

const messages = loadMessages('org');

export interface OrgStopResult {
  readonly alias: string;
  readonly stopped: true;
}

/** `callout org stop`. */
export default class OrgStop extends CalloutCommand<OrgStopResult> {
  public static override readonly summary = messages.get('stop.summary');
  public static override readonly description = messages.get('stop.description');
  public static override readonly examples = messages.examples('stop.examples');
  public static override readonly flags = { alias: aliasFlag };

  public override async run(): Promise<OrgStopResult> {
    const { flags } = await this.parse(OrgStop);
    const { stopLocalOrg } = await import('../../../../local-org/src/index.js');
    const { asUserError } = await import('../support/local-org.js');
    const { deauthorizeAlias } = await import('../../deploy/index.js');
    const projectRoot = process.cwd();
    try {
      await stopLocalOrg({ projectRoot, alias: flags.alias });
    } catch (error) {
      throw asUserError(error);
    }
    await deauthorizeAlias(flags.alias, { projectRoot });
    if (!this.jsonEnabled()) this.log(messages.get('info.stopped', flags.alias));
    return { alias: flags.alias, stopped: true };
  }
}
