import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { ts } from 'ts-morph';
import type { SourcePosition } from '../../model/index.js';
import type { ProblemList } from './problems.js';

/** A contract file: its text, and the paths of the contract files that it imports. */
export interface SourceText {
  readonly text: string;
  readonly imports: readonly string[];
}

/** Contract files by path, relative to the project root with forward slashes. */
export type SourceTexts = ReadonlyMap<string, SourceText>;

/** A contract file is written by hand; one above this is a mistake. */
const SIZE_LIMIT = 1024 * 1024;

/**
 * Reads the given contract files and what they import, as far as it stands below the contracts folder. Imports of packages and of
 * files elsewhere, links that lead out, huge files and files that are not UTF-8 are problems; none of them is read.
 */
export function readSourceFiles(
  projectRoot: string,
  contractsFolder: string,
  files: readonly string[],
  problems: ProblemList,
): SourceTexts {
  const reader = new SourceReader(projectRoot, join(projectRoot, contractsFolder), contractsFolder, problems);
  for (const file of files) reader.readEntry(file);
  return reader.texts;
}

/** The paths of a file and of everything that it imports, directly or not, as far as it was read. */
export function reachableFiles(texts: SourceTexts, file: string): readonly string[] {
  const reached = new Set([file]);
  for (const path of reached) for (const imported of texts.get(path)?.imports ?? []) reached.add(imported);
  return [...reached].filter((path) => texts.has(path)).sort();
}

class SourceReader {
  public readonly texts = new Map<string, SourceText>();

  public constructor(
    private readonly projectRoot: string,
    private readonly folder: string,
    private readonly folderName: string,
    private readonly problems: ProblemList,
  ) {}

  public readEntry(file: string): void {
    this.read(file, { file, line: 1, column: 1 }, '');
  }

  /** `position` is where the file is asked for, in a file of the text `importing`; that is empty for an entry. */
  private read(file: string, position: SourcePosition, importing: string): void {
    if (this.texts.has(file)) return;
    const refusal = this.refusal(file);
    if (refusal !== undefined) {
      this.problems.add(position, importing, refusal);
      return;
    }
    const text = decode(readFileSync(join(this.projectRoot, file)));
    if (text === undefined) {
      this.problems.add({ file, line: 1, column: 1 }, '', NOT_UTF8);
      return;
    }
    const found = ts.preProcessFile(text, true, true).importedFiles;
    const imports = found.flatMap((imported) => this.importedPath(file, text, imported) ?? []);
    this.texts.set(file, { text, imports: imports.map(({ path }) => path) });
    for (const imported of imports) this.read(imported.path, imported.position, text);
  }

  private importedPath(
    file: string,
    text: string,
    { pos, fileName: name }: ts.FileReference,
  ): ImportedPath | undefined {
    const before = text.slice(0, pos).split('\n');
    const position = { file, line: before.length, column: (before.at(-1) ?? '').length + 1 };
    if (!name.startsWith('./') && !name.startsWith('../')) {
      this.problems.add(position, text, packageImport(name));
      return undefined;
    }
    const target = join(dirname(join(this.projectRoot, file)), name.replace(/\.(?:js|ts)$/, '') + '.ts');
    return { path: relative(this.projectRoot, target).split(sep).join('/'), position };
  }

  private refusal(file: string): Refusal | undefined {
    const path = join(this.projectRoot, file);
    if (isAbsolute(file) || !path.startsWith(this.folder + sep)) return outside(file, this.folderName);
    const status = statSync(path, { throwIfNoEntry: false });
    if (status === undefined || !status.isFile()) return missing(file);
    if (!realpathSync(path).startsWith(realpathSync(this.folder) + sep)) return outside(file, this.folderName);
    return status.size > SIZE_LIMIT ? tooLarge(file) : undefined;
  }
}

interface ImportedPath {
  readonly path: string;
  readonly position: SourcePosition;
}

type Refusal = Parameters<ProblemList['add']>[2];

const NOT_UTF8: Refusal = {
  code: 'contract-encoding',
  message: 'The contract file is not UTF-8 text.',
  reason: 'TypeScript would read other characters than those that were meant.',
  fix: 'Save the file as UTF-8.',
};

function missing(file: string): Refusal {
  return {
    code: 'contract-file-missing',
    message: `There is no contract file ${file}.`,
    reason: 'The class for the payload is made from it.',
    fix: 'Create the file or correct the path.',
  };
}

function outside(file: string, folder: string): Refusal {
  return {
    code: 'contract-outside-folder',
    message: `${file} is not below ${folder}.`,
    reason: 'Contracts read nothing but contract files, so that what they mean depends on nothing else.',
    fix: `Move what the contract needs into a file below ${folder}.`,
  };
}

function tooLarge(file: string): Refusal {
  return {
    code: 'contract-file-too-large',
    message: `${file} is larger than 1 MB.`,
    reason: 'A contract describes one payload; a file of this size is something else.',
    fix: 'Keep only the interfaces of the payload.',
  };
}

function packageImport(name: string): Refusal {
  return {
    code: 'contract-package-import',
    message: `"${name}" is a package, and contracts import only from each other.`,
    reason: 'The types of a package change with its version, and so would the Apex class.',
    fix: 'Write the types into a contract file and import them with a relative path.',
  };
}

function decode(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
