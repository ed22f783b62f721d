import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { persistently } from '../files/index.js';
import { temporaryPath } from './temporary.js';

/** A file that is to be written: where, from the project root, and its whole text. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
}

/** Files between two turns of the event loop. */
const FILES_PER_SLICE = 256;

/**
 * Writes files into a folder that does not exist, whose parent does, and gives the folder its name when all of them are there. So
 * readers see it whole or not at all, an interrupted run leaves nothing but a hidden folder that the next one removes, and a file
 * costs no more than writing it.
 */
export async function writeNewFolder(projectRoot: string, folder: string, files: Iterable<NewFile>): Promise<void> {
  const target = join(projectRoot, folder);
  const staging = temporaryPath(target);
  const made = new Set<string>();
  const make = (path: string): void => {
    if (made.has(path)) return;
    if (path !== staging) make(dirname(path));
    mkdirSync(path);
    made.add(path);
  };
  try {
    let count = 0;
    for (const { path, text } of files) {
      const absolute = staging + path.slice(folder.length);
      make(dirname(absolute));
      writeFileSync(absolute, text, { flag: 'wx' });
      if ((count += 1) % FILES_PER_SLICE === 0) await setImmediate();
    }
    persistently(() => renameSync(staging, target));
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    throw error;
  }
}
