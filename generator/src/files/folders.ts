import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it that are missing. Not `mkdirSync` with `recursive`: Node never returns from it where the
 * system says that a folder above is missing although it is there, as below `/proc`.
 *
 * @throws Error of the file system
 */
export function makeFolders(path: string): void {
  try {
    makeFolder(path);
  } catch (error) {
    if (!hasCode(error, 'ENOENT') || dirname(path) === path) throw error;
    makeFolders(dirname(path));
    makeFolder(path);
  }
}

/** True when the folder was made, false when something stands there already. */
export function makeFolder(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
