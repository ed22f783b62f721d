import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { packagePath } from '../package-root/index.js';

const CONFIG_FOLDERS = ['integrations', 'environments', 'contracts'] as const;

/** Built code and templates; where the code runs from its sources there is no `dist/cli`, and no digest. */
const CODE_FOLDERS = [
  ['dist', 'cli'],
  ['generator', 'templates'],
  ['generator', 'messages'],
] as const;

/**
 * Digest of everything that a generation depends on: the names and bytes of the configuration, and the built generator, told
 * by size and time of its files. Undefined when the generator is not built, so that a change of its sources is never missed.
 */
export function inputsDigest(configDir: string): string | undefined {
  if (!existsSync(packagePath('dist', 'cli', 'index.js'))) return undefined;
  const digest = createHash('sha256');
  for (const folder of CODE_FOLDERS) {
    for (const path of filesBelow(packagePath(...folder))) {
      const { size, mtimeMs } = statSync(path);
      digest.update(`${path}\0${String(size)}\0${String(mtimeMs)}\0`);
    }
  }
  for (const folder of CONFIG_FOLDERS) {
    for (const path of filesBelow(join(configDir, folder)))
      digest.update(`${path}\0`).update(readFileSync(path)).update('\0');
  }
  return digest.digest('hex');
}

/** Files below a folder in a fixed order; none when it does not exist. */
function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
