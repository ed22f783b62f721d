import type { FieldSchema, ObjectSchema, SharingModel } from '../../data/index.js';
import { controllingObject } from '../permissions/object-access.js';
import type { AccessLevel } from './level.js';

/** How access to the records of an object comes about. */
export type Sharing =
  /** Not restricted by record: settings, metadata, setup. */
  | { readonly kind: 'unrestricted' }
  /** By owner, hierarchy and shares, above what everybody has. */
  | { readonly kind: 'owned'; readonly everybody: AccessLevel }
  /** As the records that these fields point to: all of them when there are several masters. */
  | { readonly kind: 'byParent'; readonly fields: readonly FieldSchema[] }
  /** Activities and attachments: readable through what they are attached to, editable by owner. */
  | { readonly kind: 'attached'; readonly fields: readonly FieldSchema[] }
  /** Files: readable through the records that they are linked to. */
  | { readonly kind: 'document' };

/** Defaults of standard objects in a new org (help "Default Organization-Wide Access Levels"). */
const STANDARD_MODELS: Readonly<Record<string, SharingModel>> = {
  Account: 'ReadWrite',
  Asset: 'ControlledByParent',
  Campaign: 'FullAccess',
  Case: 'ReadWriteTransfer',
  Contact: 'ControlledByParent',
  Contract: 'ReadWrite',
  Individual: 'ReadWrite',
  Lead: 'ReadWriteTransfer',
  Opportunity: 'Read',
  Order: 'ControlledByParent',
  Pricebook2: 'ReadSelect',
  Quote: 'ControlledByParent',
  ServiceContract: 'Private',
  User: 'Read',
};

/** What controls a standard object that is controlled by its parent. */
const PARENT_FIELDS: Readonly<Record<string, string>> = {
  Asset: 'AccountId',
  CaseComment: 'ParentId',
  Contact: 'AccountId',
  ContentDocumentLink: 'ContentDocumentId',
  ContentVersion: 'ContentDocumentId',
  Order: 'AccountId',
  Quote: 'OpportunityId',
};

/** What activities, attachments and the like are attached to. */
const ATTACHED: Readonly<Record<string, readonly string[]>> = {
  Attachment: ['ParentId'],
  EmailMessage: ['ParentId', 'RelatedToId'],
  Event: ['WhatId', 'WhoId'],
  Note: ['ParentId'],
  Task: ['WhatId', 'WhoId'],
};

const EVERYBODY: Readonly<Record<SharingModel, AccessLevel>> = {
  Private: 'none',
  Read: 'read',
  ReadSelect: 'read',
  ReadWrite: 'edit',
  ReadWriteTransfer: 'edit',
  FullAccess: 'all',
  ControlledByParent: 'none',
  ControlledByCampaign: 'none',
  ControlledByLeadOrContact: 'none',
};

const UNRESTRICTED: Sharing = { kind: 'unrestricted' };
const known = new WeakMap<ObjectSchema, Sharing>();

/** How access to an object's records comes about, from its sharing model as deployed or the platform's default. */
export function sharingOf(object: ObjectSchema): Sharing {
  let sharing = known.get(object);
  if (sharing === undefined) {
    sharing = compute(object);
    known.set(object, sharing);
  }
  return sharing;
}

function compute(object: ObjectSchema): Sharing {
  switch (object.kind) {
    case 'custom': {
      const masters = [...object.fields.values()].filter((field) => field.masterDetail);
      if (masters.length > 0) return { kind: 'byParent', fields: masters };
      return { kind: 'owned', everybody: EVERYBODY[object.sharingModel ?? 'ReadWrite'] };
    }
    case 'share':
      return { kind: 'byParent', fields: fieldsOf(object, ['ParentId']) };
    case 'standard':
      return standardSharing(object);
    case 'customMetadata':
    case 'listSetting':
    case 'hierarchySetting':
    case 'platformEvent':
    case 'external':
    case 'big':
    case 'aggregate':
      return UNRESTRICTED;
  }
}

function standardSharing(object: ObjectSchema): Sharing {
  const attached = ATTACHED[object.name];
  if (attached !== undefined) return { kind: 'attached', fields: fieldsOf(object, attached) };
  if (object.name === 'ContentDocument') return { kind: 'document' };
  if (object.name.startsWith('Content') && PARENT_FIELDS[object.name] !== undefined)
    return { kind: 'byParent', fields: fieldsOf(object, [PARENT_FIELDS[object.name] ?? '']) };
  const model = object.sharingModel ?? STANDARD_MODELS[object.name];
  if (model === 'ControlledByParent') {
    return { kind: 'byParent', fields: fieldsOf(object, [PARENT_FIELDS[object.name] ?? '']) };
  }
  if (model !== undefined) return { kind: 'owned', everybody: EVERYBODY[model] };
  const controlling = controllingObject(object);
  if (controlling === undefined) return UNRESTRICTED;
  const listed = PARENT_FIELDS[object.name];
  if (listed !== undefined) return { kind: 'byParent', fields: fieldsOf(object, [listed]) };
  const link = [...object.fields.values()].find((field) => field.referenceTo.includes(controlling));
  return link === undefined ? UNRESTRICTED : { kind: 'byParent', fields: [link] };
}

function fieldsOf(object: ObjectSchema, names: readonly string[]): readonly FieldSchema[] {
  return names.flatMap((name) => object.fields.get(name.toLowerCase()) ?? []);
}
