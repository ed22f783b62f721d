import { Flags } from '@oclif/core';
import { loadMessages } from '../../messages/index.js';
import type { OrgEvent } from '../../watch/index.js';
import { CalloutCommand } from '../support/callout-command.js';
import { aliasFlag } from '../support/org-flags.js';

const messages = loadMessages('org');

export interface OrgWatchResult {
  readonly alias: string;
  readonly events: readonly OrgEvent[];
}

/** `callout org watch`: what happens in a local org, live. */
export default class OrgWatch extends CalloutCommand<OrgWatchResult> {
  public static override readonly summary = messages.get('watch.summary');
  public static override readonly description = messages.get('watch.description');
  public static override readonly examples = messages.examples('watch.examples');
  public static override readonly flags = {
    alias: aliasFlag,
    duration: Flags.integer({ char: 'd', summary: messages.get('flags.duration.summary'), min: 1 }),
  };

  public override async run(): Promise<OrgWatchResult> {
    const { flags } = await this.parse(OrgWatch);
    const { runningOrg } = await import('../support/local-org.js');
    const handle = await runningOrg(flags.alias);
    const { watch } = await import('../../watch/index.js');
    const events: OrgEvent[] = [];
    const stop = new AbortController();
    process.once('SIGINT', () => stop.abort());
    const end =
      flags.duration === undefined
        ? stop.signal
        : AbortSignal.any([stop.signal, AbortSignal.timeout(flags.duration * 1000)]);
    await watch({
      org: handle,
      title: messages.get('info.watching', flags.alias, handle.url),
      signal: end,
      terminal: !this.jsonEnabled() && process.stdout.isTTY ? process.stdout : undefined,
      onLine: (line) => {
        if (!this.jsonEnabled()) this.log(line);
      },
      onEvent: (event) => {
        if (this.jsonEnabled()) events.push(event);
      },
    });
    return { alias: flags.alias, events };
  }
}
