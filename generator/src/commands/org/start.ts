import { basename, dirname, resolve } from 'node:path';
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
    clock: Flags.option({
      summary: messages.get('flags.clock.summary'),
      options: ['real', 'virtual'] as const,
      default: 'real',
    })(),
    user: Flags.string({ char: 'u', summary: messages.get('flags.user.summary'), multiple: true }),
    certificate: Flags.string({ summary: messages.get('flags.certificate.summary'), multiple: true }),
    'credential-setting': Flags.string({
      summary: messages.get('flags.credential-setting.summary'),
      multiple: true,
    }),
    'config-dir': configDirFlag,
  };

  public override async run(): Promise<OrgStartResult> {
    const { flags } = await this.parse(OrgStart);
    const { startLocalOrg, stopLocalOrg } = await import('../../../../local-org/src/index.js');
    const { asUserError } = await import('../support/local-org.js');
    const { authorizeAlias } = await import('../../deploy/index.js');
    const projectRoot = process.cwd();
    try {
      const named = await namedByConfig(flags['config-dir']);
      const handle = await startLocalOrg({
        projectRoot,
        alias: flags.alias,
        port: flags.port,
        dataDir: flags['data-dir'],
        clock: flags.clock,
        users: distinct(named.users, flags.user),
        certificates: distinct(named.certificates, flags.certificate),
        credentialSettings: flags['credential-setting'] ?? [],
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

interface NamedByConfig {
  readonly users: readonly string[];
  readonly certificates: readonly string[];
}

/**
 * What the generated metadata names but does not hold, and the org must have: the integration users, and the
 * certificates that sign tokens. A folder without configuration names none.
 */
async function namedByConfig(configDir: string): Promise<NamedByConfig> {
  const { existsSync } = await import('node:fs');
  if (!existsSync(configDir)) return { users: [], certificates: [] };
  const { loadConfig } = await import('../../config/index.js');
  const folder = resolve(configDir);
  const { environments, integrations } = await loadConfig({
    projectRoot: dirname(folder),
    configDir: basename(folder),
  });
  return {
    users: environments.map(({ integrationUser }) => integrationUser),
    certificates: integrations.flatMap(({ auth: { method } }) =>
      method.type === 'jwtBearer' ? [method.certificate] : [],
    ),
  };
}

function distinct(configured: readonly string[], given: readonly string[] = []): readonly string[] {
  return [...new Set([...configured, ...given])];
}
