import { UserError } from '../errors/index.js';
import { loadMessages } from '../messages/index.js';

const messages = loadMessages('sf');

/** The Salesforce CLI is not installed. */
export function sfNotFound(): UserError {
  return userError('SfNotFoundError', 'error.sfNotFound', []);
}

/** The Salesforce CLI could not be started. */
export function sfNotRunnable(why: string): UserError {
  return userError('SfNotRunnableError', 'error.sfNotRunnable', [why]);
}

/** A command that was asked for JSON printed something else. */
export function sfOutput(exitCode: number, said: string): UserError {
  return userError('SfOutputError', 'error.sfOutput', [exitCode, said]);
}

/** The Salesforce CLI refused to log in to a local org. */
export function authorizationFailed(alias: string, why: string): UserError {
  return new UserError('AuthorizationError', messages.get('error.authorize', alias, why), {
    actions: messages.list('error.authorize.actions').map((action) => action.replace('%s', alias)),
  });
}

/** sfdx-project.json lists nothing that could be deployed. */
export function noPackageDirectories(file: string): UserError {
  return userError('NoPackageDirectoriesError', 'error.noPackageDirectories', [file]);
}

function userError(name: string, key: string, values: readonly (string | number)[]): UserError {
  return new UserError(name, messages.get(key, ...values), { actions: messages.list(`${key}.actions`) });
}
