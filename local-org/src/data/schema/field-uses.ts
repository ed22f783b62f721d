import type { FieldSchema, FieldType } from './types.js';

/** Text areas longer than this are large objects in the database. */
const LONG_TEXT = 255;

const isLongText = (field: FieldSchema): boolean =>
  field.type === 'textarea' && (field.length ?? LONG_TEXT) > LONG_TEXT;

/** Values that the database cannot compare. */
const OPAQUE: ReadonlySet<FieldType> = new Set(['base64', 'encryptedstring', 'complexvalue']);
const COMPOUND: ReadonlySet<FieldType> = new Set(['address', 'location']);
const NUMBERS: ReadonlySet<FieldType> = new Set(['int', 'long', 'double', 'currency', 'percent']);
const UNGROUPED: ReadonlySet<FieldType> = new Set(['double', 'currency', 'percent', 'datetime', 'time', 'combobox']);
/** Of calculated fields only these can be grouped by. */
const GROUPED_FORMULAS: ReadonlySet<FieldType> = new Set(['boolean', 'date']);

/** Can stand in WHERE (SOQL and SOSL Reference: Field Types; the same facts as in a describe). */
export function isFilterable(field: FieldSchema): boolean {
  return !isLongText(field) && !OPAQUE.has(field.type);
}

/** Can stand in ORDER BY. */
export function isSortable(field: FieldSchema): boolean {
  return isFilterable(field) && field.type !== 'multipicklist' && !COMPOUND.has(field.type);
}

/** Can stand in GROUP BY: no number of a custom field, whatever its scale, no auto number, and hardly a formula. */
export function isGroupable(field: FieldSchema): boolean {
  if (!isSortable(field) || UNGROUPED.has(field.type) || field.autoNumber !== undefined) return false;
  return field.formula === undefined || GROUPED_FORMULAS.has(field.type);
}

/** Can be counted or compared by an aggregate function. */
export function isAggregatable(field: FieldSchema): boolean {
  return isSortable(field) && field.type !== 'boolean';
}

/** Can be added up. */
export function isSummable(field: FieldSchema): boolean {
  return NUMBERS.has(field.type);
}
