import type { Steps } from '../../apex/runtime/index.js';
import type { Interview } from '../interview/index.js';
import type { FlowOrg } from '../org.js';
import { runBatch } from './batch.js';
import { runInOwnTransactions, type OwnTransactions } from './own-transactions.js';

/** Interviews that run together after the fact, in transactions of their own. */
export interface LaterBatch<T> {
  readonly transactions: OwnTransactions;
  /** What each interview is for. */
  readonly items: readonly T[];
  /** Makes the interview of an item inside the transaction; undefined when there is nothing to run for it any more. */
  readonly interviewOf: (item: T) => Interview | undefined;
  /** Element that they start with. */
  readonly from: string | undefined;
  /** How often interviews that did not fail run again, because they were rolled back with those that did (PLATFORM 2.3). */
  readonly maxReruns: number;
  /** Told of each item whose interview failed. */
  readonly onFailure: (item: T, message: string) => void;
}

/**
 * Runs a batch. When an interview fails and no fault path takes it, the whole transaction is rolled back, and the others run again at once;
 * callouts cannot be rolled back (PLATFORM 2.3).
 */
export function* runLaterBatch<T>(org: FlowOrg, batch: LaterBatch<T>): Steps<void> {
  let remaining = batch.items;
  for (let rerun = 0; remaining.length > 0; rerun++) {
    const running: T[] = [];
    const outcome = yield* runInOwnTransactions(batch.transactions, () => {
      const interviews = remaining.flatMap((item) => {
        const interview = batch.interviewOf(item);
        if (interview !== undefined) running.push(item);
        return interview ?? [];
      });
      return runBatch(org, interviews, batch.from);
    });
    if (outcome.kind === 'done') return;
    const faults = outcome.kind === 'faults' ? outcome.members.map(({ fault }) => fault?.message) : undefined;
    const sound: T[] = [];
    for (const [index, item] of running.entries()) {
      const message = outcome.kind === 'failed' ? outcome.message : faults?.[index];
      if (message === undefined && rerun < batch.maxReruns) sound.push(item);
      else batch.onFailure(item, message ?? 'It was rolled back with other interviews that failed.');
    }
    remaining = sound;
  }
}
