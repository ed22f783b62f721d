import { XMLParser } from 'fast-xml-parser';

import type { Component } from '../../model/index.js';
import {
  ApexDate,
  ApexDatetime,
  ApexDecimal,
  rowValues,
  type FieldSchema,
  type FieldValue,
  type ObjectSchema,
  type Store,
} from '../../data/index.js';
import type { OrgIdentity } from '../runtime/index.js';

function put(store: Store, objectName: string, values: Readonly<Record<string, FieldValue>>): string {
  const object = store.schema.object(objectName);
  if (object === undefined) throw new Error(`The platform tables have no ${objectName}.`);
  const id = store.nextId(object);
  const now = new ApexDatetime(0);
  store.put(object, {
    id,
    deleted: false,
    values: rowValues([
      ...Object.entries(values),
      ['Id', id],
      ['CreatedDate', now],
      ['LastModifiedDate', now],
      ['SystemModstamp', now],
      ['IsDeleted', false],
    ]),
  });
  return id;
}

const USER_DEFAULTS = {
  TimeZoneSidKey: 'GMT',
  LocaleSidKey: 'en_US',
  LanguageLocaleKey: 'en_US',
  EmailEncodingKey: 'UTF-8',
  IsActive: true,
} as const;

/** Creates what every org has: the organisation, profiles, an administrator and the automated process user. */
export function createBaseData(store: Store): OrgIdentity {
  const organizationId = put(store, 'Organization', {
    Name: 'Local Org',
    IsSandbox: false,
    OrganizationType: 'Developer Edition',
    InstanceName: 'LOCAL1',
    NamespacePrefix: null,
  });
  const adminProfileId = put(store, 'Profile', { Name: 'System Administrator', UserType: 'Standard' });
  for (const name of ['Standard User', 'Read Only', 'Minimum Access - Salesforce'])
    put(store, 'Profile', { Name: name, UserType: 'Standard' });
  const adminId = put(store, 'User', {
    ...USER_DEFAULTS,
    FirstName: 'Local',
    LastName: 'Admin',
    Name: 'Local Admin',
    Username: 'admin@local.org',
    Email: 'admin@local.org',
    Alias: 'admin',
    ProfileId: adminProfileId,
    UserType: 'Standard',
  });
  const automatedProcessId = put(store, 'User', {
    ...USER_DEFAULTS,
    LastName: 'Process',
    FirstName: 'Automated',
    Name: 'Automated Process',
    Username: 'autoproc@local.org',
    Email: 'autoproc@local.org',
    Alias: 'autoproc',
    UserType: 'AutomatedProcess',
  });
  store.commit();
  return { organizationId, adminId, automatedProcessId, adminProfileId };
}

/** Stores the rows of deployed metadata that Apex can query: permission sets, notification types, classes and triggers. */
export function storeMetadataRows(store: Store, component: Component): void {
  switch (component.type) {
    case 'PermissionSet':
      put(store, 'PermissionSet', { Name: component.fullName, Label: component.fullName, IsOwnedByProfile: false });
      return;
    case 'CustomNotificationType':
      put(store, 'CustomNotificationType', { DeveloperName: component.fullName, MasterLabel: component.fullName });
      return;
    case 'ApexClass':
    case 'ApexTrigger':
      put(store, component.type, {
        Name: component.fullName,
        Body: component.content,
        Status: 'Active',
        ApiVersion: ApexDecimal.of('66.0'),
      });
      return;
    default:
  }
}

const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, isArray: (tag) => tag === 'values' });

type Node = Readonly<Record<string, unknown>>;

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}

/** Text of a metadata value in the form in which the field stores it. */
function metadataValue(field: FieldSchema, text: string): FieldValue {
  switch (field.type) {
    case 'boolean':
      return text === 'true';
    case 'double':
    case 'currency':
    case 'percent':
      return ApexDecimal.parse(text) ?? null;
    case 'date':
      return ApexDate.parseIso(text) ?? null;
    case 'datetime':
      return ApexDatetime.parseIso(text) ?? null;
    default:
      return text;
  }
}

/** Stores a custom metadata record (`CalloutPolicy.AccountSync`). @throws Error when its type is not deployed */
export function storeMetadataRecord(store: Store, component: Component): void {
  const dot = component.fullName.indexOf('.');
  const object = store.schema.object(`${component.fullName.slice(0, dot)}__mdt`);
  if (object === undefined) throw new Error(`Custom metadata record ${component.fullName}: its type is not deployed.`);
  const parsed: unknown = parser.parse(component.content);
  const root = isNode(parsed) && isNode(parsed['CustomMetadata']) ? parsed['CustomMetadata'] : {};
  const developerName = component.fullName.slice(dot + 1);
  const label = typeof root['label'] === 'string' ? root['label'] : developerName;
  put(store, object.name, {
    ...fieldValues(object, root['values']),
    DeveloperName: developerName,
    MasterLabel: label,
    Label: label,
    QualifiedApiName: developerName,
    Language: 'en_US',
  });
}

function fieldValues(object: ObjectSchema, values: unknown): Readonly<Record<string, FieldValue>> {
  const result: Record<string, FieldValue> = {};
  for (const field of object.fields.values())
    if (field.type === 'boolean') result[field.name] = field.defaultValue === 'true';
  for (const entry of Array.isArray(values) ? values : []) {
    if (!isNode(entry) || typeof entry['field'] !== 'string' || typeof entry['value'] !== 'string') continue;
    const field = object.fields.get(entry['field'].toLowerCase());
    if (field !== undefined) result[field.name] = metadataValue(field, entry['value']);
  }
  return result;
}
