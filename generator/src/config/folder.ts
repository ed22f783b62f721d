import { readdirSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, parse, relative, resolve, sep } from 'node:path';
import type { Diagnostic, ProjectPath } from '../model/index.js';
import { Problem, byCodeUnit } from '../diagnostics/index.js';
import { expectChecked, isProjectPath } from './normalise/index.js';
import { diagnosticAt, yamlRules } from './yaml/index.js';

/** Where the configuration lies. */
export interface ConfigFolder {
  /** Absolute path of the project. */
  readonly projectRoot: string;
  /** Absolute path of the configuration. */
  readonly folder: string;
}

/** One YAML file of a folder. */
export interface FolderEntry {
  readonly absolute: string;
  readonly file: ProjectPath;
  /** Name without its ending. */
  readonly name: string;
}

export interface FolderListing {
  readonly entries: readonly FolderEntry[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Resolves `configDir` against the project. */
export function configFolder(projectRoot: string, configDir: string): ConfigFolder {
  const root = resolve(projectRoot);
  return { projectRoot: root, folder: resolve(root, configDir) };
}

/** A path as it is shown and stored: below the project root, with forward slashes. */
export function projectPath({ projectRoot }: ConfigFolder, absolute: string): ProjectPath {
  const path = relative(projectRoot, absolute).split(sep).join('/');
  return expectChecked(isProjectPath, path === '' ? '.' : path.replaceAll('\\', '/'));
}

/** The YAML files directly in a folder, by name. A folder that is not there is empty. Hidden files are left out. */
export function listYaml(config: ConfigFolder, folder: 'integrations' | 'environments'): FolderListing {
  const absolute = join(config.folder, folder);
  try {
    const entries = readdirSync(absolute)
      .filter((file) => /\.ya?ml$/i.test(file) && !file.startsWith('.'))
      .sort(byCodeUnit)
      .map((file) => ({
        absolute: join(absolute, file),
        file: projectPath(config, join(absolute, file)),
        name: parse(file).name,
      }));
    return { entries, diagnostics: [] };
  } catch (error) {
    const cause = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (cause === 'ENOENT') return { entries: [], diagnostics: [] };
    const problem = new Problem(yamlRules.unreadableFile, `The folder cannot be read (${cause}).`);
    return {
      entries: [],
      diagnostics: [diagnosticAt({ file: projectPath(config, absolute), line: 1, column: 1 }, '', problem)],
    };
  }
}

/** A function that says whether a file really lies below the folder of contracts, also after following links. */
export function contractFinder(config: ConfigFolder): (file: string) => boolean {
  const known = new Map<string, boolean>();
  return (file) => {
    const found = known.get(file) ?? contractExists(config, file);
    known.set(file, found);
    return found;
  };
}

function contractExists(config: ConfigFolder, file: string): boolean {
  try {
    const contracts = realpathSync(join(config.folder, 'contracts'));
    const found = realpathSync(join(contracts, file));
    const below = relative(contracts, found);
    return !below.startsWith('..') && !isAbsolute(below) && statSync(found).isFile();
  } catch {
    // Not there, or a link that leads nowhere: either way there is no contract to read.
    return false;
  }
}
