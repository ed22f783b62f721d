import { isFormula, type FieldSchema, type FieldType, type ObjectSchema } from '../schema/index.js';
import { ApexBlob, ApexDate, ApexDatetime, ApexDecimal, ApexTime, type FieldValue } from '../values/index.js';
import { rowValues, type Row } from './row.js';

type Fits = (value: FieldValue) => FieldValue;

const only =
  (holds: (value: FieldValue) => boolean): Fits =>
  (value) =>
    holds(value) ? value : null;

const decimal: Fits = (value) => {
  if (value instanceof ApexDecimal) return value;
  if (typeof value === 'number' || typeof value === 'bigint') return ApexDecimal.of(value);
  return typeof value === 'string' ? (ApexDecimal.parse(value) ?? null) : null;
};

const text: Fits = (value) => {
  if (typeof value === 'string') return value;
  if (value instanceof ApexDecimal) return value.toPlainString();
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : null;
};

const boolean: Fits = (value) => value === true;

/** How a stored value becomes one of another type; null where it cannot. Types that are not named hold text. */
const CONVERSIONS: Readonly<Partial<Record<FieldType, Fits>>> = {
  boolean,
  int: only((value) => typeof value === 'number'),
  long: only((value) => typeof value === 'bigint'),
  double: decimal,
  currency: decimal,
  percent: decimal,
  date: only((value) => value instanceof ApexDate),
  datetime: only((value) => value instanceof ApexDatetime),
  time: only((value) => value instanceof ApexTime),
  base64: only((value) => value instanceof ApexBlob),
  anyType: (value) => value,
};

function convert(field: FieldSchema, value: FieldValue): FieldValue {
  return (CONVERSIONS[field.type] ?? text)(value);
}

/**
 * A stored row under another definition of its object: without values of fields that are gone, converted where a field's type changed and the
 * value allows it, and with false in checkboxes that are new. The same row when nothing changes.
 * @param isNew whether an `Object.Field` has nothing to do with what had that name before
 */
export function fitRow(object: ObjectSchema, row: Row, isNew: (name: string) => boolean): Row {
  const values = new Map<string, FieldValue>();
  let same = true;
  for (const [name, value] of Object.entries(row.values)) {
    const field = object.fields.get(name.toLowerCase());
    const kept = field !== undefined && !isFormula(field) && !isNew(`${object.name}.${field.name}`);
    const fitted = kept ? convert(field, value) : null;
    same &&= fitted === value && field?.name === name;
    if (field !== undefined && fitted !== null) values.set(field.name, fitted);
  }
  for (const field of object.fields.values()) {
    if (field.type !== 'boolean' || isFormula(field) || !field.custom || values.has(field.name)) continue;
    values.set(field.name, false);
    same = false;
  }
  return same ? row : { ...row, values: rowValues(values) };
}
