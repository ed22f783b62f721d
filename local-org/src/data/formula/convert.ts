import type { ExpressionType } from 'sformula/types/types.js';

import type { FieldSchema } from '../schema/index.js';
import { ApexDate, ApexDatetime, ApexDecimal, ApexTime, type FieldValue } from '../values/index.js';

/** The formula library's type of a field. */
export function formulaType(field: FieldSchema): ExpressionType {
  switch (field.type) {
    case 'boolean':
    case 'date':
    case 'datetime':
    case 'time':
    case 'currency':
    case 'percent':
      return { type: field.type };
    case 'int':
    case 'long':
    case 'double':
      return { type: 'number' };
    case 'picklist':
    case 'multipicklist':
      return { type: field.type, picklistValues: field.picklist.map(({ value, label }) => ({ value, label })) };
    case 'id':
    case 'reference':
      return { type: 'id' };
    default:
      return { type: 'string' };
  }
}

/** A value as the formula library takes it. */
export function toFormulaValue(value: FieldValue): unknown {
  if (value instanceof ApexDecimal) return value.toNumber();
  if (value instanceof ApexDate) return value.toIso();
  if (value instanceof ApexDatetime) return value.toIso();
  if (value instanceof ApexTime) return value.toString();
  return typeof value === 'bigint' ? Number(value) : value;
}

/** The library's result as a value of a field. */
export function fromFormulaValue(result: unknown, field: Pick<FieldSchema, 'type' | 'scale'>): FieldValue {
  if (result === null || result === undefined) return field.type === 'boolean' ? false : null;
  switch (field.type) {
    case 'boolean':
      return result === true;
    case 'double':
    case 'currency':
    case 'percent':
      return decimalResult(String(result), field.scale);
    case 'int':
      return Math.trunc(Number(String(result)));
    case 'date':
      return ApexDate.parseIso(String(result).slice(0, 10)) ?? null;
    case 'datetime':
      return ApexDatetime.parseIso(String(result)) ?? null;
    case 'time':
      return ApexTime.parseIso(String(result)) ?? null;
    default:
      return String(result) === '' ? null : String(result);
  }
}

function decimalResult(text: string, scale: number | undefined): FieldValue {
  const value = ApexDecimal.parse(text);
  if (value === undefined) return null;
  return scale === undefined ? value : value.setScale(scale);
}
