import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { basename, dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

/** A checked-out folder of Apex that somebody else wrote. */
export interface Suite {
  readonly name: string;
  readonly folder: string;
  /** The commit that is checked out; undefined when the folder is no git checkout. */
  readonly commit: string | undefined;
  /** Where it came from. */
  readonly origin: string | undefined;
  /** Its source folders. */
  readonly paths: readonly string[];
  /** Source folders of what it depends on. */
  readonly dependencies: readonly string[];
  /** Package directories that repeat classes of an earlier one, so that no org could hold both. */
  readonly repeated: readonly string[];
  /** Reasons why a test does not count, by `Class.method` in lower case. */
  readonly skip: ReadonlyMap<string, string>;
}

const knownSuites = z.record(
  z.string(),
  z.strictObject({
    from: z.url().optional(),
    paths: z.array(z.string()).optional(),
    with: z.array(z.string()).optional(),
    skip: z.record(z.string(), z.string()).optional(),
  }),
);

const project = z.looseObject({ packageDirectories: z.array(z.looseObject({ path: z.string() })) });

/**
 * Describes the suite in a checkout.
 * @throws Error when it, or a checkout that it depends on, holds no source
 */
export function readSuite(given: string, listFile: string): Suite {
  const folder = resolve(given);
  const name = basename(folder);
  const known = knownSuites.parse(parse(readFileSync(listFile, 'utf8')))[name] ?? {};
  const { paths, repeated } = sourcePaths(folder, known.paths);
  return {
    name,
    folder,
    commit: git(folder, 'rev-parse', 'HEAD'),
    origin: known.from ?? git(folder, 'remote', 'get-url', 'origin'),
    paths,
    repeated,
    dependencies: (known.with ?? []).flatMap((other) => sourcePaths(join(dirname(folder), other), undefined).paths),
    skip: new Map(Object.entries(known.skip ?? {}).map(([test, reason]) => [test.toLowerCase(), reason])),
  };
}

function git(folder: string, ...args: readonly string[]): string | undefined {
  if (!existsSync(join(folder, '.git'))) return undefined;
  try {
    return execFileSync('git', ['-C', folder, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    // A checkout without a remote or a commit has neither; the report then says so.
    return undefined;
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

function sourcePaths(
  folder: string,
  named: readonly string[] | undefined,
): { readonly paths: readonly string[]; readonly repeated: readonly string[] } {
  const candidates = (named ?? packageDirectories(folder)).map((path) => join(folder, path)).filter(isFolder);
  const paths: string[] = [];
  const repeated: string[] = [];
  const seen = new Set<string>();
  for (const path of candidates) {
    const classes = classNames([path]);
    if ([...classes].some((name) => seen.has(name))) repeated.push(path);
    else paths.push(path);
    for (const name of classes) seen.add(name);
  }
  if (paths.length === 0) throw new Error(`${folder} holds no source: check the suite out first`);
  return { paths, repeated };
}

/** Package directories of the project file, however its writer spelled the separators. */
function packageDirectories(folder: string): readonly string[] {
  const file = join(folder, 'sfdx-project.json');
  if (!existsSync(file)) return ['src', 'force-app'];
  return project
    .parse(JSON.parse(readFileSync(file, 'utf8')))
    .packageDirectories.map(({ path }) => path.replaceAll('\\', '/'));
}

/** Lower-cased names of the classes below the folders. */
export function classNames(paths: readonly string[]): ReadonlySet<string> {
  const files = paths.flatMap((path) => readdirSync(path, { recursive: true, encoding: 'utf8' }));
  return new Set(files.filter((file) => file.endsWith('.cls')).map((file) => basename(file, '.cls').toLowerCase()));
}
