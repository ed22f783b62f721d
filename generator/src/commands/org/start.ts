import { Flags } from '@oclif/core';
import { loadMessages } from '../../messages/index.js';
import { CalloutCommand } from '../support/callout-command.js';
import { aliasFlag } from '../support/org-flags.js';
import { configDirFlag } from '../support/shared-flags.js';

const messages = loadMessages('org');

export interface OrgStartResult {
  readonly alias: string;
  readonly url: string;
  readonly pid: number;
  readonly username: string;
  readonly dataDir: string | undefined;
}

/** `callout org start`: a local org in a process of its own, known to the SF CLI. */
export default class OrgStart extends CalloutCommand<OrgStartResult> {
  public static override readonly summary = messages.get('start.summary');
  public static override readonly description = messages.get('start.description');
  public static override readonly examples = messages.examples('start.examples');
  public static override readonly flags = {
    alias: aliasFlag,
    port: Flags.integer({ char: 'p', summary: messages.get('flags.port.summary'), default: 0, min: 0, max: 65535 }),
    'data-dir': Flags.directory({ summary: messages.get('flags.data-dir.summary') }),
    user: Flags.string({ char: 'u', summary: messages.get('flags.user.summary'), multiple: true, default: [] }),
    'config-dir': configDirFlag,
  };

  public override async run(): Promise<OrgStartResult> {
    const { flags } = await this.parse(OrgStart);
    const { startLocalOrg, stopLocalOrg } = await import('../../../../local-org/src/index.js');
    const { asUserError } = await import('../support/local-org.js');
    const { authorizeAlias } = await import('../../deploy/index.js');
    const projectRoot = process.cwd();
    try {
      const users = [...new Set([...(await integrationUsers(flags['config-dir'])), ...flags.user])];
      const handle = await startLocalOrg({
        projectRoot,
        alias: flags.alias,
        port: flags.port,
        dataDir: flags['data-dir'],
        users,
      });
      try {
        await authorizeAlias(handle, { projectRoot });
      } catch (error) {
        await stopLocalOrg({ projectRoot, alias: flags.alias });
        throw error;
      }
      if (!this.jsonEnabled()) {
        this.log(messages.get('info.started', flags.alias, handle.url, handle.pid, flags.alias, flags.alias));
      }
      return {
        alias: flags.alias,
        url: handle.url,
        pid: handle.pid,
        username: handle.username,
        dataDir: flags['data-dir'],
      };
    } catch (error) {
      throw asUserError(error);
    }
  }
}

/** The users that the generated subscriber config may name must exist in the org. A folder without configuration names none. */
async function integrationUsers(configDir: string): Promise<readonly string[]> {
  const { existsSync } = await import('node:fs');
  if (!existsSync(configDir)) return [];
  const { loadEnvironments } = await import('../../pipeline/index.js');
  return (await loadEnvironments(configDir)).map(({ integrationUser }) => integrationUser);
}
