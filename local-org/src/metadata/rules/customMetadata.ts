import { metadataTypeOf } from '../references/others.js';
import type { Subject } from '../subject.js';
import type { FieldSymbol } from '../symbols/objectSymbol.js';
import { child, childrenOf, isTrue, textOf, type XmlElement } from '../xml/document.js';
import { XSI_NAMESPACE } from '../schema/validate.js';
import { xsdTypes } from '../schema/scalars.js';
import { isApiName } from './names.js';
import type { Finding, Rule, RuleContext } from './rule.js';

const types = ['CustomMetadata'];
const XSD_NAMESPACE = 'http://www.w3.org/2001/XMLSchema';

const NO_TYPE =
  'Error parsing file:  Only the following configurations are supported : 1) if the type is mentioned i.g. type="xsi:boolean" ' +
  '2) With metadata CRUD API with fullName required';

const NUMERIC: readonly string[] = ['double', 'int', 'integer', 'long', 'decimal', 'string'];

/** XML Schema types that a field of each type takes. What is not listed is text. */
const ACCEPTED: ReadonlyMap<string, readonly string[]> = new Map([
  ['Checkbox', ['boolean']],
  ['Date', ['date', 'dateTime']],
  ['DateTime', ['date', 'dateTime']],
  ['Number', NUMERIC],
  ['Percent', NUMERIC],
]);

interface RecordValue {
  readonly element: XmlElement;
  readonly value: XmlElement | undefined;
  readonly name: string;
  readonly field: FieldSymbol | undefined;
}

function valuesOf({ component, root }: Subject, { symbols }: RuleContext): readonly RecordValue[] {
  const object = metadataTypeOf(component.fullName);
  return childrenOf(root, 'values').map((element) => {
    const name = textOf(element, 'field') ?? '';
    const lookup = symbols.field(object, name);
    return { element, value: child(element, 'value'), name, field: lookup.kind === 'field' ? lookup.field : undefined };
  });
}

const attribute = (element: XmlElement, local: string): string | undefined =>
  element.attributes.find((candidate) => candidate.uri === XSI_NAMESPACE && candidate.local === local)?.value;

const isNil = (value: XmlElement | undefined): boolean =>
  value === undefined || attribute(value, 'nil') === 'true' || attribute(value, 'nil') === '1';

/** Local name of the declared XML Schema type; undefined when there is none or it is of another namespace. */
function declaredType(value: XmlElement): string | undefined {
  const [prefix, local] = attribute(value, 'type')?.split(':') ?? [];
  return prefix !== undefined && value.prefixes[prefix] === XSD_NAMESPACE ? local : undefined;
}

/** Namespaces of the record file; a value sees those declared above it. */
function withPrefixes(value: XmlElement, ...above: readonly XmlElement[]): XmlElement {
  return { ...value, prefixes: Object.assign({}, ...above.map(({ prefixes }) => prefixes), value.prefixes) };
}

const labelOf = (field: FieldSymbol): string =>
  field.custom === undefined ? field.name : (textOf(field.custom.element, 'label') ?? field.name);

function* typeProblems(root: XmlElement, { element, value, field }: RecordValue): Generator<Finding> {
  if (value === undefined || isNil(value) || field?.custom === undefined) return;
  const type = declaredType(withPrefixes(value, root, element));
  const text = value.text.trim();
  if (type === undefined) {
    yield { at: value, message: NO_TYPE };
    return;
  }
  const isValid = xsdTypes.get(type);
  if (isValid === undefined || !isValid(text)) {
    yield { at: value, message: `Error parsing file: '${text}' is not valid for the type xsd:${type}` };
    return;
  }
  const accepted = ACCEPTED.get(field.custom.type ?? '') ?? ['string'];
  const numeric = !accepted.includes('double') || type !== 'string' || Number.isFinite(Number(text));
  if (!accepted.includes(type) || !numeric) {
    yield { at: value, message: `${labelOf(field)}: value not of required type: ${text}` };
    return;
  }
  yield* sizeProblems(value, text, field);
}

function* sizeProblems(at: XmlElement, text: string, field: FieldSymbol): Generator<Finding> {
  if (field.custom === undefined) return;
  const { type, element } = field.custom;
  const length = textOf(element, 'length');
  if (length !== undefined && text.length > Number(length)) {
    yield { at, message: `${labelOf(field)}: data value too large: ${text} (max length=${length})` };
  }
  const set = child(element, 'valueSet');
  const definition = set === undefined ? undefined : child(set, 'valueSetDefinition');
  if (type !== 'Picklist' || set === undefined || definition === undefined || !isTrue(set, 'restricted')) return;
  if (!childrenOf(definition, 'value').some((value) => textOf(value, 'fullName') === text)) {
    yield { at, message: `${labelOf(field)}: bad value for restricted picklist field: ${text}` };
  }
}

/** Rules of custom metadata records. */
export const customMetadataRules: readonly Rule[] = [
  {
    // PLATFORM 3.6: a value declares its XML Schema type, which must suit the field.
    id: 'record-value-types',
    types,
    *check(subject, context) {
      for (const value of valuesOf(subject, context)) yield* typeProblems(subject.root, value);
    },
  },
  {
    // PLATFORM 3.6: required fields and the label are filled.
    id: 'record-required-fields',
    types,
    *check(subject, context) {
      const { component, root } = subject;
      if (textOf(root, 'label') === undefined)
        yield { at: root, message: 'Required fields are missing: [MasterLabel]' };
      const filled = new Set(
        valuesOf(subject, context)
          .filter(({ value }) => !isNil(value))
          .map(({ name }) => name.toLowerCase()),
      );
      const object = context.symbols.object(metadataTypeOf(component.fullName));
      for (const field of object?.fields.values() ?? []) {
        const required = field.custom !== undefined && isTrue(field.custom.element, 'required');
        if (!required || filled.has(field.name.toLowerCase())) continue;
        const given = valuesOf(subject, context).find(({ name }) => name.toLowerCase() === field.name.toLowerCase());
        yield { at: given?.element ?? root, message: `Required fields are missing: [${field.name}]` };
      }
    },
  },
  {
    // PLATFORM 3.6: each field is filled once.
    id: 'record-fields-unique',
    types,
    *check(subject, context) {
      const seen = new Set<string>();
      for (const { element, name } of valuesOf(subject, context)) {
        if (seen.has(name.toLowerCase())) yield { at: element, message: `Duplicate values found for ${name}` };
        seen.add(name.toLowerCase());
      }
    },
  },
  {
    // PLATFORM 3.6: a record is named Type.Record, in the form of API names, at most 40 characters.
    id: 'record-names',
    types,
    *check({ component, root }) {
      const object = metadataTypeOf(component.fullName);
      const name = component.fullName.slice(component.fullName.indexOf('.') + 1);
      if (!isApiName(name)) {
        yield {
          at: root,
          message:
            `Custom Metadata Record Name: The ${object} API Name can only contain underscores and alphanumeric characters. ` +
            'It must be unique, begin with a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores.',
        };
      }
      if (name.length > 40) yield { at: root, message: 'Value too long for field: fullName maximum length is:40' };
      const label = textOf(root, 'label');
      if (label !== undefined && label.length > 40) {
        yield {
          at: child(root, 'label') ?? root,
          message: 'Value too long for field: MasterLabel maximum length is:40',
        };
      }
    },
  },
  {
    // PLATFORM 3.6: relationships between custom metadata name a record that exists.
    id: 'record-relationships-exist',
    types,
    *check(subject, context) {
      for (const { value, field } of valuesOf(subject, context)) {
        if (value === undefined || isNil(value) || field?.custom?.type !== 'MetadataRelationship') continue;
        const target = textOf(field.custom.element, 'referenceTo') ?? '';
        const record = value.text.trim();
        const found = target.endsWith('__mdt')
          ? context.symbols.has('CustomMetadata', `${target.replace(/__mdt$/, '')}.${record}`)
          : target !== 'EntityDefinition' || context.symbols.object(record) !== undefined;
        if (!found) yield { at: value, message: `${labelOf(field)}: no ${target} named ${record} found` };
      }
    },
  },
];
