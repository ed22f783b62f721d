import { ApexDecimal, RoundingMode } from '../../data/index.js';
import {
  apexError,
  ApexDouble,
  compareNumbers,
  type ApexEnum,
  toDecimal,
  toDouble,
  toInteger,
  toLong,
  type LibraryModule,
} from '../runtime/index.js';
import { required, text } from './arguments.js';

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** `format()` in the locale en_US: thousands separated, at most three digits after the point. */
function format(value: ApexDecimal): string {
  const rounded = value.scale() > 3 ? value.setScale(3, RoundingMode.HALF_EVEN) : value;
  const [whole = '0', fraction] = rounded.toPlainString().split('.');
  return grouped(whole) + (fraction === undefined ? '' : `.${fraction}`).replace(/\.?0+$/, '');
}

function parseWhole(value: unknown, type: 'Integer' | 'Long'): bigint {
  if (typeof value !== 'string') {
    if (value === null || value === undefined) throw apexError('NullPointerException', 'Argument 1 cannot be null');
    return toLong(value);
  }
  const trimmed = value.trim();
  const parsed = /^[+-]?\d+$/.test(trimmed) ? BigInt(trimmed) : undefined;
  const bits = type === 'Integer' ? 32 : 64;
  if (parsed === undefined || BigInt.asIntN(bits, parsed) !== parsed)
    throw apexError('TypeException', `Invalid ${type.toLowerCase()}: ${value}`);
  return parsed;
}

function parseDecimal(value: string): ApexDecimal {
  const parsed = ApexDecimal.parse(text(value).trim());
  if (parsed === undefined) throw apexError('TypeException', `Invalid decimal: ${value}`);
  return parsed;
}

const MODES: Readonly<Record<string, RoundingMode>> = {
  CEILING: RoundingMode.CEILING,
  DOWN: RoundingMode.DOWN,
  FLOOR: RoundingMode.FLOOR,
  HALF_DOWN: RoundingMode.HALF_DOWN,
  HALF_EVEN: RoundingMode.HALF_EVEN,
  HALF_UP: RoundingMode.HALF_UP,
  UNNECESSARY: RoundingMode.UNNECESSARY,
  UP: RoundingMode.UP,
};

export function roundingMode(mode: ApexEnum | null | undefined, fallback: RoundingMode): RoundingMode {
  return mode === null || mode === undefined ? fallback : (MODES[mode.name] ?? fallback);
}

/** Limits of `Decimal.pow` and of scales (Apex Reference Guide: Decimal Class). */
const MAX_EXPONENT = 32_767;
const MAX_SCALE = 33;

function checkScale(scale: number): void {
  if (Math.abs(scale) > MAX_SCALE)
    throw apexError(
      'MathException',
      `Scale must be between -${String(MAX_SCALE)} and ${String(MAX_SCALE)}: ${String(scale)}`,
    );
}

function rounded(value: ApexDecimal, scale: number, mode: RoundingMode): ApexDecimal {
  checkScale(scale);
  try {
    return value.setScale(scale, mode);
  } catch (error) {
    throw apexError('MathException', error instanceof Error ? error.message : 'Rounding necessary');
  }
}

export const integerModule: LibraryModule = {
  owner: 'System.Integer',
  members: () => ({
    format: (self: number) => grouped(String(self)),
    'valueOf(String)': (value: string | null) => Number(parseWhole(value, 'Integer')),
    // A value of no text may be missing: it stays so (declarative-lookup-rollup-summaries: RollupService).
    'valueOf(Object)': (value: unknown) =>
      value === null ? null : typeof value === 'string' ? Number(parseWhole(value, 'Integer')) : toInteger(value),
  }),
};

export const longModule: LibraryModule = {
  owner: 'System.Long',
  members: () => ({
    format: (self: bigint) => grouped(String(self)),
    intValue: (self: bigint) => toInteger(self),
    valueOf: (value: unknown) => parseWhole(value, 'Long'),
  }),
};

export const doubleModule: LibraryModule = {
  owner: 'System.Double',
  members: () => ({
    format: (self: ApexDouble) => format(toDecimal(self)),
    intValue: (self: ApexDouble) => toInteger(self),
    longValue: (self: ApexDouble) => toLong(self),
    doubleValue: (self: ApexDouble) => self,
    round: (self: ApexDouble) => closestLong(self.n),
    valueOf: (value: unknown) => {
      if (typeof value !== 'string') return toDouble(required(value));
      const parsed = ApexDecimal.parse(value.trim());
      if (parsed === undefined) throw apexError('TypeException', `Invalid double: ${value}`);
      return toDouble(parsed);
    },
  }),
};

export const decimalModule: LibraryModule = {
  owner: 'System.Decimal',
  members: () => ({
    abs: (self: ApexDecimal) => self.abs(),
    'divide/2': (self: ApexDecimal, divisor: ApexDecimal, scale: number) =>
      divide(self, divisor, scale, RoundingMode.HALF_EVEN),
    'divide/3': (self: ApexDecimal, divisor: ApexDecimal, scale: number, mode: ApexEnum) =>
      divide(self, divisor, scale, roundingMode(mode, RoundingMode.HALF_EVEN)),
    doubleValue: (self: ApexDecimal) => toDouble(self),
    format,
    intValue: (self: ApexDecimal) => toInteger(self),
    longValue: (self: ApexDecimal) => toLong(self),
    pow: (self: ApexDecimal, exponent: number) => {
      if (required(exponent) < 0 || exponent > MAX_EXPONENT)
        throw apexError('MathException', `Exponent must be between 0 and ${String(MAX_EXPONENT)}: ${String(exponent)}`);
      return self.pow(exponent);
    },
    precision: (self: ApexDecimal) => self.precision(),
    round: (self: ApexDecimal, mode?: ApexEnum) => toLong(rounded(self, 0, roundingMode(mode, RoundingMode.HALF_EVEN))),
    scale: (self: ApexDecimal) => self.scale(),
    setScale: (self: ApexDecimal, scale: number, mode?: ApexEnum) =>
      rounded(self, required(scale), roundingMode(mode, RoundingMode.HALF_EVEN)),
    stripTrailingZeros: (self: ApexDecimal) => self.stripTrailingZeros(),
    toPlainString: (self: ApexDecimal) => self.toPlainString(),
    valueOf: (value: unknown) => (typeof value === 'string' ? parseDecimal(value) : toDecimal(required(value))),
  }),
};

function divide(self: ApexDecimal, divisor: ApexDecimal, scale: number, mode: RoundingMode): ApexDecimal {
  if (divisor.isZero()) throw apexError('MathException', 'Divide by 0');
  checkScale(scale);
  return self.divideScaled(divisor, scale, mode);
}

export const booleanModule: LibraryModule = {
  owner: 'System.Boolean',
  members: () => ({
    valueOf: (value: unknown) => value === true || (typeof value === 'string' && value.toLowerCase() === 'true'),
  }),
};

const LONG_MIN = -(2n ** 63n);
const LONG_MAX = 2n ** 63n - 1n;

/** The closest Long to a Double; of two that are as close, the larger one, as Java's Math.round. */
function closestLong(value: number): bigint {
  if (Number.isNaN(value)) return 0n;
  if (value >= 2 ** 63) return LONG_MAX;
  return value <= -(2 ** 63) ? LONG_MIN : BigInt(Math.round(value));
}

/** Decimals are rounded half even (Apex Reference Guide: Math Class, round and roundToLong). */
const closestWhole = (value: ApexDouble | ApexDecimal | null): bigint =>
  value instanceof ApexDouble
    ? closestLong(value.n)
    : toDecimal(required(value)).setScale(0, RoundingMode.HALF_EVEN).toBigInt();

/** A method of Math that works on Doubles and on Decimals. */
const real = (calculate: (value: number) => number) => (value: ApexDouble | ApexDecimal | null) => {
  const result = calculate(toDouble(required(value)).n);
  return value instanceof ApexDecimal ? ApexDecimal.of(result) : new ApexDouble(result);
};

const halfEven = (value: number): number => {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
};

const decimalOr =
  (decimal: (value: ApexDecimal) => ApexDecimal, double: (value: number) => number) =>
  (value: ApexDouble | ApexDecimal | null) =>
    value instanceof ApexDecimal ? decimal(value) : new ApexDouble(double(toDouble(required(value)).n));

/** The larger (`wanted` 1) or smaller (-1) of two numbers, in the kind that the overload returns. */
function pick(left: unknown, right: unknown, wanted: number): unknown {
  const [a, b] = [required(left), required(right, 2)];
  if (a instanceof ApexDouble && b instanceof ApexDouble)
    return new ApexDouble(wanted > 0 ? Math.max(a.n, b.n) : Math.min(a.n, b.n));
  const chosen = compareNumbers(a, b) * wanted >= 0 ? a : b;
  return a instanceof ApexDecimal || b instanceof ApexDecimal ? toDecimal(chosen) : chosen;
}

export const mathModule: LibraryModule = {
  owner: 'System.Math',
  members: () => ({
    PI: () => new ApexDouble(Math.PI),
    E: () => new ApexDouble(Math.E),
    abs: (value: unknown) => {
      if (typeof value === 'number') return Math.abs(value) | 0;
      if (typeof value === 'bigint') return BigInt.asIntN(64, value < 0n ? -value : value);
      return value instanceof ApexDecimal ? value.abs() : new ApexDouble(Math.abs(toDouble(required(value)).n));
    },
    acos: real(Math.acos),
    asin: real(Math.asin),
    atan: real(Math.atan),
    atan2: (y: ApexDouble | ApexDecimal, x: ApexDouble | ApexDecimal) => {
      const result = Math.atan2(toDouble(y).n, toDouble(x).n);
      return y instanceof ApexDecimal ? ApexDecimal.of(result) : new ApexDouble(result);
    },
    cbrt: real(Math.cbrt),
    ceil: decimalOr((value) => value.setScale(0, RoundingMode.CEILING), Math.ceil),
    cos: real(Math.cos),
    cosh: real(Math.cosh),
    exp: real(Math.exp),
    floor: decimalOr((value) => value.setScale(0, RoundingMode.FLOOR), Math.floor),
    log: real(Math.log),
    log10: real(Math.log10),
    max: (left: unknown, right: unknown) => pick(left, right, 1),
    min: (left: unknown, right: unknown) => pick(left, right, -1),
    mod: (left: number | bigint | null, right: number | bigint | null) => {
      const [a, b] = [required(left), required(right, 2)];
      if (Number(b) === 0) throw apexError('MathException', 'Divide by 0');
      return typeof a === 'number' && typeof b === 'number' ? (a % b) | 0 : BigInt(a) % BigInt(b);
    },
    pow: (base: ApexDouble, exponent: ApexDouble) =>
      new ApexDouble(Math.pow(toDouble(required(base)).n, toDouble(required(exponent, 2)).n)),
    random: () => new ApexDouble(Math.random()),
    rint: decimalOr((value) => value.setScale(0, RoundingMode.HALF_EVEN), halfEven),
    round: (value: ApexDouble | ApexDecimal | null) => {
      const closest = closestWhole(value);
      if (BigInt.asIntN(32, closest) !== closest)
        throw apexError('MathException', `The rounded value is out of the range of Integer: ${closest}`);
      return Number(closest);
    },
    roundToLong: (value: ApexDouble | ApexDecimal | null) => BigInt.asIntN(64, closestWhole(value)),
    signum: decimalOr(
      (value) =>
        value.isZero() ? ApexDecimal.ZERO : ApexDecimal.of(value.compare(ApexDecimal.ZERO) > 0 ? '1.0' : '-1.0'),
      Math.sign,
    ),
    sin: real(Math.sin),
    sinh: real(Math.sinh),
    sqrt: real(Math.sqrt),
    tan: real(Math.tan),
    tanh: real(Math.tanh),
  }),
};
