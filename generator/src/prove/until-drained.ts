import { setTimeout as delay } from 'node:timers/promises';
import type { Integration } from '../model/index.js';
import type { OrgClient } from '../org-client/index.js';
import { isDrained } from './deliveries.js';

const POLL_MILLISECONDS = 50;

/** Waits until no row of an integration waits or is under way. */
export async function untilDrained(org: OrgClient, integration: Integration): Promise<void> {
  while (!(await isDrained(org, integration))) await delay(POLL_MILLISECONDS);
}
