import type { FieldValueType } from '../../model/index.js';

/** What an object is, as far as its fields and permissions differ. */
export type ObjectKind = 'standard' | 'custom' | 'event' | 'metadataType' | 'customSetting';

interface SystemField {
  readonly name: string;
  readonly valueType: FieldValueType;
  readonly referenceTo?: readonly string[];
  readonly relationshipName?: string;
}

const id: SystemField = { name: 'Id', valueType: 'Id' };
const name: SystemField = { name: 'Name', valueType: 'String' };
const user = (field: string, relationshipName: string): SystemField => ({
  name: field,
  valueType: 'Id',
  referenceTo: ['User'],
  relationshipName,
});
const dated = (...names: readonly string[]): SystemField[] =>
  names.map((field) => ({ name: field, valueType: 'Datetime' }));
const text = (...names: readonly string[]): SystemField[] =>
  names.map((field) => ({ name: field, valueType: 'String' }));

const AUDIT: readonly SystemField[] = [
  ...dated('CreatedDate', 'LastModifiedDate', 'SystemModstamp'),
  user('CreatedById', 'CreatedBy'),
  user('LastModifiedById', 'LastModifiedBy'),
  { name: 'IsDeleted', valueType: 'Boolean' },
];

/** Fields that an object of each kind has without any metadata. */
export const systemFields: Readonly<Record<ObjectKind, readonly SystemField[]>> = {
  standard: [id, ...AUDIT],
  custom: [
    id,
    name,
    ...AUDIT,
    { name: 'OwnerId', valueType: 'Id', referenceTo: ['User', 'Group'], relationshipName: 'Owner' },
    { name: 'RecordTypeId', valueType: 'Id', referenceTo: ['RecordType'], relationshipName: 'RecordType' },
    { name: 'LastActivityDate', valueType: 'Date' },
    ...dated('LastViewedDate', 'LastReferencedDate'),
  ],
  event: [...text('ReplayId', 'EventUuid'), ...dated('CreatedDate'), user('CreatedById', 'CreatedBy')],
  metadataType: [
    id,
    ...text('DeveloperName', 'MasterLabel', 'Label', 'Language', 'NamespacePrefix', 'QualifiedApiName'),
    ...dated('SystemModstamp'),
  ],
  customSetting: [
    id,
    name,
    ...AUDIT,
    {
      name: 'SetupOwnerId',
      valueType: 'Id',
      referenceTo: ['User', 'Profile', 'Organization'],
      relationshipName: 'SetupOwner',
    },
  ],
};
