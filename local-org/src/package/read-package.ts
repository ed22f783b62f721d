import type { Component, DeployPackage, Deletion, Problem } from '../model/index.js';
import { readLayout } from './layout.js';
import { PACKAGE_LIMITS, type PackageLimits } from './limits.js';
import { API_VERSION, readManifest, WILDCARD, type Manifest, type ManifestProblem } from './manifest.js';
import { childMetadataType } from './metadata-types.js';
import { PackageError } from './package-error.js';
import { splitComponent, type Piece } from './pieces.js';
import { readZip, type ZippedFile } from './zip.js';

/** A package as it came in a zip, with everything that is wrong with its make-up. What is inside the components is checked elsewhere. */
export interface PackageReading {
  readonly package: DeployPackage;
  readonly manifest: Manifest;
  readonly problems: readonly Problem[];
  /** Folder of the zip that holds the package, with its slash: `zip/`; empty when package.xml is at the top. */
  readonly root: string;
}

const MANIFEST = 'package.xml';
const DESTRUCTIVE: Readonly<Record<string, Deletion['when']>> = {
  'destructiveChanges.xml': 'pre',
  'destructiveChangesPre.xml': 'pre',
  'destructiveChangesPost.xml': 'post',
};

/**
 * Reads a deployment zip: finds package.xml (at the top, or in the one folder that the zip has), the components that it
 * names and the deletions. Throws PackageError when the zip itself is unusable.
 */
export async function readPackage(zip: Buffer, limits: PackageLimits = PACKAGE_LIMITS): Promise<PackageReading> {
  const files = await readZip(zip, limits);
  const root = findRoot(files);
  if (root === undefined) return withoutManifest();
  const inside = files
    .filter(({ path }) => path.startsWith(root))
    .map((file) => ({ ...file, path: file.path.slice(root.length) }));
  const outside = files.filter(({ path }) => !path.startsWith(root));
  const { manifest, problems } = readManifest(textOf(inside, MANIFEST) ?? '');
  const layout = readLayout(inside.filter(({ path }) => path !== MANIFEST && !Object.hasOwn(DESTRUCTIVE, path)));
  const destructive = readDeletions(inside);
  const listed = applyManifest(manifest, layout.components);
  const broken = new Set(layout.problems.map(({ type, fullName }) => `${type}:${fullName}`));
  return {
    root,
    manifest,
    package: {
      apiVersion: manifest.version ?? API_VERSION,
      components: listed.components,
      deletions: destructive.deletions,
    },
    problems: [
      ...problems.map((problem) => manifestProblem(MANIFEST, problem)),
      ...(manifest.version === undefined && problems.length === 0
        ? [error({ fileName: MANIFEST, fullName: MANIFEST }, 'Required field is missing: version')]
        : []),
      ...destructive.problems,
      ...layout.problems.map(({ message, ...at }) => error(at, message)),
      ...outside.map(({ path }) =>
        error({ fileName: path, fullName: path }, `The file is outside the package folder "${root}".`),
      ),
      ...listed.problems,
      ...missingMembers(manifest, layout.components, broken),
    ],
  };
}

function findRoot(files: readonly ZippedFile[]): string | undefined {
  const roots = files.map(({ path }) => path).filter((path) => path === MANIFEST || /^[^/]+\/package\.xml$/.test(path));
  if (roots.includes(MANIFEST)) return '';
  if (roots.length > 1)
    throw new PackageError(
      'UNSUPPORTED_PACKAGE',
      'The zip file holds several packages; the local org deploys one at a time.',
    );
  return roots[0]?.slice(0, -MANIFEST.length);
}

function withoutManifest(): PackageReading {
  const { manifest } = readManifest('<Package/>');
  const components: DeployPackage = { apiVersion: API_VERSION, components: [], deletions: [] };
  return {
    root: '',
    manifest,
    package: components,
    problems: [error({ fileName: MANIFEST, fullName: MANIFEST }, 'No package.xml found')],
  };
}

interface Listed {
  readonly components: readonly Component[];
  readonly problems: readonly Problem[];
}

/** Everything in the zip must be named in package.xml: by itself, by its parent, or at least some of its children. */
function applyManifest(manifest: Manifest, components: readonly Component[]): Listed {
  const kept: Component[] = [];
  const problems: Problem[] = [];
  for (const component of components) {
    if (manifest.covers(component.type, component.fullName)) {
      kept.push(component);
      continue;
    }
    const pieces = childrenOf(component);
    const [named, unnamed] = partition(pieces, (piece) => manifest.covers(piece.child?.type ?? '', piece.fullName));
    if (named.length === 0) {
      problems.push(error(component, 'Not in package.xml'));
      continue;
    }
    kept.push(component);
    for (const piece of unnamed) {
      problems.push(
        error(
          {
            type: piece.child?.type ?? '',
            fullName: piece.fullName,
            fileName: component.fileName,
            ...positionOf(piece),
          },
          'Not in package.xml',
        ),
      );
    }
  }
  return { components: kept, problems };
}

function missingMembers(manifest: Manifest, components: readonly Component[], broken: ReadonlySet<string>): Problem[] {
  const present = new Set(components.map(({ type, fullName }) => `${type}:${fullName.toLowerCase()}`));
  const parents = new Set<string>();
  for (const component of components) {
    const pieces = splitComponent(component.type, component.fullName, component.content);
    if (pieces === undefined) parents.add(component.fullName.toLowerCase());
    for (const piece of pieces ?? [])
      if (piece.child !== undefined) present.add(`${piece.child.type}:${piece.fullName.toLowerCase()}`);
  }
  return (
    manifest.members
      .filter(
        ({ type, fullName }) =>
          fullName !== WILDCARD &&
          !broken.has(`${type}:${fullName}`) &&
          !present.has(`${type}:${fullName.toLowerCase()}`),
      )
      // A parent that cannot be parsed is reported itself; its children are not missing as well.
      .filter(
        ({ type, fullName }) =>
          childMetadataType(type) === undefined || !parents.has(fullName.split('.')[0]?.toLowerCase() ?? ''),
      )
      .map(({ type, fullName, line, column }) =>
        error(
          { type, fullName, fileName: MANIFEST, line, column },
          `An object '${fullName}' of type ${type} was named in package.xml, but was not found in zipped directory`,
        ),
      )
  );
}

function readDeletions(files: readonly ZippedFile[]): {
  readonly deletions: readonly Deletion[];
  readonly problems: readonly Problem[];
} {
  const deletions: Deletion[] = [];
  const problems: Problem[] = [];
  for (const [fileName, when] of Object.entries(DESTRUCTIVE)) {
    const text = textOf(files, fileName);
    if (text === undefined) continue;
    const reading = readManifest(text);
    problems.push(...reading.problems.map((problem) => manifestProblem(fileName, problem)));
    for (const { type, fullName, line, column } of reading.manifest.members) {
      if (fullName !== WILDCARD) deletions.push({ type, fullName, when });
      else
        problems.push(
          error(
            { type, fullName: fileName, fileName, line, column },
            `Wildcards are not allowed in ${fileName}: name the components of type ${type} to delete.`,
          ),
        );
    }
  }
  return { deletions, problems };
}

function childrenOf(component: Component): readonly Piece[] {
  return (splitComponent(component.type, component.fullName, component.content) ?? []).filter(
    ({ child }) => child !== undefined,
  );
}

function textOf(files: readonly ZippedFile[], path: string): string | undefined {
  return files.find((file) => file.path === path)?.bytes.toString('utf8');
}

function manifestProblem(fileName: string, problem: ManifestProblem): Problem {
  const fullName = problem.fullName === '' ? fileName : problem.fullName;
  return error(
    { type: problem.type, fullName, fileName, line: problem.line, column: problem.column },
    problem.message.replace('package.xml', fileName),
  );
}

function positionOf({ line, column }: Piece): Pick<Problem, 'line' | 'column'> {
  return { line, column };
}

function error(at: Partial<Problem> & Pick<Problem, 'fileName' | 'fullName'>, message: string): Problem {
  const { type = '', fullName, fileName, line = 1, column = 1 } = at;
  return { type, fullName, fileName, line, column, severity: 'Error', message };
}

function partition<T>(all: readonly T[], test: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [all.filter(test), all.filter((item) => !test(item))];
}
