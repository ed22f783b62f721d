import { ApexBlob } from './blob.js';
import { ApexDate } from './date.js';
import { ApexDatetime } from './datetime.js';
import { ApexDecimal } from './decimal.js';
import { ApexTime } from './time.js';

/**
 * Value of a field. Text, Ids and picklists are strings (Ids always with 18 characters), whole numbers are JavaScript numbers,
 * every other number is an ApexDecimal, Long is a bigint.
 */
export type FieldValue =
  null | string | number | bigint | boolean | ApexDecimal | ApexDate | ApexDatetime | ApexTime | ApexBlob;

export function isFieldValue(value: unknown): value is FieldValue {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'bigint':
    case 'boolean':
      return true;
    default:
      return (
        value === null ||
        value instanceof ApexDecimal ||
        value instanceof ApexDate ||
        value instanceof ApexDatetime ||
        value instanceof ApexTime ||
        value instanceof ApexBlob
      );
  }
}

/** Same value: Decimals whatever their scale, instants and days by what they mean, text with its case. */
export function sameFieldValue(left: FieldValue, right: FieldValue): boolean {
  if (left === right) return true;
  if (left === null || right === null) return false;
  if (left instanceof ApexBlob) return right instanceof ApexBlob && left.equals(right);
  const order = compareFieldValues(left, right);
  return order === 0 && !(typeof left === 'string' && left !== right);
}

function numeric(value: FieldValue): ApexDecimal | undefined {
  if (value instanceof ApexDecimal) return value;
  if (typeof value === 'number') return ApexDecimal.ofNumber(value);
  return typeof value === 'bigint' ? ApexDecimal.of(value) : undefined;
}

function instant(value: FieldValue): number | undefined {
  if (value instanceof ApexDatetime) return value.ms;
  return value instanceof ApexDate ? value.days * 86_400_000 : undefined;
}

/** Order of two values that are not null: negative, zero or positive; text without regard to case; undefined when they cannot be compared. */
export function compareFieldValues(left: FieldValue, right: FieldValue): number | undefined {
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right);
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  if (left instanceof ApexTime && right instanceof ApexTime) return left.compare(right);
  const [leftInstant, rightInstant] = [instant(left), instant(right)];
  if (leftInstant !== undefined && rightInstant !== undefined) return leftInstant - rightInstant;
  const [leftNumber, rightNumber] = [numeric(left), numeric(right)];
  if (leftNumber !== undefined && rightNumber !== undefined) return leftNumber.compare(rightNumber);
  return undefined;
}

/** Order of texts as SOQL sorts them: without regard to case, by code unit after that. */
export function compareText(left: string, right: string): number {
  const [a, b] = [left.toLowerCase(), right.toLowerCase()];
  return a < b ? -1 : a > b ? 1 : 0;
}
