import { Flags } from '@oclif/core';
import { loadMessages } from '../../../messages/index.js';
import { CalloutCommand } from '../../support/callout-command.js';

const messages = loadMessages('external');

export interface ExternalStartResult {
  readonly url: string;
  readonly pid: number;
}

/** `callout org external start`: an external system in a process of its own. */
export default class ExternalStart extends CalloutCommand<ExternalStartResult> {
  public static override readonly summary = messages.get('start.summary');
  public static override readonly description = messages.get('start.description');
  public static override readonly examples = messages.examples('start.examples');
  public static override readonly flags = {
    port: Flags.integer({ char: 'p', summary: messages.get('flags.port.summary'), min: 0, max: 65535 }),
    seed: Flags.integer({ summary: messages.get('flags.seed.summary') }),
    behaviour: Flags.string({ summary: messages.get('flags.behaviour.summary') }),
  };

  public override async run(): Promise<ExternalStartResult> {
    const { flags } = await this.parse(ExternalStart);
    const { startExternal } = await import('../../../../../local-org/src/index.js');
    const { asExternalError } = await import('../../support/external.js');
    try {
      const { port, seed, behaviour: behaviourFile } = flags;
      const { url, pid } = await startExternal({ projectRoot: process.cwd(), port, seed, behaviourFile });
      if (!this.jsonEnabled()) this.log(messages.get('info.started', url, pid));
      return { url, pid };
    } catch (error) {
      throw asExternalError(error);
    }
  }
}
