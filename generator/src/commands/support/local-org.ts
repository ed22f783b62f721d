import { LocalOrgError } from '../../../../local-org/src/index.js';
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
