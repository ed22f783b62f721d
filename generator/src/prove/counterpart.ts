import { startExternalSystem, type ExternalSystem } from '../../../local-org/src/index.js';
import type { Integration } from '../model/index.js';
import { introduce, type Acquaintance } from './receiver.js';

/** A server on this machine that stands for the receiver of every integration. */
export interface Counterpart extends Acquaintance {
  readonly system: ExternalSystem;
}

/** How the counterpart behaves: sessions end soon, and a new one ends the one before, as with the receivers that the failure is known from. */
const STRICT = {
  token: { lifetimeSeconds: 2, live: 'onePerClient' },
} as const;

/**
 * Starts the counterpart of some integrations.
 * @param orgUrl where browser logins end
 */
export async function startCounterpart(integrations: readonly Integration[], orgUrl: string): Promise<Counterpart> {
  const system = await startExternalSystem({ behaviour: STRICT });
  return { system, ...(await introduce(system, integrations, orgUrl)) };
}
