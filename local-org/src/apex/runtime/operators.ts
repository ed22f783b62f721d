import type { SObject } from '../../data/index.js';
import { ApexDate, ApexDatetime, ApexDecimal, ApexTime, toId18 } from '../../data/index.js';
import { ApexList } from './collections.js';
import { compareStrings, equalText } from './equality.js';
import { apexError, nullPointer, type PlatformException } from './exceptions.js';
import { ApexDouble } from './values.js';

const divideByZero = (): PlatformException => apexError('MathException', 'Divide by 0');
const INT_MIN = -(2 ** 31);
const INT_MAX = 2 ** 31 - 1;

/** A value that must not be null. */
export function need<T>(value: T | null): T {
  if (value === null || value === undefined) throw nullPointer();
  return value;
}

function shiftBits(count: number): number {
  return count & 31;
}

/**
 * Operators that JavaScript does not have. Operands are never null: compiled code checks first. Integer operators wrap at 32 bits, Long ones
 * at 64 (Apex Developer Guide: Expression Operators).
 */
export const operators = {
  integerDivide: (left: number, right: number): number => {
    if (right === 0) throw divideByZero();
    return (left / right) | 0;
  },
  longDivide: (left: bigint, right: bigint): bigint => {
    if (right === 0n) throw divideByZero();
    return BigInt.asIntN(64, left / right);
  },
  longShiftLeft: (left: bigint, count: number | bigint): bigint => BigInt.asIntN(64, left << (BigInt(count) & 63n)),
  longShiftRight: (left: bigint, count: number | bigint): bigint => left >> (BigInt(count) & 63n),
  longShiftRightZero: (left: bigint, count: number | bigint): bigint =>
    BigInt.asIntN(64, BigInt.asUintN(64, left) >> (BigInt(count) & 63n)),
  integerShift: (operator: string, left: number, count: number | bigint): number => {
    const bits = shiftBits(Number(count));
    return operator === '<<' ? left << bits : operator === '>>' ? left >> bits : (left >>> bits) | 0;
  },
  doubleAdd: (left: ApexDouble, right: ApexDouble): ApexDouble => new ApexDouble(left.n + right.n),
  doubleSubtract: (left: ApexDouble, right: ApexDouble): ApexDouble => new ApexDouble(left.n - right.n),
  doubleMultiply: (left: ApexDouble, right: ApexDouble): ApexDouble => new ApexDouble(left.n * right.n),
  doubleDivide: (left: ApexDouble, right: ApexDouble): ApexDouble => {
    if (right.n === 0) throw divideByZero();
    return new ApexDouble(left.n / right.n);
  },
  decimalDivide: (left: ApexDecimal, right: ApexDecimal): ApexDecimal => {
    if (right.isZero()) throw divideByZero();
    return left.divide(right);
  },
  addDays: (left: ApexDate, days: number | bigint | ApexDecimal | ApexDouble): ApexDate =>
    left.addDays(Math.trunc(plainNumber(days))),
  addDatetimeDays: (left: ApexDatetime, days: number | bigint | ApexDecimal | ApexDouble): ApexDatetime =>
    new ApexDatetime(left.ms + Math.round(plainNumber(days) * 86_400_000)),
  addMillis: (left: ApexTime, millis: number | bigint | ApexDecimal | ApexDouble): ApexTime =>
    new ApexTime(left.ms + plainNumber(millis)),
  equalText,
  equalNumbers: (left: unknown, right: unknown): boolean =>
    left === null || right === null ? left === right : compareNumbers(left, right) === 0,
  equalDates: (left: unknown, right: unknown): boolean =>
    left === null || right === null ? left === right : instantOf(left) === instantOf(right),
  equalIds: (left: string | null, right: string | null): boolean => {
    if (left === null || right === null) return left === right;
    return left === right || (toId18(left) ?? left) === (toId18(right) ?? right);
  },
  compareNumbers,
  compareTexts: (left: string, right: string): number =>
    compareStrings(left.toLowerCase(), right.toLowerCase()) || compareStrings(left, right),
  compareDates: (left: unknown, right: unknown): number => instantOf(left) - instantOf(right),
} as const;

function plainNumber(value: number | bigint | ApexDecimal | ApexDouble): number {
  if (typeof value === 'object') return value instanceof ApexDouble ? value.n : value.toNumber();
  return Number(value);
}

function instantOf(value: unknown): number {
  if (value instanceof ApexDate) return value.days * 86_400_000;
  if (value instanceof ApexDatetime || value instanceof ApexTime) return value.ms;
  throw nullPointer();
}

/** Order of two numbers of any kind. */
export function compareNumbers(left: unknown, right: unknown): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (left instanceof ApexDouble && right instanceof ApexDouble) return left.n - right.n;
  if (left instanceof ApexDecimal && right instanceof ApexDecimal) return left.compare(right);
  if (typeof left === 'bigint' && typeof right === 'bigint') return left < right ? -1 : left > right ? 1 : 0;
  if (left instanceof ApexDouble || right instanceof ApexDouble) return toDouble(left).n - toDouble(right).n;
  return toDecimal(left).compare(toDecimal(right));
}

export function toDecimal(value: unknown): ApexDecimal {
  if (value instanceof ApexDecimal) return value;
  if (typeof value === 'number' || typeof value === 'bigint') return ApexDecimal.of(value);
  if (value instanceof ApexDouble) {
    if (!Number.isFinite(value.n)) throw apexError('MathException', `${value.toString()} is no Decimal`);
    return ApexDecimal.of(value.n);
  }
  throw nullPointer();
}

export function toDouble(value: unknown): ApexDouble {
  if (value instanceof ApexDouble) return value;
  if (typeof value === 'number' || typeof value === 'bigint') return new ApexDouble(Number(value));
  if (value instanceof ApexDecimal) return new ApexDouble(value.toNumber());
  throw nullPointer();
}

/** `(Integer) value` on a number: cut off and wrapped. */
export function toInteger(value: unknown): number {
  if (typeof value === 'number') return value | 0;
  if (typeof value === 'bigint') return Number(BigInt.asIntN(32, value));
  if (value instanceof ApexDecimal) return Number(BigInt.asIntN(32, value.toBigInt()));
  if (value instanceof ApexDouble) return Math.max(INT_MIN, Math.min(INT_MAX, Math.trunc(value.n)));
  throw nullPointer();
}

export function toLong(value: unknown): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return BigInt(Math.trunc(value));
  if (value instanceof ApexDecimal) return BigInt.asIntN(64, value.toBigInt());
  if (value instanceof ApexDouble)
    return Number.isFinite(value.n) ? BigInt.asIntN(64, BigInt(Math.trunc(value.n))) : 0n;
  throw nullPointer();
}

/** The conversions that the checker writes on expressions; null stays null. */
export const conversions = {
  integerToLong: (value: number | null) => (value === null ? null : BigInt(value)),
  integerToDouble: (value: number | null) => (value === null ? null : new ApexDouble(value)),
  integerToDecimal: (value: number | null) => (value === null ? null : ApexDecimal.of(value)),
  longToDouble: (value: bigint | null) => (value === null ? null : new ApexDouble(Number(value))),
  longToDecimal: (value: bigint | null) => (value === null ? null : ApexDecimal.of(value)),
  doubleToDecimal: (value: ApexDouble | null) => (value === null ? null : toDecimal(value)),
  decimalToDouble: (value: ApexDecimal | null) => (value === null ? null : toDouble(value)),
  stringToId: (value: string | null) => (value === null ? null : asId(value)),
  idToString: (value: string | null) => value,
  dateToDatetime: (value: ApexDate | null) => (value === null ? null : new ApexDatetime(value.days * 86_400_000)),
  singleRow: (value: ApexList | SObject): unknown => {
    if (!(value instanceof ApexList)) return value;
    if (value.items.length === 1) return value.items[0];
    throw apexError(
      'QueryException',
      value.items.length === 0
        ? 'List has no rows for assignment to SObject'
        : 'List has more than 1 row for assignment to SObject',
    );
  },
} as const;

/** A text as an Id with 18 characters. @throws System.StringException when it is none */
export function asId(text: string): string {
  const id = toId18(text);
  if (id === undefined) throw apexError('StringException', `Invalid id: ${text}`);
  return id;
}
