import { isFormula, type FieldSchema, type ObjectKind, type ObjectSchema } from '../../data/index.js';
import { standardFieldGrants } from '../profiles/standard-fields.js';
import { hasObjectPermissions } from './object-access.js';

/** Kinds of objects whose fields can be hidden; settings, custom metadata, events and shares are granted as a whole (PLATFORM 3.6). */
const SECURED: ReadonlySet<ObjectKind> = new Set<ObjectKind>(['custom', 'external', 'big']);

const SYSTEM: ReadonlySet<string> = new Set([
  'id',
  'isdeleted',
  'createddate',
  'createdbyid',
  'lastmodifieddate',
  'lastmodifiedbyid',
  'systemmodstamp',
  'lastvieweddate',
  'lastreferenceddate',
  'lastactivitydate',
  'ownerid',
  'recordtypeid',
  'currencyisocode',
  'masterrecordid',
]);

/** Parts of an address or a location are hidden and shown together with it: `BillingCity` with `BillingAddress`. */
const PART = /(Street|City|State|StateCode|PostalCode|Country|CountryCode|Latitude|Longitude|GeocodeAccuracy)$/;

/**
 * The field whose permissions count for a field: itself, or the compound field that it is a part of. Undefined when nobody can hide it:
 * system fields, names, required and master-detail fields are visible to whoever may read the object (PLATFORM 5; help "Field-Level Security").
 */
export function securedField(object: ObjectSchema, field: FieldSchema): FieldSchema | undefined {
  const carrier = compoundOf(object, field) ?? field;
  if (object.kind === 'standard') return isListed(object, carrier) ? carrier : undefined;
  if (!SECURED.has(object.kind) || isAlwaysVisible(carrier)) return undefined;
  return carrier;
}

function isListed(object: ObjectSchema, field: FieldSchema): boolean {
  if (field.custom) return !isAlwaysVisible(field);
  const grants = standardFieldGrants(object.name);
  if (grants !== undefined) return grants.has(field.name.toLowerCase());
  return hasObjectPermissions(object) && !isAlwaysVisible(field);
}

function isAlwaysVisible(field: FieldSchema): boolean {
  return field.required || field.masterDetail || field.nameField || SYSTEM.has(field.name.toLowerCase());
}

function compoundOf(object: ObjectSchema, field: FieldSchema): FieldSchema | undefined {
  if (field.custom) {
    const location = /^(.*)__(Latitude|Longitude)__s$/i.exec(field.name)?.[1];
    return location === undefined ? undefined : object.fields.get(`${location}__c`.toLowerCase());
  }
  const prefix = PART.test(field.name) ? field.name.replace(PART, '') : undefined;
  const compound = prefix === undefined ? undefined : object.fields.get(`${prefix}Address`.toLowerCase());
  return compound?.type === 'address' ? compound : undefined;
}

/** Fields that a value can be given to at all; nobody's permissions change that. */
export function isWritable(field: FieldSchema, operation: 'insert' | 'update'): boolean {
  if (field.readOnly || isFormula(field)) return false;
  return operation === 'insert' || !field.masterDetail || field.reparentable;
}

/** Every field of the object that field permissions exist for. */
export function securedFields(object: ObjectSchema): readonly FieldSchema[] {
  return [...object.fields.values()].filter((field) => securedField(object, field) === field);
}
