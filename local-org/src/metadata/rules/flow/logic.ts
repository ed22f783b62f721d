import { integrity } from '../../flow/references.js';
import { parseLogic } from '../../logic/filterLogic.js';
import { child, childrenOf, textOf, walk, type XmlElement } from '../../xml/document.js';
import type { Finding, Rule } from '../rule.js';

const types = ['Flow'];

/** Logics that are words, not expressions over condition numbers. */
const WORDS: ReadonlySet<string> = new Set(['and', 'or', 'formula_evaluates_to_true', 'no_conditions']);

/** Element with the logic, and the element that each of its conditions is. */
const LOGICS: ReadonlyMap<string, string> = new Map([
  ['conditionLogic', 'conditions'],
  ['filterLogic', 'filters'],
]);

function* checkLogic(owner: XmlElement, at: XmlElement, conditions: string): Generator<Finding> {
  const text = at.text.trim();
  if (WORDS.has(text.toLowerCase())) return;
  const result = parseLogic(text, childrenOf(owner, conditions).length);
  if (result.kind === 'invalid') {
    yield { at, message: integrity(`The condition logic "${text}" is not valid: ${result.message}.`) };
    return;
  }
  for (const number of result.unused) {
    yield { at, severity: 'Warning', message: `The condition logic "${text}" never uses condition ${number}.` };
  }
}

/** Rules of conditions and filters. */
export const logicRules: readonly Rule[] = [
  {
    // PLATFORM 2.5: conditionLogic and filterLogic are "and", "or" or an expression over the condition numbers.
    id: 'flow-condition-logic',
    types,
    *check({ root }) {
      for (const owner of walk(root)) {
        for (const [logic, conditions] of LOGICS) {
          const at = child(owner, logic);
          if (at !== undefined) yield* checkLogic(owner, at, conditions);
        }
      }
    },
  },
  {
    // PLATFORM 2.2: entry conditions are filters or one formula.
    id: 'flow-filters-or-formula',
    types,
    *check({ root }) {
      const start = child(root, 'start');
      const formula = start === undefined ? undefined : child(start, 'filterFormula');
      if (start === undefined || formula === undefined || textOf(start, 'filterFormula') === undefined) return;
      if (childrenOf(start, 'filters').length > 0) {
        yield { at: formula, message: integrity("You can't use the filterFormula field with the filters field.") };
      }
    },
  },
];
