import { lstatSync, readdirSync, realpathSync, type Dirent, type Stats } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { isWithin, parentFolders } from './paths.js';
import { isTemporary, temporaryPath } from './temporary.js';

/** What lies below the roots before anything is written; paths are relative to the project root, with forward slashes. */
export interface Tree {
  readonly files: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
  /** Symbolic links, each with the real path it leads to; undefined when it is broken. They are not followed. */
  readonly links: ReadonlyMap<string, string | undefined>;
  /** Files and folders under a temporary name, which an interrupted run left behind. Nothing in them is listed. */
  readonly leftovers: ReadonlySet<string>;
}

interface MutableTree {
  readonly files: Set<string>;
  readonly folders: Set<string>;
  readonly links: Map<string, string | undefined>;
  readonly leftovers: Set<string>;
}

const FOLDERS_PER_SLICE = 200;

/** Lists everything below the roots. A root that does not exist is empty. */
export async function readTree(projectRoot: string, roots: readonly string[]): Promise<Tree> {
  const tree: MutableTree = { files: new Set(), folders: new Set(), links: new Map(), leftovers: new Set() };
  const pending: string[] = [];
  for (const root of roots) recordRoot(projectRoot, tree, pending, root);
  for (let read = 1; pending.length > 0; read += 1) {
    const folder = pending.pop() ?? '';
    for (const entry of listFolder(join(projectRoot, folder))) {
      record(projectRoot, tree, pending, `${folder}/${entry.name}`, entry);
    }
    if (read % FOLDERS_PER_SLICE === 0) await setImmediate();
  }
  return tree;
}

/** The link that a path goes through or is, and whether it leaves the project; undefined when there is none. */
export function linkOnPath(
  tree: Tree,
  projectRoot: string,
  path: string,
): { link: string; leaves: boolean } | undefined {
  if (tree.links.size === 0) return undefined;
  for (const [link, target] of tree.links) {
    if (path !== link && !path.startsWith(`${link}/`)) continue;
    return { link, leaves: target === undefined || !isWithin(target, realpathSync(projectRoot)) };
  }
  return undefined;
}

/** A root may have several segments; a link among them is recorded, and nothing below it is read. */
function recordRoot(projectRoot: string, tree: MutableTree, pending: string[], root: string): void {
  for (const path of [...parentFolders(root)].reverse()) {
    const above = unlessMissing(() => lstatSync(join(projectRoot, path)));
    if (above === undefined) return;
    if (above.isDirectory()) continue;
    record(projectRoot, tree, pending, path, above);
    return;
  }
  for (const path of [root, temporaryPath(root)]) {
    const entry = unlessMissing(() => lstatSync(join(projectRoot, path)));
    if (entry !== undefined) record(projectRoot, tree, pending, path, entry);
  }
}

function record(projectRoot: string, tree: MutableTree, pending: string[], path: string, entry: Dirent | Stats): void {
  if (entry.isSymbolicLink()) {
    tree.links.set(path, realPath(join(projectRoot, path)));
  } else if (isTemporary(path)) {
    tree.leftovers.add(path);
  } else if (entry.isDirectory()) {
    tree.folders.add(path);
    pending.push(path);
  } else {
    tree.files.add(path);
  }
}

function listFolder(folder: string): Dirent[] {
  return unlessMissing(() => readdirSync(folder, { withFileTypes: true })) ?? [];
}

function realPath(path: string): string | undefined {
  return unlessMissing(() => realpathSync(path));
}

/** The result of `read`, or undefined when the file or folder does not exist. Other errors are passed on. */
export function unlessMissing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** No such entry, something above it is a file, or a link that leads to itself. */
const MISSING_CODES: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ELOOP']);

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && MISSING_CODES.has(String(error.code));
}
