import { loadMessages } from '../../../messages/index.js';
import { CalloutCommand } from '../../support/callout-command.js';
import { table } from '../../../table/index.js';

const messages = loadMessages('external');

export interface ExternalStatusResult {
  readonly state: 'running' | 'unresponsive' | 'stopped';
  readonly url: string | undefined;
  readonly pid: number | undefined;
  readonly summary: Readonly<Record<string, number>> | undefined;
}

/** `callout org external status`. */
export default class ExternalStatusCommand extends CalloutCommand<ExternalStatusResult> {
  public static override readonly summary = messages.get('status.summary');
  public static override readonly description = messages.get('status.description');
  public static override readonly examples = messages.examples('status.examples');

  public override async run(): Promise<ExternalStatusResult> {
    await this.parse(ExternalStatusCommand);
    const { externalStatus } = await import('../../../../../local-org/src/index.js');
    const status = await externalStatus(process.cwd());
    switch (status.state) {
      case 'running': {
        const { url, pid } = status.handle;
        const summary = { ...status.summary };
        this.say(messages.get('info.running', url, pid));
        this.say(table(['Count', ''], Object.entries(summary)));
        return { state: 'running', url, pid, summary };
      }
      case 'unresponsive': {
        const { url, pid } = status.handle;
        this.say(messages.get('info.unresponsive', pid));
        return { state: 'unresponsive', url, pid, summary: undefined };
      }
      case 'stopped':
        this.say(messages.get('info.notRunning'));
        return { state: 'stopped', url: undefined, pid: undefined, summary: undefined };
    }
  }

  private say(text: string): void {
    if (!this.jsonEnabled()) this.log(text);
  }
}
