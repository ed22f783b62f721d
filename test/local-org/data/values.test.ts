import { expect } from 'chai';
import fc from 'fast-check';

import {
  ApexDate,
  ApexDatetime,
  ApexDecimal,
  instantOf,
  makeId,
  toId18,
  zonedFields,
} from '../../../local-org/src/data/index.js';

describe('values', () => {
  it('adds, subtracts and multiplies decimals exactly, against scaled integers', () => {
    const number = fc.tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 8 }));
    const decimal = ([unscaled, scale]: readonly [bigint, number]): ApexDecimal =>
      ApexDecimal.of(`${unscaled}e-${scale}`);
    fc.assert(
      fc.property(number, number, (left, right) => {
        const scale = Math.max(left[1], right[1]);
        const at = ([unscaled, own]: readonly [bigint, number]): bigint => unscaled * 10n ** BigInt(scale - own);
        expect(
          decimal(left)
            .add(decimal(right))
            .compare(decimal([at(left) + at(right), scale])),
        ).to.equal(0);
        expect(
          decimal(left)
            .subtract(decimal(right))
            .compare(decimal([at(left) - at(right), scale])),
        ).to.equal(0);
        expect(
          decimal(left)
            .multiply(decimal(right))
            .compare(decimal([left[0] * right[0], left[1] + right[1]])),
        ).to.equal(0);
      }),
    );
  });

  it('keeps the scale of decimals when printing, and ignores it when comparing', () => {
    expect(String(ApexDecimal.of('1.50'))).to.equal('1.50');
    expect(ApexDecimal.of('1.50').key()).to.equal(ApexDecimal.of('1.5').key());
    expect(String(ApexDecimal.of('10').divide(ApexDecimal.of('4')))).to.equal('2.5');
    expect(String(ApexDecimal.of('1').divide(ApexDecimal.of('3')))).to.equal(`0.${'3'.repeat(33)}`);
  });

  it('turns Ids of 15 characters into 18 and restores the case of 18', () => {
    expect(toId18('001D000000IqhSL')).to.equal('001D000000IqhSLIAZ');
    expect(toId18('001d000000iqhsliaz')).to.equal('001D000000IqhSLIAZ');
    expect(toId18('001D000000IqhS')).to.equal(undefined);
    expect(toId18(makeId('a00', 123456789))).to.have.length(18);
  });

  it('adds months without running over the end of the month', () => {
    expect(ApexDate.of(2024, 1, 31).addMonths(1).toIso()).to.equal('2024-02-29');
    expect(ApexDate.of(2024, 3, 31).addMonths(-13).toIso()).to.equal('2023-02-28');
    expect(ApexDate.parseIso('2023-02-29')).to.equal(undefined);
  });

  it('reads instants with offsets and shows them in a time zone', () => {
    expect(ApexDatetime.parseIso('2026-07-01T10:00:00+02:00')?.toIso()).to.equal('2026-07-01T08:00:00.000Z');
    expect(zonedFields('America/Los_Angeles', Date.UTC(2026, 6, 1, 8)).hour).to.equal(1);
    expect(instantOf('America/Los_Angeles', Date.UTC(2026, 6, 1, 1))).to.equal(Date.UTC(2026, 6, 1, 8));
  });
});
