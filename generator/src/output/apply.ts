import { lstatSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { UserError } from '../errors/index.js';
import { loadMessages } from '../messages/index.js';
import { digestOf, type FileDigests } from './digest.js';
import { writeNewFolder, type NewFile } from './new-folder.js';
import { parentFolders } from './paths.js';
import { isOurs, newText, type Plan, type PlanEntry } from './plan.js';
import { ProjectFolders } from './project-folders.js';
import { replaceFile } from './replace-file.js';
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
  /** Digests of the written files. */
  readonly digests: FileDigests;
}

/** Entries between two turns of the event loop. */
const ENTRIES_PER_SLICE = 256;

/**
 * Carries out a plan: deletions first (so that a renamed file survives on file systems that ignore case), then writes.
 * A folder that does not exist yet appears whole, and so does each file of the others; see `writeNewFolder` and `replaceFile`.
 * There is no fsync per file: it costs more than everything else together, and after a power failure the next run writes again
 * whatever is missing or damaged. Files are checked again just before they are replaced or deleted.
 *
 * @throws UserError `WriteError` whose `data` is the ApplyResult so far
 */
export async function apply(plan: Plan, options: ApplyOptions = {}): Promise<ApplyResult> {
  const application = new Application(plan, options.force === true);
  const entries = plan.entries.filter((entry) => entry.action !== 'identical');
  const removals = entries.filter(isRemoval);
  await application.carryOut([...removals, ...entries.filter((entry) => !isRemoval(entry))]);
  return application.finish();
}

function isRemoval(entry: PlanEntry): boolean {
  return entry.action === 'deleted' || (entry.action === 'conflict' && entry.file === undefined);
}

class Application {
  private readonly written: string[] = [];
  private readonly deleted: string[] = [];
  private readonly kept: string[] = [];
  private readonly removedFolders: string[] = [];
  private readonly digests: Record<string, string> = {};
  private readonly folders: ProjectFolders;

  public constructor(
    private readonly plan: Plan,
    private readonly force: boolean,
  ) {
    this.folders = new ProjectFolders(plan.projectRoot);
    for (const path of plan.leftovers) rmSync(join(plan.projectRoot, path), { recursive: true, force: true });
  }

  public async carryOut(entries: readonly PlanEntry[]): Promise<void> {
    let slice = 0;
    for (let at = 0; at < entries.length;) {
      const group = this.groupAt(entries, at);
      await this.guarded(group);
      at += group.entries.length;
      if ((slice += 1) % ENTRIES_PER_SLICE === 0) await setImmediate();
    }
  }

  public finish(): ApplyResult {
    for (const path of this.deleted) this.removeEmptied(path);
    return this.result();
  }

  private result(): ApplyResult {
    const { written, deleted, kept, removedFolders, digests } = this;
    return { written, deleted, kept, removedFolders, digests };
  }

  /** The entry at a position; when it is the first of a folder that is to appear, all of that folder, which follow it because entries are sorted. */
  private groupAt(entries: readonly PlanEntry[], at: number): Group {
    const [first] = entries.slice(at, at + 1);
    if (first === undefined) return { entries: [], folder: undefined };
    const folder = first.action === 'created' ? this.folders.firstMissing(first.path) : undefined;
    if (folder === undefined) return { entries: [first], folder };
    const end = entries.findIndex(
      ({ action, path }, index) => index > at && (action !== 'created' || !path.startsWith(`${folder}/`)),
    );
    return { entries: entries.slice(at, end === -1 ? entries.length : end), folder };
  }

  private async guarded({ entries, folder }: Group): Promise<void> {
    try {
      if (folder === undefined) for (const entry of entries) this.step(entry);
      else await this.createFolder(folder, entries);
    } catch (error) {
      const messages = loadMessages('output');
      const cause = error instanceof Error ? error.message : String(error);
      const place = folder ?? entries[0]?.path ?? '';
      const text = messages.get('error.write', place, cause, this.written.length, this.deleted.length);
      throw new UserError('WriteError', text, {
        actions: messages.list('error.write.actions'),
        data: this.result(),
        cause: error,
      });
    }
  }

  private async createFolder(folder: string, entries: readonly PlanEntry[]): Promise<void> {
    this.folders.ensure(dirname(join(this.plan.projectRoot, folder)));
    await writeNewFolder(this.plan.projectRoot, folder, this.newFiles(entries));
    for (const { path } of entries) this.written.push(path);
  }

  private *newFiles(entries: readonly PlanEntry[]): Generator<NewFile, void> {
    for (const entry of entries) {
      const { path } = entry;
      const text = newText(this.plan, entry) ?? '';
      this.digests[path] = digestOf(text);
      yield { path, text };
    }
  }

  private step(entry: PlanEntry): void {
    const { path } = entry;
    const blocked = entry.action === 'conflict' && entry.reason === 'blocked';
    if (blocked || (!this.force && (entry.action === 'conflict' || this.hasChanged(entry)))) {
      this.kept.push(path);
      return;
    }
    const text = isRemoval(entry) ? undefined : newText(this.plan, entry);
    const absolute = join(this.plan.projectRoot, path);
    if (text === undefined) {
      rmSync(absolute, { force: true });
      this.deleted.push(path);
    } else {
      replaceFile(absolute, text, this.folders);
      this.digests[path] = digestOf(text);
      this.written.push(path);
    }
  }

  /** Somebody touched the file between plan and apply. */
  private hasChanged(entry: PlanEntry): boolean {
    const path = join(this.plan.projectRoot, entry.path);
    if (entry.action === 'created') return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
    const text = unlessMissing(() => readFileSync(path, 'utf8'));
    return text !== undefined && !isOurs(entry.path, text);
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

/** Entries that are carried out together: one, or all of a folder that is to appear. */
interface Group {
  readonly entries: readonly PlanEntry[];
  readonly folder: string | undefined;
}
