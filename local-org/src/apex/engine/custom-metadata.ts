import {
  ApexDate,
  ApexDatetime,
  ApexDecimal,
  isFormula,
  storedDecimal,
  type FieldSchema,
  type FieldValue,
  type ObjectSchema,
} from '../../data/index.js';
import type { Component } from '../../model/index.js';
import type { SystemRow, SystemRows } from './system-rows.js';
import { nodesOf, rootOf, textOf } from './xml.js';

/** Text of a metadata value in the form in which the field stores it. */
function metadataValue(field: FieldSchema, text: string): FieldValue {
  switch (field.type) {
    case 'boolean':
      return text === 'true';
    case 'double':
    case 'currency':
    case 'percent': {
      const number = ApexDecimal.parse(text);
      return number === undefined ? null : storedDecimal(field, number);
    }
    case 'date':
      return ApexDate.parseIso(text) ?? null;
    case 'datetime':
      return ApexDatetime.parseIso(text) ?? null;
    default:
      return text;
  }
}

/** Makes the rows of all custom metadata types those of the deployed records. @throws Error when the type of a record is not deployed */
export function followCustomMetadata(rows: SystemRows, components: readonly Component[]): void {
  // A record that refers to one which has no Id yet is completed once all records have theirs.
  if (!writeRecords(rows, components)) writeRecords(rows, components);
}

/** @returns whether the Ids of all records that others refer to were known */
function writeRecords(rows: SystemRows, components: readonly Component[]): boolean {
  const { schema } = rows.store;
  const wanted = new Map<string, SystemRow[]>();
  let complete = true;
  const idOf = (field: FieldSchema, developerName: string): string | null => {
    const target = schema.object(field.referenceTo[0] ?? '');
    const id = target === undefined ? undefined : rows.idOf(target.name, 'DeveloperName', developerName);
    complete &&= id !== undefined;
    return id ?? null;
  };
  for (const name of schema.deployedNames()) if (name.toLowerCase().endsWith('__mdt')) wanted.set(name, []);
  for (const component of components) {
    if (component.type !== 'CustomMetadata') continue;
    const dot = component.fullName.indexOf('.');
    const object = schema.object(`${component.fullName.slice(0, dot)}__mdt`);
    const list = object === undefined ? undefined : wanted.get(object.name);
    if (object === undefined || list === undefined)
      throw new Error(`Custom metadata record ${component.fullName}: its type is not deployed.`);
    list.push(recordRow(object, component.fullName.slice(dot + 1), component.content, idOf));
  }
  for (const [objectName, records] of wanted) rows.follow(objectName, ['DeveloperName'], records);
  return complete;
}

/** Custom metadata records refer to each other by Id; their files name the record. */
const namesRecord = ({ type, referenceTo }: FieldSchema): boolean =>
  type === 'reference' && referenceTo.some((target) => target.toLowerCase().endsWith('__mdt'));

function recordRow(
  object: ObjectSchema,
  developerName: string,
  xml: string,
  idOf: (field: FieldSchema, developerName: string) => string | null,
): SystemRow {
  const root = rootOf(xml, 'CustomMetadata');
  const label = textOf(root, 'label') ?? developerName;
  const values: Record<string, FieldValue> = {};
  for (const field of object.fields.values())
    if (field.custom && !isFormula(field))
      values[field.name] = field.type === 'boolean' ? field.defaultValue === 'true' : null;
  for (const entry of nodesOf(root, 'values')) {
    const field = object.fields.get(textOf(entry, 'field')?.toLowerCase() ?? '');
    const text = textOf(entry, 'value');
    if (field === undefined || text === undefined || text === '') continue;
    values[field.name] = namesRecord(field) ? idOf(field, text) : metadataValue(field, text);
  }
  return {
    values: {
      ...values,
      DeveloperName: developerName,
      MasterLabel: label,
      Label: label,
      QualifiedApiName: developerName,
      Language: 'en_US',
    },
  };
}
