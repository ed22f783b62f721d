import { standardSchemaObject } from '../platform-types/index.js';
import { objectsOfMetadata } from '../../data/index.js';
import type { Component, DeployPackage, OrgView } from '../../model/index.js';
import { PRIMITIVES, platform } from '../types/index.js';
import type {
  ApexType,
  ChildRelationship,
  SObjectField,
  SObjectInfo,
  SObjectKind,
  SchemaView,
} from '../types/index.js';
import { readCustomField, readCustomObject, readLabels } from './custom-objects.js';
import type { CustomField, CustomObjectXml } from './custom-objects.js';
import { systemFields } from './system-fields.js';
import { derivedBase, derivedObject } from './derived-objects.js';

const TEXT = PRIMITIVES.String;
const NUMBER = PRIMITIVES.Decimal;

/** Apex types of the metadata field types. */
const FIELD_TYPES: Readonly<Record<string, ApexType>> = {
  AutoNumber: TEXT,
  Checkbox: PRIMITIVES.Boolean,
  Currency: NUMBER,
  Date: PRIMITIVES.Date,
  DateTime: PRIMITIVES.Datetime,
  Email: TEXT,
  EncryptedText: TEXT,
  ExternalLookup: TEXT,
  Hierarchy: PRIMITIVES.Id,
  Html: TEXT,
  IndirectLookup: TEXT,
  Location: platform('System.Location'),
  LongTextArea: TEXT,
  Lookup: PRIMITIVES.Id,
  MasterDetail: PRIMITIVES.Id,
  MultiselectPicklist: TEXT,
  Number: NUMBER,
  Percent: NUMBER,
  Phone: TEXT,
  Picklist: TEXT,
  Summary: NUMBER,
  Text: TEXT,
  TextArea: TEXT,
  Time: PRIMITIVES.Time,
  Url: TEXT,
};

const SUFFIXES: readonly (readonly [string, SObjectKind])[] = [
  ['__mdt', 'customMetadata'],
  ['__e', 'event'],
  ['__b', 'big'],
  ['__x', 'external'],
];

/** Metadata definitions and entities are referred to by name, records of custom metadata by Id. */
function fieldType(field: CustomField): ApexType {
  if (field.type === 'MetadataRelationship')
    return field.referenceTo.some((object) => object.endsWith('__mdt')) ? PRIMITIVES.Id : TEXT;
  return FIELD_TYPES[field.type] ?? TEXT;
}

function schemaField(field: CustomField, type = fieldType(field)): SObjectField {
  const isReference =
    field.referenceTo.length > 0 || /Lookup|MasterDetail|Hierarchy|MetadataRelationship/.test(field.type);
  return {
    name: field.fullName,
    type,
    fieldType: field.type,
    isCustom: true,
    relationshipName: isReference ? field.fullName.replace(/__c$/i, '__r') : undefined,
    referenceTo: field.type === 'Hierarchy' && field.referenceTo.length === 0 ? ['User'] : field.referenceTo,
    isCalculated: field.formula || field.type === 'AutoNumber' || field.type === 'Summary',
  };
}

/** A geolocation also has its two numbers. */
function locationParts(field: CustomField): readonly SObjectField[] {
  if (field.type !== 'Location') return [];
  const stem = field.fullName.replace(/__c$/i, '');
  return ['Latitude', 'Longitude'].map((part) => ({
    name: `${stem}__${part}__s`,
    type: NUMBER,
    fieldType: 'Number',
    isCustom: true,
    relationshipName: undefined,
    referenceTo: [],
    isCalculated: false,
  }));
}

interface Declared {
  /** Name with the spelling of its own file. */
  readonly name: string;
  readonly files: readonly CustomObjectXml[];
  readonly fields: readonly CustomField[];
}

/** Custom objects, fields, labels and flows of the package laid over those of the org. */
export class ProjectSchema implements SchemaView {
  private readonly declared = new Map<string, { name: string; files: CustomObjectXml[]; fields: CustomField[] }>();
  private readonly objects = new Map<string, SObjectInfo | undefined>();
  private children: ReadonlyMap<string, readonly ChildRelationship[]> | undefined;
  private readonly labels = new Map<string, string>();
  private readonly flows = new Map<string, string>();
  private readonly pages = new Map<string, string>();
  private readonly visualforceComponents = new Map<string, string>();

  constructor(components: readonly Component[]) {
    for (const component of components) this.add(component);
  }

  private entry(name: string): { name: string; files: CustomObjectXml[]; fields: CustomField[] } {
    const key = name.toLowerCase();
    let entry = this.declared.get(key);
    if (entry === undefined) {
      entry = { name, files: [], fields: [] };
      this.declared.set(key, entry);
    }
    return entry;
  }

  private add(component: Component): void {
    if (component.type === 'CustomObject') {
      const file = readCustomObject(component.content);
      for (const name of objectsOfMetadata(component.fullName)) {
        const entry = this.entry(name);
        if (file === undefined) continue;
        entry.files.push(file);
        entry.fields.push(...file.fields);
      }
    } else if (component.type === 'CustomField') {
      const field = readCustomField(component.content);
      const owners = objectsOfMetadata(component.fullName.slice(0, component.fullName.indexOf('.')));
      if (field !== undefined) for (const name of owners) this.entry(name).fields.push(field);
    } else if (component.type === 'CustomLabels') {
      for (const label of readLabels(component.content)) this.labels.set(label.toLowerCase(), label);
    } else if (component.type === 'CustomLabel') {
      this.labels.set(component.fullName.toLowerCase(), component.fullName);
    } else if (component.type === 'Flow') {
      this.flows.set(component.fullName.toLowerCase(), component.fullName);
    } else if (component.type === 'ApexPage') {
      this.pages.set(component.fullName.toLowerCase(), component.fullName);
    } else if (component.type === 'ApexComponent') {
      this.visualforceComponents.set(component.fullName.toLowerCase(), component.fullName);
    }
  }

  object(name: string): SObjectInfo | undefined {
    const key = name.toLowerCase();
    if (this.objects.has(key)) return this.objects.get(key);
    const info = this.build(name);
    this.objects.set(key, info);
    return info;
  }

  label(name: string): string | undefined {
    return this.labels.get(name.toLowerCase());
  }

  flow(name: string): string | undefined {
    return this.flows.get(name.toLowerCase());
  }

  component(name: string): string | undefined {
    return this.visualforceComponents.get(name.toLowerCase());
  }

  page(name: string): string | undefined {
    return this.pages.get(name.toLowerCase());
  }

  /** Sharing reason of a custom object by name, any letter case; the exact spelling. */
  sharingReason(object: string, name: string): string | undefined {
    const reasons = this.declared.get(object.toLowerCase())?.files.flatMap((file) => file.sharingReasons) ?? [];
    return reasons.find((reason) => reason.toLowerCase() === name.toLowerCase());
  }

  /** Names of the objects that metadata declares or extends. */
  declaredNames(): readonly string[] {
    return [...this.declared.values()].map((entry) => entry.name);
  }

  private build(name: string): SObjectInfo | undefined {
    const standard = standardSchemaObject(name);
    const declared = this.declared.get(name.toLowerCase());
    if (standard === undefined && (declared === undefined || !/__(c|e|mdt|b|x|kav)$/i.test(name))) {
      const base = derivedBase(name);
      const parent = base === undefined ? undefined : this.object(base);
      return parent === undefined ? undefined : derivedObject(parent, name);
    }
    const children = this.childRelationships().get(name.toLowerCase()) ?? [];
    if (standard !== undefined && declared === undefined && children.length === 0) return standard;
    return merged(standard, declared ?? { name, files: [], fields: [] }, children, (field) => this.summaryType(field));
  }

  /** A smallest or largest value has the type of the field that is compared. */
  private summaryType({ summarizes }: CustomField): ApexType | undefined {
    if (summarizes === undefined) return undefined;
    const dot = summarizes.indexOf('.');
    const key = summarizes.slice(dot + 1).toLowerCase();
    const child = summarizes.slice(0, dot);
    const found = this.declared.get(child.toLowerCase())?.fields.find((field) => field.fullName.toLowerCase() === key);
    return found === undefined ? standardSchemaObject(child)?.fields.get(key)?.type : fieldType(found);
  }

  /** Child relationships that custom fields give to their parents, by lower-cased parent. */
  private childRelationships(): ReadonlyMap<string, readonly ChildRelationship[]> {
    if (this.children !== undefined) return this.children;
    const result = new Map<string, ChildRelationship[]>();
    for (const { name, fields } of this.declared.values()) {
      for (const field of fields) {
        if (field.relationshipName === undefined) continue;
        for (const parent of field.referenceTo) {
          const list = result.get(parent.toLowerCase()) ?? [];
          list.push({ name: `${field.relationshipName}__r`, object: name, field: field.fullName });
          result.set(parent.toLowerCase(), list);
        }
      }
    }
    return (this.children = result);
  }
}

function kindOf(declared: Declared): SObjectKind {
  if (declared.files.some((file) => file.settingType !== undefined)) return 'customSetting';
  return SUFFIXES.find(([suffix]) => declared.name.toLowerCase().endsWith(suffix))?.[1] ?? 'custom';
}

function merged(
  standard: SObjectInfo | undefined,
  declared: Declared,
  childList: readonly ChildRelationship[],
  summaryType: (field: CustomField) => ApexType | undefined,
): SObjectInfo {
  const kind = standard?.kind ?? kindOf(declared);
  const fields = new Map(standard?.fields ?? []);
  const hasMaster = declared.fields.some((field) => field.type === 'MasterDetail');
  if (standard === undefined)
    for (const field of systemFields(kind, hasMaster)) fields.set(field.name.toLowerCase(), field);
  for (const field of declared.fields) {
    for (const one of [schemaField(field, summaryType(field)), ...locationParts(field)]) {
      const known = fields.get(one.name.toLowerCase());
      if (known === undefined || known.isCustom) fields.set(one.name.toLowerCase(), one);
    }
  }
  const parents = new Map<string, SObjectField>();
  for (const field of fields.values()) {
    if (field.relationshipName !== undefined) parents.set(field.relationshipName.toLowerCase(), field);
  }
  const children = new Map(standard?.children ?? []);
  for (const child of childList) children.set(child.name.toLowerCase(), child);
  return {
    name: standard?.name ?? declared.name,
    kind,
    fields,
    parents,
    children,
    fieldSets: new Map(declared.files.flatMap((file) => file.fieldSets).map((name) => [name.toLowerCase(), name])),
    settingType: declared.files.find((file) => file.settingType !== undefined)?.settingType,
  };
}

/** Metadata types that a schema is made from: from their content, or only from their names. */
export const SCHEMA_TYPES: ReadonlyMap<string, 'content' | 'name'> = new Map([
  ['CustomObject', 'content'],
  ['CustomField', 'content'],
  ['CustomLabels', 'content'],
  ['CustomLabel', 'name'],
  ['Flow', 'name'],
  ['ApexPage', 'name'],
  ['ApexComponent', 'name'],
]);

/** Components that make up the schema of a deployment's Apex: the org's, then the package's, without what the package deletes. */
export function schemaComponents(pkg: DeployPackage, org: OrgView): readonly Component[] {
  const deleted = new Set(pkg.deletions.map((deletion) => `${deletion.type}/${deletion.fullName.toLowerCase()}`));
  const fromOrg = [...SCHEMA_TYPES.keys()]
    .flatMap((type) => org.components(type))
    .filter((component) => !deleted.has(`${component.type}/${component.fullName.toLowerCase()}`));
  return [...fromOrg, ...pkg.components];
}
