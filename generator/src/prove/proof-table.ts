import { table } from '../table/index.js';
import type { ProofRun } from './run.js';

/** What a table of runs needs to know of each. Undefined: the design has nothing of the kind. */
export type TableRun = Pick<
  ProofRun,
  'integration' | 'way' | 'records' | 'calls' | 'delivered' | 'status401' | 'tokens' | 'milliseconds'
> & { readonly retries: number | undefined; readonly left: number | undefined };

const HEADER = [
  'integration',
  'changed by',
  'records',
  'calls',
  'delivered',
  '401s seen',
  'new tokens',
  'retries',
  'queue left',
  'time',
];

/** The runs of a proof as a table for people. */
export function proofTable(runs: readonly TableRun[]): string {
  return table(
    HEADER,
    runs.map((run) => [
      run.integration,
      run.way,
      run.records,
      run.calls,
      `${run.delivered} (${Math.round((100 * run.delivered) / run.records)}%)`,
      run.status401,
      run.tokens,
      run.retries ?? '-',
      run.left ?? '-',
      `${(run.milliseconds / 1000).toFixed(1)} s`,
    ]),
  );
}
