import { Flags } from '@oclif/core';
import { loadMessages } from '../../../messages/index.js';
import { CalloutCommand } from '../../support/callout-command.js';
import { count } from '../../support/count.js';

const messages = loadMessages('external');

export interface ExternalExpireResult {
  readonly expired: number;
}

/** `callout org external expire`. */
export default class ExternalExpire extends CalloutCommand<ExternalExpireResult> {
  public static override readonly summary = messages.get('expire.summary');
  public static override readonly description = messages.get('expire.description');
  public static override readonly examples = messages.examples('expire.examples');
  public static override readonly flags = {
    client: Flags.string({ summary: messages.get('flags.client.summary') }),
  };

  public override async run(): Promise<ExternalExpireResult> {
    const { flags } = await this.parse(ExternalExpire);
    const { runningExternal } = await import('../../support/external.js');
    const expired = await (await runningExternal()).admin.expireTokens(flags.client);
    if (!this.jsonEnabled()) this.log(messages.get('info.expired', count(expired, 'access token')));
    return { expired };
  }
}
