import { Problem } from '../../diagnostics/index.js';
import type { Rule } from '../../diagnostics/index.js';
import type { TextFormat } from './format.js';

export const lineRules = {
  emptyText: {
    code: 'empty-text',
    severity: 'error',
    summary: 'A text that is given is not empty.',
    reason: 'Salesforce refuses an empty value here.',
    fix: 'Write a value, or remove the key.',
  },
  notOneLine: {
    code: 'not-one-line',
    severity: 'error',
    summary: 'Names, labels, headers and paths are one line of printable characters.',
    reason:
      'A line break or control character could end a header, a comment or a statement early and smuggle in another one.',
    fix: 'Remove the character. In YAML, text after | or > ends with a line break; put short text on the line of its key.',
  },
  tooLong: {
    code: 'too-long',
    severity: 'error',
    summary: 'A text is no longer than Salesforce stores.',
    reason: 'Salesforce refuses a longer text at deployment.',
    fix: 'Shorten it.',
  },
} as const satisfies Record<string, Rule>;

// Everything below space, DEL, C1, line and paragraph separators, marks that change the direction of text.
// eslint-disable-next-line no-control-regex
const NOT_PRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;

/** The problem of a text that is not one line of printable characters, if it has one. */
export function oneLine(value: string): readonly Problem[] {
  const found = NOT_PRINTABLE.exec(value)?.[0];
  if (found === undefined) return [];
  const name = found === '\n' ? 'a line break' : found === '\t' ? 'a tab' : `the control character U+${hex(found)}`;
  return [new Problem(lineRules.notOneLine, `The text holds ${name}.`)];
}

/** One line of at most `longest` characters, not empty. */
export function lineFormat(longest: number): TextFormat {
  return {
    pattern: undefined,
    check: (value) => {
      if (value.trim() === '') return [new Problem(lineRules.emptyText, 'The text is empty.')];
      return [...oneLine(value), ...notLongerThan(longest, value)];
    },
  };
}

/** Any text of at most `longest` characters; may be empty and may have several lines. */
export function proseFormat(longest: number): TextFormat {
  return { pattern: undefined, check: (value) => notLongerThan(longest, value) };
}

/** The problem of a text that is longer than `longest` characters. */
export function notLongerThan(longest: number, value: string): readonly Problem[] {
  if (value.length <= longest) return [];
  return [new Problem(lineRules.tooLong, `The text has ${value.length} characters; at most ${longest} are allowed.`)];
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
}
