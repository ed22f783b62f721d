import { LocalOrgError, localOrgStatus, type LocalOrgHandle } from '../../../../local-org/src/index.js';
import { UserError } from '../../errors/index.js';
import { loadMessages } from '../../messages/index.js';

/** Failures of the local org that have a next step, by their code. */
const ACTIONS: Readonly<Record<string, string>> = {
  'already-running': 'error.already-running.actions',
  'not-running': 'error.not-running.actions',
  'port-unavailable': 'error.port-unavailable.actions',
};

/** Turns a failure of the local org into one with actions; everything else comes back as it is. */
export function asUserError(error: unknown): unknown {
  if (!(error instanceof LocalOrgError)) return error;
  const key = ACTIONS[error.code];
  return new UserError('LocalOrgError', error.message, {
    actions: key === undefined ? [] : loadMessages('org').list(key),
    cause: error,
  });
}

/** The local org of that alias. Throws UserError when it does not run. */
export async function runningOrg(alias: string): Promise<LocalOrgHandle> {
  const status = await localOrgStatus({ projectRoot: process.cwd(), alias });
  if (status.state === 'running') return status.handle;
  const messages = loadMessages('org');
  throw status.state === 'stopped'
    ? new UserError('LocalOrgError', messages.get('error.notRunning', alias), {
        actions: messages.list('error.not-running.actions'),
      })
    : new UserError('LocalOrgError', messages.get('error.unresponsive', alias, status.handle.pid), {
        actions: messages.list('error.unresponsive.actions'),
      });
}
