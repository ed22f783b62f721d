import { isDeepStrictEqual } from 'node:util';
import { applyEdits, findNodeAtLocation, modify, parseTree, type Node, type ParseError } from 'jsonc-parser';
import { UserError } from '../errors/index.js';
import { loadMessages } from '../messages/index.js';
import { HEADERLESS_ROOT } from './paths.js';

/** One entry of `replacements` in sfdx-project.json as the generator writes it (Salesforce DX Developer Guide, "Replace Strings in Code Before Deploying"). */
export interface Replacement {
  readonly filename: string;
  readonly stringToReplace: string;
  /** File below `replacements/`; this is how an entry of ours is recognised. */
  readonly replaceWithFile: string;
  readonly replaceWhenEnv?: readonly { readonly env: string; readonly value: string }[];
}

const KEY = 'replacements';

/**
 * Puts our entries into the text of an sfdx-project.json and takes out those of an earlier run. An entry is ours when its
 * `filename` or `replaceWithFile` is below `replacements/`. Everything else stays as the person wrote it: order of keys,
 * other replacements, indentation, line ends. When nothing of ours changes, the text comes back as it was.
 * Throws UserError `ProjectFileError` when the text is not a JSON object or `replacements` is not a list.
 */
export function mergeReplacements(projectJsonText: string, ours: readonly Replacement[]): string {
  const list = existingList(projectJsonText);
  const entries = (list?.children ?? []).map(({ offset, length }) => {
    const text = projectJsonText.slice(offset, offset + length);
    const value: unknown = JSON.parse(text);
    return { text, isOurs: isOurs(value), value };
  });
  const before = entries.filter((entry) => entry.isOurs).map(({ value }) => value);
  if (isDeepStrictEqual(before, ours)) return projectJsonText;
  const style = textStyle(projectJsonText);
  const others = entries.filter((entry) => !entry.isOurs).map(({ text }) => text);
  if (list === undefined || others.length + ours.length === 0) {
    return setKey(projectJsonText, ours.length === 0 ? undefined : ours, style);
  }
  const margin = style.eol + style.indent.repeat(2);
  const texts = [
    ...others,
    ...ours.map((entry) => JSON.stringify(entry, undefined, style.indent).replaceAll('\n', margin)),
  ];
  const listText = `[${margin}${texts.join(`,${margin}`)}${style.eol}${style.indent}]`;
  return projectJsonText.slice(0, list.offset) + listText + projectJsonText.slice(list.offset + list.length);
}

/** The syntax node of the list; undefined when the file has none. */
function existingList(text: string): Node | undefined {
  const errors: ParseError[] = [];
  const project = parseTree(text, errors, { allowTrailingComma: false, disallowComments: true });
  if (errors.length > 0 || project?.type !== 'object') throw projectFileError('problem.projectNotJson');
  const list = findNodeAtLocation(project, [KEY]);
  if (list !== undefined && list.type !== 'array') throw projectFileError('problem.replacementsNotList');
  return list;
}

interface TextStyle {
  readonly indent: string;
  readonly eol: string;
}

/** Indentation and line ends that the text has already; two spaces when it has none. */
function textStyle(text: string): TextStyle {
  return { indent: /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ', eol: text.includes('\r\n') ? '\r\n' : '\n' };
}

/** Adds, replaces or removes the whole key. */
function setKey(text: string, value: unknown, { indent, eol }: TextStyle): string {
  const insertSpaces = !indent.startsWith('\t');
  const formattingOptions = { insertSpaces, tabSize: insertSpaces ? indent.length : 4, eol };
  return applyEdits(text, modify(text, [KEY], value, { formattingOptions }));
}

function projectFileError(problem: string): UserError {
  const messages = loadMessages('output');
  return new UserError('ProjectFileError', messages.get('error.projectFile', messages.get(problem)), {
    actions: messages.list('error.projectFile.actions'),
  });
}

function isOurs(entry: unknown): boolean {
  if (typeof entry !== 'object' || entry === null) return false;
  return [Reflect.get(entry, 'filename'), Reflect.get(entry, 'replaceWithFile')].some(
    (path) => typeof path === 'string' && path.replace(/^\.\//, '').startsWith(`${HEADERLESS_ROOT}/`),
  );
}
