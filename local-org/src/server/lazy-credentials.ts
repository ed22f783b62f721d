import type { Credentials, CredentialsOptions } from '../platform/credentials/index.js';
import type { LiveOrg } from '../platform/live/index.js';
import type { OrgStore } from '../store/index.js';

/** The credentials of an org; they are loaded with the live org. */
export async function makeCredentials(
  store: OrgStore,
  org: () => LiveOrg,
  options: Omit<CredentialsOptions, 'org' | 'world'>,
): Promise<Credentials> {
  const [{ Credentials: OrgCredentials }, { credentialWorld }] = await Promise.all([
    import('../platform/credentials/index.js'),
    import('./credential-world.js'),
  ]);
  return new OrgCredentials({ ...options, org: () => store.state, world: credentialWorld(org, store) });
}
