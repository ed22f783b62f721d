import { expect } from 'chai';

import { run } from './run.js';

/** Rule, expression, what System.debug shows: the value, or the exception that it throws. */
type Example = readonly [rule: string, expression: string, shown: string];

// Apex Reference Guide: Decimal Class, its examples among them.
const DECIMALS: readonly Example[] = [
  ['keep the scale of their text', "Decimal.valueOf('1.50')", '1.50'],
  ['of a whole number have no scale', 'Decimal.valueOf(100L).scale()', '0'],
  ['of a Double have as many digits as it takes', 'Decimal.valueOf(0.1d)', '0.1'],
  ['add to the larger scale', '1.5 + 1.50', '3.00'],
  ['subtract to the larger scale', '1.5 - 0.25', '1.25'],
  ['multiply to the sum of the scales', '2.50 * 2.0', '5.000'],
  ['divide to the difference of the scales where that is exact', '6.00 / 2', '3.00'],
  ['divide to more digits where it takes them', '1.0 / 8', '0.125'],
  ['that differ in scale are equal', '1.0 == 1.00', 'true'],
  ['that differ in scale have different hash codes', "Decimal.valueOf('1.10').hashCode() == (1.1).hashCode()", 'false'],
  ['abs', '(-6.02214129).abs()', '6.02214129'],
  ['divide(divisor, scale)', '((Decimal) 19).divide(100, 3)', '0.190'],
  ['divide(divisor, scale, mode)', '(12.4567).divide(7, 2, System.RoundingMode.UP)', '1.78'],
  ['divide by 0', '(1.0).divide(0, 2)', 'System.MathException: Divide by 0'],
  ['divide by 0 with an operator', '1.0 / 0', 'System.MathException: Divide by 0'],
  ['format', '(12345.6789).format()', '12,345.679'],
  ['intValue cuts off', '(1.602176565).intValue()', '1'],
  ['longValue cuts off', '(-376.730313461).longValue()', '-376'],
  ['pow', '(4.12).pow(2)', '16.9744'],
  ['pow(0) is 1', '(4.12).pow(0)', '1'],
  ['precision counts all digits', '(123.45).precision()', '5'],
  ['precision does not count zeros in front', '(0.05).precision()', '1'],
  ['scale', '(100.50).scale()', '2'],
  ['setScale rounds half even', '(1.245).setScale(2)', '1.24'],
  ['setScale rounds half even upwards', '(1.255).setScale(2)', '1.26'],
  ['setScale adds zeros', '(1.5).setScale(3)', '1.500'],
  ['setScale up to 33', '(1.5).setScale(34)', 'System.MathException: Scale must be between -33 and 33: 34'],
  ['stripTrailingZeros', '(12.50).stripTrailingZeros()', '12.5'],
  ['text has an exponent where there is no point', '(100.0).stripTrailingZeros()', '1E+2'],
  ['toPlainString never has an exponent', '(100.0).stripTrailingZeros().toPlainString()', '100'],
  ['very small text has an exponent', "Decimal.valueOf('0.0000001')", '1E-7'],
  ['valueOf needs a number', "Decimal.valueOf('x')", 'System.TypeException: Invalid decimal: x'],
];

/** Values of the Decimal class page: 5.5, 1.1, -1.1, -2.7 in every rounding mode. */
const MODES: readonly (readonly [mode: string, rounded: string])[] = [
  ['CEILING', '(6, 2, -1, -2)'],
  ['DOWN', '(5, 1, -1, -2)'],
  ['FLOOR', '(5, 1, -2, -3)'],
  ['HALF_DOWN', '(5, 1, -1, -3)'],
  ['HALF_EVEN', '(6, 1, -1, -3)'],
  ['HALF_UP', '(6, 1, -1, -3)'],
  ['UP', '(6, 2, -2, -3)'],
];

const DOUBLES: readonly Example[] = [
  ['have a digit after the point', '3.0d', '3.0'],
  ['from ten million on have an exponent', '12345678.9d', '1.23456789E7'],
  ['below a thousandth have an exponent', '0.0001d', '1.0E-4'],
  ['of a thousandth have none', '0.001d', '0.001'],
  ['print 10 billion so', '10000000000.0d', '1.0E10'],
  ['beyond their range are infinite', "Double.valueOf('1e400')", 'Infinity'],
  [
    'that are infinite are no Decimals',
    "Decimal.valueOf(Double.valueOf('1e400'))",
    'System.MathException: Infinity is no Decimal',
  ],
  ['intValue cuts off', '(-1.5d).intValue()', '-1'],
  ['round to the closest Long', '(3.7d).round()', '4'],
  ['valueOf needs a number', "Double.valueOf('x')", 'System.TypeException: Invalid double: x'],
];

const WHOLE: readonly Example[] = [
  ['Integer.valueOf', "Integer.valueOf(' 12 ')", '12'],
  ['Integer.valueOf needs a whole number', "Integer.valueOf('1.5')", 'System.TypeException: Invalid integer: 1.5'],
  [
    'Integer.valueOf keeps to 32 bits',
    "Integer.valueOf('2147483648')",
    'System.TypeException: Invalid integer: 2147483648',
  ],
  [
    'Long.valueOf keeps to 64 bits',
    "Long.valueOf('9223372036854775808')",
    'System.TypeException: Invalid long: 9223372036854775808',
  ],
  ['Long arithmetic wraps', '9223372036854775807L * 2', '-2'],
  ['Integers wrap before they become Longs', '2147483647 * 2', '-2'],
  ['a cast to Integer wraps', '(Integer) 2147483648L', '-2147483648'],
  ['a cast of a Decimal cuts off', '(Integer) -3.99', '-3'],
];

// Apex Reference Guide: Math Class.
const MATH: readonly Example[] = [
  ['round of a Decimal is half even', 'Math.round(4.5)', '4'],
  ['round of a Decimal is half even upwards', 'Math.round(5.5)', '6'],
  ['round below zero', 'Math.round(-2.5)', '-2'],
  ['round of a Double that is halfway', 'Math.round(2.5d)', '3'],
  ['round of a negative Double that is halfway', 'Math.round(-2.5d)', '-2'],
  [
    'round beyond Integer',
    'Math.round(2147483648.0)',
    'System.MathException: The rounded value is out of the range of Integer: 2147483648',
  ],
  ['roundToLong of a Decimal', 'Math.roundToLong(4.5)', '4'],
  ['roundToLong of a Double that is halfway', 'Math.roundToLong(4.5d)', '5'],
  ['roundToLong of an infinite Double', "Math.roundToLong(Double.valueOf('1e400'))", '9223372036854775807'],
  ['rint of a Decimal', 'Math.rint(2.5)', '2'],
  ['rint of a Double', 'Math.rint(3.5d)', '4.0'],
  ['mod has the sign of the dividend', 'Math.mod(-7, 3)', '-1'],
  ['mod by a negative number', 'Math.mod(7, -3)', '1'],
  ['mod of Longs', 'Math.mod(-7L, 3L)', '-1'],
  ['mod by 0', 'Math.mod(7, 0)', 'System.MathException: Divide by 0'],
  ['abs of an Integer', 'Math.abs(-42)', '42'],
  ['abs of the smallest Integer is itself', 'Math.abs(-2147483647 - 1)', '-2147483648'],
  ['ceil', 'Math.ceil(-2.1)', '-2'],
  ['floor', 'Math.floor(-2.1)', '-3'],
  ['ceil of a Double', 'Math.ceil(2.1d)', '3.0'],
  ['signum of a Decimal', 'Math.signum(-2.5)', '-1.0'],
  ['signum of 0', 'Math.signum(0.00)', '0'],
  ['signum of a Double', 'Math.signum(2.5d)', '1.0'],
  ['max of an Integer and a Long', 'Math.max(1, 2L)', '2'],
  ['min of Doubles', 'Math.min(1.5d, 2.5d)', '1.5'],
  ['sqrt', 'Math.sqrt(4)', '2.0'],
  ['cbrt', 'Math.cbrt(27)', '3.0'],
  ['pow', 'Math.pow(2, 10)', '1024.0'],
  ['pow takes negative exponents', 'Math.pow(2, -1)', '0.5'],
  ['exp', 'Math.exp(0)', '1.0'],
  ['log', 'Math.log(1)', '0.0'],
  ['log10', 'Math.log10(100)', '2.0'],
  ['sin', 'Math.sin(0)', '0.0'],
  ['cos', 'Math.cos(0)', '1.0'],
  ['tan', 'Math.tan(0)', '0.0'],
  ['asin', 'Math.asin(0)', '0.0'],
  ['acos', 'Math.acos(1)', '0.0'],
  ['atan', 'Math.atan(0)', '0.0'],
  ['atan2', 'Math.atan2(0, 1)', '0.0'],
  ['sinh', 'Math.sinh(0)', '0.0'],
  ['cosh', 'Math.cosh(0)', '1.0'],
  ['tanh', 'Math.tanh(0)', '0.0'],
];

/** What each expression shows: its value, or its exception. */
function shown(expressions: readonly string[]): readonly string[] {
  return run(
    expressions
      .map(
        (expression) =>
          `try { System.debug(${expression}); } catch (Exception e) { System.debug(e.getTypeName() + ': ' + e.getMessage()); }`,
      )
      .join('\n'),
  );
}

describe('numbers', () => {
  for (const [kind, examples] of [
    ['Decimals', DECIMALS],
    ['Doubles', DOUBLES],
    ['Integers and Longs', WHOLE],
    ['Math', MATH],
  ] as const)
    it(`of kind ${kind} behave as documented`, () => {
      const lines = shown(examples.map(([, expression]) => expression));
      for (const [index, [rule, expression, expected]] of examples.entries())
        expect(lines[index], `${kind} ${rule}: ${expression}`).to.equal(expected);
    });

  it('round in every mode as documented', () => {
    const lines = run(
      MODES.map(
        ([mode]) =>
          `{ List<Long> l = new List<Long>(); for (Decimal d : new List<Decimal>{ 5.5, 1.1, -1.1, -2.7 }) l.add(d.round(System.RoundingMode.${mode})); System.debug(l); }`,
      ).join('\n'),
    );
    expect(lines).to.deep.equal(MODES.map(([, rounded]) => rounded));
    expect(
      shown(['(1.5).round(System.RoundingMode.UNNECESSARY)', '(2.0).round(System.RoundingMode.UNNECESSARY)']),
    ).to.deep.equal(['System.MathException: Rounding necessary', '2']);
  });
});
