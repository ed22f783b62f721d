import type { FieldSchema, ObjectSchema } from '../../data/index.js';
import {
  apexError,
  ApexList,
  ApexMap,
  PlatformObject,
  Unsupported,
  type ApexRuntime,
  type LibraryModule,
  type LibraryTable,
} from '../runtime/index.js';
import { platform, PRIMITIVES } from '../types/types.js';
import { required, text } from './arguments.js';
import type { FieldToken, ObjectToken } from './schema-tokens.js';
import { fieldToken, fieldTokenStorage, objectToken, objectTokenStorage } from './schema-tokens.js';

class DescribeObject extends PlatformObject {
  override readonly typeName = 'Schema.DescribeSObjectResult';
  constructor(readonly object: ObjectSchema) {
    super();
  }
  /** `describe.fields`. */
  get fields(): FieldMapHolder {
    return new FieldMapHolder(this.object);
  }
}

class FieldMapHolder extends PlatformObject {
  override readonly typeName = 'Schema.SObjectTypeFields';
  constructor(readonly object: ObjectSchema) {
    super();
  }
}

class DescribeField extends PlatformObject {
  override readonly typeName = 'Schema.DescribeFieldResult';
  constructor(readonly token: FieldToken) {
    super();
  }
}

class PicklistEntry extends PlatformObject {
  override readonly typeName = 'Schema.PicklistEntry';
  constructor(readonly entry: FieldSchema['picklist'][number]) {
    super();
  }
}

class ChildRelationshipObject extends PlatformObject {
  override readonly typeName = 'Schema.ChildRelationship';
  constructor(
    readonly name: string,
    readonly child: ObjectToken,
    readonly field: FieldToken,
  ) {
    super();
  }
}

class RecordTypeInfoObject extends PlatformObject {
  override readonly typeName = 'Schema.RecordTypeInfo';
  constructor(
    readonly id: string,
    readonly name: string,
    readonly developerName: string,
    readonly active: boolean,
    readonly master: boolean,
  ) {
    super();
  }
}

/** Field names to tokens, without regard to letter case: keys are lower case, as on the platform. */
class CaselessMap extends ApexMap {
  override get(key: unknown): unknown {
    return super.get(typeof key === 'string' ? key.toLowerCase() : key);
  }
  override has(key: unknown): boolean {
    return super.has(typeof key === 'string' ? key.toLowerCase() : key);
  }
}

function fieldMap(runtime: ApexRuntime, object: ObjectSchema): ApexMap {
  const tokens = [...object.fields].map(([key, field]): [string, FieldToken] => [
    key,
    fieldToken(runtime, object.name, field.name),
  ]);
  return new CaselessMap(PRIMITIVES.String, platform('Schema.SObjectField'), tokens);
}

const DISPLAY_TYPES: Readonly<Record<FieldSchema['type'], string>> = {
  id: 'ID',
  string: 'STRING',
  textarea: 'TEXTAREA',
  email: 'EMAIL',
  phone: 'PHONE',
  url: 'URL',
  picklist: 'PICKLIST',
  multipicklist: 'MULTIPICKLIST',
  combobox: 'COMBOBOX',
  encryptedstring: 'ENCRYPTEDSTRING',
  boolean: 'BOOLEAN',
  int: 'INTEGER',
  long: 'LONG',
  double: 'DOUBLE',
  currency: 'CURRENCY',
  percent: 'PERCENT',
  date: 'DATE',
  datetime: 'DATETIME',
  time: 'TIME',
  reference: 'REFERENCE',
  base64: 'BASE64',
  address: 'ADDRESS',
  location: 'LOCATION',
  complexvalue: 'COMPLEXVALUE',
  anyType: 'ANYTYPE',
};

const writable = (self: DescribeField): boolean => !self.token.field.readOnly && self.token.field.formula === undefined;

export const describeFieldModule: LibraryModule = {
  owner: 'Schema.DescribeFieldResult',
  members: (runtime) => ({
    getName: (self: DescribeField) => self.token.field.name,
    getLocalName: (self: DescribeField) => self.token.field.name,
    getLabel: (self: DescribeField) => self.token.field.label,
    getLength: (self: DescribeField) => self.token.field.length ?? 0,
    getPrecision: (self: DescribeField) => self.token.field.precision ?? 0,
    getDigits: (self: DescribeField) => (self.token.field.type === 'int' ? 9 : 0),
    getByteLength: (self: DescribeField) => (self.token.field.length ?? 0) * 3,
    getScale: (self: DescribeField) => self.token.field.scale ?? 0,
    getType: (self: DescribeField) => runtime.platformEnum('Schema.DisplayType', DISPLAY_TYPES[self.token.field.type]),
    getSObjectField: (self: DescribeField) => self.token,
    getSObjectType: (self: DescribeField) => objectToken(runtime, self.token.object.name),
    getReferenceTo: (self: DescribeField) =>
      new ApexList(
        platform('Schema.SObjectType'),
        self.token.field.referenceTo.map((name) => objectToken(runtime, name)),
      ),
    getRelationshipName: (self: DescribeField) => self.token.field.relationshipName ?? null,
    getPicklistValues: (self: DescribeField) =>
      new ApexList(
        platform('Schema.PicklistEntry'),
        self.token.field.picklist.filter((entry) => entry.active).map((entry) => new PicklistEntry(entry)),
      ),
    getCalculatedFormula: (self: DescribeField) => self.token.field.formula ?? null,
    isAccessible: () => true,
    isCreateable: writable,
    isUpdateable: writable,
    isCustom: (self: DescribeField) => self.token.field.custom,
    isNillable: (self: DescribeField) => !self.token.field.required && self.token.field.type !== 'boolean',
    isUnique: (self: DescribeField) => self.token.field.unique,
    isExternalId: (self: DescribeField) => self.token.field.externalId,
    isCaseSensitive: (self: DescribeField) => self.token.field.caseSensitive,
    isCalculated: (self: DescribeField) => self.token.field.formula !== undefined,
    isAutoNumber: (self: DescribeField) => self.token.field.autoNumber !== undefined,
    isNameField: (self: DescribeField) => self.token.field.nameField,
    isIdLookup: (self: DescribeField) => self.token.field.externalId || self.token.field.type === 'id',
    isRestrictedPicklist: (self: DescribeField) => self.token.field.restrictedPicklist,
    isCascadeDelete: (self: DescribeField) => self.token.field.deleteConstraint === 'cascade',
    isDefaultedOnCreate: (self: DescribeField) =>
      self.token.field.defaultValue !== undefined || self.token.field.type === 'boolean',
    isFilterable: () => true,
    isSortable: () => true,
    isGroupable: () => true,
  }),
};

export const describeObjectModule: LibraryModule = {
  owner: 'Schema.DescribeSObjectResult',
  members: (runtime) => ({
    ...objectFacts,
    getSObjectType: (self: DescribeObject) => objectToken(runtime, self.object.name),
    getChildRelationships: (self: DescribeObject) => childRelationships(runtime, self.object),
    getRecordTypeInfos: (self: DescribeObject) =>
      new ApexList(platform('Schema.RecordTypeInfo'), [...recordTypes(runtime, self.object)]),
    getRecordTypeInfosByName: (self: DescribeObject) => recordTypeMap(runtime, self.object, (info) => info.name),
    getRecordTypeInfosByDeveloperName: (self: DescribeObject) =>
      recordTypeMap(runtime, self.object, (info) => info.developerName),
    getRecordTypeInfosById: (self: DescribeObject) => recordTypeMap(runtime, self.object, (info) => info.id),
  }),
};

const always = (answer: boolean) => (): boolean => answer;
const data = (self: DescribeObject): boolean => self.object.kind !== 'customMetadata';

const objectFacts: LibraryTable = {
  getName: (self: DescribeObject) => self.object.name,
  getLocalName: (self: DescribeObject) => self.object.name,
  getLabel: (self: DescribeObject) => self.object.label,
  getLabelPlural: (self: DescribeObject) => self.object.pluralLabel,
  getKeyPrefix: (self: DescribeObject) => self.object.keyPrefix,
  isAccessible: always(true),
  isCreateable: data,
  isUpdateable: data,
  isDeletable: data,
  isUndeletable: data,
  isMergeable: (self: DescribeObject) => ['Account', 'Contact', 'Lead', 'Case'].includes(self.object.name),
  isQueryable: always(true),
  isSearchable: always(true),
  isFeedEnabled: always(false),
  isCustom: (self: DescribeObject) => self.object.name.toLowerCase().endsWith('__c'),
  isCustomSetting: (self: DescribeObject) =>
    self.object.kind === 'listSetting' || self.object.kind === 'hierarchySetting',
};

/** Record types have the Ids of their RecordType rows; the master type always exists. */
function recordTypes(runtime: ApexRuntime, object: ObjectSchema): readonly RecordTypeInfoObject[] {
  const table = runtime.data.store.table(runtime.object('RecordType'));
  const own = [...table.all()].filter((row) => row.values['SobjectType'] === object.name);
  const infos = own.map(
    (row) =>
      new RecordTypeInfoObject(
        row.id,
        String(row.values['Name'] ?? ''),
        String(row.values['DeveloperName'] ?? ''),
        row.values['IsActive'] === true,
        false,
      ),
  );
  return [...infos, new RecordTypeInfoObject('012000000000000AAA', 'Master', 'Master', true, true)];
}

function recordTypeMap(
  runtime: ApexRuntime,
  object: ObjectSchema,
  key: (info: RecordTypeInfoObject) => string,
): ApexMap {
  return new ApexMap(
    PRIMITIVES.String,
    platform('Schema.RecordTypeInfo'),
    recordTypes(runtime, object).map((info): [string, RecordTypeInfoObject] => [key(info), info]),
  );
}

function childRelationships(runtime: ApexRuntime, object: ObjectSchema): ApexList {
  const list = [...object.children.values()].flatMap((relation) => {
    const child = runtime.schema.object(relation.object);
    const field = child?.fields.get(relation.field.toLowerCase());
    if (child === undefined || field === undefined) return [];
    return [
      new ChildRelationshipObject(
        relation.name,
        objectToken(runtime, child.name),
        fieldToken(runtime, child.name, field.name),
      ),
    ];
  });
  return new ApexList(platform('Schema.ChildRelationship'), list);
}

export const smallSchemaModules: readonly LibraryModule[] = [
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
    owner: 'Schema.ChildRelationship',
    members: () => ({
      getRelationshipName: (self: ChildRelationshipObject) => (self.name === '' ? null : self.name),
      getChildSObject: (self: ChildRelationshipObject) => self.child,
      getField: (self: ChildRelationshipObject) => self.field,
      isCascadeDelete: (self: ChildRelationshipObject) => self.field.field.deleteConstraint === 'cascade',
    }),
  },
  {
    owner: 'Schema.RecordTypeInfo',
    members: () => ({
      getName: (self: RecordTypeInfoObject) => self.name,
      getDeveloperName: (self: RecordTypeInfoObject) => self.developerName,
      getRecordTypeId: (self: RecordTypeInfoObject) => self.id,
      isActive: (self: RecordTypeInfoObject) => self.active,
      isAvailable: (self: RecordTypeInfoObject) => self.active,
      isMaster: (self: RecordTypeInfoObject) => self.master,
      isDefaultRecordTypeMapping: (self: RecordTypeInfoObject) => self.master,
    }),
  },
  {
    owner: 'Schema.SObjectTypeFields',
    members: (runtime) => ({ getMap: (self: FieldMapHolder) => fieldMap(runtime, self.object) }),
  },
  {
    owner: 'Schema.SObjectField',
    storable: fieldTokenStorage,
    members: (runtime) => ({
      getDescribe: (self: FieldToken) => new DescribeField(self),
      toString: (self: FieldToken) => self.field.name,
      equals: (self: FieldToken, other: unknown) => self === other,
      hashCode: (self: FieldToken) => runtime.text(self).length,
    }),
  },
  {
    owner: 'Schema.SObjectType',
    storable: objectTokenStorage,
    members: (runtime) => ({
      getDescribe: (self: ObjectToken) => new DescribeObject(self.object),
      'newSObject/0': (self: ObjectToken) => runtime.record(self.object.name),
      'newSObject/1': (self: ObjectToken, id: string | null) => runtime.record(self.object.name, { Id: id }),
      'newSObject/2': () => {
        throw new Unsupported('SObjectType.newSObject(recordTypeId, loadDefaults)');
      },
      toString: (self: ObjectToken) => self.object.name,
      equals: (self: ObjectToken, other: unknown) => self === other,
      hashCode: (self: ObjectToken) => self.object.name.length,
    }),
  },
  {
    owner: 'System.Schema',
    members: (runtime) => ({
      getGlobalDescribe: () => globalDescribe(runtime),
      describeSObjects: (names: ApexList) =>
        new ApexList(
          platform('Schema.DescribeSObjectResult'),
          required(names).items.map((name) => describeNamed(runtime, String(name))),
        ),
    }),
  },
  {
    owner: 'Internal.Schema',
    members: (runtime) => ({
      describeObject: (name: string) => new DescribeObject(runtime.object(name)),
      describeField: (object: string, field: string) => new DescribeField(fieldToken(runtime, object, field)),
      describeMembers: (kind: string, object: string) => {
        if (kind === 'describeFieldSets') throw new Unsupported('Field sets');
        return new FieldMapHolder(runtime.object(object));
      },
      fieldSet: (object: string, name: string) => {
        throw new Unsupported(`The field set ${object}.${name}`);
      },
    }),
  },
];

function describeNamed(runtime: ApexRuntime, name: string): DescribeObject {
  const object = runtime.schema.object(text(name));
  if (object === undefined) throw apexError('InvalidParameterValueException', `Invalid sobject provided: ${name}`);
  return new DescribeObject(object);
}

/** Standard objects are found when they are asked for; only objects that the org uses are listed. */
class GlobalDescribe extends CaselessMap {
  constructor(private readonly runtime: ApexRuntime) {
    super(
      PRIMITIVES.String,
      platform('Schema.SObjectType'),
      runtime.schema
        .deployedNames()
        .map((name): [string, ObjectToken] => [name.toLowerCase(), objectToken(runtime, name)]),
    );
  }
  override get(key: unknown): unknown {
    return (
      super.get(key) ??
      (typeof key === 'string' && this.runtime.schema.object(key) !== undefined ? objectToken(this.runtime, key) : null)
    );
  }
  override has(key: unknown): boolean {
    return this.get(key) !== null;
  }
}

function globalDescribe(runtime: ApexRuntime): ApexMap {
  return new GlobalDescribe(runtime);
}
