import { Flags } from '@oclif/core';
import { UserError } from '../errors/index.js';
import { loadMessages } from '../messages/index.js';
import type { ProofRun } from '../prove/index.js';
import { CalloutCommand } from './support/callout-command.js';
import { aliasFlag } from './support/org-flags.js';
import { projectOf } from './support/project-of.js';
import { configDirFlag } from './support/shared-flags.js';

const messages = loadMessages('prove');

const DEFAULT_RECORDS = [1, 50, 200];
/** What one request of the REST API may change (REST API: sObject Collections). */
const MOST_RECORDS = 200;

export interface ProveResult {
  readonly runs: readonly ProofRun[];
}

/** `callout prove`: changes records in a local org and looks at what arrives. */
export default class Prove extends CalloutCommand<ProveResult> {
  public static override readonly summary = messages.get('summary');
  public static override readonly description = messages.get('description');
  public static override readonly examples = messages.examples('examples');
  public static override readonly flags = {
    alias: aliasFlag,
    integration: Flags.string({ char: 'i', summary: messages.get('flags.integration.summary'), multiple: true }),
    records: Flags.integer({
      char: 'r',
      summary: messages.get('flags.records.summary'),
      multiple: true,
      min: 1,
      max: MOST_RECORDS,
      default: DEFAULT_RECORDS,
    }),
    'config-dir': configDirFlag,
  };

  public override async run(): Promise<ProveResult> {
    const { flags } = await this.parse(Prove);
    const { integrations, environment } = await projectOf(flags['config-dir'], flags.integration);
    const { runningOrg } = await import('./support/local-org.js');
    const handle = await runningOrg(flags.alias);
    const { isProved, prove, proofTable } = await import('../prove/index.js');
    const { runs } = await prove({
      org: handle,
      alias: flags.alias,
      projectRoot: process.cwd(),
      integrations,
      integrationUser: environment.integrationUser,
      counts: flags.records,
      onReady: (url) => this.say(messages.get('info.setUp', url, environment.integrationUser)),
    });
    this.say(`\n${proofTable(runs)}`);
    for (const { integration, way, problems } of runs)
      for (const problem of problems) this.say(messages.get('info.problem', integration, way, problem));
    const failed = runs.filter((run) => !isProved(run)).length;
    if (failed > 0)
      throw new UserError('NotProvedError', messages.get('error.notProved', failed, runs.length), {
        actions: messages.list('error.notProved.actions'),
        data: { runs },
      });
    this.say(messages.get('info.proved'));
    return { runs };
  }

  private say(text: string): void {
    if (!this.jsonEnabled()) this.log(text);
  }
}
