import { isFormula, type FieldSchema, type ObjectSchema } from '../schema/index.js';
import { SObject, type RecordError } from '../sobject.js';
import type { Row, Store } from '../store/index.js';
import { ApexDatetime, sameFieldValue, type FieldValue } from '../values/index.js';
import type { FormulaEngine } from '../formula/index.js';
import { formatAutoNumber } from './auto-number.js';
import { applyDefaults } from './defaults.js';
import { dmlErrors } from './errors.js';
import { emptySummary } from './roll-up.js';
import type { DmlHooks, DmlSession, RecordGuard } from './types.js';

/** One record on its way through a save. */
export interface Work {
  /** Position in the request. */
  readonly index: number;
  readonly input: SObject;
  readonly operation: 'insert' | 'update';
  /** `Trigger.new`. */
  working: SObject;
  /** `Trigger.old`, for updates. */
  readonly old: SObject | undefined;
  readonly stored: Row | undefined;
  errors: RecordError[];
}

export interface SaveContext {
  readonly store: Store;
  readonly formulas: FormulaEngine;
  readonly session: DmlSession;
  readonly guard: RecordGuard | undefined;
  readonly validated: DmlHooks['validated'];
  readonly systemRule: DmlHooks['systemRule'];
}

/** The record that triggers see: for an insert the values with defaults, for an update the stored values with the changes. */
export function startWork(context: SaveContext, operation: 'insert' | 'update', input: SObject, index: number): Work {
  const errors: RecordError[] = [];
  if (operation === 'insert') {
    if (input.id !== null) errors.push(dmlErrors.idInInsert());
    const working = new SObject(input.object);
    working.cloneSource = input.cloneSource;
    overlay(context, working, input, undefined, errors);
    if (errors.length === 0) startValues(context, working);
    return { index, input, operation, working, old: undefined, stored: undefined, errors };
  }
  const stored = findStored(context.store, input, errors);
  const old = stored === undefined ? undefined : recordOf(context, input.object, stored);
  const working = old?.copy(false) ?? new SObject(input.object);
  if (stored !== undefined) refuseRecord(context.guard, input.object, stored, 'edit', errors);
  overlay(context, working, input, stored, errors);
  return { index, input, operation, working, old, stored, errors };
}

/** As much of a text as its field holds (Apex Reference Guide, "DMLOptions": AllowFieldTruncation). */
function cut(field: FieldSchema, value: FieldValue): FieldValue {
  return typeof value === 'string' && field.type !== 'reference' && field.length !== undefined
    ? value.slice(0, field.length)
    : value;
}

/** A record that may be read but not changed is read-only; one that may not even be read is told apart from that. */
export function refuseRecord(
  guard: RecordGuard | undefined,
  object: ObjectSchema,
  row: Row,
  needed: 'edit' | 'delete',
  errors: RecordError[],
): void {
  if (guard === undefined) return;
  const allowed = needed === 'edit' ? guard.canEdit(object, row) : guard.canDelete(object, row);
  if (!allowed) errors.push(guard.canRead(object, row) ? dmlErrors.readOnlyRecord() : dmlErrors.hiddenRecord());
}

function findStored(store: Store, input: SObject, errors: RecordError[]): Row | undefined {
  if (input.id === null) {
    errors.push(dmlErrors.idMissing());
    return undefined;
  }
  const row = store.table(input.object).get(input.id);
  if (row === undefined) errors.push(dmlErrors.notFound());
  else if (row.deleted) errors.push(dmlErrors.deleted());
  return row;
}

/** A record with every stored value and every formula, as triggers get it. */
export function recordOf(context: Pick<SaveContext, 'formulas'>, object: ObjectSchema, row: Row): SObject {
  const record = new SObject(object);
  for (const field of object.fields.values()) {
    const value = isFormula(field) ? context.formulas.valueOf(object, field, row) : (row.values[field.name] ?? null);
    record.set(field.name, value);
  }
  return record;
}

/** Puts the caller's values over the record; read-only fields must not change. */
function overlay(
  context: SaveContext,
  working: SObject,
  input: SObject,
  stored: Row | undefined,
  errors: RecordError[],
): void {
  const denied: string[] = [];
  for (const [name, value] of input.values) {
    const field = input.field(name);
    if (field === undefined || field.type === 'id') continue;
    if (field.readOnly || isFormula(field)) {
      if (
        isFormula(field) ||
        (stored === undefined
          ? value === null || input.queried
          : sameFieldValue(stored.values[name] ?? null, value) || input.queried)
      )
        continue;
      denied.push(name);
    } else working.set(name, input.truncates ? cut(field, value) : value);
  }
  resolveParents(context.store, working, input, errors);
  if (denied.length > 0) errors.push(dmlErrors.notWriteable(denied));
}

/** A profile is found by its name too: `new User(Profile = new Profile(Name = 'Standard User'))`. */
const isLookupName = (object: string, field: string): boolean => object === 'Profile' && field === 'Name';

/** `new Contact(Account = new Account(Key__c = 'x'))`: the parent's Id is found by its external id. */
function resolveParents(store: Store, working: SObject, input: SObject, errors: RecordError[]): void {
  for (const [relationship, parent] of input.related) {
    const reference = input.object.parents.get(relationship.toLowerCase());
    if (reference === undefined || !(parent instanceof SObject) || parent.queried || input.values.has(reference.name))
      continue;
    const key = [...parent.values].find(
      ([name]) => parent.field(name)?.externalId === true || name === 'Id' || isLookupName(parent.object.name, name),
    );
    if (key === undefined) continue;
    const [name, value] = key;
    const field = parent.field(name);
    if (field === undefined) continue;
    const table = store.table(parent.object);
    const found =
      name === 'Id' ? [value] : [...table.indexOf(field).find(value)].filter((id) => table.get(id)?.deleted === false);
    if (found.length === 1) working.set(reference.name, found[0] ?? null);
    else
      errors.push(
        found.length === 0
          ? dmlErrors.parentNotFound(field, String(value), parent.object.name)
          : dmlErrors.duplicateExternalId(field),
      );
  }
}

/** Gives a new record what its fields say a record starts with; the owner is whoever makes it. */
function startValues(context: SaveContext, working: SObject): void {
  for (const [name, value] of [
    ['OwnerId', context.session.userId()],
    ['SetupOwnerId', context.session.organizationId()],
  ] as const) {
    const field = working.field(name);
    if (field !== undefined && !field.readOnly && !working.values.has(name)) working.set(name, value);
  }
  applyDefaults(context.formulas, working);
}

/** Values that the system sets when the record is stored. */
export function systemValues(context: SaveContext, work: Work): ReadonlyMap<string, FieldValue> {
  const now = new ApexDatetime(Math.floor(context.session.now() / 1000) * 1000);
  const user = context.session.userId();
  const values = new Map<string, FieldValue>([
    ['LastModifiedDate', now],
    ['LastModifiedById', user],
    ['SystemModstamp', now],
  ]);
  if (work.operation === 'update') return values;
  for (const [name, value] of [
    ['CreatedDate', now],
    ['CreatedById', user],
  ] as const)
    values.set(name, (work.working.field(name)?.readOnly === false ? work.working.get(name) : null) ?? value);
  values.set('IsDeleted', false);
  for (const field of work.working.object.fields.values()) {
    if (field.rollUp !== undefined) values.set(field.name, emptySummary(field));
    if (field.autoNumber === undefined) continue;
    values.set(
      field.name,
      formatAutoNumber(
        field.autoNumber,
        context.store.nextAutoNumber(work.working.object, field.name),
        context.session.now(),
      ),
    );
  }
  return values;
}
