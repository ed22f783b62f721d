import { XMLParser } from 'fast-xml-parser';

import type { RollUp, RollUpOperation } from './roll-up.js';
import {
  makeField,
  type FieldSchema,
  type FieldSetSchema,
  type FieldType,
  type ObjectKind,
  type PicklistValue,
  type RecordTypeSchema,
  type SharingModel,
  type ValidationRule,
} from './types.js';

/** What deployed metadata says about one object; for a standard object, what it adds. */
export interface ObjectDefinition {
  readonly name: string;
  readonly label: string | undefined;
  readonly pluralLabel: string | undefined;
  readonly settingType: 'List' | 'Hierarchy' | undefined;
  readonly publishBehavior: 'PublishAfterCommit' | 'PublishImmediately' | undefined;
  readonly nameField: FieldSchema | undefined;
  readonly fields: readonly DefinedField[];
  readonly validationRules: readonly ValidationRule[];
  readonly recordTypes: readonly RecordTypeSchema[];
  readonly fieldSets: readonly FieldSetSchema[];
  readonly sharingModel: SharingModel | undefined;
}

/** A deployed field, with the name that the parent's list of children gets. */
export interface DefinedField {
  readonly field: FieldSchema;
  readonly childRelationshipName: string | undefined;
}

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  htmlEntities: true,
  trimValues: true,
  isArray: (tag) =>
    ['fields', 'validationRules', 'recordTypes', 'fieldSets', 'displayedFields', 'value', 'customValue'].includes(tag),
});

type Node = Readonly<Record<string, unknown>>;

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function child(node: Node, key: string): Node | undefined {
  const value = node[key];
  return isNode(value) ? value : undefined;
}

function children(node: Node, key: string): readonly Node[] {
  const value = node[key];
  if (Array.isArray(value)) return value.filter(isNode);
  return isNode(value) ? [value] : [];
}

function text(node: Node, key: string): string | undefined {
  const value = node[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The same where the element is one of those that are always read as lists. */
function firstText(node: Node, key: string): string | undefined {
  const value = node[key];
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' && first !== '' ? first : undefined;
}

function flag(node: Node, key: string): boolean {
  return text(node, key) === 'true';
}

function whole(node: Node, key: string): number | undefined {
  const value = text(node, key);
  return value === undefined ? undefined : Number(value);
}

/** Metadata field type to describe type (Metadata API: CustomField, FieldType). */
const FIELD_TYPES: Readonly<Record<string, FieldType>> = {
  AutoNumber: 'string',
  Checkbox: 'boolean',
  Currency: 'currency',
  Date: 'date',
  DateTime: 'datetime',
  Email: 'email',
  EncryptedText: 'encryptedstring',
  EntityDefinition: 'reference',
  ExternalLookup: 'reference',
  FieldDefinition: 'reference',
  Hierarchy: 'reference',
  Html: 'textarea',
  IndirectLookup: 'reference',
  Location: 'location',
  LongTextArea: 'textarea',
  Lookup: 'reference',
  MasterDetail: 'reference',
  MetadataRelationship: 'reference',
  MultiselectPicklist: 'multipicklist',
  Number: 'double',
  Percent: 'percent',
  Phone: 'phone',
  Picklist: 'picklist',
  Summary: 'double',
  Text: 'string',
  TextArea: 'textarea',
  Time: 'time',
  Url: 'url',
};

const LENGTHS: Readonly<Record<string, number>> = {
  Email: 80,
  Phone: 40,
  Url: 255,
  TextArea: 255,
  Picklist: 255,
  MultiselectPicklist: 4099,
};
const DELETE_CONSTRAINTS = { SetNull: 'setNull', Restrict: 'restrict', Cascade: 'cascade' } as const;

function deleteConstraint(node: Node, metadataType: string): FieldSchema['deleteConstraint'] {
  if (metadataType === 'MasterDetail') return 'cascade';
  const written = text(node, 'deleteConstraint');
  for (const [name, constraint] of Object.entries(DELETE_CONSTRAINTS)) if (name === written) return constraint;
  return 'setNull';
}

/** The values of the deployed global value sets, by the name of the set. */
export type ValueSets = ReadonlyMap<string, readonly PicklistValue[]>;

/** Reads the values of a `GlobalValueSet` file. */
export function readValueSet(xml: string): readonly PicklistValue[] {
  return children(child(rootOf(xml), 'GlobalValueSet') ?? {}, 'customValue').map(picklistValue);
}

function picklistValues(node: Node, sets: ValueSets): readonly PicklistValue[] {
  const valueSet = child(node, 'valueSet') ?? {};
  const global = text(valueSet, 'valueSetName');
  const values =
    global === undefined
      ? children(child(valueSet, 'valueSetDefinition') ?? {}, 'value').map(picklistValue)
      : (sets.get(global) ?? []);
  if (text(valueSet, 'controllingField') === undefined) return values;
  const settings = new Map(
    children(valueSet, 'valueSettings').map((node) => [text(node, 'valueName'), texts(node, 'controllingFieldValue')]),
  );
  return values.map((value) => ({ ...value, validFor: settings.get(value.value) ?? [] }));
}

function texts(node: Node, key: string): readonly string[] {
  const value = node[key];
  return (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string');
}

function picklistValue(node: Node): PicklistValue {
  const value = text(node, 'fullName') ?? '';
  return {
    value,
    label: text(node, 'label') ?? value,
    active: text(node, 'isActive') !== 'false',
    isDefault: flag(node, 'default'),
  };
}

function relationshipNameOf(fieldName: string): string {
  return fieldName.endsWith('__c') ? `${fieldName.slice(0, -1)}r` : fieldName.replace(/Id$/, '');
}

/** Reads one CustomField node; undefined for standard fields, whose metadata only tunes what the tables know. */
function readField(node: Node, sets: ValueSets): DefinedField | undefined {
  const name = text(node, 'fullName');
  const metadataType = text(node, 'type');
  if (name === undefined || metadataType === undefined || !name.endsWith('__c')) return undefined;
  const type = FIELD_TYPES[metadataType];
  if (type === undefined)
    throw new Error(`Field ${name}: fields of type ${metadataType} are not supported by the local org.`);
  const formula = text(node, 'formula');
  const isReference = type === 'reference';
  const targets = isReference ? [text(node, 'referenceTo') ?? ''].filter((target) => target !== '') : [];
  const field = makeField({
    name,
    label: text(node, 'label') ?? name,
    type,
    custom: true,
    length: whole(node, 'length') ?? LENGTHS[metadataType],
    precision: whole(node, 'precision'),
    scale: whole(node, 'scale'),
    required: flag(node, 'required') || metadataType === 'MasterDetail',
    unique: flag(node, 'unique'),
    caseSensitive: flag(node, 'caseSensitive'),
    externalId: flag(node, 'externalId'),
    autoNumber: metadataType === 'AutoNumber' ? (text(node, 'displayFormat') ?? '{0}') : undefined,
    formula,
    blankAsZero: text(node, 'formulaTreatBlanksAs') !== 'BlankAsBlank',
    rollUp: metadataType === 'Summary' ? readRollUp(node) : undefined,
    defaultValue: text(node, 'defaultValue'),
    picklist: picklistValues(node, sets),
    restrictedPicklist: flag(child(node, 'valueSet') ?? {}, 'restricted'),
    referenceTo: targets,
    relationshipName: isReference ? relationshipNameOf(name) : undefined,
    deleteConstraint: deleteConstraint(node, metadataType),
    masterDetail: metadataType === 'MasterDetail',
    inlineHelpText: text(node, 'inlineHelpText'),
    html: metadataType === 'Html',
    controllingField:
      text(child(node, 'valueSet') ?? {}, 'controllingField') ??
      // Written with its object: `Fields__mdt.Object__c`.
      text(node, 'metadataRelationshipControllingField')?.replace(/^.*\./, ''),
    writeRequiresMasterRead: flag(node, 'writeRequiresMasterRead'),
    reparentable: flag(node, 'reparentableMasterDetail'),
    readOnly: formula !== undefined || metadataType === 'AutoNumber' || metadataType === 'Summary',
  });
  const relationship = text(node, 'relationshipName');
  return { field, childRelationshipName: isReference && relationship !== undefined ? `${relationship}__r` : undefined };
}

const OPERATIONS: ReadonlySet<string> = new Set(['count', 'sum', 'min', 'max'] satisfies readonly RollUpOperation[]);

function isOperation(text: string | undefined): text is RollUpOperation {
  return text !== undefined && OPERATIONS.has(text);
}

/** `Child__c.Field__c` without its object. */
const fieldPart = (path: string | undefined): string | undefined => path?.slice(path.indexOf('.') + 1);

function readRollUp(node: Node): RollUp {
  const foreignKey = text(node, 'summaryForeignKey') ?? '';
  const operation = text(node, 'summaryOperation');
  return {
    operation: isOperation(operation) ? operation : 'count',
    childObject: foreignKey.slice(0, foreignKey.indexOf('.')),
    childField: fieldPart(foreignKey) ?? '',
    summarized: fieldPart(text(node, 'summarizedField')),
    filters: children(node, 'summaryFilterItems').map((item) => ({
      field: fieldPart(text(item, 'field')) ?? '',
      operation: text(item, 'operation') ?? '',
      value: firstText(item, 'value') ?? '',
    })),
  };
}

function readNameField(node: Node | undefined): FieldSchema | undefined {
  if (node === undefined) return undefined;
  const auto = text(node, 'type') === 'AutoNumber';
  return makeField({
    name: 'Name',
    label: text(node, 'label') ?? 'Name',
    type: 'string',
    length: 80,
    nameField: true,
    autoNumber: auto ? (text(node, 'displayFormat') ?? '{0}') : undefined,
    readOnly: auto,
  });
}

function readFieldSet(node: Node): FieldSetSchema {
  const name = text(node, 'fullName') ?? '';
  return {
    name,
    label: text(node, 'label') ?? name,
    description: text(node, 'description'),
    members: children(node, 'displayedFields').map((member) => ({
      path: text(member, 'field') ?? '',
      required: flag(member, 'isRequired'),
    })),
  };
}

function readRule(node: Node): ValidationRule {
  return {
    name: text(node, 'fullName') ?? '',
    active: flag(node, 'active'),
    condition: text(node, 'errorConditionFormula') ?? '',
    message: text(node, 'errorMessage') ?? '',
    errorField: text(node, 'errorDisplayField'),
  };
}

function publishBehavior(node: Node): ObjectDefinition['publishBehavior'] {
  const written = text(node, 'publishBehavior');
  return written === 'PublishAfterCommit' || written === 'PublishImmediately' ? written : undefined;
}

const SHARING_MODELS: readonly SharingModel[] = [
  'Private',
  'Read',
  'ReadSelect',
  'ReadWrite',
  'ReadWriteTransfer',
  'FullAccess',
  'ControlledByParent',
  'ControlledByCampaign',
  'ControlledByLeadOrContact',
];

function sharingModel(node: Node): SharingModel | undefined {
  const written = text(node, 'sharingModel');
  return SHARING_MODELS.find((model) => model === written);
}

function settingType(node: Node): ObjectDefinition['settingType'] {
  const written = text(node, 'customSettingsType');
  return written === 'List' || written === 'Hierarchy' ? written : undefined;
}

/** The metadata types that source format keeps in files of their own, below the object's folder. */
export type ObjectPart = 'CustomField' | 'ValidationRule' | 'RecordType';

/**
 * Reads an object's metadata: the `CustomObject` file (undefined when only parts of a standard object are deployed) and, in source
 * format, its parts.
 * @throws Error naming the field when its type is one that the local org does not store
 */
export function readObjectDefinition(
  name: string,
  objectXml: string | undefined,
  parts: readonly { readonly type: ObjectPart; readonly xml: string }[] = [],
  sets: ValueSets = new Map(),
): ObjectDefinition {
  const root = objectXml === undefined ? {} : (child(rootOf(objectXml), 'CustomObject') ?? {});
  const ofPart = (type: ObjectPart): readonly Node[] =>
    parts.filter((part) => part.type === type).flatMap((part) => children(rootOf(part.xml), type));
  const recordTypes = [...children(root, 'recordTypes'), ...ofPart('RecordType')];
  return {
    name,
    label: text(root, 'label'),
    pluralLabel: text(root, 'pluralLabel'),
    settingType: settingType(root),
    publishBehavior: publishBehavior(root),
    nameField: readNameField(child(root, 'nameField')),
    fields: [...children(root, 'fields'), ...ofPart('CustomField')].flatMap((node) => readField(node, sets) ?? []),
    validationRules: [...children(root, 'validationRules'), ...ofPart('ValidationRule')].map(readRule),
    recordTypes: recordTypes.map((node) => ({
      developerName: text(node, 'fullName') ?? '',
      label: text(node, 'label') ?? '',
      active: flag(node, 'active'),
    })),
    fieldSets: children(root, 'fieldSets').map(readFieldSet),
    sharingModel: sharingModel(root),
  };
}

function rootOf(xml: string): Node {
  const parsed: unknown = parser.parse(xml);
  return isNode(parsed) ? parsed : {};
}

/** The kind of a deployed object, by its suffix and its setting type. */
export function kindOf(definition: ObjectDefinition): ObjectKind {
  if (definition.settingType === 'List') return 'listSetting';
  if (definition.settingType === 'Hierarchy') return 'hierarchySetting';
  const name = definition.name.toLowerCase();
  if (name.endsWith('__mdt')) return 'customMetadata';
  if (name.endsWith('__e')) return 'platformEvent';
  if (name.endsWith('__x')) return 'external';
  if (name.endsWith('__b')) return 'big';
  return name.endsWith('__c') ? 'custom' : 'standard';
}
