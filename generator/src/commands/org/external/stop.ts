import { loadMessages } from '../../../messages/index.js';
import { CalloutCommand } from '../../support/callout-command.js';

const messages = loadMessages('external');

export interface ExternalStopResult {
  readonly stopped: true;
}

/** `callout org external stop`. */
export default class ExternalStop extends CalloutCommand<ExternalStopResult> {
  public static override readonly summary = messages.get('stop.summary');
  public static override readonly description = messages.get('stop.description');
  public static override readonly examples = messages.examples('stop.examples');

  public override async run(): Promise<ExternalStopResult> {
    await this.parse(ExternalStop);
    const { stopExternal } = await import('../../../../../local-org/src/index.js');
    const { asExternalError } = await import('../../support/external.js');
    try {
      await stopExternal(process.cwd());
    } catch (error) {
      throw asExternalError(error);
    }
    if (!this.jsonEnabled()) this.log(messages.get('info.stopped'));
    return { stopped: true };
  }
}
