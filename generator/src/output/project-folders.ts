import { lstatSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder, makeFolders } from '../files/index.js';
import { loadMessages } from '../messages/index.js';
import { isWithin, parentFolders } from './paths.js';

/** The folders of a project that files are written to: which exist, and that none leads out of the project. */
export class ProjectFolders {
  /** Real path of the project, which exists from the first write on. */
  private realRoot: string | undefined;
  /** Absolute paths of folders that exist and are known to lie in the project. */
  private readonly safe = new Set<string>();
  /** Paths from the root at which something stands. */
  private readonly existing = new Set<string>();

  public constructor(private readonly root: string) {}

  /** The first folder on the way to a path at which nothing stands; undefined when all of them are there. */
  public firstMissing(path: string): string | undefined {
    for (const folder of [...parentFolders(path)].reverse()) {
      if (this.existing.has(folder)) continue;
      if (lstatSync(join(this.root, folder), { throwIfNoEntry: false }) === undefined) return folder;
      this.existing.add(folder);
    }
    return undefined;
  }

  /** Makes a folder, given by its absolute path, and those above it that are missing. Asks for each of them once. */
  public ensure(folder: string): void {
    if (this.safe.has(folder)) return;
    if (folder === this.root) {
      makeFolders(folder);
    } else {
      this.ensure(dirname(folder));
      if (!makeFolder(folder) && lstatSync(folder).isSymbolicLink()) this.assertInside(realpathSync(folder));
    }
    this.safe.add(folder);
  }

  /** @throws Error for a real path outside the project */
  public assertInside(path: string): void {
    this.realRoot ??= realpathSync(this.root);
    if (!isWithin(path, this.realRoot)) throw new Error(loadMessages('output').get('problem.link', path));
  }
}
