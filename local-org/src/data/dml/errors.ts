import type { FieldSchema, ObjectSchema } from '../schema/index.js';
import type { RecordError } from '../sobject.js';
import type { FieldValue } from '../values/index.js';
import type { TriggerOperation } from './types.js';

/** The platform's errors for records, with its wording. One function per status code and message. */
export const dmlErrors = {
  requiredMissing: (names: readonly string[]): RecordError =>
    error('REQUIRED_FIELD_MISSING', `Required fields are missing: [${names.join(', ')}]`, names),
  tooLong: (field: FieldSchema, value: string): RecordError =>
    error('STRING_TOO_LONG', `${field.label}: data value too large: ${value} (max length=${field.length ?? 0})`, [
      field.name,
    ]),
  outsideRange: (field: FieldSchema, value: FieldValue): RecordError =>
    error(
      'NUMBER_OUTSIDE_VALID_RANGE',
      `${field.label}: value outside of valid range on numeric field: ${String(value)}`,
      [field.name],
    ),
  badPicklist: (field: FieldSchema, value: string): RecordError =>
    error(
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      `${field.label}: bad value for restricted picklist field: ${value}`,
      [field.name],
    ),
  badEmail: (field: FieldSchema, value: string): RecordError =>
    error('INVALID_EMAIL_ADDRESS', `${field.label}: invalid email address: ${value}`, [field.name]),
  badType: (field: FieldSchema, value: FieldValue): RecordError =>
    error('INVALID_TYPE_ON_FIELD_IN_RECORD', `${field.label}: value not of required type: ${String(value)}`, [
      field.name,
    ]),
  wrongIdType: (field: FieldSchema, value: string): RecordError =>
    error('FIELD_INTEGRITY_EXCEPTION', `${field.label}: id value of incorrect type: ${value}`, [field.name]),
  missingParent: (field: FieldSchema): RecordError =>
    error('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [field.name]),
  malformedId: (value: string): RecordError => error('MALFORMED_ID', `malformed id ${value}`, ['Id']),
  duplicate: (field: FieldSchema, otherId: string): RecordError =>
    error('DUPLICATE_VALUE', `duplicate value found: ${field.name} duplicates value on record with id: ${otherId}`, [
      field.name,
    ]),
  duplicateExternalId: (field: FieldSchema): RecordError =>
    error('DUPLICATE_EXTERNAL_ID', `${field.name}: more than one record found for external id field: [${field.name}]`, [
      field.name,
    ]),
  externalIdMissing: (field: FieldSchema): RecordError => error('MISSING_ARGUMENT', `${field.name} not specified`, []),
  parentNotFound: (field: FieldSchema, value: string, entity: string): RecordError =>
    error(
      'INVALID_FIELD',
      `Foreign key external ID: ${value} not found for field ${field.name} in entity ${entity}`,
      [],
    ),
  idMissing: (): RecordError => error('MISSING_ARGUMENT', 'Id not specified in an update call', []),
  idInInsert: (): RecordError =>
    error('INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', ['Id']),
  notWriteable: (names: readonly string[]): RecordError =>
    error(
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      `Unable to create/update fields: ${names.join(', ')}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
      names,
    ),
  deleted: (): RecordError => error('ENTITY_IS_DELETED', 'entity is deleted', []),
  notDeleted: (): RecordError => error('UNDELETE_FAILED', 'Entity is not in the recycle bin', []),
  notFound: (): RecordError => error('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', []),
  restricted: (count: number, object: string): RecordError =>
    error(
      'DELETE_FAILED',
      `Your attempt to delete this record could not be completed because it is associated with ${count} ${object} record(s).`,
      [],
    ),
  rule: (message: string, field: string | undefined): RecordError =>
    error('FIELD_CUSTOM_VALIDATION_EXCEPTION', message, field === undefined ? [] : [field]),
  noObjectAccess: (object: ObjectSchema, operation: TriggerOperation): RecordError =>
    error(
      'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
      `entity type cannot be ${operation === 'undelete' ? 'undeleted' : `${operation.replace(/e$/, '')}ed`}: ${object.label}`,
      [],
    ),
  readOnlyRecord: (): RecordError =>
    error('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id', []),
  hiddenRecord: (): RecordError =>
    error('INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY', 'insufficient access rights on cross-reference id', []),
} as const;

function error(statusCode: string, message: string, fields: readonly string[]): RecordError {
  return { statusCode, message, fields };
}
