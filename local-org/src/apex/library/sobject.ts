import { isFieldValue, SObject, type FieldSchema } from '../../data/index.js';
import {
  apexError,
  equalValues,
  ApexList,
  ApexMap,
  ApexThrowable,
  readChildren,
  readField,
  readParent,
  writeParent,
  type ApexRuntime,
  type LibraryModule,
  type PropertyObject,
} from '../runtime/index.js';
import { PRIMITIVES, SOBJECT } from '../types/types.js';
import { required } from './arguments.js';
import { truncates } from './dml-options.js';
import { hashOf } from './hash.js';
import { errorList } from './results.js';
import { assigned } from './field-assignment.js';
import { FieldToken, objectToken } from './schema-tokens.js';

/**
 * `clone(preserveId, isDeepClone, preserveReadonlyTimestamps, preserveAutonumber)`. Without its Id the clone is a record that can be inserted, also
 * that of a record in Trigger.old, which has every field (apex-recipes: AccountTriggerHandler).
 */
export function cloneRecord(
  self: SObject,
  keepId: boolean,
  deep: boolean,
  keepTimestamps: boolean,
  keepAutoNumber: boolean,
): SObject {
  const copy = self.copy(deep);
  copy.queried = false;
  copy.cloneSource = { id: self.id };
  for (const name of [...copy.values.keys()]) {
    const field = self.field(name);
    const dropped =
      ((name === 'Id' || name === 'IsDeleted') && !keepId) ||
      (TIMESTAMPS.has(name) && !keepTimestamps) ||
      (field?.autoNumber !== undefined && !keepAutoNumber);
    if (dropped) copy.values.delete(name);
  }
  return copy;
}

const TIMESTAMPS: ReadonlySet<string> = new Set([
  'CreatedDate',
  'CreatedById',
  'LastModifiedDate',
  'LastModifiedById',
  'SystemModstamp',
]);

/** A field by name or token. @throws System.SObjectException for a name that the object does not have */
function fieldOf(self: SObject, name: unknown): FieldSchema {
  if (name instanceof FieldToken) return name.field;
  const written = required(typeof name === 'string' ? name : null);
  const field = self.field(written);
  if (field !== undefined) return field;
  throw apexError('SObjectException', `Invalid field ${written} for ${self.object.name}`);
}

function getValue(self: SObject, name: unknown): unknown {
  // Columns of an AggregateResult are named by its query.
  if (self.object.kind === 'aggregate' && typeof name === 'string') {
    for (const [column, value] of self.values) if (column.toLowerCase() === name.toLowerCase()) return value;
    throw apexError('SObjectException', `Invalid field ${name} for AggregateResult`);
  }
  // A parent that may be of several objects says of which one it is, whether or not that one has such a field.
  if (typeof name === 'string' && name.toLowerCase() === 'type' && self.values.has('Type')) return self.get('Type');
  return readField(self, fieldOf(self, name).name);
}

function putValue(self: SObject, name: unknown, value: unknown): unknown {
  const field = fieldOf(self, name);
  if (self.readOnly) throw apexError('FinalException', 'Record is read-only');
  if (field.formula !== undefined || field.name === 'CreatedDate')
    throw apexError('SObjectException', `Field is not writeable: ${self.object.name}.${field.name}`);
  const before = self.get(field.name);
  self.set(field.name, assigned(field, value));
  return before;
}

function relationshipOf(self: SObject, name: unknown): string {
  if (name instanceof FieldToken) return required(name.field.relationshipName ?? null);
  const written = required(typeof name === 'string' ? name : null);
  const field = self.object.parents.get(written.toLowerCase());
  if (field?.relationshipName === undefined)
    throw apexError('SObjectException', `Invalid relationship ${written} for ${self.object.name}`);
  return field.relationshipName;
}

function addError(self: SObject, first: unknown, second: unknown): void {
  const onField = first instanceof FieldToken || (typeof first === 'string' && typeof second === 'string');
  const message = onField ? second : first;
  const text = message instanceof ApexThrowable ? (message.$x.message ?? '') : String(message);
  self.errors.push({
    statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    message: text,
    fields: onField ? [fieldOf(self, first).name] : [],
  });
}

/** DML options that records carry with them. */
const optionsOf = new WeakMap<SObject, PropertyObject>();

export const sobjectModule: LibraryModule = {
  owner: 'System.SObject',
  members: (runtime) => ({
    addError: (self: SObject, first: unknown, second?: unknown) => addError(self, first, second),
    clear: (self: SObject) => self.values.clear(),
    clone: (self: SObject, keepId = false, deep = false, keepTimestamps = false, keepAutoNumber = false) =>
      cloneRecord(self, keepId, deep, keepTimestamps, keepAutoNumber),
    get: getValue,
    getErrors: (self: SObject) => errorList(runtime, self.errors),
    getPopulatedFieldsAsMap: (self: SObject) => populated(self),
    getSObject: (self: SObject, name: unknown) => readParent(self, relationshipOf(self, name)),
    getSObjects: (self: SObject, name: unknown) => childRows(self, name),
    getSObjectType: (self: SObject) => objectToken(runtime, self.object.name),
    hasErrors: (self: SObject) => self.errors.length > 0,
    isClone: (self: SObject) => self.cloneSource !== undefined,
    getCloneSourceId: (self: SObject) => self.cloneSource?.id ?? null,
    setOptions: (self: SObject, options: PropertyObject | null) => {
      optionsOf.set(self, required(options));
      self.truncates = truncates(options);
    },
    getOptions: (self: SObject) => optionsOf.get(self) ?? null,
    isSet: (self: SObject, name: unknown) => self.values.has(fieldOf(self, name).name),
    put: putValue,
    putSObject: (self: SObject, name: unknown, parent: unknown) =>
      writeParent(self, relationshipOf(self, name), parent),
    recalculateFormulas: (self: SObject) => recalculate(runtime, self),
    equals: (self: SObject, other: unknown) => equalValues(self, other),
    hashCode: (self: SObject) => hashOf(runtime, self),
    toString: (self: SObject) => runtime.text(self),
  }),
};

function childRows(self: SObject, name: unknown): ApexList | null {
  const written = String(name).toLowerCase();
  for (const [relationship, rows] of self.related) {
    if (relationship.toLowerCase() !== written || !Array.isArray(rows)) continue;
    return rows.length === 0 ? null : readChildren(self, relationship, rows[0]?.object.name ?? 'SObject');
  }
  return null;
}

function populated(self: SObject): ApexMap {
  const result = new ApexMap(PRIMITIVES.String, PRIMITIVES.Object);
  for (const [name, value] of self.values) if (value !== null || !self.queried) result.put(name, value);
  for (const [name, value] of self.related) {
    if (value instanceof SObject) result.put(name, value);
    else if (value !== null) result.put(name, new ApexList(SOBJECT, [...value]));
  }
  return result;
}

function recalculate(runtime: ApexRuntime, self: SObject): void {
  const values = Object.fromEntries(self.values);
  for (const field of self.object.fields.values()) {
    if (field.formula === undefined) continue;
    const value = runtime.data.formulas.valueOf(self.object, field, { id: self.id ?? '', values, deleted: false });
    if (isFieldValue(value)) self.set(field.name, value);
  }
}
