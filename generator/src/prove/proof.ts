import type { ExternalSystem } from '../../../local-org/src/index.js';
import type { Integration } from '../model/index.js';
import { countDeliveries, newestRow, type Deliveries } from './deliveries.js';
import type { OrgClient } from '../org-client/index.js';
import { untilDrained } from './until-drained.js';
import { insertRecords, sampleRecords, updateRecords, type FieldValues } from './samples/index.js';

/** Changes one record as a person at a terminal does. */
export type UpdateOne = (object: string, id: string, values: FieldValues) => Promise<void>;

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

/** True when every change of the run arrived once and in order. */
export function isProved({ records, rows, delivered, left, doubled, outOfOrder }: ProofRun): boolean {
  return rows >= records && delivered === rows && left === 0 && doubled === 0 && outOfOrder === 0;
}

/**
 * Changes records so that an integration starts, first one through the SF CLI, then several in one request each, and looks at what the
 * receiver got. The records are new; what their creation starts is not counted.
 * @param counts how many records each run changes at once
 * @returns the runs in order; none for an integration without a trigger
 */
export async function proveIntegration(
  subject: ProofSubject,
  counts: readonly number[],
  onRun: (run: ProofRun) => void,
): Promise<readonly ProofRun[]> {
  const { org, integration, updateOne } = subject;
  const samples = await sampleRecords(org, integration);
  if (samples === undefined) return [];
  const most = Math.max(1, ...counts);
  const created = Array.from({ length: most }, (_, at) => samples.create(at + 1));
  const ids = await insertRecords(org, samples.object, created);
  await untilDrained(org, integration);
  const runs: ProofRun[] = [];
  for (const [at, count] of counts.entries()) {
    const records = ids.slice(0, count);
    const change = (number: number): FieldValues => samples.change(number, at + 1);
    const [first = ''] = records;
    const viaCli = count === 1;
    const run = await measured(subject, viaCli ? 'sf data update record' : 'one REST request', count, () =>
      viaCli
        ? updateOne(samples.object, first, change(1))
        : updateRecords(
            org,
            samples.object,
            records.map((id, index) => ({ Id: id, ...change(index + 1) })),
          ),
    );
    runs.push(run);
    onRun(run);
  }
  return runs;
}

async function measured(
  { org, system, integration }: ProofSubject,
  way: string,
  records: number,
  change: () => Promise<void>,
): Promise<ProofRun> {
  const after = await newestRow(org, integration);
  const before = system.summary();
  const start = performance.now();
  await change();
  await untilDrained(org, integration);
  const milliseconds = performance.now() - start;
  const now = system.summary();
  return {
    integration: integration.name,
    way,
    records,
    calls: now.received - before.received,
    status401: now.status401 - before.status401,
    tokens: now.tokensIssued - before.tokensIssued,
    milliseconds,
    ...(await countDeliveries(org, system, integration, after)),
  };
}
