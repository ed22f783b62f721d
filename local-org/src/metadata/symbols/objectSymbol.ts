import type { FieldValueType, StandardObject } from '../../model/index.js';
import { childComponents, type ChildComponent, type Subject } from '../subject.js';
import { isTrue, textOf, type XmlElement } from '../xml/document.js';
import { valueTypeOf } from './fieldTypes.js';
import { systemFields, type ObjectKind } from './systemFields.js';

/** A field that references may name. */
export interface FieldSymbol {
  readonly name: string;
  readonly valueType: FieldValueType;
  readonly referenceTo: readonly string[];
  /** Name in paths: `Owner`, `Parent__r`; undefined for fields that refer to nothing. */
  readonly relationshipName: string | undefined;
  /** Set for custom fields: type and definition as deployed. */
  readonly custom: { readonly type: string | undefined; readonly element: XmlElement } | undefined;
}

/** An object with everything that the package and the org say about it. */
export interface ObjectSymbol {
  readonly name: string;
  readonly kind: ObjectKind;
  /** By lower-cased API name. */
  readonly fields: ReadonlyMap<string, FieldSymbol>;
  readonly children: readonly ChildComponent[];
  /** Roots of the files that describe it, the package's first. */
  readonly roots: readonly XmlElement[];
  /** A file of it cannot be read, so any field may exist. */
  readonly incomplete: boolean;
}

/** What the suffix and the definition say an object is. */
export function objectKind(name: string, roots: readonly XmlElement[]): ObjectKind {
  const lower = name.toLowerCase();
  if (lower.endsWith('__e')) return 'event';
  if (lower.endsWith('__mdt')) return 'metadataType';
  if (roots.some((root) => textOf(root, 'customSettingsType') !== undefined)) return 'customSetting';
  return lower.endsWith('__c') ? 'custom' : 'standard';
}

/** Joins what the catalog, the package and the org know about an object. */
export function buildObject(
  name: string,
  subjects: readonly Subject[],
  standard: StandardObject | undefined,
  incomplete: boolean,
  isDeleted: (child: ChildComponent) => boolean,
): ObjectSymbol {
  const roots = subjects.map(({ root }) => root);
  const kind = objectKind(name, roots);
  const fields = new Map<string, FieldSymbol>();
  const add = (field: FieldSymbol): void => void fields.set(field.name.toLowerCase(), field);
  for (const field of systemFields[kind]) {
    add({ referenceTo: [], relationshipName: undefined, ...field, custom: undefined });
  }
  for (const field of standard?.fields.values() ?? []) add({ ...field, custom: undefined });
  const children = newestChildren(subjects).filter((child) => !isDeleted(child));
  for (const child of children) {
    if (child.type === 'CustomField') addCustomField(child.element, fields, add);
  }
  return { name, kind, fields, children, roots, incomplete };
}

/** Each child once; the files that come first are newer and win. */
function newestChildren(subjects: readonly Subject[]): readonly ChildComponent[] {
  const children = new Map<string, ChildComponent>();
  for (const child of subjects.toReversed().flatMap((subject) => childComponents(subject))) {
    children.set(`${child.type}:${child.fullName.toLowerCase()}`, child);
  }
  return [...children.values()];
}

function addCustomField(
  element: XmlElement,
  fields: ReadonlyMap<string, FieldSymbol>,
  add: (field: FieldSymbol) => void,
): void {
  const name = textOf(element, 'fullName');
  if (name === undefined) return;
  // An object file may carry settings of a standard field, such as its history tracking.
  const known = fields.get(name.toLowerCase());
  if (known !== undefined && !name.toLowerCase().endsWith('__c')) return;
  const type = textOf(element, 'type');
  const target = textOf(element, 'referenceTo');
  add({
    name,
    valueType: valueTypeOf(type),
    referenceTo: target === undefined ? [] : [target],
    relationshipName: /__c$/i.test(name) && target !== undefined ? name.replace(/__c$/i, '__r') : undefined,
    custom: { type, element },
  });
}

/** Whether a field must have a value on every record and every layout, so that no permission may hide it. */
export function isRequiredField(field: FieldSymbol): boolean {
  if (field.custom === undefined) return false;
  return field.custom.type === 'MasterDetail' || isTrue(field.custom.element, 'required');
}

/** Whether a custom field's value is computed by the platform. */
export function isComputedField(field: FieldSymbol): boolean {
  if (field.custom === undefined) return false;
  const { type, element } = field.custom;
  return type === 'AutoNumber' || type === 'Summary' || textOf(element, 'formula') !== undefined;
}
