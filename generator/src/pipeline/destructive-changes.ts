import { writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { makeFolders } from '../files/index.js';

export interface DestructiveChanges {
  readonly components: number;
  /** Folder of `package.xml` and `destructiveChanges.xml`, relative to the current one. */
  readonly folder: string;
}

/**
 * Writes the manifests that remove deleted components from an org, below the git-ignored `.callout/deleted/`, one folder for
 * each run that deleted something. Undefined when no component was deleted.
 */
export async function writeDestructiveChanges(
  outputDir: string,
  deleted: readonly string[],
): Promise<DestructiveChanges | undefined> {
  if (deleted.length === 0) return undefined;
  const { API_VERSION, emitDestructiveChanges } = await import('../emit/index.js');
  const folder = `.callout/deleted/${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
  const changes = emitDestructiveChanges(deleted, folder, API_VERSION);
  if (changes === undefined) return undefined;
  for (const { path, content } of changes.files) {
    const file = join(resolve(outputDir), path);
    makeFolders(dirname(file));
    await writeFile(file, content);
  }
  return { components: changes.components, folder: relative(process.cwd(), join(resolve(outputDir), folder)) };
}
