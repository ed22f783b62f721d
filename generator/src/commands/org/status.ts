import { CalloutCommand } from '../support/callout-command.js';
import { count } from '../support/count.js';
import { loadMessages } from '../../messages/index.js';
import { aliasFlag } from '../support/org-flags.js';

const messages = loadMessages('org');

export interface OrgStatusResult {
  readonly alias: string;
  readonly state: 'running' | 'unresponsive' | 'stopped';
  readonly url: string | undefined;
  readonly pid: number | undefined;
  readonly components: number | undefined;
  readonly deployments: number | undefined;
}

/** `callout org status`. */
export default class OrgStatus extends CalloutCommand<OrgStatusResult> {
  public static override readonly summary = messages.get('status.summary');
  public static override readonly description = messages.get('status.description');
  public static override readonly examples = messages.examples('status.examples');
  public static override readonly flags = { alias: aliasFlag };

  public override async run(): Promise<OrgStatusResult> {
    const { flags } = await this.parse(OrgStatus);
    const { localOrgStatus } = await import('../../../../local-org/src/index.js');
    const status = await localOrgStatus({ projectRoot: process.cwd(), alias: flags.alias });
    switch (status.state) {
      case 'running': {
        const { handle, components, deployments } = status;
        this.say(
          'info.running',
          flags.alias,
          handle.url,
          handle.pid,
          count(components, 'component'),
          count(deployments, 'deployment'),
        );
        return { alias: flags.alias, state: 'running', url: handle.url, pid: handle.pid, components, deployments };
      }
      case 'unresponsive':
        this.say('info.unresponsive', flags.alias, status.handle.pid);
        return {
          ...NOTHING,
          alias: flags.alias,
          state: 'unresponsive',
          url: status.handle.url,
          pid: status.handle.pid,
        };
      case 'stopped':
        this.say('info.notRunning', flags.alias);
        return { ...NOTHING, alias: flags.alias, state: 'stopped' };
    }
  }

  private say(key: string, ...values: readonly (string | number)[]): void {
    if (!this.jsonEnabled()) this.log(messages.get(key, ...values));
  }
}

const NOTHING = { url: undefined, pid: undefined, components: undefined, deployments: undefined };
