import type { Plan, PlanAction, SummaryCounts, SummaryRow } from '../../output/index.js';
import { table } from '../../table/index.js';

const COLUMNS: readonly PlanAction[] = ['created', 'changed', 'identical', 'deleted', 'conflict'];

/** A table with one row for each part of the project, then every file that is not identical. */
export function summaryText(files: readonly SummaryRow[], counts: SummaryCounts, plan: Plan): string {
  const states = new Map(files.map(({ path, state }) => [path, state]));
  const parts = new Map<string, Map<PlanAction, number>>();
  for (const { path, action } of plan.entries) {
    const part = partOf(path);
    const state = states.get(path) ?? action;
    const ofPart = parts.get(part) ?? new Map<PlanAction, number>();
    ofPart.set(state, (ofPart.get(state) ?? 0) + 1);
    parts.set(part, ofPart);
  }
  const columns = COLUMNS.filter((action) => action !== 'conflict' || counts.conflict > 0);
  const rows = [...parts].map(([part, ofPart]) => [part, ...columns.map((action) => ofPart.get(action) ?? 0)]);
  const total = columns.map((action) => counts[action]);
  const overview = table(['Part', ...columns.map(title)], [...rows, ['Total', ...total]]);
  if (files.length === 0) return overview;
  return `${overview}\n\n${table(
    ['State', 'Path', ''],
    files.map(({ state, path, note }) => [title(state), path, note]),
  )}`;
}

/** `force-app/main/integrations/account-sync/…` belongs to the part `account-sync`. */
function partOf(path: string): string {
  const [root = path, , area, name] = path.split('/');
  if (root !== 'force-app') return root;
  return area === 'integrations' ? (name ?? area) : (area ?? root);
}

function title(state: string): string {
  return state.charAt(0).toUpperCase() + state.slice(1);
}
