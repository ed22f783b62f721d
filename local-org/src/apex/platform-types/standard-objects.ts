import type { StandardField, StandardObject } from '../../model/index.js';
import type { ChildRelationship, SObjectField, SObjectInfo, SObjectKind } from '../types/schema.js';
import { childField } from './child-fields.js';
import { OBJECT_SUPPLEMENT } from './supplement/objects.js';
import { readObjectNames, readObjects } from './tables.js';
import type { ObjectTable } from './tables.js';
import { typeFromText } from './type-text.js';

let names: ReadonlyMap<string, string> | undefined;
const letters = new Map<string, ReadonlyMap<string, ObjectTable>>();
const objects = new Map<string, SObjectInfo>();

function objectNames(): ReadonlyMap<string, string> {
  return (names ??= new Map(readObjectNames().map((name) => [name.toLowerCase(), name])));
}

/** Is there a standard object of that name? Any letter case. Loads only the list of names. */
export function isStandardObject(name: string): boolean {
  return objectNames().has(name.toLowerCase());
}

/** All standard objects, in alphabetical order. */
export function standardObjectNames(): readonly string[] {
  return [...objectNames().values()];
}

function table(name: string): ObjectTable | undefined {
  const key = name.toLowerCase();
  if (!isStandardObject(key)) return undefined;
  const letter = key.slice(0, 1);
  let group = letters.get(letter);
  if (group === undefined) {
    group = readObjects(letter);
    letters.set(letter, group);
  }
  return group.get(key);
}

const SUFFIX_KINDS: readonly (readonly [RegExp, SObjectKind])[] = [
  [/ChangeEvent$/, 'changeEvent'],
  [/Event$/, 'event'],
  [/Share$/, 'share'],
  [/History$/, 'history'],
  [/Feed$/, 'feed'],
];

/** Business objects that end like an event or a history without being one. */
const PLAIN = new Set(['Event', 'OpportunityHistory', 'UserEntityHistory']);

function kindOf(row: ObjectTable): SObjectKind {
  if (PLAIN.has(row.n)) return 'standard';
  const kind = SUFFIX_KINDS.find(([pattern]) => pattern.test(row.n))?.[1] ?? 'standard';
  const isPublished = row.f['String']?.includes('ReplayId') === true;
  return kind === 'event' && !isPublished ? 'standard' : kind;
}

const SYSTEM_FIELDS = new Set([
  'id',
  'createddate',
  'createdbyid',
  'lastmodifieddate',
  'lastmodifiedbyid',
  'systemmodstamp',
  'isdeleted',
]);

/** Whose addresses, phone numbers and e-mail addresses contact points are (Object Reference: ContactPointAddress and its kin). */
const CONTACT_POINTS: ReadonlySet<string> = new Set(['ContactPointAddress', 'ContactPointEmail', 'ContactPointPhone']);

/** Targets of the polymorphic fields that checks ask about; for the others they stay unknown. */
function targets(owner: string, field: string, object: string): readonly string[] {
  if (object !== 'Name' && object !== 'SObject') return [object];
  if (CONTACT_POINTS.has(owner) && /^ParentId$/i.test(field)) return ['Account', 'Individual'];
  if (/^OwnerId$/i.test(field)) return ['Group', 'User'];
  if (/^WhoId$/i.test(field)) return ['Contact', 'Lead'];
  return [];
}

function schemaField(
  name: string,
  type: string,
  relationshipName: string | undefined,
  referenceTo: readonly string[],
): SObjectField {
  return {
    name,
    type: typeFromText(type),
    fieldType: relationshipName === undefined ? type : 'Lookup',
    isCustom: false,
    relationshipName,
    referenceTo,
    isCalculated: SYSTEM_FIELDS.has(name.toLowerCase()),
  };
}

/** Fields whose type the tables only know as an Object. */
const COMPLEX_FIELDS: Readonly<Record<string, string>> = { ChangeEventHeader: 'EventBus.ChangeEventHeader' };

function build(row: ObjectTable): SObjectInfo {
  const fields = new Map<string, SObjectField>();
  const parents = new Map<string, SObjectField>();
  for (const [type, fieldNames] of Object.entries(row.f)) {
    const apexType = type === 'Address' || type === 'Location' ? `System.${type}` : type;
    for (const name of fieldNames)
      fields.set(name.toLowerCase(), schemaField(name, COMPLEX_FIELDS[name] ?? apexType, undefined, []));
  }
  for (const [name, relationship, object] of row.r) {
    const field = schemaField(name, 'Id', relationship, targets(row.n, name, object));
    fields.set(name.toLowerCase(), field);
    parents.set(relationship.toLowerCase(), field);
  }
  const children = new Map<string, ChildRelationship>();
  for (const [name, object] of row.c ?? []) {
    children.set(name.toLowerCase(), {
      name,
      object,
      get field(): string | undefined {
        return childField(row.n, name, table(object));
      },
    });
  }
  const extra = OBJECT_SUPPLEMENT[row.n];
  for (const [name, object, field] of extra?.children ?? []) children.set(name.toLowerCase(), { name, object, field });
  for (const name of extra?.texts ?? []) fields.set(name.toLowerCase(), schemaField(name, 'String', undefined, []));
  for (const [name, relationship, object] of extra?.parents ?? []) {
    const field = schemaField(name, 'String', relationship, [object]);
    fields.set(name.toLowerCase(), field);
    parents.set(relationship.toLowerCase(), field);
  }
  for (const name of extra?.writable ?? []) {
    const field = fields.get(name.toLowerCase());
    if (field !== undefined) fields.set(name.toLowerCase(), { ...field, isCalculated: false });
  }
  return { name: row.n, kind: kindOf(row), fields, parents, children, fieldSets: new Map(), settingType: undefined };
}

/** Standard object as Apex sees it: every field, parent and child relationship of API 65. */
export function standardSchemaObject(name: string): SObjectInfo | undefined {
  const key = name.toLowerCase();
  const known = objects.get(key);
  if (known !== undefined) return known;
  const row = table(key);
  if (row === undefined) return undefined;
  const info = build(row);
  objects.set(key, info);
  return info;
}

const VALUE_TYPES: Readonly<Record<string, StandardField['valueType']>> = {
  Id: 'Id',
  String: 'String',
  Boolean: 'Boolean',
  Integer: 'Integer',
  Long: 'Long',
  Double: 'Double',
  Decimal: 'Decimal',
  Date: 'Date',
  Datetime: 'Datetime',
  Time: 'Time',
  Blob: 'Blob',
  'System.Address': 'Address',
  'System.Location': 'Location',
};

function catalogField(field: SObjectField): StandardField {
  const type = field.type.kind === 'primitive' || field.type.kind === 'platform' ? field.type.name : 'String';
  return {
    name: field.name,
    valueType: VALUE_TYPES[type] ?? 'String',
    referenceTo: field.referenceTo,
    relationshipName: field.relationshipName,
  };
}

const catalog = new Map<string, StandardObject>();

/** Standard object in the form that all checks share. Fields behind child relationships are looked up when they are asked for: that loads other tables. */
export function standardObject(name: string): StandardObject | undefined {
  const key = name.toLowerCase();
  const known = catalog.get(key);
  if (known !== undefined) return known;
  const info = standardSchemaObject(name);
  if (info === undefined) return undefined;
  const object: StandardObject = {
    name: info.name,
    fields: new Map([...info.fields].map(([field, value]) => [field, catalogField(value)])),
    get childRelationships() {
      return [...info.children.values()].flatMap(({ name: relationship, object: child, field }) =>
        field === undefined ? [] : [{ name: relationship, object: child, field }],
      );
    },
  };
  catalog.set(key, object);
  return object;
}
