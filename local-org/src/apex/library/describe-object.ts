import { needsFeature, type ChildRelation, type ObjectSchema } from '../../data/index.js';
import {
  ApexList,
  ApexMap,
  PlatformObject,
  runningAccess,
  type ApexRuntime,
  type LibraryModule,
  type LibraryTable,
} from '../runtime/index.js';
import { platform, PRIMITIVES } from '../types/types.js';
import { CaselessMap } from './caseless-map.js';
import { FieldSetMapHolder } from './field-set.js';
import type { FieldToken, ObjectToken } from './schema-tokens.js';
import { fieldToken, objectToken } from './schema-tokens.js';

/** Schema.DescribeSObjectResult. */
export class DescribeObject extends PlatformObject {
  override readonly typeName = 'Schema.DescribeSObjectResult';
  constructor(readonly object: ObjectSchema) {
    super();
  }
  /** `describe.fields`. */
  get fields(): FieldMapHolder {
    return new FieldMapHolder(this.object);
  }
  /** `describe.fieldSets`. */
  get fieldSets(): FieldSetMapHolder {
    return new FieldSetMapHolder(this.object);
  }
}

/** `describe.fields`, `Account.fields`. */
export class FieldMapHolder extends PlatformObject {
  override readonly typeName = 'Schema.SObjectTypeFields';
  constructor(readonly object: ObjectSchema) {
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
  /** fflib-apex-common keeps subqueries by their relationship: fflib_QueryFactoryTest.addChildQuerySameRelationshipAgain_success. */
  override get equalityKey(): string {
    return `${this.name} ${this.child.object.name}.${this.field.field.name}`;
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

function fieldMap(runtime: ApexRuntime, object: ObjectSchema): ApexMap {
  const tokens = [...object.fields.values()]
    .filter((field) => field.custom || !needsFeature(object.name, field.name))
    .map((field): [string, FieldToken] => [field.name.toLowerCase(), fieldToken(runtime, object.name, field.name)]);
  return new CaselessMap(PRIMITIVES.String, platform('Schema.SObjectField'), tokens);
}

const describes = new WeakMap<ObjectSchema, DescribeObject>();

/** The describe of an object: the same each time. */
export function describeObject(object: ObjectSchema): DescribeObject {
  const known = describes.get(object) ?? new DescribeObject(object);
  describes.set(object, known);
  return known;
}

const describeObjectModule: LibraryModule = {
  owner: 'Schema.DescribeSObjectResult',
  members: (runtime) => ({
    ...objectFacts,
    ...objectPermissions(runtime),
    getFields: (self: DescribeObject) => self.fields,
    getFieldSets: (self: DescribeObject) => self.fieldSets,
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

/** Object rights of the running user; custom metadata is never written by DML. */
function objectPermissions(runtime: ApexRuntime): LibraryTable {
  const has =
    (right: 'read' | 'create' | 'edit' | 'delete') =>
    (self: DescribeObject): boolean =>
      (right === 'read' || data(self)) && runningAccess(runtime).rightsOn(self.object)[right];
  return {
    isAccessible: has('read'),
    isCreateable: has('create'),
    isUpdateable: has('edit'),
    isDeletable: has('delete'),
    isUndeletable: has('delete'),
  };
}

const always = (answer: boolean) => (): boolean => answer;
const data = (self: DescribeObject): boolean => self.object.kind !== 'customMetadata';

const objectFacts: LibraryTable = {
  getName: (self: DescribeObject) => self.object.name,
  getLocalName: (self: DescribeObject) => self.object.name,
  getLabel: (self: DescribeObject) => self.object.label,
  getLabelPlural: (self: DescribeObject) => self.object.pluralLabel,
  getKeyPrefix: (self: DescribeObject) => self.object.keyPrefix,
  isMergeable: (self: DescribeObject) => ['Account', 'Contact', 'Lead', 'Case'].includes(self.object.name),
  isQueryable: always(true),
  isSearchable: always(true),
  isMruEnabled: always(false),
  isDeprecatedAndHidden: always(false),
  getHasSubtypes: always(false),
  getIsSubtype: always(false),
  getIsInterface: always(false),
  getDataTranslationEnabled: always(false),
  getAssociateEntityType: (self: DescribeObject) => associate(self.object)?.type ?? null,
  getAssociateParentEntity: (self: DescribeObject) => associate(self.object)?.parent ?? null,
  getDefaultImplementation: () => null,
  getImplementedBy: () => null,
  getImplementsInterfaces: () => null,
  isFeedEnabled: always(false),
  isCustom: (self: DescribeObject) => /__(c|e|mdt|x|b)$/i.test(self.object.name),
  isCustomSetting: (self: DescribeObject) =>
    self.object.kind === 'listSetting' || self.object.kind === 'hierarchySetting',
};

/** What a share, history, feed or change event belongs to: `Share` and `Account` of AccountShare, `Order__c` of Order__Share. */
function associate(object: ObjectSchema): { readonly type: string; readonly parent: string } | undefined {
  const found = /^(.+?)(__)?(Share|History|Feed|ChangeEvent)$/.exec(object.name);
  if (found === null) return undefined;
  const [, stem = '', separator, type = ''] = found;
  return { type, parent: separator === undefined ? stem : `${stem}__c` };
}

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

/** Relationships that an account has as a person: person accounts are off in a new org. */
const PERSON_ACCOUNTS = /^Person[A-Z_]/;

/** A relationship is the same one however often it is described. */
const relationshipTokens = new WeakMap<FieldToken, Map<string, ChildRelationshipObject>>();

function childRelationship(name: string, child: ObjectToken, field: FieldToken): ChildRelationshipObject {
  const known = relationshipTokens.get(field) ?? new Map<string, ChildRelationshipObject>();
  const relationship = known.get(name) ?? new ChildRelationshipObject(name, child, field);
  relationshipTokens.set(field, known.set(name, relationship));
  return relationship;
}

/** References whose relationship has no name: the account that an activity's other references lead to (Object Reference: Task, AccountId). */
const NAMELESS: Readonly<Record<string, readonly ChildRelation[]>> = {
  Account: [
    { name: '', object: 'Task', field: 'AccountId' },
    { name: '', object: 'Event', field: 'AccountId' },
  ],
};

function childRelationships(runtime: ApexRuntime, object: ObjectSchema): ApexList {
  const list = [...object.children.values(), ...(NAMELESS[object.name] ?? [])].flatMap((relation) => {
    if (object.name === 'Account' && PERSON_ACCOUNTS.test(relation.name)) return [];
    const child = runtime.schema.object(relation.object);
    const field = child?.fields.get(relation.field.toLowerCase());
    if (child === undefined || field === undefined) return [];
    return [
      childRelationship(relation.name, objectToken(runtime, child.name), fieldToken(runtime, child.name, field.name)),
    ];
  });
  return new ApexList(platform('Schema.ChildRelationship'), list);
}

export const describeObjectModules: readonly LibraryModule[] = [
  describeObjectModule,
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
];
