import { Problem, quote } from '../../diagnostics/index.js';
import type { Rule } from '../../diagnostics/index.js';
import type { TextFormat } from './format.js';

export const jsonPathRules = {
  badJsonPath: {
    code: 'bad-json-path',
    severity: 'error',
    summary: 'A path into JSON is a list of keys with dots between them.',
    reason: 'The dots say where one key ends and the next begins.',
    fix: 'Write `order.id`, or `items.0.id` for the first item of a list. Keys may hold letters, digits and _ $ @ : -',
  },
} as const satisfies Record<string, Rule>;

const KEY = '[A-Za-z0-9_$@:-]+';
const PATH = new RegExp(`^${KEY}(?:\\.${KEY})*$`);
const LONGEST = 255;

const BODY_FIX = 'Write `name`, or `order.id` for a member of an object. Keys may hold letters, digits and _ $ @ : -';

export function isJsonPath(value: string): boolean {
  return value.length <= LONGEST && PATH.test(value);
}

/** Path of JSON keys, `order.id`: where a value stands in an answer. */
export const jsonPathFormat: TextFormat = {
  pattern: PATH.source,
  check: (value) =>
    isJsonPath(value) ? [] : [new Problem(jsonPathRules.badJsonPath, `${quote(value)} is not a path of JSON keys.`)],
};

/** Path of JSON keys, `order.id`: where a value goes in a body. A body has no lists, so nothing is said of their items. */
export const bodyPathFormat: TextFormat = {
  pattern: PATH.source,
  check: (value) =>
    isJsonPath(value)
      ? []
      : [new Problem(jsonPathRules.badJsonPath, `${quote(value)} is not a path of JSON keys.`, { fix: BODY_FIX })],
};
