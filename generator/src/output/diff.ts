import { newText, oldText, type Plan, type PlanEntry } from './plan.js';

const NOWHERE = '/dev/null';

/**
 * Unified diffs of everything that `apply` would change, one string for each file, in the plan's order. Conflicts are included,
 * as what force would do. Texts are read one file at a time and dropped.
 */
export async function* diff(plan: Plan): AsyncGenerator<string> {
  const { createTwoFilesPatch } = await import('diff');
  for (const entry of plan.entries) {
    if (entry.action === 'identical') continue;
    const before = oldText(plan, entry);
    const after = newText(plan, entry);
    const title = titleOf(entry);
    const patch = createTwoFilesPatch(
      before === undefined ? NOWHERE : `a/${entry.path}`,
      after === undefined ? NOWHERE : `b/${entry.path}`,
      before ?? '',
      after ?? '',
      undefined,
      undefined,
      { headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true } },
    );
    yield `${title}\n${patch}`;
  }
}

function titleOf(entry: PlanEntry): string {
  const note = entry.action === 'conflict' ? `conflict, ${entry.reason}` : entry.action;
  return `diff a/${entry.path} b/${entry.path} (${note})`;
}
