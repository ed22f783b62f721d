import { UserError } from '../errors/index.js';
import type { Integration } from '../model/index.js';
import type { OrgClient } from '../org-client/index.js';
import type { Counterpart } from './counterpart.js';
import { assignPermissionSets, permissionSetsOf } from './permissions.js';
import { storeSecrets } from './secrets.js';

export interface SetUpOptions {
  readonly integrations: readonly Integration[];
  readonly integrationUser: string;
  /** An integration that cannot be set up this way, and why. */
  readonly onSkipped?: (integration: string, why: string) => void;
}

/**
 * Grants the integration user the credentials and stores their secrets, as an administrator does once after the first deployment. What
 * cannot be set up is reported and left out. Throws UserError `NotDeployedError` when the project is not deployed.
 * @returns the integrations that are ready
 */
export async function setUpIntegrations(
  org: OrgClient,
  counterpart: Counterpart,
  { integrations, integrationUser, onSkipped }: SetUpOptions,
): Promise<readonly Integration[]> {
  const ready: Integration[] = [];
  for (const integration of integrations) {
    try {
      await assignPermissionSets(org, integrationUser, permissionSetsOf(integration));
      await storeSecrets(org, integration, counterpart.secretsOf(integration));
      ready.push(integration);
    } catch (error) {
      if (!(error instanceof UserError) || error.name === 'NotDeployedError') throw error;
      onSkipped?.(integration.name, error.message);
    }
  }
  return ready;
}
