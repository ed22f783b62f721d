import { Big, MC, RoundingMode, type BigDecimal } from 'bigdecimal.js';

const MAX_DIVISION_SCALE = 33;
/** Binary digits of the largest Decimal: some 1.2 million decimal ones, which still multiply in milliseconds. */
const MAX_BITS = 4_000_000;
let bounds: { readonly largest: bigint; readonly smallest: bigint } | undefined;
const TO_STRING_DIGITS = MC(34, RoundingMode.HALF_EVEN);

/**
 * Apex Decimal: an exact decimal number that keeps its scale (`1.50` is not `1.5` when printed, but equal to it).
 * Division keeps up to 33 digits after the point, as the platform does; the arithmetic itself is Java's BigDecimal.
 */
export class ApexDecimal {
  private constructor(readonly big: BigDecimal) {}

  static readonly ZERO = new ApexDecimal(Big(0n));

  /** From an exact text (`-1.50`, `1e3`); undefined when it is not a number. */
  static parse(text: string): ApexDecimal | undefined {
    if (!/^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,6})?$/.test(text)) return undefined;
    return new ApexDecimal(Big(text));
  }

  static of(value: BigDecimal | bigint | number | string): ApexDecimal {
    if (typeof value === 'number') return ApexDecimal.ofNumber(value);
    return new ApexDecimal(Big(value));
  }

  /** From a Double: the shortest decimal text that reads back as the same number. */
  static ofNumber(value: number): ApexDecimal {
    if (!Number.isFinite(value)) throw new RangeError(`${value} is not a Decimal`);
    return new ApexDecimal(Number.isSafeInteger(value) ? Big(BigInt(value)) : Big(String(value)));
  }

  add(other: ApexDecimal): ApexDecimal {
    return new ApexDecimal(this.big.add(other.big));
  }

  subtract(other: ApexDecimal): ApexDecimal {
    return new ApexDecimal(this.big.subtract(other.big));
  }

  /** @throws RangeError for a number that no heap of the platform could hold */
  multiply(other: ApexDecimal): ApexDecimal {
    if (this.isHuge() || other.isHuge()) throw tooLarge();
    return new ApexDecimal(this.big.multiply(other.big));
  }

  private isHuge(): boolean {
    // Made once: each of the two takes half a megabyte.
    bounds ??= { largest: 1n << BigInt(MAX_BITS), smallest: -(1n << BigInt(MAX_BITS)) };
    const unscaled = this.big.unscaledValue();
    return unscaled > bounds.largest || unscaled < bounds.smallest;
  }

  isZero(): boolean {
    return this.big.signum() === 0;
  }

  /** Operator `/`: exact when the result fits, otherwise rounded half even at 33 digits after the point. The divisor is not zero. */
  divide(other: ApexDecimal): ApexDecimal {
    const quotient = this.big.divide(other.big, MAX_DIVISION_SCALE, RoundingMode.HALF_EVEN);
    const preferred = Math.max(0, this.big.scale() - other.big.scale());
    return new ApexDecimal(stripTo(quotient, preferred));
  }

  divideScaled(other: ApexDecimal, scale: number, mode: RoundingMode): ApexDecimal {
    return new ApexDecimal(this.big.divide(other.big, scale, mode));
  }

  remainder(other: ApexDecimal): ApexDecimal {
    return new ApexDecimal(this.big.remainder(other.big));
  }

  negate(): ApexDecimal {
    return new ApexDecimal(this.big.negate());
  }

  abs(): ApexDecimal {
    return new ApexDecimal(this.big.abs());
  }

  /** @throws RangeError for a number that no heap of the platform could hold */
  pow(exponent: number): ApexDecimal {
    if (this.big.unscaledValue().toString(2).length * exponent > MAX_BITS) throw tooLarge();
    return new ApexDecimal(this.big.pow(exponent));
  }

  setScale(scale: number, mode: RoundingMode = RoundingMode.HALF_UP): ApexDecimal {
    return new ApexDecimal(this.big.setScale(scale, mode));
  }

  stripTrailingZeros(): ApexDecimal {
    return new ApexDecimal(this.big.stripTrailingZeros());
  }

  /** The same number with the digits after the point that it needs, and at least `scale` of them: as a field of that scale shows it. */
  withLeastScale(scale: number): ApexDecimal {
    return new ApexDecimal(stripTo(this.big, scale));
  }

  compare(other: ApexDecimal): number {
    return this.big.compareTo(other.big);
  }

  scale(): number {
    return this.big.scale();
  }

  precision(): number {
    return this.big.precision();
  }

  /** The integral part as a 64-bit value would see it, without wrapping. */
  toBigInt(): bigint {
    return this.big.toBigInt();
  }

  toNumber(): number {
    return this.big.numberValue();
  }

  toPlainString(): string {
    return this.big.toPlainString();
  }

  /** Text as `String.valueOf(Decimal)` gives it. */
  toString(): string {
    const big = this.big;
    return big.precision() > 200 ? big.round(TO_STRING_DIGITS).toString() : big.toString();
  }

  /** One text for all numbers that are equal, whatever their scale: for keys of sets and maps. */
  key(): string {
    return this.isZero() ? '0' : this.big.stripTrailingZeros().toString();
  }
}

/**
 * A number as a field keeps it. Digits beyond the field's scale stay (Salesforce Help 000387302: Apex and the API store what they are given,
 * only pages round); missing ones are filled with zeros (Apex Reference: Decimal from a query has the scale of its field).
 */
export function storedDecimal(field: { readonly scale: number | undefined }, value: ApexDecimal): ApexDecimal {
  return field.scale === undefined ? value : value.withLeastScale(field.scale);
}

/** In the words of the engine, so that the runtime takes both as one limit. */
const tooLarge = (): RangeError => new RangeError('Maximum BigInt size exceeded');

function stripTo(value: BigDecimal, preferredScale: number): BigDecimal {
  const stripped = value.stripTrailingZeros();
  return stripped.scale() >= preferredScale ? stripped : value.setScale(preferredScale, RoundingMode.HALF_EVEN);
}

export { RoundingMode };
