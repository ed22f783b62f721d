import type { Integration } from '../model/index.js';
import type { OrgClient } from '../org-client/index.js';
import { assignPermissionSets, callerPermissionSetsOf, permissionSetsOf } from './permissions.js';
import type { Acquaintance } from './receiver.js';
import { storeSecrets } from './secrets.js';

export interface SetUpOptions {
  readonly integrations: readonly Integration[];
  readonly integrationUser: string;
}

/**
 * Grants the credentials to the integration user, and to the caller where calls run as that user, and stores their secrets, as an administrator does once after the first deployment; secrets of
 * a per-user principal are stored as that user. Throws UserError `NotDeployedError` when the project is not deployed.
 */
export async function setUpIntegrations(
  org: OrgClient,
  receiver: Acquaintance,
  { integrations, integrationUser }: SetUpOptions,
): Promise<void> {
  const caller = await org.username();
  for (const integration of integrations) {
    await assignPermissionSets(org, caller, callerPermissionSetsOf(integration));
    await assignPermissionSets(org, integrationUser, permissionSetsOf(integration));
    const owner = integration.auth.principal.scope === 'perUser' ? await org.as(integrationUser) : org;
    await storeSecrets(owner, integration, receiver);
  }
}
