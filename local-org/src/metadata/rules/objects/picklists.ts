import { child, childrenOf, textOf, isTrue, type XmlElement } from '../../xml/document.js';
import type { Finding, Rule } from '../rule.js';
import { customFields } from './fields.js';

const types = ['CustomObject'];
const MAX_VALUE_LENGTH = 255;

function* valuesOf(definition: XmlElement): Generator<Finding> {
  const seen = new Set<string>();
  let defaults = 0;
  for (const value of childrenOf(definition, 'value')) {
    const name = textOf(value, 'fullName');
    const at = child(value, 'fullName') ?? value;
    if (name === undefined) yield { at: value, message: 'Required field is missing: fullName' };
    else if (seen.has(name.toLowerCase())) yield { at, message: `Duplicate label: ${name}` };
    else if (name.length > MAX_VALUE_LENGTH) {
      yield { at, message: `Value too long for field: fullName maximum length is:${MAX_VALUE_LENGTH}` };
    }
    if (name !== undefined) seen.add(name.toLowerCase());
    if (isTrue(value, 'default')) defaults += 1;
    if (defaults === 2 && isTrue(value, 'default')) yield { at, message: 'A picklist can have only one default value' };
  }
}

/** Rules of picklists. */
export const picklistRules: readonly Rule[] = [
  {
    // TOOLCHAIN 13.2: a value set is defined in place or named, never both, and lists each value once.
    id: 'picklist-values',
    types,
    *check({ root }) {
      for (const field of customFields(root)) {
        const set = child(field, 'valueSet');
        if (set === undefined) continue;
        const own = child(set, 'valueSetDefinition');
        const named = child(set, 'valueSetName');
        if ((own === undefined) === (named === undefined)) {
          yield { at: set, message: 'A valueSet must have either a valueSetDefinition or a valueSetName' };
        }
        if (own !== undefined) yield* valuesOf(own);
      }
    },
  },
];
