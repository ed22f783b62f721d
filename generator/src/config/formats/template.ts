import type { Template, TemplatePart } from '../../model/index.js';
import { Problem, quote } from '../../diagnostics/index.js';
import type { Rule } from '../../diagnostics/index.js';
import type { TextFormat } from './format.js';
import { oneLine } from './line.js';
import { variableNameFormat, requestNameFormat } from './names.js';
import { fieldPathProblems, isFieldPath } from './salesforce.js';

export const templateRules = {
  badMergeField: {
    code: 'bad-merge-field',
    severity: 'error',
    summary: 'A merge field is {!Field}, {!Relationship.Field}, {!input.name} or {!requests.request.output}.',
    reason: 'What stands between {! and } decides which value is sent.',
    fix: 'Write `{!Name}`, `{!Owner.Email}`, `{!input.amount}` or `{!requests.create-order.orderId}`. Write `\\{!` for these two characters as text.',
  },
  globalVariable: {
    code: 'global-variable',
    severity: 'error',
    summary: 'Global variables such as {!$User.Id} stand only in formula headers of the endpoint.',
    reason:
      'The platform evaluates them in the headers of the named credential. Requests are built by Apex, from the record alone.',
    fix: 'Use a field of the record, or a header of the endpoint with `formula:`.',
  },
  foreignMergeField: {
    code: 'foreign-merge-field',
    severity: 'warning',
    summary: 'Merge fields are written {!Name}, not {{Name}} or ${Name}.',
    reason: 'The text is sent as it stands here, braces included.',
    fix: 'Write {!Name} if a field is meant.',
  },
} as const satisfies Record<string, Rule>;

const INPUT = 'input.';
const OUTPUT = 'requests.';
const FOREIGN = /\{\{\s*[A-Za-z][\w.]*\s*\}\}|\$\{[A-Za-z][\w.]*\}/;

/** Text with merge fields in one line: a query value. */
export const lineTemplateFormat: TextFormat = {
  pattern: undefined,
  check: (value) => [...oneLine(value), ...templateProblems(value)],
};

/** Text with merge fields, any number of lines: a body value. */
export const textTemplateFormat: TextFormat = { pattern: undefined, check: templateProblems };

type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'merge'; readonly token: string; readonly inner: string };

/** Cuts a text at its merge fields. An unclosed `{!` yields a piece without a closing brace. */
function piecesOf(value: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let text = '';
  let at = 0;
  while (at < value.length) {
    if (value.startsWith('\\{!', at)) {
      text += '{!';
      at += 3;
    } else if (value.startsWith('{!', at)) {
      if (text !== '') pieces.push({ kind: 'text', text });
      text = '';
      const close = value.indexOf('}', at);
      const end = close === -1 ? value.length : close + 1;
      const token = value.slice(at, end);
      pieces.push({ kind: 'merge', token, inner: token.slice(2, close === -1 ? undefined : -1).trim() });
      at = end;
    } else {
      const next = nextMark(value, at + 1);
      text += value.slice(at, next);
      at = next;
    }
  }
  if (text !== '') pieces.push({ kind: 'text', text });
  return pieces;
}

function nextMark(value: string, from: number): number {
  for (let at = from; at < value.length; at += 1) {
    if (value[at] === '{' || value[at] === '\\') return at;
  }
  return value.length;
}

/** The problems of a text with merge fields, each with the token that has it. */
export function templateProblems(value: string): readonly Problem[] {
  if (!value.includes('{')) return [];
  const problems = piecesOf(value).flatMap((piece) =>
    piece.kind === 'merge' ? mergeProblems(piece.token, piece.inner) : [],
  );
  const foreign = FOREIGN.exec(value)?.[0];
  if (foreign !== undefined) {
    problems.push(
      new Problem(templateRules.foreignMergeField, `${quote(foreign)} is no merge field here.`, { token: foreign }),
    );
  }
  return problems;
}

function mergeProblems(token: string, inner: string): Problem[] {
  const problem = (message: string, rule: Rule = templateRules.badMergeField): Problem[] => [
    new Problem(rule, message, { token }),
  ];
  if (!token.endsWith('}')) return problem(`The merge field ${quote(token)} is not closed with }.`);
  if (inner === '') return problem('The merge field {!} is empty.');
  if (inner.startsWith('$')) return problem(`${quote(token)} is a global variable.`, templateRules.globalVariable);
  if (inner.startsWith(INPUT)) {
    return variableNameFormat.check(inner.slice(INPUT.length)).length === 0
      ? []
      : problem(`${quote(token)} names no input.`);
  }
  if (inner.startsWith(OUTPUT)) {
    const { request, output } = splitOutput(inner);
    const good = requestNameFormat.check(request).length === 0 && variableNameFormat.check(output).length === 0;
    return good ? [] : problem(`${quote(token)} names no request and output.`);
  }
  return fieldPathProblems(inner).map(
    ({ rule, message, details }) => new Problem(rule, message, { ...details, token }),
  );
}

function splitOutput(inner: string): { readonly request: string; readonly output: string } {
  const [request = '', ...rest] = inner.slice(OUTPUT.length).split('.');
  return { request, output: rest.join('.') };
}

/** Parses a text whose `templateProblems` are no errors. Throws otherwise: the caller must have checked. */
export function parseTemplate(value: string): Template {
  const known = parsed.get(value);
  if (known !== undefined) return known;
  const template = toTemplate(value);
  // The same few texts come again and again; a project that has more of them than this gains nothing from keeping them.
  if (parsed.size < MOST_KEPT) parsed.set(value, template);
  return template;
}

const MOST_KEPT = 1000;
const parsed = new Map<string, Template>();

function toTemplate(value: string): Template {
  return piecesOf(value).map((piece): TemplatePart => {
    if (piece.kind === 'text') return piece;
    const { inner } = piece;
    if (inner.startsWith(INPUT)) return { kind: 'input', name: inner.slice(INPUT.length) };
    if (inner.startsWith(OUTPUT)) return { kind: 'output', ...splitOutput(inner) };
    if (!isFieldPath(inner)) throw new Error(`The merge field ${quote(piece.token)} was not checked.`);
    return { kind: 'field', path: inner };
  });
}

/** The text around the merge fields, in order; an empty text where two merge fields meet. */
export function textPartsOf(value: string): readonly string[] {
  const parts = [''];
  for (const piece of piecesOf(value)) {
    if (piece.kind === 'text') parts[parts.length - 1] += piece.text;
    else parts.push('');
  }
  return parts;
}

/** Writes a template back as YAML spells it. */
export function printTemplate(template: Template): string {
  return template.map(printPart).join('');
}

function printPart(part: TemplatePart): string {
  switch (part.kind) {
    case 'text':
      return part.text.replaceAll('{!', '\\{!');
    case 'field':
      return `{!${part.path}}`;
    case 'input':
      return `{!${INPUT}${part.name}}`;
    case 'output':
      return `{!${OUTPUT}${part.request}.${part.output}}`;
  }
}
