import { formulaError } from '../../formula/check.js';
import { parseLogic } from '../../logic/filterLogic.js';
import { child, childrenOf, textOf } from '../../xml/document.js';
import type { Rule } from '../rule.js';

const types = ['CustomObject'];
const MAX_FORMULA = 3900;

/** Rules of formulas and filters on an object. */
export const formulaRules: readonly Rule[] = [
  {
    // TOOLCHAIN 9: formulas name known functions, close what they open, and are at most 3,900 characters long.
    id: 'object-formulas',
    types,
    *check({ root }) {
      const places = [
        ...childrenOf(root, 'fields').map((field) => child(field, 'formula')),
        ...childrenOf(root, 'validationRules').map((rule) => child(rule, 'errorConditionFormula')),
      ];
      for (const at of places) {
        if (at === undefined) continue;
        const message = formulaError(at.text);
        if (message !== undefined) yield { at, message };
        if (at.text.length > MAX_FORMULA)
          yield {
            at,
            message: `Formula is too long (${at.text.length} characters). Maximum length is 3,900 characters`,
          };
      }
    },
  },
  {
    // TOOLCHAIN 13.2: what people read when a rule stops them has at most 255 characters.
    id: 'validation-rule-message',
    types,
    *check({ root }) {
      for (const rule of childrenOf(root, 'validationRules')) {
        const message = textOf(rule, 'errorMessage');
        const at = child(rule, 'errorMessage') ?? rule;
        if (message !== undefined && message.length > 255)
          yield { at, message: 'Value too long for field: errorMessage maximum length is:255' };
      }
    },
  },
  {
    // PLATFORM 2.5 (same notation as flows): the logic of a list view's filters names each filter that exists.
    id: 'list-view-filter-logic',
    types,
    *check({ root }) {
      for (const view of childrenOf(root, 'listViews')) {
        const at = child(view, 'booleanFilter');
        if (at === undefined) continue;
        const result = parseLogic(at.text, childrenOf(view, 'filters').length);
        if (result.kind === 'invalid')
          yield { at, message: `The filter logic "${at.text.trim()}" is not valid: ${result.message}` };
      }
    },
  },
];
