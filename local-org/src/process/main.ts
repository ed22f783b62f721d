import { parseArgs } from 'node:util';
import { createLocalOrg } from '../server/index.js';
import { readCredentialSettings } from './credential-settings.js';
import { runService } from '../service/index.js';
import { orgTitle, type ProcessState } from './org-service.js';

await main();

/** Runs the org that the arguments describe. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      alias: { type: 'string' },
      'state-file': { type: 'string' },
      port: { type: 'string', default: '0' },
      'data-dir': { type: 'string' },
      clock: { type: 'string', default: 'real' },
      user: { type: 'string', multiple: true, default: [] },
      certificate: { type: 'string', multiple: true, default: [] },
      'credential-setting': { type: 'string', multiple: true, default: [] },
    },
  });
  const { alias, 'state-file': stateFile } = values;
  if (alias === undefined || stateFile === undefined)
    throw new Error('A local org process needs --alias and --state-file.');
  await runService({
    title: orgTitle(alias),
    stateFile,
    port: values.port,
    start: async (log) => {
      const org = await createLocalOrg({
        alias,
        port: Number(values.port),
        dataDir: values['data-dir'],
        clock: values.clock === 'virtual' ? 'virtual' : 'real',
        users: values.user,
        certificates: values.certificate,
        credentialSettings: readCredentialSettings(values['credential-setting']),
        log,
      });
      const { url, port, token, orgId, userId, username, startedAt } = org;
      const state: ProcessState = { alias, pid: process.pid, port, url, token, orgId, userId, username, startedAt };
      return { state, close: () => org.close(), warmUp: () => org.warmUp() };
    },
  });
}
