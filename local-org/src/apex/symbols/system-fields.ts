import { PRIMITIVES } from '../types/index.js';
import type { ApexType, SObjectField, SObjectKind } from '../types/index.js';

function field(
  name: string,
  type: ApexType,
  isCalculated: boolean,
  relationshipName?: string,
  referenceTo: readonly string[] = [],
): SObjectField {
  return {
    name,
    type,
    fieldType: relationshipName === undefined ? 'Text' : 'Lookup',
    isCustom: false,
    relationshipName,
    referenceTo,
    isCalculated,
  };
}

const { Id, String: Text, Datetime, Boolean: Flag, Date: Day } = PRIMITIVES;

const ID = field('Id', Id, true);
const NAME = field('Name', Text, false);
const DELETED = field('IsDeleted', Flag, true);
const CREATED = [field('CreatedDate', Datetime, true), field('CreatedById', Id, true, 'CreatedBy', ['User'])];
const MODIFIED = [
  field('LastModifiedDate', Datetime, true),
  field('LastModifiedById', Id, true, 'LastModifiedBy', ['User']),
  field('SystemModstamp', Datetime, true),
];
const VIEWED = [
  field('LastViewedDate', Datetime, true),
  field('LastReferencedDate', Datetime, true),
  field('LastActivityDate', Day, true),
];
const OWNER = field('OwnerId', Id, false, 'Owner', ['Group', 'User']);
const RECORD_TYPE = field('RecordTypeId', Id, false, 'RecordType', ['RecordType']);
const CURRENCY = field('CurrencyIsoCode', Text, false);

const METADATA = [
  ID,
  field('DeveloperName', Text, false),
  field('MasterLabel', Text, false),
  field('Label', Text, false),
  field('Language', Text, false),
  field('NamespacePrefix', Text, false),
  field('QualifiedApiName', Text, false),
  field('SystemModstamp', Datetime, true),
];

const EVENT = [ID, field('ReplayId', Text, true), field('EventUuid', Text, true), ...CREATED];

const SETTING = [
  ID,
  NAME,
  DELETED,
  ...CREATED,
  ...MODIFIED,
  field('SetupOwnerId', Id, false, 'SetupOwner', []),
  CURRENCY,
];

const EXTERNAL = [ID, field('ExternalId', Text, false), field('DisplayUrl', Text, false)];

const ARTICLE = [ID, ...CREATED, ...MODIFIED, field('Title', Text, false), field('UrlName', Text, false)];

const RECORD = [
  ID,
  NAME,
  DELETED,
  ...CREATED,
  ...MODIFIED,
  ...VIEWED,
  RECORD_TYPE,
  CURRENCY,
  field('ConnectionReceivedId', Id, true),
  field('ConnectionSentId', Id, true),
  field('MayEdit', Flag, true),
  field('IsLocked', Flag, true),
  field('Division', Text, false),
];

/** Fields that the platform adds to an object that metadata declares. A detail object has no owner of its own. */
export function systemFields(kind: SObjectKind, isDetail: boolean): readonly SObjectField[] {
  switch (kind) {
    case 'customMetadata':
      return METADATA;
    case 'event':
      return EVENT;
    case 'customSetting':
      return SETTING;
    case 'external':
      return EXTERNAL;
    case 'big':
      return [ID, ...CREATED];
    case 'standard':
      return ARTICLE;
    case 'custom':
    case 'changeEvent':
    case 'share':
    case 'history':
    case 'feed':
      return isDetail ? RECORD : [...RECORD, OWNER];
  }
}
