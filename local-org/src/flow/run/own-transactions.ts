import type { Governor, Quiddity, Steps, TestState } from '../../apex/runtime/index.js';
import { ApexThrowable, exceptionText } from '../../apex/runtime/index.js';
import type { BatchMember } from './batch.js';
import type { FlowRun } from './bulk.js';
import { untilNewTransaction } from './drive.js';

/** Who runs a batch of interviews that has transactions of its own. */
export interface OwnTransactions {
  readonly userId: string;
  readonly test: TestState | undefined;
  /** Whose limits count; those of asynchronous work when not given (Salesforce Help: Scheduled Paths). */
  readonly governor?: Governor;
}

/**
 * How a batch ended.
 * - `done`: every interview ran to its end, and everything is committed
 * - `faults`: some interviews failed and took no fault path; the transaction was rolled back
 * - `failed`: the transaction failed as a whole, as for an exceeded limit
 */
export type BatchOutcome =
  | { readonly kind: 'done'; readonly members: readonly BatchMember[] }
  | { readonly kind: 'faults'; readonly members: readonly BatchMember[] }
  | { readonly kind: 'failed'; readonly message: string };

/** Flows show in Apex as what calls their actions (System.Quiddity). */
const QUIDDITY: Quiddity = 'INVOCABLE_ACTION';

/** Ends a transaction in which an interview failed. */
class UnhandledFaults extends Error {
  override readonly name = 'UnhandledFaults';

  constructor(readonly members: readonly BatchMember[]) {
    super(members.find(({ fault }) => fault !== undefined)?.fault?.message ?? 'A flow failed.');
  }
}

/**
 * Runs a batch in transactions of its own: one, unless an action asks for a new one; then what came before is committed (PLATFORM 2.4). May
 * wait at callouts.
 */
export function* runInOwnTransactions(
  { userId, test, governor = 'async' }: OwnTransactions,
  start: () => FlowRun<readonly BatchMember[]>,
): Steps<BatchOutcome> {
  let run: FlowRun<readonly BatchMember[]> | undefined;
  let members: readonly BatchMember[] | undefined;
  while (members === undefined) {
    const outcome = yield {
      spec: { quiddity: QUIDDITY, governor, userId, test },
      *work() {
        run ??= start();
        const step = yield* untilNewTransaction(run);
        if (step.done !== true) return;
        members = step.value;
        if (members.some(({ fault }) => fault !== undefined)) throw new UnhandledFaults(members);
      },
    };
    if (outcome.ok) continue;
    const { error } = outcome;
    if (error instanceof UnhandledFaults) return { kind: 'faults', members: error.members };
    return { kind: 'failed', message: error instanceof ApexThrowable ? exceptionText(error) : error.message };
  }
  return { kind: 'done', members };
}
