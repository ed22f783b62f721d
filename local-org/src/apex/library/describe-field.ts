import {
  ApexDecimal,
  isAggregatable,
  isFilterable,
  isGroupable,
  isSortable,
  type FieldSchema,
  type FieldType,
} from '../../data/index.js';
import {
  ApexList,
  PlatformObject,
  runningAccess,
  type ApexRuntime,
  type LibraryModule,
  type LibraryTable,
} from '../runtime/index.js';
import { platform } from '../types/types.js';
import { fieldToken, fieldTokenStorage, objectToken, type FieldToken } from './schema-tokens.js';

/** Schema.DescribeFieldResult. */
export class DescribeField extends PlatformObject {
  override readonly typeName = 'Schema.DescribeFieldResult';
  constructor(readonly token: FieldToken) {
    super();
  }
}

const describes = new WeakMap<FieldToken, DescribeField>();

/** The describe of a field: the same object each time, so that sets and comparisons of describes work. */
export function describeOf(token: FieldToken): DescribeField {
  const known = describes.get(token) ?? new DescribeField(token);
  describes.set(token, known);
  return known;
}

class PicklistEntry extends PlatformObject {
  override readonly typeName = 'Schema.PicklistEntry';
  /** @param controlling values of the field that controls this one's, in their order */
  constructor(
    readonly entry: FieldSchema['picklist'][number],
    private readonly controlling: readonly string[],
  ) {
    super();
  }
  /** The only way in which Apex learns for which controlling values an entry is valid: one bit for each of them. */
  override get jsonMembers(): readonly (readonly [string, unknown])[] {
    const { active, isDefault, label, value, validFor } = this.entry;
    const bits = Buffer.alloc(Math.ceil(this.controlling.length / 8));
    for (const [index, name] of this.controlling.entries())
      if (validFor?.includes(name) === true) bits[index >> 3] = (bits[index >> 3] ?? 0) | (128 >> (index & 7));
    return [
      ['validFor', validFor === undefined ? null : bits.toString('base64')],
      ['active', active],
      ['defaultValue', isDefault],
      ['label', label],
      ['value', value],
    ];
  }
}

const isActive = (entry: { readonly active: boolean }): boolean => entry.active;

function entriesOf({ object, field }: FieldToken): PicklistEntry[] {
  const controller = object.fields.get(field.controllingField?.toLowerCase() ?? '');
  const controlling = (controller?.picklist ?? []).filter(isActive).map(({ value }) => value);
  return field.picklist.filter(isActive).map((entry) => new PicklistEntry(entry, controlling));
}

/** Constants of Schema.DisplayType and Schema.SoapType that stand for a type of field. */
const TYPES: Readonly<Record<FieldType, readonly [display: string, soap: string]>> = {
  id: ['ID', 'ID'],
  string: ['STRING', 'STRING'],
  textarea: ['TEXTAREA', 'STRING'],
  email: ['EMAIL', 'STRING'],
  phone: ['PHONE', 'STRING'],
  url: ['URL', 'STRING'],
  picklist: ['PICKLIST', 'STRING'],
  multipicklist: ['MULTIPICKLIST', 'STRING'],
  combobox: ['COMBOBOX', 'STRING'],
  encryptedstring: ['ENCRYPTEDSTRING', 'STRING'],
  boolean: ['BOOLEAN', 'BOOLEAN'],
  int: ['INTEGER', 'INTEGER'],
  long: ['LONG', 'LONG'],
  double: ['DOUBLE', 'DOUBLE'],
  currency: ['CURRENCY', 'DOUBLE'],
  percent: ['PERCENT', 'DOUBLE'],
  date: ['DATE', 'DATE'],
  datetime: ['DATETIME', 'DATETIME'],
  time: ['TIME', 'TIME'],
  reference: ['REFERENCE', 'ID'],
  base64: ['BASE64', 'BASE64BINARY'],
  address: ['ADDRESS', 'ADDRESS'],
  location: ['LOCATION', 'LOCATION'],
  anyType: ['ANYTYPE', 'ANYTYPE'],
  complexvalue: ['COMPLEXVALUE', 'ANYTYPE'],
};

export function displayType(runtime: ApexRuntime, field: FieldSchema): unknown {
  return runtime.platformEnum('Schema.DisplayType', TYPES[field.type][0]);
}

const isSystem = (field: FieldSchema): boolean => field.readOnly && !field.custom && field.formula === undefined;

/** Fields that a profile cannot take away: what is required, the system's own, and the record's name. */
const isPermissionable = (field: FieldSchema): boolean =>
  !field.required && !field.masterDetail && !field.nameField && !isSystem(field) && field.name !== 'OwnerId';

function defaultValue(field: FieldSchema): unknown {
  if (field.type === 'boolean') return field.defaultValue?.toLowerCase() === 'true';
  const picked = field.picklist.find((entry) => entry.isDefault)?.value;
  if (picked !== undefined) return picked;
  const text = /^"([^"]*)"$/.exec(field.defaultValue ?? '')?.[1];
  if (text !== undefined) return text;
  return field.defaultValue === undefined ? null : (ApexDecimal.parse(field.defaultValue) ?? null);
}

/** Longest text of a standard field whose length the tables do not tell. */
const USUAL_LENGTH = 255;

const TEXTS: ReadonlySet<FieldType> = new Set([
  'string',
  'textarea',
  'picklist',
  'multipicklist',
  'combobox',
  'email',
  'phone',
  'url',
]);

/** Characters of a text; the fixed length of an Id. */
function lengthOf(field: FieldSchema): number {
  if (field.type === 'id' || field.type === 'reference') return 18;
  const isStandardText = TEXTS.has(field.type) && !field.custom && field.formula === undefined;
  return field.length ?? (isStandardText ? USUAL_LENGTH : 0);
}

/** Bytes of a text: three for each character, and the other limits of the type. */
const byteLength = (field: FieldSchema): number =>
  field.type === 'id' || field.type === 'reference' ? 18 : lengthOf(field) * 3;

/** Facts that the schema tells alone. */
const FACTS: Readonly<Record<string, (field: FieldSchema) => unknown>> = {
  getName: (field) => field.name,
  getLocalName: (field) => field.name,
  getLabel: (field) => field.label,
  getLength: lengthOf,
  getPrecision: (field) => field.precision ?? 0,
  getScale: (field) => field.scale ?? 0,
  getDigits: (field) => (field.type === 'int' ? 9 : 0),
  getByteLength: byteLength,
  getRelationshipName: (field) => field.relationshipName ?? null,
  getRelationshipOrder: (field) => (field.masterDetail ? 0 : null),
  getCalculatedFormula: (field) => field.formula ?? null,
  getInlineHelpText: (field) => field.inlineHelpText ?? null,
  getDefaultValue: defaultValue,
  getDefaultValueFormula: (field) => (field.type === 'boolean' ? null : (field.defaultValue ?? null)),
  getMask: () => null,
  getMaskType: () => null,
  getReferenceTargetField: () => null,
  getFilteredLookupInfo: () => null,
  getCompoundFieldName: () => null,
  isAggregatable,
  isAiPredictionField: () => false,
  isAutoNumber: (field) => field.autoNumber !== undefined,
  isCalculated: (field) => field.formula !== undefined || field.rollUp !== undefined,
  isCascadeDelete: (field) => field.deleteConstraint === 'cascade',
  isCaseSensitive: (field) => field.caseSensitive,
  isCustom: (field) => field.custom,
  isDefaultedOnCreate: (field) =>
    field.defaultValue !== undefined || field.type === 'boolean' || field.autoNumber !== undefined || isSystem(field),
  isDependentPicklist: (field) => field.controllingField !== undefined,
  isDeprecatedAndHidden: () => false,
  isDisplayLocationInDecimal: (field) => field.type === 'location',
  isEncrypted: () => false,
  isExternalId: (field) => field.externalId,
  isFilterable,
  isFormulaTreatNullNumberAsZero: (field) => field.formula !== undefined && field.blankAsZero,
  isGroupable,
  isHighScaleNumber: () => false,
  isHtmlFormatted: (field) => field.html,
  isIdLookup: (field) => field.externalId || field.type === 'id',
  isNameField: (field) => field.nameField,
  isNamePointing: (field) => targetsOf(field).length > 1,
  isNillable: (field) => !field.required && field.type !== 'boolean' && !isSystem(field),
  isPermissionable,
  isQueryByDistance: (field) => field.type === 'location',
  isRestrictedDelete: (field) => field.deleteConstraint === 'restrict',
  isRestrictedPicklist: (field) => field.restrictedPicklist,
  isSearchPrefilterable: () => false,
  isSortable,
  isUnique: (field) => field.unique,
  isWriteRequiresMasterRead: (field) => field.writeRequiresMasterRead,
};

function facts(): LibraryTable {
  return Object.fromEntries(
    Object.entries(FACTS).map(([name, read]) => [name, (self: DescribeField) => read(self.token.field)]),
  );
}

/** What the running user may do with the field, on an object that the user may use that way. */
function fieldPermissions(runtime: ApexRuntime): LibraryTable {
  return {
    isAccessible: ({ token: { object, field } }: DescribeField) => {
      const access = runningAccess(runtime);
      return access.rightsOn(object).read && access.canReadField(object, field);
    },
    isCreateable: ({ token: { object, field } }: DescribeField) => {
      const access = runningAccess(runtime);
      return access.rightsOn(object).create && access.canWriteField(object, field, 'insert');
    },
    isUpdateable: ({ token: { object, field } }: DescribeField) => {
      const access = runningAccess(runtime);
      return access.rightsOn(object).edit && access.canWriteField(object, field, 'update');
    },
  };
}

/** What activities are about (Object Reference: Task, WhatId); custom objects can be, too, and are not told here. */
const ABOUT = ['Account', 'Asset', 'Campaign', 'Case', 'Contract', 'Opportunity', 'Order', 'Product2', 'Solution'];

function targetsOf({ name, referenceTo }: FieldSchema): readonly string[] {
  return name === 'WhatId' && referenceTo.length === 0 ? ABOUT : referenceTo;
}

export const describeFieldModules: readonly LibraryModule[] = [
  {
    owner: 'Schema.DescribeFieldResult',
    members: (runtime) => ({
      ...facts(),
      ...fieldPermissions(runtime),
      getType: (self: DescribeField) => displayType(runtime, self.token.field),
      getSoapType: (self: DescribeField) => runtime.platformEnum('Schema.SoapType', TYPES[self.token.field.type][1]),
      getSObjectField: (self: DescribeField) => self.token,
      getSObjectType: (self: DescribeField) => objectToken(runtime, self.token.object.name),
      getController: (self: DescribeField) => {
        const { controllingField } = self.token.field;
        return controllingField === undefined ? null : fieldToken(runtime, self.token.object.name, controllingField);
      },
      getReferenceTo: (self: DescribeField) =>
        new ApexList(
          platform('Schema.SObjectType'),
          targetsOf(self.token.field).flatMap((name) =>
            runtime.schema.object(name) === undefined ? [] : objectToken(runtime, name),
          ),
        ),
      getPicklistValues: (self: DescribeField) => new ApexList(platform('Schema.PicklistEntry'), entriesOf(self.token)),
    }),
  },
  {
    owner: 'Schema.PicklistEntry',
    members: () => ({
      getLabel: (self: PicklistEntry) => self.entry.label,
      getValue: (self: PicklistEntry) => self.entry.value,
      isActive: (self: PicklistEntry) => self.entry.active,
      isDefaultValue: (self: PicklistEntry) => self.entry.isDefault,
    }),
  },
  {
    owner: 'Schema.SObjectField',
    storable: fieldTokenStorage,
    members: (runtime) => ({
      getDescribe: describeOf,
      toString: (self: FieldToken) => self.field.name,
      equals: (self: FieldToken, other: unknown) => self === other,
      hashCode: (self: FieldToken) => runtime.text(self).length,
    }),
  },
];
