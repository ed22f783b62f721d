import {
  chmodSync,
  lstatSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
  type Stats,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { UserError } from '../errors/index.js';
import { makeFolder, makeFolders } from '../files/index.js';
import { loadMessages } from '../messages/index.js';
import { isWithin, parentFolders } from './paths.js';
import { isOurs, newText, type Plan, type PlanEntry } from './plan.js';
import { temporaryPath } from './temporary.js';
import { unlessMissing } from './tree.js';

export interface ApplyOptions {
  /** Overwrite and delete what a person edited or put in the way; a folder in the way stays. Default false. */
  readonly force?: boolean;
}

/** What was done; paths relative to the project root. */
export interface ApplyResult {
  readonly written: readonly string[];
  readonly deleted: readonly string[];
  /** Conflicts that were left alone, including files that changed since the plan was made. */
  readonly kept: readonly string[];
  readonly removedFolders: readonly string[];
}

/** Entries between two turns of the event loop. */
const ENTRIES_PER_SLICE = 256;

const PERMISSION_BITS = 0o7777;

/**
 * Carries out a plan: deletions first (so that a renamed file survives on file systems that ignore case), then writes.
 * Each file is written whole under a temporary name and renamed, so a reader sees the old text or the new one and an
 * interrupted run leaves no half file. There is no fsync per file: it costs more than everything else together, and
 * after a power failure the next run writes again whatever is missing or damaged.
 * Replaced files keep their mode. Files are checked again just before they are replaced or deleted.
 * Throws UserError `WriteError` whose `data` is the ApplyResult so far.
 */
export async function apply(plan: Plan, options: ApplyOptions = {}): Promise<ApplyResult> {
  const writer = new Writer(plan, options.force === true);
  const entries = plan.entries.filter((entry) => entry.action !== 'identical');
  const ordered = [...entries.filter(isRemoval), ...entries.filter((entry) => !isRemoval(entry))];
  for (const [at, entry] of ordered.entries()) {
    writer.carryOut(entry);
    if (at % ENTRIES_PER_SLICE === ENTRIES_PER_SLICE - 1) await setImmediate();
  }
  return writer.finish();
}

function isRemoval(entry: PlanEntry): boolean {
  return entry.action === 'deleted' || (entry.action === 'conflict' && entry.file === undefined);
}

class Writer {
  private readonly written: string[] = [];
  private readonly deleted: string[] = [];
  private readonly kept: string[] = [];
  private readonly removedFolders: string[] = [];
  /** Real path of the project, which exists from the first write on. */
  private realRoot: string | undefined;
  /** Folders that exist and are known to lie in the project. */
  private readonly safeFolders = new Set<string>();
  /** Those of them that this run has made. */
  private readonly newFolders = new Set<string>();

  public constructor(
    private readonly plan: Plan,
    private readonly force: boolean,
  ) {
    for (const path of plan.leftovers) rmSync(join(plan.projectRoot, path), { force: true });
  }

  public carryOut(entry: PlanEntry): void {
    try {
      this.step(entry);
    } catch (error) {
      const messages = loadMessages('output');
      const cause = error instanceof Error ? error.message : String(error);
      const text = messages.get('error.write', entry.path, cause, this.written.length, this.deleted.length);
      throw new UserError('WriteError', text, {
        actions: messages.list('error.write.actions'),
        data: this.result(),
        cause: error,
      });
    }
  }

  public finish(): ApplyResult {
    for (const path of this.deleted) this.removeEmptied(path);
    return this.result();
  }

  private result(): ApplyResult {
    return { written: this.written, deleted: this.deleted, kept: this.kept, removedFolders: this.removedFolders };
  }

  private step(entry: PlanEntry): void {
    const blocked = entry.action === 'conflict' && entry.reason === 'blocked';
    if (blocked || (!this.force && (entry.action === 'conflict' || this.hasChanged(entry)))) {
      this.kept.push(entry.path);
      return;
    }
    const text = isRemoval(entry) ? undefined : newText(this.plan, entry);
    if (text === undefined) {
      rmSync(join(this.plan.projectRoot, entry.path), { force: true });
      this.deleted.push(entry.path);
    } else {
      this.write(entry.path, text);
      this.written.push(entry.path);
    }
  }

  /** Somebody touched the file between plan and apply. */
  private hasChanged(entry: PlanEntry): boolean {
    const path = join(this.plan.projectRoot, entry.path);
    if (entry.action === 'created') return this.existing(path) !== undefined;
    const text = unlessMissing(() => readFileSync(path, 'utf8'));
    return text !== undefined && !isOurs(entry.path, text);
  }

  private write(path: string, text: string): void {
    const { target, mode } = this.destination(path);
    const temporary = temporaryPath(target);
    try {
      writeFileSync(temporary, text);
      if (mode !== undefined) chmodSync(temporary, mode);
      renameSync(temporary, target);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  }

  /** Absolute path to write to, behind a link inside the project when there is one, and the mode to keep. */
  private destination(path: string): { readonly target: string; readonly mode: number | undefined } {
    const asked = join(this.plan.projectRoot, path);
    this.ensureFolder(dirname(asked));
    const existing = this.existing(asked);
    if (existing === undefined) return { target: asked, mode: undefined };
    const target = existing.isSymbolicLink() ? realpathSync(asked) : asked;
    this.assertInside(target);
    return { target, mode: statSync(target).mode & PERMISSION_BITS };
  }

  /** What stands at a path, without following a link; nothing stands in a folder that this run has made. */
  private existing(path: string): Stats | undefined {
    return this.newFolders.has(dirname(path)) ? undefined : lstatSync(path, { throwIfNoEntry: false });
  }

  /**
   * Makes a folder and those above it. Asking for each folder once, and creating before looking, takes a third of the system calls of
   * creating recursively and resolving every path, which is what a large first generation would mostly do.
   */
  private ensureFolder(folder: string): void {
    if (this.safeFolders.has(folder)) return;
    if (folder === this.plan.projectRoot) {
      makeFolders(folder);
    } else {
      this.ensureFolder(dirname(folder));
      if (makeFolder(folder)) this.newFolders.add(folder);
      else if (lstatSync(folder).isSymbolicLink()) this.assertInside(realpathSync(folder));
    }
    this.safeFolders.add(folder);
  }

  private assertInside(path: string): void {
    this.realRoot ??= realpathSync(this.plan.projectRoot);
    if (!isWithin(path, this.realRoot)) {
      throw new Error(loadMessages('output').get('problem.link', path));
    }
  }

  /** Removes the folders that a deletion emptied, up to the root, which stays. */
  private removeEmptied(path: string): void {
    for (const folder of parentFolders(path)) {
      if (this.plan.roots.includes(folder)) return;
      const absolute = join(this.plan.projectRoot, folder);
      const names = unlessMissing(() => readdirSync(absolute));
      if (names === undefined) continue;
      if (names.length > 0) return;
      rmdirSync(absolute);
      this.removedFolders.push(folder);
    }
  }
}
