import { child, childrenOf, isTrue, textOf, type XmlElement } from '../../xml/document.js';
import type { Finding, Rule } from '../rule.js';
import { isApiName, nameForm } from '../names.js';
import {
  fieldTypes,
  FLAGS,
  NOT_FOR_FORMULAS,
  OPTIONAL_IN_FORMULAS,
  RESTRICTED,
  type FieldTypeRule,
} from './fieldAttributes.js';

const types = ['CustomObject'];

/** The custom fields of an object file; settings of standard fields have no type. */
export const customFields = (root: XmlElement): readonly XmlElement[] =>
  childrenOf(root, 'fields').filter((field) => textOf(field, 'type') !== undefined);

const isFormula = (field: XmlElement): boolean => textOf(field, 'formula') !== undefined;

/** A flag that is false is as good as absent. */
const attribute = (field: XmlElement, name: string): XmlElement | undefined =>
  FLAGS.has(name) && !isTrue(field, name) ? undefined : child(field, name);

function* attributes(field: XmlElement, type: string, rule: FieldTypeRule): Generator<Finding> {
  const formula = isFormula(field);
  for (const name of rule.needs) {
    if (child(field, name) !== undefined || (formula && OPTIONAL_IN_FORMULAS.has(name))) continue;
    yield { at: field, message: `Must specify '${name}' for a CustomField of type ${type}` };
  }
  for (const name of RESTRICTED) {
    const at = attribute(field, name);
    if (at === undefined || rule.needs.includes(name) || rule.takes.includes(name)) continue;
    yield { at, message: `Can not specify '${name}' for a CustomField of type ${type}` };
  }
  for (const [name, [from, to]] of Object.entries(rule.ranges ?? {})) {
    const value = textOf(field, name);
    const at = child(field, name);
    if (at === undefined || value === undefined || (Number(value) >= from && Number(value) <= to)) continue;
    yield {
      at,
      message: `${name} must be between ${from} and ${to} for a CustomField of type ${type}, but is ${value}`,
    };
  }
}

/** Rules of the fields of an object. */
export const fieldRules: readonly Rule[] = [
  {
    // PLATFORM 3.5-3.6, TOOLCHAIN 13.2: a field's type decides which attributes it needs and takes.
    id: 'field-attributes-by-type',
    types,
    *check({ root }) {
      for (const field of customFields(root)) {
        const type = textOf(field, 'type') ?? '';
        const rule = fieldTypes.get(type);
        if (rule === undefined) {
          yield {
            at: child(field, 'type') ?? field,
            message: `Fields of type ${type} are not supported by the local org`,
          };
          continue;
        }
        yield* attributes(field, type, rule);
      }
    },
  },
  {
    // PLATFORM 5: formulas compute their value; nothing can be entered, required or indexed.
    id: 'formula-field-attributes',
    types,
    *check({ root }) {
      for (const field of customFields(root).filter(isFormula)) {
        for (const name of NOT_FOR_FORMULAS) {
          const at = attribute(field, name);
          if (at !== undefined) yield { at, message: `Can not specify '${name}' for a formula CustomField` };
        }
      }
    },
  },
  {
    // TOOLCHAIN 13.2: digits behind the point are part of all digits.
    id: 'field-scale-within-precision',
    types,
    *check({ root }) {
      for (const field of customFields(root)) {
        const precision = Number(textOf(field, 'precision'));
        const scale = Number(textOf(field, 'scale'));
        if (scale > precision) {
          yield {
            at: child(field, 'scale') ?? field,
            message: `scale ${scale} must not be greater than precision ${precision}`,
          };
        }
      }
    },
  },
  {
    // TOOLCHAIN 13.2: a default of a checkbox is true or false.
    id: 'checkbox-default',
    types,
    *check({ root }) {
      for (const field of customFields(root)) {
        const value = textOf(field, 'defaultValue');
        if (textOf(field, 'type') !== 'Checkbox' || value === undefined || /^(?:true|false)$/i.test(value)) continue;
        yield {
          at: child(field, 'defaultValue') ?? field,
          message: `The default value of a checkbox must be true or false, but is ${value}`,
        };
      }
    },
  },
  {
    // TOOLCHAIN 13.2: case sensitivity is a property of uniqueness.
    id: 'case-sensitive-needs-unique',
    types,
    *check({ root }) {
      for (const field of customFields(root)) {
        if (isTrue(field, 'caseSensitive') && !isTrue(field, 'unique') && !isTrue(field, 'externalId')) {
          yield {
            at: child(field, 'caseSensitive') ?? field,
            message: 'caseSensitive can be specified only for a unique or external ID field',
          };
        }
      }
    },
  },
  {
    // TOOLCHAIN 13.2: names of at most 40 characters before the suffix, in the form of API names.
    id: 'field-names',
    types,
    *check({ root }) {
      for (const field of customFields(root)) {
        const name = textOf(field, 'fullName');
        const at = child(field, 'fullName') ?? field;
        if (name === undefined) {
          yield { at: field, message: 'Required field is missing: fullName' };
          continue;
        }
        const bare = name.replace(/__c$/, '');
        if (bare === name) yield { at, message: `Invalid fullName, must end in a custom suffix (e.g. __c): ${name}` };
        else if (!isApiName(bare)) yield { at, message: nameForm('Field Name') };
        if (bare.length > 40) yield { at, message: 'Value too long for field: fullName maximum length is:40' };
      }
    },
  },
  {
    // TOOLCHAIN 13.2: every field has a label of at most 40 characters.
    id: 'field-labels',
    types,
    *check({ root }) {
      for (const field of customFields(root)) {
        const label = textOf(field, 'label');
        if (label === undefined) yield { at: field, message: 'Must specify a non-empty label for the CustomField' };
        else if (label.length > 40) {
          yield {
            at: child(field, 'label') ?? field,
            message: 'Value too long for field: MasterLabel maximum length is:40',
          };
        }
      }
    },
  },
  {
    // PLATFORM 2.2 (one field, one meaning): a name is used once in an object.
    id: 'object-children-unique',
    types,
    *check({ root, definition }) {
      for (const { element } of definition.children) {
        const seen = new Set<string>();
        for (const found of childrenOf(root, element)) {
          const name = textOf(found, 'fullName')?.toLowerCase();
          if (name === undefined) continue;
          if (seen.has(name))
            yield { at: found, message: `Duplicate name ${textOf(found, 'fullName') ?? ''} in ${element}` };
          seen.add(name);
        }
      }
    },
  },
];
