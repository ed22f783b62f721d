import type { FormulaEngine } from '../formula/index.js';
import type { FieldSchema } from '../schema/index.js';
import type { SObject } from '../sobject.js';
import { rowValues } from '../store/index.js';
import type { FieldValue } from '../values/index.js';

/** Sets the default value of every field that has one and that the record says nothing about. */
export function applyDefaults(formulas: FormulaEngine, record: SObject): void {
  for (const field of record.object.fields.values()) {
    if (record.values.has(field.name) || field.readOnly) continue;
    const value = defaultOf(formulas, field, record);
    if (value !== null) record.set(field.name, value);
  }
}

function defaultOf(formulas: FormulaEngine, field: FieldSchema, record: SObject): FieldValue {
  if (field.type === 'boolean' && (field.defaultValue ?? 'false') === 'false') return false;
  if (field.defaultValue !== undefined) {
    const values = rowValues(record.values);
    return formulas.defaultOf(record.object, field, field.defaultValue, { id: '', values, deleted: false });
  }
  return field.picklist.find((entry) => entry.isDefault)?.value ?? null;
}
