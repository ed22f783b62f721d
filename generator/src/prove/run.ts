import type { ExternalSystem } from '../../../local-org/src/index.js';
import type { Integration } from '../model/index.js';
import type { OrgClient } from '../org-client/index.js';
import { countDeliveries, newestRow, type Deliveries } from './deliveries.js';
import type { FieldValues } from './samples/index.js';
import { untilDrained } from './until-drained.js';

/** Changes one record as a person at a terminal does. */
export type UpdateOne = (object: string, id: string, values: FieldValues) => Promise<void>;

/** What a proof works with. */
export interface ProofSubject {
  readonly org: OrgClient;
  readonly system: ExternalSystem;
  readonly integration: Integration;
  readonly updateOne: UpdateOne;
}

/** One run: how many records were changed at once, and what came of it. */
export interface ProofRun extends Deliveries {
  readonly integration: string;
  /** How the records were changed. */
  readonly way: string;
  readonly records: number;
  /** Requests that the receiver got. */
  readonly calls: number;
  readonly status401: number;
  /** Tokens that the receiver issued. */
  readonly tokens: number;
  readonly milliseconds: number;
}

/** True when everything that the run asked for arrived once and in order. */
export function isProved({ records, delivered, left, doubled, outOfOrder }: ProofRun): boolean {
  return delivered === records && left === 0 && doubled === 0 && outOfOrder === 0;
}

/** What a change was answered with, where the answer itself says that it was delivered. */
export interface Answered {
  /** Calls that the receiver took at once, without a row in the queue. */
  readonly deliveredAtOnce: number;
}

/** Does something that starts an integration, waits until its queue is empty, and counts what came of it. */
export async function measureRun(
  { org, system, integration }: ProofSubject,
  way: string,
  records: number,
  start: () => Promise<Answered | undefined>,
): Promise<ProofRun> {
  const after = await newestRow(org, integration);
  const before = system.summary();
  const begin = performance.now();
  const answered = await start();
  await untilDrained(org, integration);
  const milliseconds = performance.now() - begin;
  const now = system.summary();
  const deliveries = await countDeliveries(org, system, integration, after);
  return {
    ...deliveries,
    delivered: deliveries.delivered + (answered?.deliveredAtOnce ?? 0),
    integration: integration.name,
    way,
    records,
    calls: now.received - before.received,
    status401: now.status401 - before.status401,
    tokens: now.tokensIssued - before.tokensIssued,
    milliseconds,
  };
}
