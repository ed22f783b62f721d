import { basename, dirname, join } from 'node:path';

const SUFFIX = '.callout-tmp';

/**
 * Name under which a file or folder is written before it is renamed into place: in the same folder, so that the rename is atomic
 * (one file system), and hidden, so that the SF CLI does not take it for metadata should the process be killed in between.
 */
export function temporaryPath(path: string): string {
  return join(dirname(path), `.${basename(path)}${SUFFIX}`);
}

/** True for what an interrupted run left behind. */
export function isTemporary(path: string): boolean {
  return path.endsWith(SUFFIX) && basename(path).startsWith('.');
}
