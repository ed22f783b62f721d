import { hash } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { HEADERLESS_ROOT } from './paths.js';
import type { Plan } from './plan.js';
import { readStamp } from './stamp.js';
import { isTemporary } from './temporary.js';
import { readTree, unlessMissing } from './tree.js';

/** Digests of files by path: what stood on disk when everything was as it should be. */
export type FileDigests = Readonly<Record<string, string>>;

const FILES_PER_SLICE = 256;

/** Digests of the files of a plan that has been carried out without a conflict. */
export function digestsOf({ projectRoot, entries }: Plan): FileDigests {
  const wanted = entries.filter(({ action }) => action !== 'deleted');
  return Object.fromEntries(wanted.map(({ path }) => [path, digest(readFileSync(join(projectRoot, path)))]));
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
  if (tree.links.size > 0) return undefined;
  let met = 0;
  let count = 0;
  for (const path of tree.files) {
    const bytes = readFileSync(join(projectRoot, path));
    const expected = known[path];
    if (expected === undefined ? isPerhapsOurs(path, bytes) : digest(bytes) !== expected) return undefined;
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
  return path.startsWith(`${HEADERLESS_ROOT}/`) || isTemporary(path) || readStamp(bytes.toString('utf8')) !== 'foreign';
}

function digest(bytes: Buffer): string {
  return hash('sha1', bytes, 'base64');
}
