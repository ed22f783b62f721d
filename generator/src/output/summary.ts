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

/** How the outcome is told. */
export interface SummaryOptions {
  /** List identical files too. */
  readonly identical?: boolean;
  /** The plan is carried out with force: conflicts are overwritten or deleted, but for those that are blocked. */
  readonly force?: boolean;
}

/** Rows for the commands' table, in the plan's order; identical files only when asked for, because there are many. */
export function summaryTable(plan: Plan, options: SummaryOptions = {}): SummaryRow[] {
  const messages = loadMessages('output');
  return plan.entries
    .filter((entry) => options.identical === true || entry.action !== 'identical')
    .map((entry) => ({ state: outcome(entry, options), path: entry.path, note: noteOf(entry, options, messages) }));
}

export function summaryCounts(plan: Plan, options: SummaryOptions = {}): SummaryCounts {
  const counts: Record<PlanAction, number> = { created: 0, changed: 0, identical: 0, deleted: 0, conflict: 0 };
  for (const entry of plan.entries) counts[outcome(entry, options)] += 1;
  return counts;
}

/** True when the files on disk are not what the configuration asks for: what `generate --check` fails on. */
export function isStale(plan: Plan): boolean {
  return plan.entries.some((entry) => entry.action !== 'identical');
}

/** What becomes of an entry: with force a conflict ends as a change or a deletion. */
function outcome(entry: PlanEntry, { force = false }: SummaryOptions): PlanAction {
  if (entry.action !== 'conflict' || !force || entry.reason === 'blocked') return entry.action;
  return entry.file === undefined ? 'deleted' : 'changed';
}

function noteOf(entry: PlanEntry, options: SummaryOptions, messages: Messages): string {
  if (entry.action !== 'conflict') return '';
  return outcome(entry, options) === 'conflict'
    ? messages.get(`conflict.${entry.reason}`)
    : messages.get(`forced.${entry.reason}`);
}
