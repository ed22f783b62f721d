import type { RollUp } from './roll-up.js';

/** Data type of a field, as the REST API's describe names it. */
export type FieldType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'email'
  | 'phone'
  | 'url'
  | 'picklist'
  | 'multipicklist'
  | 'combobox'
  | 'encryptedstring'
  | 'boolean'
  | 'int'
  | 'long'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime'
  | 'time'
  | 'reference'
  | 'base64'
  | 'address'
  | 'location'
  /** A structure of the Tooling API, stored as JSON text. */
  | 'complexvalue'
  | 'anyType';

export interface PicklistValue {
  readonly value: string;
  readonly label: string;
  readonly active: boolean;
  readonly isDefault: boolean;
  /** Values of the controlling field with which this one may be chosen; absent when nothing controls it. */
  readonly validFor?: readonly string[];
}

/** What happens to the child when the parent of a reference goes. */
export type DeleteConstraint = 'setNull' | 'cascade' | 'restrict';

/** One field of an object. */
export interface FieldSchema {
  /** API name with its exact case. */
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  readonly custom: boolean;
  /** Longest text; undefined when the type has no length or it is not known. */
  readonly length: number | undefined;
  /** Digits in all, and digits after the point, of a number; undefined when not known (then nothing is rounded or refused). */
  readonly precision: number | undefined;
  readonly scale: number | undefined;
  /** Must have a value when the record is saved. */
  readonly required: boolean;
  readonly unique: boolean;
  readonly caseSensitive: boolean;
  readonly externalId: boolean;
  /** Display format of an auto number, `CQ-{000000000}`. */
  readonly autoNumber: string | undefined;
  /** Formula text of a calculated field. */
  readonly formula: string | undefined;
  /** How blank numbers count in the formula. */
  readonly blankAsZero: boolean;
  /** What a roll-up summary field calculates. */
  readonly rollUp: RollUp | undefined;
  /** Formula text of the default value. */
  readonly defaultValue: string | undefined;
  readonly picklist: readonly PicklistValue[];
  /** Only listed values are accepted. */
  readonly restrictedPicklist: boolean;
  readonly referenceTo: readonly string[];
  /** `Account` for AccountId, `Parent__r` for Parent__c. */
  readonly relationshipName: string | undefined;
  readonly deleteConstraint: DeleteConstraint;
  readonly masterDetail: boolean;
  /** Master-detail: reading the master is enough to write its details; otherwise that needs the right to edit it. */
  readonly writeRequiresMasterRead: boolean;
  /** Master-detail: the master may be changed after the detail was created. */
  readonly reparentable: boolean;
  readonly nameField: boolean;
  readonly inlineHelpText: string | undefined;
  /** Formatted text, of a rich text area. */
  readonly html: boolean;
  /** Field whose value decides which picklist values can be chosen. */
  readonly controllingField: string | undefined;
  /** Set by the system: neither insert nor update may carry it. */
  readonly readOnly: boolean;
}

/** `Contacts` of Account: which object's field points here. */
export interface ChildRelation {
  readonly name: string;
  readonly object: string;
  readonly field: string;
}

export interface ValidationRule {
  readonly name: string;
  readonly active: boolean;
  readonly condition: string;
  readonly message: string;
  readonly errorField: string | undefined;
}

export interface RecordTypeSchema {
  readonly developerName: string;
  readonly label: string;
  readonly active: boolean;
}

/** A named list of fields, in the order in which they are shown. */
export interface FieldSetSchema {
  readonly name: string;
  readonly label: string;
  readonly description: string | undefined;
  /** Field paths from the object, `Account.Name` for a parent's field. */
  readonly members: readonly { readonly path: string; readonly required: boolean }[];
}

export type ObjectKind =
  | 'standard'
  | 'custom'
  | 'customMetadata'
  | 'listSetting'
  | 'hierarchySetting'
  | 'platformEvent'
  | 'external'
  /** `X__Share`: who may see and edit which record of `X__c`. */
  | 'share'
  | 'big'
  | 'aggregate';

/** Who sees and edits records of others (Metadata API: SharingModel). */
export type SharingModel =
  | 'Private'
  | 'Read'
  | 'ReadSelect'
  | 'ReadWrite'
  | 'ReadWriteTransfer'
  | 'FullAccess'
  | 'ControlledByParent'
  | 'ControlledByCampaign'
  | 'ControlledByLeadOrContact';

/** An object with everything that data access needs to know about it. */
export interface ObjectSchema {
  readonly name: string;
  readonly label: string;
  readonly pluralLabel: string;
  readonly kind: ObjectKind;
  readonly keyPrefix: string;
  /** By lower-cased API name. */
  readonly fields: ReadonlyMap<string, FieldSchema>;
  /** Reference fields by lower-cased relationship name. */
  readonly parents: ReadonlyMap<string, FieldSchema>;
  /** By lower-cased relationship name. */
  readonly children: ReadonlyMap<string, ChildRelation>;
  readonly validationRules: readonly ValidationRule[];
  readonly recordTypes: readonly RecordTypeSchema[];
  /** By lower-cased name. */
  readonly fieldSets: ReadonlyMap<string, FieldSetSchema>;
  /** As deployed; undefined: the platform's default for the object. */
  readonly sharingModel: SharingModel | undefined;
  /** Platform events only (PLATFORM 3.5). */
  readonly publishBehavior: 'PublishAfterCommit' | 'PublishImmediately' | undefined;
}

const FIELD_DEFAULTS: Omit<FieldSchema, 'name' | 'label' | 'type'> = {
  custom: false,
  length: undefined,
  precision: undefined,
  scale: undefined,
  required: false,
  unique: false,
  caseSensitive: false,
  externalId: false,
  autoNumber: undefined,
  formula: undefined,
  blankAsZero: true,
  rollUp: undefined,
  defaultValue: undefined,
  picklist: [],
  restrictedPicklist: false,
  referenceTo: [],
  relationshipName: undefined,
  deleteConstraint: 'setNull',
  masterDetail: false,
  writeRequiresMasterRead: false,
  reparentable: false,
  nameField: false,
  inlineHelpText: undefined,
  html: false,
  controllingField: undefined,
  readOnly: false,
};

/** A field from what is special about it; everything else is the plain, optional, writable default. */
export function makeField(special: Pick<FieldSchema, 'name' | 'type'> & Partial<FieldSchema>): FieldSchema {
  return { ...FIELD_DEFAULTS, label: special.name, ...special };
}

/** Calculated when it is read, never stored. */
export function isFormula(field: FieldSchema): boolean {
  return field.formula !== undefined;
}

/** A reference to the definition of an object or a field holds its API name, not an Id (Object Reference: metadata relationship fields). */
export function holdsDefinitionName(field: FieldSchema): boolean {
  return field.type === 'reference' && field.referenceTo.some((target) => /^(Entity|Field)Definition$/i.test(target));
}

/** The field that holds the record's name, if the object has one. */
export function nameFieldOf(object: ObjectSchema): FieldSchema | undefined {
  for (const field of object.fields.values()) if (field.nameField) return field;
  return undefined;
}
