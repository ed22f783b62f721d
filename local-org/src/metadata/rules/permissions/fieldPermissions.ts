import type { Subject } from '../../subject.js';
import { isComputedField, isRequiredField, type FieldSymbol } from '../../symbols/objectSymbol.js';
import type { SymbolTable } from '../../symbols/symbolTable.js';
import { childrenOf, isTrue, textOf, type XmlElement } from '../../xml/document.js';
import type { Rule } from '../rule.js';

const types = ['PermissionSet'];

interface FieldRow {
  readonly element: XmlElement;
  readonly name: string;
  readonly field: FieldSymbol;
  readonly onSetting: boolean;
}

/** The rows whose field exists; the others are the references' business. */
function fieldRows({ root }: Subject, symbols: SymbolTable): readonly FieldRow[] {
  return childrenOf(root, 'fieldPermissions').flatMap((element) => {
    const name = textOf(element, 'field') ?? '';
    const dot = name.indexOf('.');
    const lookup = symbols.field(name.slice(0, Math.max(dot, 0)), name.slice(dot + 1));
    if (lookup.kind !== 'field') return [];
    const onSetting = lookup.object.kind === 'customSetting' || lookup.object.kind === 'metadataType';
    return [{ element, name, field: lookup.field, onSetting }];
  });
}

/** Rules of the field rows of a permission set. */
export const fieldPermissionRules: readonly Rule[] = [
  {
    // PLATFORM 5: required and master-detail fields are always visible and must not be listed.
    id: 'no-permissions-for-required-fields',
    types,
    *check(subject, { symbols }) {
      for (const { element, name, field } of fieldRows(subject, symbols)) {
        if (isRequiredField(field)) yield { at: element, message: `You cannot deploy to a required field: ${name}` };
      }
    },
  },
  {
    // PLATFORM 5: formulas, roll-ups and auto numbers are not editable by anyone.
    id: 'computed-fields-not-editable',
    types,
    *check(subject, { symbols }) {
      for (const { element, name, field } of fieldRows(subject, symbols)) {
        if (isComputedField(field) && isTrue(element, 'editable')) {
          yield { at: element, message: `Field ${name} is computed and can't be editable` };
        }
      }
    },
  },
  {
    // PLATFORM 5: editing a field includes reading it.
    id: 'editable-field-is-readable',
    types,
    *check(subject, { symbols }) {
      for (const { element, name } of fieldRows(subject, symbols)) {
        if (isTrue(element, 'editable') && !isTrue(element, 'readable')) {
          yield { at: element, message: `Permission Edit ${name} depends on permission(s): Read ${name}` };
        }
      }
    },
  },
  {
    // PLATFORM 3.6: access to settings and custom metadata is granted for the whole type, not by field.
    id: 'no-field-permissions-for-settings',
    types,
    *check(subject, { symbols }) {
      for (const { element, name, onSetting } of fieldRows(subject, symbols)) {
        if (onSetting) yield { at: element, message: `Field permissions can't be set for ${name}` };
      }
    },
  },
];
