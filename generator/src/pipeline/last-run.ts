import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { makeFolders } from '../files/index.js';
import type { Diagnostic } from '../model/index.js';
import type { FileDigests, Replacement } from '../output/index.js';

/** What the last complete generation read, said and left. */
export interface LastRun {
  readonly inputs: string;
  readonly integrations: number;
  readonly diagnostics: readonly Diagnostic[];
  readonly replacements: readonly Replacement[];
  readonly files: FileDigests;
}

/** A cache below the git-ignored `.callout`: without it, or when it is damaged, a run only takes longer. */
function cachePath(outputDir: string): string {
  return join(resolve(outputDir), '.callout', 'generation.json');
}

/** The last run that was made from these inputs; undefined when there is none. */
export function readLastRun(outputDir: string, inputs: string): LastRun | undefined {
  let text: string;
  try {
    text = readFileSync(cachePath(outputDir), 'utf8');
  } catch {
    return undefined;
  }
  const value = parse(text);
  return isLastRun(value) && value.inputs === inputs ? value : undefined;
}

export async function writeLastRun(outputDir: string, run: LastRun): Promise<void> {
  const path = cachePath(outputDir);
  makeFolders(dirname(path));
  await writeFileAtomic(path, JSON.stringify(run), { fsync: false });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isLastRun(value: unknown): value is LastRun {
  return (
    typeof value === 'object' &&
    value !== null &&
    'inputs' in value &&
    'integrations' in value &&
    typeof value.integrations === 'number' &&
    'diagnostics' in value &&
    Array.isArray(value.diagnostics) &&
    'replacements' in value &&
    Array.isArray(value.replacements) &&
    'files' in value &&
    typeof value.files === 'object'
  );
}
