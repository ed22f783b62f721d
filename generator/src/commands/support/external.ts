import {
  ExternalAdmin,
  ExternalAdminError,
  externalStatus,
  LocalOrgError,
  type ExternalHandle,
} from '../../../../local-org/src/index.js';
import { UserError } from '../../errors/index.js';
import { loadMessages } from '../../messages/index.js';

/** Failures that have a next step, by their code. */
const ACTIONS: ReadonlySet<string> = new Set(['already-running', 'not-running', 'port-unavailable']);

/** The external system of this project and its administrator's API. Throws UserError when it does not run. */
export async function runningExternal(): Promise<{ readonly handle: ExternalHandle; readonly admin: ExternalAdmin }> {
  const status = await externalStatus(process.cwd());
  if (status.state === 'stopped') {
    const messages = loadMessages('external');
    throw new UserError('ExternalSystemError', messages.get('error.notRunning'), {
      actions: messages.list('error.notRunning.actions'),
    });
  }
  return { handle: status.handle, admin: new ExternalAdmin(status.handle.url) };
}

/** Turns a failure of the external system into one with actions; everything else comes back as it is. */
export function asExternalError(error: unknown): unknown {
  const messages = loadMessages('external');
  if (error instanceof ExternalAdminError)
    return new UserError('ExternalSystemError', error.message, {
      actions: messages.list('error.refused.actions'),
      cause: error,
    });
  if (!(error instanceof LocalOrgError)) return error;
  const actions = ACTIONS.has(error.code) ? messages.list(`error.${error.code}.actions`) : [];
  return new UserError('ExternalSystemError', error.message, { actions, cause: error });
}
