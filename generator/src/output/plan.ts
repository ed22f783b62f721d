import { readFileSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { UserError } from '../errors/index.js';
import { loadMessages } from '../messages/index.js';
import type { GeneratedFile } from '../model/index.js';
import { HEADERLESS_ROOT, parentFolders, unsafePath } from './paths.js';
import { isStampOf, normalise, readStamp, stamp } from './stamp.js';
import { linkOnPath, readTree, unlessMissing, type Tree } from './tree.js';

/**
 * Why a path is left alone. `edited`: a person changed a generated file. `foreign`: a file that the generator did not
 * write is in the way. `stale-edited`: nothing asks for this generated file any more, but a person changed it.
 * `blocked`: a folder, or a file where a folder is needed, is in the way; not even force writes there.
 */
export type ConflictReason = 'edited' | 'foreign' | 'stale-edited' | 'blocked';

export type PlanAction = 'created' | 'changed' | 'identical' | 'deleted' | 'conflict';

/** What happens to one path (relative to the project root). Texts are read when asked for: see `oldText` and `newText`. */
export type PlanEntry =
  | { readonly action: 'created' | 'changed'; readonly path: string; readonly file: GeneratedFile }
  | { readonly action: 'identical' | 'deleted'; readonly path: string }
  | {
      readonly action: 'conflict';
      readonly path: string;
      readonly reason: ConflictReason;
      /** What should stand there; undefined for `stale-edited`. */
      readonly file: GeneratedFile | undefined;
    };

/** What `apply` would do, sorted by path. */
export interface Plan {
  readonly projectRoot: string;
  readonly roots: readonly string[];
  readonly entries: readonly PlanEntry[];
  /** Files and folders under temporary names that an interrupted run left behind. */
  readonly leftovers: readonly string[];
}

export interface PlanOptions {
  /** Path of the project; a folder that does not exist yet is empty. */
  readonly projectRoot: string;
  /** Folders below it that generated files may stand in: `force-app`, `manifest`, `replacements`. */
  readonly roots: readonly string[];
  /** Every file that the configuration asks for; may be a generator, so that only what changes stays in memory. */
  readonly files: Iterable<GeneratedFile>;
}

/** Files between two turns of the event loop, so that a spinner moves and Ctrl-C works. */
const FILES_PER_SLICE = 256;

/**
 * Compares what should be with what is and changes nothing.
 *
 * Files are read one after the other with the synchronous API: for many small files in the page cache it is
 * about four times as fast as the promise API with any concurrency, which pays several thread hops for each file.
 * Throws UserError `UnsafePathError` that lists every path which may not be written.
 */
export async function plan(options: PlanOptions): Promise<Plan> {
  const projectRoot = unlessMissing(() => realpathSync(options.projectRoot)) ?? resolve(options.projectRoot);
  const tree = await readTree(projectRoot, options.roots);
  const planner = new Planner(projectRoot, options.roots, tree);
  let count = 0;
  for (const file of options.files) {
    planner.want(file);
    if ((count += 1) % FILES_PER_SLICE === 0) await setImmediate();
  }
  for (const path of tree.files) {
    planner.lookForStale(path);
    if ((count += 1) % FILES_PER_SLICE === 0) await setImmediate();
  }
  return planner.finish();
}

/** Text that stands at the entry's path now, with `\n` line ends; undefined when there is none. */
export function oldText(plan: Plan, entry: PlanEntry): string | undefined {
  if (entry.action === 'created' || (entry.action === 'conflict' && entry.reason === 'blocked')) return undefined;
  return unlessMissing(() => normalise(readFileSync(join(plan.projectRoot, entry.path), 'utf8')));
}

/** Text that should stand at the entry's path, header included; undefined when the path should not exist. */
export function newText(plan: Plan, entry: PlanEntry): string | undefined {
  switch (entry.action) {
    case 'created':
    case 'changed':
      return stamp(entry.file);
    case 'identical':
      return oldText(plan, entry);
    case 'deleted':
      return undefined;
    case 'conflict':
      return entry.file === undefined ? undefined : stamp(entry.file);
  }
}

/** Whether the file at `path` may be replaced or deleted without losing anybody's work. */
export function isOurs(path: string, text: string): boolean {
  return path.startsWith(`${HEADERLESS_ROOT}/`) || readStamp(text) === 'generated-intact';
}

class Planner {
  private readonly entries: PlanEntry[] = [];
  private readonly problems: string[] = [];
  private readonly wanted = new Map<string, string>();
  /** Folders that wanted files need, to notice a file in their place. */
  private readonly neededFolders = new Map<string, string>();
  private readonly messages = loadMessages('output');

  public constructor(
    private readonly projectRoot: string,
    private readonly roots: readonly string[],
    private readonly tree: Tree,
  ) {}

  public want(file: GeneratedFile): void {
    const problem = this.refusal(file);
    if (problem !== undefined) {
      this.problems.push(this.messages.get('problem.path', file.path, problem));
      return;
    }
    this.wanted.set(file.path.toLowerCase(), file.path);
    for (const folder of parentFolders(file.path)) {
      const key = folder.toLowerCase();
      if (this.neededFolders.has(key)) break;
      this.neededFolders.set(key, file.path);
    }
    this.entries.push(this.compare(file));
  }

  /** A file below the roots that nothing asks for goes when it is ours; what a person put there is not mentioned. */
  public lookForStale(path: string): void {
    if (this.wanted.get(path.toLowerCase()) === path) return;
    const text = unlessMissing(() => readFileSync(join(this.projectRoot, path), 'utf8'));
    if (text === undefined) return;
    if (isOurs(path, text)) {
      this.entries.push({ action: 'deleted', path });
    } else if (readStamp(text) === 'generated-edited') {
      this.entries.push({ action: 'conflict', path, reason: 'stale-edited', file: undefined });
    }
  }

  public finish(): Plan {
    for (const [folder, path] of this.neededFolders) {
      const clash = this.wanted.get(folder);
      if (clash !== undefined) this.problems.push(this.messages.get('problem.fileAndFolder', clash, path));
    }
    if (this.problems.length > 0) {
      const text = this.messages.get('error.unsafePath', this.problems.join('\n'));
      throw new UserError('UnsafePathError', text, { actions: this.messages.list('error.unsafePath.actions') });
    }
    const entries = this.entries.sort((left, right) => (left.path < right.path ? -1 : 1));
    return { projectRoot: this.projectRoot, roots: this.roots, entries, leftovers: [...this.tree.leftovers] };
  }

  private refusal(file: GeneratedFile): string | undefined {
    const unsafe = unsafePath(file.path, this.roots, this.messages);
    if (unsafe !== undefined) return unsafe;
    const same = this.wanted.get(file.path.toLowerCase());
    if (same !== undefined) return this.messages.get('problem.sameFile', same);
    const headerless = file.path.startsWith(`${HEADERLESS_ROOT}/`);
    if (headerless !== (file.header === 'none')) return this.messages.get('problem.headerless', HEADERLESS_ROOT);
    const link = linkOnPath(this.tree, this.projectRoot, file.path);
    return link?.leaves === true ? this.messages.get('problem.link', link.link) : undefined;
  }

  private compare(file: GeneratedFile): PlanEntry {
    const { path } = file;
    if (this.isBlocked(path)) return { action: 'conflict', path, reason: 'blocked', file };
    const text = this.read(path);
    if (text === undefined) return { action: 'created', path, file };
    if (isStampOf(text, file) || isStampOf(normalise(text), file)) return { action: 'identical', path };
    if (isOurs(path, text)) return { action: 'changed', path, file };
    const reason = readStamp(text) === 'generated-edited' ? 'edited' : 'foreign';
    return { action: 'conflict', path, reason, file };
  }

  private isBlocked(path: string): boolean {
    if (this.tree.folders.has(path)) return true;
    for (const folder of parentFolders(path)) {
      if (this.tree.folders.has(folder)) return false;
      if (this.tree.files.has(folder)) return true;
    }
    return false;
  }

  /** The tree says which files exist, which saves asking the file system for each one that does not; links are not in it. */
  private read(path: string): string | undefined {
    if (!this.tree.files.has(path) && linkOnPath(this.tree, this.projectRoot, path) === undefined) return undefined;
    return unlessMissing(() => readFileSync(join(this.projectRoot, path), 'utf8'));
  }
}
