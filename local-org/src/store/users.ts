import type { OrgUser } from '../model/index.js';
import { KEY_PREFIX, type IdSource } from './ids.js';

/** A username that is no username: `local@domain` is the platform's rule. */
export class InvalidUsernameError extends Error {
  public override readonly name = 'InvalidUsernameError';
}

const USERNAME = /^[\w.+'-]+@[\w-]+(\.[\w-]+)+$/;

/**
 * The users that an org must have: an administrator, those that the options name, and the two that exist in every org
 * and start automation (PLATFORM 1.5.4). Users that exist already keep their ids.
 */
export function completeUsers(
  existing: readonly OrgUser[],
  adminUsername: string,
  usernames: readonly string[],
  orgId: string,
  ids: IdSource,
): readonly OrgUser[] {
  const wanted: readonly Omit<OrgUser, 'id' | 'active'>[] = [
    { username: adminUsername, name: 'Admin User', kind: 'standard' },
    ...usernames.map((username) => ({ username, name: displayName(username), kind: 'standard' as const })),
    { username: `autoproc@${orgId.toLowerCase()}`, name: 'Automated Process', kind: 'automatedProcess' },
    { username: `defaultworkflowuser@${orgId.toLowerCase()}`, name: 'Default Workflow User', kind: 'defaultWorkflow' },
  ];
  const users = [...existing];
  for (const user of wanted) {
    if (user.kind === 'standard' && !USERNAME.test(user.username)) {
      throw new InvalidUsernameError(`"${user.username}" is not a username: it must look like an e-mail address.`);
    }
    const known = users.some(({ username, kind }) =>
      user.kind === 'standard' ? sameName(username, user.username) : kind === user.kind,
    );
    if (!known) users.push({ ...user, id: ids.next(KEY_PREFIX.user), active: true });
  }
  return users;
}

function sameName(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

/** `integration.user@callout.example` is shown as `Integration User`. */
function displayName(username: string): string {
  const words = (username.split('@')[0] ?? username).split(/[._+-]+/).filter((word) => word !== '');
  return words.map((word) => (word[0] ?? '').toUpperCase() + word.slice(1)).join(' ');
}
