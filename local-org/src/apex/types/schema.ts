import type { ApexType } from './types.js';

/** What kind of object an sObject is; the API name's suffix tells it, and for a custom setting its metadata. */
export type SObjectKind =
  | 'standard'
  | 'custom'
  | 'customSetting'
  | 'customMetadata'
  | 'event'
  | 'big'
  | 'external'
  | 'changeEvent'
  | 'share'
  | 'history'
  | 'feed';

/** One field of an sObject. */
export interface SObjectField {
  /** API name with the schema's spelling. */
  readonly name: string;
  /** Apex type of a value read from the field. */
  readonly type: ApexType;
  /** Metadata type for a custom field (`Text`, `Lookup`, `MasterDetail`, `Summary` ...); for a standard field derived from its Apex type. */
  readonly fieldType: string;
  readonly isCustom: boolean;
  /** Name of the parent relationship: `Account` for AccountId, `Parent__r` for Parent__c. */
  readonly relationshipName: string | undefined;
  /** Objects that the field may refer to; more than one for polymorphic fields. Empty when it is no reference or the targets are unknown. */
  readonly referenceTo: readonly string[];
  /** Formula, auto number, roll-up summary and system fields cannot be written. */
  readonly isCalculated: boolean;
}

/** A child relationship of an sObject: `Contacts` of Account. */
export interface ChildRelationship {
  readonly name: string;
  readonly object: string;
  readonly field: string | undefined;
}

/** Everything that Apex can say about one sObject. */
export interface SObjectInfo {
  readonly name: string;
  readonly kind: SObjectKind;
  /** Fields by lower-cased name. */
  readonly fields: ReadonlyMap<string, SObjectField>;
  /** Parent relationships by lower-cased relationship name. */
  readonly parents: ReadonlyMap<string, SObjectField>;
  /** Child relationships by lower-cased name. */
  readonly children: ReadonlyMap<string, ChildRelationship>;
  /** Field set names by lower-cased name. */
  readonly fieldSets: ReadonlyMap<string, string>;
  /** `Hierarchy` or `List` for a custom setting. */
  readonly settingType: 'Hierarchy' | 'List' | undefined;
}

/** Read-only view of the schema that classes are compiled against. */
export interface SchemaView {
  /** Object by API name, any letter case. */
  object(name: string): SObjectInfo | undefined;
  /** Custom label by name, any letter case; the exact spelling. */
  label(name: string): string | undefined;
  /** Flow by developer name, any letter case; the exact spelling. */
  flow(name: string): string | undefined;
  /** Visualforce component by name, any letter case; the exact spelling. */
  component(name: string): string | undefined;
}
