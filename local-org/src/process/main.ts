import { parseArgs } from 'node:util';
import { createLocalOrg, loadChecks, type LocalOrg } from '../server/index.js';
import { LocalOrgError } from './local-org-error.js';
import type { StartMessage } from './messages.js';
import { claimState, releaseState } from './state-file.js';

const STOP_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** Why the system does not let a process listen at a port. */
const PORT_REFUSALS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program uses it',
  EACCES: 'this user may not listen there',
};

await main();

/** Starts the org that the arguments describe, says so to the parent, and serves until a signal comes. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      alias: { type: 'string' },
      'state-file': { type: 'string' },
      port: { type: 'string', default: '0' },
      'data-dir': { type: 'string' },
      user: { type: 'string', multiple: true, default: [] },
      certificate: { type: 'string', multiple: true, default: [] },
    },
  });
  const { alias, 'state-file': stateFile } = values;
  if (alias === undefined || stateFile === undefined)
    throw new Error('A local org process needs --alias and --state-file.');
  // A parent that dies before the org is ready leaves nobody who knows of it.
  const onOrphaned = (): void => process.exit(1);
  process.once('disconnect', onOrphaned);
  let org: LocalOrg | undefined;
  try {
    org = await createLocalOrg({
      alias,
      port: Number(values.port),
      dataDir: values['data-dir'],
      users: values.user,
      certificates: values.certificate,
      log,
    });
    claim(org, alias, stateFile);
    stopOnSignal(org, stateFile);
    log(`local org "${alias}" (${org.orgId}) listens at ${org.url}`);
    process.off('disconnect', onOrphaned);
    await tell({ kind: 'ready' });
    await loadChecks();
  } catch (error) {
    log(
      `local org "${alias}" did not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    await org?.close();
    if (org !== undefined) releaseState(stateFile, process.pid);
    await tell(failure(error, values.port));
    process.exitCode = 1;
  }
  if (process.connected) process.disconnect();
}

function claim(org: LocalOrg, alias: string, stateFile: string): void {
  const { url, port, token, orgId, userId, username, startedAt } = org;
  claimState(stateFile, { alias, pid: process.pid, port, url, token, orgId, userId, username, startedAt });
}

function stopOnSignal(org: LocalOrg, stateFile: string): void {
  for (const signal of STOP_SIGNALS) {
    process.once(signal, () => {
      log(`${signal}: stopping`);
      void org.close().finally(() => {
        releaseState(stateFile, process.pid);
        process.exit(0);
      });
    });
  }
}

function failure(error: unknown, port: string): StartMessage {
  const why = portRefusal(error);
  if (why !== undefined)
    return {
      kind: 'failed',
      code: 'port-unavailable',
      message: `The local org cannot listen at port ${port} of 127.0.0.1: ${why}.`,
    };
  const code = error instanceof LocalOrgError && error.code === 'already-running' ? error.code : 'start-failed';
  return { kind: 'failed', code, message: error instanceof Error ? error.message : String(error) };
}

function portRefusal(error: unknown): string | undefined {
  if (!(error instanceof Error && 'syscall' in error && error.syscall === 'listen' && 'code' in error))
    return undefined;
  return PORT_REFUSALS[String(error.code)];
}

function tell(message: StartMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) resolve();
    else process.send(message, () => resolve());
  });
}

function log(line: string): void {
  process.stdout.write(`${new Date().toISOString()} ${line}\n`);
}
