import { isFormula, type FieldSchema, type ObjectSchema } from '../schema/index.js';
import { rowValues, type Row } from '../store/index.js';
import type { FieldValue } from '../values/index.js';
import { FormulaError } from '../formula/index.js';
import { deriveFields } from './derived.js';
import { dmlErrors } from './errors.js';
import { checkReference, findDuplicate, fitValue, missingFields } from './validate.js';
import type { RecordGuard } from './types.js';
import { recordOf, systemValues, type SaveContext, type Work } from './work.js';

/**
 * Validates a record and stores it: types, lengths, required fields, references, unique values, validation rules. Errors go to `work`;
 * nothing is stored then.
 */
export function saveRecord(context: SaveContext, work: Work): Row | undefined {
  const { object } = work.working;
  const values = fitAll(work, object);
  if (work.errors.length > 0) return undefined;
  deriveFields(object.name, values, work.stored?.values);
  const rule = context.systemRule?.(object);
  rule?.derive?.(values, context.store);
  const id = work.stored?.id ?? context.store.nextId(object);
  for (const [name, value] of systemValues(context, work))
    if (object.fields.has(name.toLowerCase())) values.set(name, value);
  values.set('Id', id);
  nameById(object, values, id);
  const row: Row = { id, values: rowValues(values), deleted: false };
  checkSystemRules(context, work, object, row);
  const refused = work.errors.length === 0 ? rule?.check?.(row, context.store) : undefined;
  if (refused !== undefined) work.errors.push(refused);
  if (work.errors.length === 0) checkValidationRules(context, work, object, row);
  if (work.errors.length > 0) return undefined;
  context.store.put(object, row);
  rule?.saved?.(row, work.stored, context.store);
  return context.store.table(object).get(id) ?? row;
}

/** A record of a custom object whose text Name is left empty is called like its Id (NebulaLogger: LogEntryEventHandler_Tests). */
function nameById(object: ObjectSchema, values: Map<string, FieldValue>, id: string): void {
  const name = object.kind === 'custom' ? object.fields.get('name') : undefined;
  if (name?.type === 'string' && name.autoNumber === undefined && (values.get(name.name) ?? null) === null)
    values.set(name.name, id);
}

function fitAll(work: Work, object: ObjectSchema): Map<string, FieldValue> {
  const values = new Map<string, FieldValue>();
  for (const [name, value] of work.working.values) {
    const field = object.fields.get(name.toLowerCase());
    if (field === undefined || isFormula(field) || field.type === 'id') continue;
    const fitted = fitValue(field, value);
    if ('error' in fitted) work.errors.push(fitted.error);
    else values.set(field.name, fitted.value);
  }
  return values;
}

function checkSystemRules(context: SaveContext, work: Work, object: ObjectSchema, row: Row): void {
  const missing = missingFields(object, (field) => row.values[field.name] ?? null);
  if (missing.length > 0) work.errors.push(dmlErrors.requiredMissing(missing));
  for (const field of object.fields.values()) {
    const value = row.values[field.name] ?? null;
    if (value === null || !changed(work, field, value)) continue;
    const reference = field.readOnly ? undefined : checkReference(context.store, field, value);
    if (reference !== undefined) work.errors.push(reference);
    else if (context.guard !== undefined) refuseHiddenParent(context, context.guard, work, field, value);
    const duplicate = isUnique(object, field) ? findDuplicate(context.store, object, field, value, row.id) : undefined;
    if (duplicate !== undefined) work.errors.push(duplicate);
  }
}

/** A record may not point to one that sharing hides from whoever writes it; the owner is no record to see. */
function refuseHiddenParent(
  context: SaveContext,
  guard: RecordGuard,
  work: Work,
  field: FieldSchema,
  value: FieldValue,
): void {
  if (field.type !== 'reference' || field.readOnly || field.name === 'OwnerId' || typeof value !== 'string') return;
  const target = context.store.rowOfId(value);
  if (target !== undefined && !guard.canReferTo(field, target.object, target.row))
    work.errors.push(dmlErrors.hiddenRecord());
}

/** Besides unique fields: the name of a list custom setting and the owner of a hierarchy one. */
function isUnique(object: ObjectSchema, field: FieldSchema): boolean {
  if (field.unique) return true;
  if (object.kind === 'listSetting') return field.nameField;
  return object.kind === 'hierarchySetting' && field.name === 'SetupOwnerId';
}

function changed(work: Work, field: FieldSchema, value: FieldValue): boolean {
  return work.stored === undefined || work.stored.values[field.name] !== value;
}

function checkValidationRules(context: SaveContext, work: Work, object: ObjectSchema, row: Row): void {
  const rules = object.validationRules
    .filter((rule) => rule.active)
    .map((rule) => ({ rule, passed: !ruleHolds(context, work, object, row, rule.condition, rule.name) }));
  for (const { rule, passed } of rules) if (!passed) work.errors.push(dmlErrors.rule(rule.message, rule.errorField));
  if (rules.length > 0) context.validated?.({ object, id: work.stored?.id, rules });
}

function ruleHolds(
  context: SaveContext,
  work: Work,
  object: ObjectSchema,
  row: Row,
  condition: string,
  name: string,
): boolean {
  try {
    return context.formulas.holds(object, condition, row, work.operation === 'insert' ? undefined : work.stored);
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    throw new FormulaError(`Validation rule ${object.name}.${name}: ${error.feature}`);
  }
}

/** After the save `Trigger.new` shows what was stored. */
export function refreshWorking(context: SaveContext, work: Work, row: Row): void {
  const fresh = recordOf(context, work.working.object, row);
  for (const [name, value] of fresh.values) work.working.set(name, value);
  work.working.readOnly = true;
}
