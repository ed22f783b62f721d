import { PRIMITIVES, platform } from '../types/index.js';
import type { ApexType, SObjectField, SObjectInfo, SObjectKind } from '../types/index.js';

const PATTERN = /^(.*)__(Share|History|Feed|ChangeEvent|Tag)$/i;

/** Custom object that `X__Share`, `X__History`, `X__Feed`, `X__ChangeEvent` belongs to; undefined for another name. */
export function derivedBase(name: string): string | undefined {
  const stem = PATTERN.exec(name)?.[1];
  return stem === undefined ? undefined : `${stem}__c`;
}

function field(
  name: string,
  type: ApexType,
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
    isCalculated: false,
  };
}

const { Id, String: Text, Datetime, Boolean: Flag, Object: Anything } = PRIMITIVES;

const COMMON = [
  field('Id', Id),
  field('IsDeleted', Flag),
  field('CreatedDate', Datetime),
  field('CreatedById', Id, 'CreatedBy', ['User']),
];
const MODIFIED = [
  field('LastModifiedDate', Datetime),
  field('LastModifiedById', Id, 'LastModifiedBy', ['User']),
  field('SystemModstamp', Datetime),
];

function fieldsOf(kind: SObjectKind, parent: SObjectInfo): readonly SObjectField[] {
  const link = field('ParentId', Id, 'Parent', [parent.name]);
  switch (kind) {
    case 'share':
      return [
        ...COMMON,
        ...MODIFIED,
        link,
        field('AccessLevel', Text),
        field('RowCause', Text),
        field('UserOrGroupId', Id, 'UserOrGroup'),
      ];
    case 'history':
      return [
        ...COMMON,
        link,
        field('Field', Text),
        field('DataType', Text),
        field('OldValue', Anything),
        field('NewValue', Anything),
      ];
    case 'changeEvent':
      return [
        ...parent.fields.values(),
        field('ReplayId', Text),
        field('ChangeEventHeader', platform('EventBus.ChangeEventHeader')),
      ];
    default:
      return [...COMMON, ...MODIFIED, link, field('Type', Text), field('Body', Text), field('Title', Text)];
  }
}

const KINDS: Readonly<Record<string, SObjectKind>> = {
  share: 'share',
  history: 'history',
  changeevent: 'changeEvent',
  feed: 'feed',
  tag: 'standard',
};

/** The object that the platform derives from a custom one. */
export function derivedObject(parent: SObjectInfo, name: string): SObjectInfo {
  const suffix = PATTERN.exec(name)?.[2] ?? '';
  const kind = KINDS[suffix.toLowerCase()] ?? 'standard';
  const fields = new Map(fieldsOf(kind, parent).map((one) => [one.name.toLowerCase(), one]));
  const parents = new Map(
    [...fields.values()].flatMap((one) =>
      one.relationshipName === undefined ? [] : [[one.relationshipName.toLowerCase(), one] as const],
    ),
  );
  const spelling =
    { share: 'Share', history: 'History', changeevent: 'ChangeEvent', feed: 'Feed', tag: 'Tag' }[
      suffix.toLowerCase()
    ] ?? suffix;
  return {
    name: `${parent.name.replace(/__c$/i, '')}__${spelling}`,
    kind,
    fields,
    parents,
    children: new Map(),
    fieldSets: new Map(),
    settingType: undefined,
  };
}
