import { loadMessages, type Messages } from '../messages/index.js';
import type { Plan, PlanAction, PlanEntry } from './plan.js';

/** One row of the table that commands print. */
export interface SummaryRow {
  readonly state: PlanAction;
  readonly path: string;
  /** What a person should know about a conflict; empty otherwise. */
  readonly note: string;
}

/** How many entries of each action a plan has. */
export type SummaryCounts = Readonly<Record<PlanAction, number>>;

/** Rows for the commands' table, in the plan's order; identical files only when asked for, because there are many. */
export function summaryTable(plan: Plan, options: { readonly identical?: boolean } = {}): SummaryRow[] {
  const messages = loadMessages('output');
  return plan.entries
    .filter((entry) => options.identical === true || entry.action !== 'identical')
    .map((entry) => ({ state: entry.action, path: entry.path, note: noteOf(entry, messages) }));
}

export function summaryCounts(plan: Plan): SummaryCounts {
  const counts: Record<PlanAction, number> = { created: 0, changed: 0, identical: 0, deleted: 0, conflict: 0 };
  for (const entry of plan.entries) counts[entry.action] += 1;
  return counts;
}

/** True when the files on disk are not what the configuration asks for: what `generate --check` fails on. */
export function isStale(plan: Plan): boolean {
  return plan.entries.some((entry) => entry.action !== 'identical');
}

function noteOf(entry: PlanEntry, messages: Messages): string {
  return entry.action === 'conflict' ? messages.get(`conflict.${entry.reason}`) : '';
}
