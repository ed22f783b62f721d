import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { ApplyResult } from './apply.js';
import { digestOf, type FileDigests } from './digest.js';
import { HEADERLESS_ROOT } from './paths.js';
import type { Plan } from './plan.js';
import { readStamp } from './stamp.js';
import { readTree, unlessMissing } from './tree.js';

const FILES_PER_SLICE = 256;

/** Digests of the files of a plan that has been carried out without a conflict. Only those that stood there already are read again. */
export function digestsOf({ projectRoot, entries }: Plan, { digests }: ApplyResult): FileDigests {
  const wanted = entries.filter(({ action }) => action !== 'deleted');
  return Object.fromEntries(
    wanted.map(({ path }) => [path, digests[path] ?? digestOf(readFileSync(join(projectRoot, path)))]),
  );
}

/**
 * The plan of a run that has nothing to do: every file is byte for byte what `known` says, and no other file below the
 * roots is one of ours. Undefined when that is not so, and a real plan must be made. Costs little more than reading the files.
 */
export async function unchangedPlan(
  options: { readonly projectRoot: string; readonly roots: readonly string[] },
  known: FileDigests,
): Promise<Plan | undefined> {
  const projectRoot = unlessMissing(() => realpathSync(options.projectRoot));
  if (projectRoot === undefined) return undefined;
  const tree = await readTree(projectRoot, options.roots);
  if (tree.links.size > 0 || tree.leftovers.size > 0) return undefined;
  let met = 0;
  let count = 0;
  for (const path of tree.files) {
    const bytes = readFileSync(join(projectRoot, path));
    const expected = known[path];
    if (expected === undefined ? isPerhapsOurs(path, bytes) : digestOf(bytes) !== expected) return undefined;
    if (expected !== undefined) met += 1;
    if ((count += 1) % FILES_PER_SLICE === 0) await setImmediate();
  }
  const paths = Object.keys(known);
  if (met !== paths.length) return undefined;
  const entries = paths.map((path) => ({ action: 'identical' as const, path }));
  return { projectRoot, roots: options.roots, entries, leftovers: [] };
}

/** A file that nothing asked for: a real plan has to look when we may have written it. */
function isPerhapsOurs(path: string, bytes: Buffer): boolean {
  return path.startsWith(`${HEADERLESS_ROOT}/`) || readStamp(bytes.toString('utf8')) !== 'foreign';
}
