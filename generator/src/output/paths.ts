import { sep } from 'node:path';
import type { Messages } from '../messages/index.js';

/** Folder of files without a header: it is wholly ours, nothing in it is a person's. */
export const HEADERLESS_ROOT = 'replacements';

/**
 * Says why a path must not be written, or undefined when it may be: it has to be relative, with forward slashes,
 * stay where it is on every system and lie below one of the roots.
 */
export function unsafePath(path: string, roots: readonly string[], messages: Messages): string | undefined {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u001f\\:*?"<>|]/.test(path)) return messages.get('problem.character');
  const segments = path.split('/');
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) {
    return messages.get('problem.segment');
  }
  if (segments.some((segment) => segment.endsWith('.') || segment.endsWith(' '))) {
    return messages.get('problem.segmentEnd');
  }
  if (!roots.some((root) => path.startsWith(`${root}/`))) return messages.get('problem.root', roots.join(', '));
  return undefined;
}

/** Folders of a path, nearest first, without the path itself: `a/b/c` gives `a/b`, `a`. */
export function* parentFolders(path: string): Generator<string> {
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) yield path.slice(0, end);
}

/** True when `path` is `folder` or lies below it; both absolute and real. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
