import { readFileSync, statSync } from 'node:fs';
import type { Diagnostic, ProjectPath } from '../../model/index.js';
import { Problem } from '../../diagnostics/index.js';
import type { Data } from './convert.js';
import { toData } from './convert.js';
import { decodeUtf8 } from './decode.js';
import type { BadByte } from './decode.js';
import { readEveryday } from './everyday.js';
import { parseYaml } from './parse.js';
import type { TextProblem } from './parse.js';
import { yamlRules } from './rules.js';
import { YamlSource, diagnosticAt } from './source.js';

const LARGEST_BYTES = 1024 * 1024;
const MOST_PROBLEMS = 100;

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
  const data = readEveryday(text);
  if (data === undefined) return parseYamlText(text, file);
  return { file: { data, source: new YamlSource(file, text) }, diagnostics: [] };
}

/** Reads any YAML text, and knows what is wrong with it. */
export function parseYamlText(text: string, file: ProjectPath): YamlResult {
  const parsed = parseYaml(text);
  const { document, problems } = parsed;
  const source = new YamlSource(file, text, parsed);
  const contents = document?.contents ?? undefined;
  if (document === undefined || contents === undefined || text.trim() === '') {
    if (problems.length > 0) return { file: undefined, diagnostics: tell(problems, source) };
    return failed(file, new Problem(yamlRules.emptyFile, 'The file is empty.'));
  }
  const converted = toData(contents, text);
  const all = tell([...problems, ...converted.problems], source);
  // After a syntax error the structure is a guess: what is missing or misplaced would only be an echo of it.
  const guessed = document.errors.some(({ code }) => code !== 'TAG_RESOLVE_FAILED');
  if (guessed) return { file: undefined, diagnostics: all };
  const { data } = converted;
  if (isRecord(data)) return { file: { data, source }, diagnostics: all };
  if (data === null)
    return {
      file: undefined,
      diagnostics: [...all, source.atOffset(0, new Problem(yamlRules.emptyFile, 'The file holds no settings.'))],
    };
  const fix = typeof data === 'string' ? { fix: 'Write `key: value`, with a space after the colon.' } : {};
  const problem = new Problem(yamlRules.notAMap, 'The file is not a map of keys and values.', fix);
  return { file: undefined, diagnostics: [...all, source.atOffset(0, problem)] };
}

/**
 * The diagnostics of the first problems, and one that counts the rest. The same slip told twice is told once, and an
 * unquoted merge field, which often is a syntax error too, only as what it is.
 */
function tell(problems: readonly TextProblem[], source: YamlSource): readonly Diagnostic[] {
  const unique = new Map(problems.toReversed().map((item) => [`${item.problem.rule.code}:${item.offset}`, item]));
  const kept = [...unique.values()].reverse();
  const told = kept.slice(0, MOST_PROBLEMS).map(({ offset, problem }) => source.atOffset(offset, problem));
  const mergeField = yamlRules.unquotedMergeField.code;
  const lines = new Set(told.flatMap(({ code, position }) => (code === mergeField ? [position.line] : [])));
  const diagnostics = told.filter(({ code, position }) => code === mergeField || !lines.has(position.line));
  const rest = kept[MOST_PROBLEMS];
  if (rest === undefined) return diagnostics;
  const message = `The file has ${kept.length - MOST_PROBLEMS} more problems.`;
  return [...diagnostics, source.atOffset(rest.offset, new Problem(yamlRules.moreProblems, message))];
}

function isRecord(data: Data): data is { [key: string]: Data } {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

function readBytes(absolute: string): Buffer | Problem {
  try {
    const { size } = statSync(absolute);
    if (size > LARGEST_BYTES) {
      return new Problem(
        yamlRules.fileTooLarge,
        `The file has ${(size / LARGEST_BYTES).toFixed(1)} MB; at most 1 MB is read.`,
      );
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
    : new Problem(
        yamlRules.notUtf8,
        `The byte 0x${bad.value.toString(16).toUpperCase().padStart(2, '0')} is not UTF-8.`,
      );
  return {
    file: undefined,
    diagnostics: [diagnosticAt({ file, line: bad.line, column: bad.column }, bad.lineText, problem)],
  };
}
