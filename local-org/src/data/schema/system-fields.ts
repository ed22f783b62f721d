import { makeField, type FieldSchema, type ObjectKind } from './types.js';

const USER_REFERENCE = { type: 'reference', referenceTo: ['User'], readOnly: true } as const;

const ID = makeField({ name: 'Id', label: 'Record ID', type: 'id', length: 18, readOnly: true });
const AUDIT: readonly FieldSchema[] = [
  makeField({ name: 'IsDeleted', label: 'Deleted', type: 'boolean', readOnly: true }),
  makeField({ name: 'CreatedDate', label: 'Created Date', type: 'datetime', readOnly: true }),
  makeField({ name: 'CreatedById', label: 'Created By ID', relationshipName: 'CreatedBy', ...USER_REFERENCE }),
  makeField({ name: 'LastModifiedDate', label: 'Last Modified Date', type: 'datetime', readOnly: true }),
  makeField({
    name: 'LastModifiedById',
    label: 'Last Modified By ID',
    relationshipName: 'LastModifiedBy',
    ...USER_REFERENCE,
  }),
  makeField({ name: 'SystemModstamp', label: 'System Modstamp', type: 'datetime', readOnly: true }),
];
const VIEWED: readonly FieldSchema[] = [
  makeField({ name: 'LastViewedDate', label: 'Last Viewed Date', type: 'datetime', readOnly: true }),
  makeField({ name: 'LastReferencedDate', label: 'Last Referenced Date', type: 'datetime', readOnly: true }),
];
const OWNER = makeField({
  name: 'OwnerId',
  label: 'Owner ID',
  type: 'reference',
  referenceTo: ['Group', 'User'],
  relationshipName: 'Owner',
});
const PLAIN_NAME = makeField({ name: 'Name', label: 'Name', type: 'string', length: 80, nameField: true });

const METADATA: readonly FieldSchema[] = [
  makeField({ name: 'DeveloperName', label: 'Custom Metadata Record Name', type: 'string', length: 40 }),
  makeField({ name: 'MasterLabel', label: 'Label', type: 'string', length: 40 }),
  makeField({ name: 'Label', label: 'Label', type: 'string', length: 40, nameField: true }),
  makeField({ name: 'Language', label: 'Master Language', type: 'picklist' }),
  makeField({ name: 'NamespacePrefix', label: 'Namespace Prefix', type: 'string', length: 15 }),
  makeField({ name: 'QualifiedApiName', label: 'Qualified API Name', type: 'string', length: 255 }),
  makeField({ name: 'SystemModstamp', label: 'System Modstamp', type: 'datetime', readOnly: true }),
];
const EVENT: readonly FieldSchema[] = [
  makeField({ name: 'ReplayId', label: 'Replay ID', type: 'string', length: 1000, readOnly: true }),
  makeField({ name: 'EventUuid', label: 'Event UUID', type: 'string', length: 36, readOnly: true }),
  makeField({ name: 'CreatedDate', label: 'Created Date', type: 'datetime', readOnly: true }),
  makeField({ name: 'CreatedById', label: 'Created By ID', relationshipName: 'CreatedBy', ...USER_REFERENCE }),
];
const SETUP_OWNER = makeField({
  name: 'SetupOwnerId',
  label: 'Location',
  type: 'reference',
  referenceTo: ['Organization', 'Profile', 'User'],
  relationshipName: 'SetupOwner',
});

/** Fields that the platform adds to every object of a kind. `owned`: the object has an owner, that is no master-detail field. */
export function systemFields(kind: ObjectKind, owned: boolean): readonly FieldSchema[] {
  switch (kind) {
    case 'customMetadata':
      return [ID, ...METADATA];
    case 'platformEvent':
      return EVENT;
    case 'listSetting':
    case 'hierarchySetting':
      return [ID, { ...PLAIN_NAME, length: 38 }, SETUP_OWNER, ...AUDIT];
    case 'aggregate':
      return [];
    case 'share':
    case 'standard':
    case 'external':
    case 'big':
      return [ID, ...AUDIT];
    case 'custom':
      return [ID, ...AUDIT, ...VIEWED, ...(owned ? [OWNER] : [])];
  }
}
