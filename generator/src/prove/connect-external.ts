import type { Integration } from '../model/index.js';
import { OrgClient, type OrgAddress } from '../org-client/index.js';
import { introduce, type Receiver } from './receiver.js';
import { setUpIntegrations } from './set-up.js';

export interface ConnectOptions {
  readonly org: OrgAddress;
  /** The external system that is to stand for the receivers. */
  readonly receiver: Receiver;
  readonly integrations: readonly Integration[];
  readonly integrationUser: string;
}

/**
 * Makes a local org and an external system work together: routes for the addresses of the integrations, secrets on both sides, permission
 * sets of the integration user. Other routes of the org are replaced.
 */
export async function connectExternal({ org, receiver, integrations, integrationUser }: ConnectOptions): Promise<void> {
  const client = new OrgClient(org);
  const acquaintance = await introduce(receiver, integrations, org.url);
  await client.request('PUT', '/callout/routes', acquaintance.routes);
  await setUpIntegrations(client, acquaintance, { integrations, integrationUser });
}
