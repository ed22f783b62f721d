import type { DeploymentCheck } from '../deployment/index.js';
import type { OrgUser } from '../model/index.js';

/**
 * A check that sees the users of the org as its records have them: metadata may name users whom people made.
 * @param users undefined while nothing has loaded the records, so that nobody can have changed any
 */
export function checkWithUsers(
  check: DeploymentCheck,
  users: () => Promise<readonly OrgUser[] | undefined>,
): DeploymentCheck {
  return async (pkg, org, signal) => {
    const people = await users();
    if (people === undefined) return check(pkg, org, signal);
    const view = {
      component: (type: string, fullName: string) => org.component(type, fullName),
      components: (type: string) => org.components(type),
      users: people,
    };
    return check(pkg, view, signal);
  };
}
