import { chmodSync, lstatSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { persistently } from '../files/index.js';
import type { ProjectFolders } from './project-folders.js';
import { temporaryPath } from './temporary.js';

const PERMISSION_BITS = 0o7777;

/**
 * Writes a file, given by its absolute path, whole under a temporary name and renames it, so a reader sees the old text or the new one and
 * an interrupted run leaves no half file. A file that is replaced keeps its mode; a link inside the project stays a link.
 */
export function replaceFile(path: string, text: string, folders: ProjectFolders): void {
  const { target, mode } = destination(path, folders);
  const temporary = temporaryPath(target);
  try {
    writeFileSync(temporary, text);
    if (mode !== undefined) chmodSync(temporary, mode);
    persistently(() => renameSync(temporary, target));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

interface Destination {
  readonly target: string;
  readonly mode: number | undefined;
}

function destination(path: string, folders: ProjectFolders): Destination {
  folders.ensure(dirname(path));
  const existing = lstatSync(path, { throwIfNoEntry: false });
  if (existing === undefined) return { target: path, mode: undefined };
  const target = existing.isSymbolicLink() ? realpathSync(path) : path;
  folders.assertInside(target);
  return { target, mode: statSync(target).mode & PERMISSION_BITS };
}
