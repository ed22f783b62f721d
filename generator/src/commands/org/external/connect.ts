import { Flags } from '@oclif/core';
import { loadMessages } from '../../../messages/index.js';
import { CalloutCommand } from '../../support/callout-command.js';
import { aliasFlag } from '../../support/org-flags.js';
import { configDirFlag } from '../../support/shared-flags.js';

const messages = loadMessages('external');

export interface ExternalConnectResult {
  readonly integrations: readonly string[];
  readonly url: string;
}

/** `callout org external connect`. */
export default class ExternalConnect extends CalloutCommand<ExternalConnectResult> {
  public static override readonly summary = messages.get('connect.summary');
  public static override readonly description = messages.get('connect.description');
  public static override readonly examples = messages.examples('connect.examples');
  public static override readonly flags = {
    alias: aliasFlag,
    integration: Flags.string({ char: 'i', summary: messages.get('flags.integration.summary'), multiple: true }),
    'config-dir': configDirFlag,
  };

  public override async run(): Promise<ExternalConnectResult> {
    const { flags } = await this.parse(ExternalConnect);
    const { projectOf } = await import('../../support/project-of.js');
    const { runningOrg } = await import('../../support/local-org.js');
    const { asExternalError, runningExternal } = await import('../../support/external.js');
    const { connectExternal } = await import('../../../prove/index.js');
    const { integrations, environment } = await projectOf(flags['config-dir'], flags.integration);
    const org = await runningOrg(flags.alias);
    const { admin } = await runningExternal();
    try {
      const { integrationUser } = environment;
      await connectExternal({ org, receiver: admin, integrations, integrationUser });
    } catch (error) {
      throw asExternalError(error);
    }
    const names = integrations.map(({ name }) => name);
    if (!this.jsonEnabled()) this.log(messages.get('info.connected', names.join(', '), admin.url, flags.alias));
    return { integrations: names, url: admin.url };
  }
}
