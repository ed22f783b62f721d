import { readFileSync, statSync } from 'node:fs';
import type { Diagnostic, ProjectPath } from '../../model/index.js';
import { Problem } from '../diagnostics/index.js';
import type { Data } from './convert.js';
import { toData } from './convert.js';
import { decodeUtf8 } from './decode.js';
import type { BadByte } from './decode.js';
import { parseYaml } from './parse.js';
import { yamlRules } from './rules.js';
import { YamlSource, diagnosticAt } from './source.js';

const LARGEST_BYTES = 1024 * 1024;

/** A file whose YAML could be read: its data, and its text for positions. */
export interface YamlFile {
  readonly data: { readonly [key: string]: Data };
  readonly source: YamlSource;
}

/** `file` is undefined when the problems leave nothing to check. */
export interface YamlResult {
  readonly file: YamlFile | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads one YAML file. Never throws for what a file can contain. `absolute` is where it lies, `file` how it is called. */
export function readYamlFile(absolute: string, file: ProjectPath): YamlResult {
  const bytes = readBytes(absolute);
  if (bytes instanceof Problem) return failed(file, bytes);
  const decoded = decodeUtf8(bytes);
  if ('bad' in decoded) return notUtf8(file, decoded.bad);
  return readYamlText(decoded.text, file);
}

/** Reads YAML text that is in memory. */
export function readYamlText(text: string, file: ProjectPath): YamlResult {
  const { document, lines, problems } = parseYaml(text);
  const source = new YamlSource(file, text, lines, document?.contents ?? null);
  const diagnostics = problems.map(({ offset, problem }) => source.atOffset(offset, problem));
  if (document === undefined) return { file: undefined, diagnostics };
  if (document.contents === null || text.trim() === '') {
    if (diagnostics.length > 0) return { file: undefined, diagnostics };
    return failed(file, new Problem(yamlRules.emptyFile, 'The file is empty.'));
  }
  const converted = toData(document.contents);
  const seen = new Set(diagnostics.map(key));
  for (const { offset, problem } of converted.problems) {
    const diagnostic = source.atOffset(offset, problem);
    if (!seen.has(key(diagnostic))) diagnostics.push(diagnostic);
  }
  // After a syntax error the structure is a guess: what is missing or misplaced would only be an echo of it.
  const guessed = document.errors.some((error) => error.code !== 'TAG_RESOLVE_FAILED');
  if (guessed) return { file: undefined, diagnostics };
  const { data } = converted;
  if (!isRecord(data)) {
    const empty = data === null;
    const rule = empty ? yamlRules.emptyFile : yamlRules.notAMap;
    const message = empty ? 'The file holds no settings.' : 'The file is not a map of keys and values.';
    return { file: undefined, diagnostics: [...diagnostics, source.atOffset(0, new Problem(rule, message))] };
  }
  return { file: { data, source }, diagnostics };
}

/** One problem can reach us from the library and from our own pass; it is told once. */
function key({ code, position }: Diagnostic): string {
  return `${code}:${position.line}`;
}

function isRecord(data: Data): data is { [key: string]: Data } {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

function readBytes(absolute: string): Buffer | Problem {
  try {
    const { size } = statSync(absolute);
    if (size > LARGEST_BYTES) {
      return new Problem(yamlRules.fileTooLarge, `The file has ${(size / LARGEST_BYTES).toFixed(1)} MB; at most 1 MB is read.`);
    }
    return readFileSync(absolute);
  } catch (error) {
    const cause = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return new Problem(yamlRules.unreadableFile, `The file cannot be read (${cause}).`);
  }
}

function failed(file: ProjectPath, problem: Problem): YamlResult {
  return { file: undefined, diagnostics: [diagnosticAt({ file, line: 1, column: 1 }, '', problem)] };
}

function notUtf8(file: ProjectPath, bad: BadByte): YamlResult {
  const problem = bad.utf16
    ? new Problem(yamlRules.notUtf8, 'The file is saved as UTF-16.')
    : new Problem(yamlRules.notUtf8, `The byte 0x${bad.value.toString(16).toUpperCase().padStart(2, '0')} is not UTF-8.`);
  return { file: undefined, diagnostics: [diagnosticAt({ file, line: bad.line, column: bad.column }, bad.lineText, problem)] };
}
