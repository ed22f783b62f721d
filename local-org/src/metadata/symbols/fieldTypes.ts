import type { FieldValueType } from '../../model/index.js';

/** Value type of each custom field type; a formula has the type that it says it returns. */
const VALUE_TYPES: ReadonlyMap<string, FieldValueType> = new Map([
  ['AutoNumber', 'String'],
  ['Checkbox', 'Boolean'],
  ['Currency', 'Decimal'],
  ['Date', 'Date'],
  ['DateTime', 'Datetime'],
  ['Email', 'String'],
  ['EncryptedText', 'String'],
  ['ExternalLookup', 'String'],
  ['Hierarchy', 'Id'],
  ['Html', 'String'],
  ['IndirectLookup', 'String'],
  ['Location', 'Location'],
  ['LongTextArea', 'String'],
  ['Lookup', 'Id'],
  ['MasterDetail', 'Id'],
  ['MetadataRelationship', 'String'],
  ['MultiselectPicklist', 'String'],
  ['Number', 'Decimal'],
  ['Percent', 'Decimal'],
  ['Phone', 'String'],
  ['Picklist', 'String'],
  ['Summary', 'Decimal'],
  ['Text', 'String'],
  ['TextArea', 'String'],
  ['Time', 'Time'],
  ['Url', 'String'],
]);

/** Value type of a custom field; text for types that only standard fields have. */
export const valueTypeOf = (metadataType: string | undefined): FieldValueType =>
  VALUE_TYPES.get(metadataType ?? 'Text') ?? 'String';
