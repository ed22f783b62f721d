import { expect } from 'chai';
import fc from 'fast-check';
import { checkDeletion, checkMetadata, describeChildren } from '../../../local-org/src/metadata/index.js';
import { catalog, orgOf, packageOf, readFiles } from './kit.js';

const base = readFiles(new URL('./fixtures/base/', import.meta.url));
const org = orgOf(base);
const names = [...base.keys()].filter((name) => !/\.(?:cls|trigger)$/.test(name));

/** Texts that trip up careless readers of names, references, formulas and logic. */
const hostile = [
  '',
  '__proto__',
  'constructor',
  '{!',
  '{!$Record.',
  '1 AND',
  '((',
  '.',
  'a..b',
  '-',
  '__mdt',
  '<a>',
  '&x;',
  '/*',
];

interface Damage {
  readonly name: string;
  readonly from: number;
  readonly length: number;
  readonly insert: string;
}

const damage: fc.Arbitrary<Damage> = fc.record({
  name: fc.constantFrom(...names),
  from: fc.nat({ max: 6000 }),
  length: fc.nat({ max: 120 }),
  insert: fc.oneof(fc.constantFrom(...hostile), fc.string({ maxLength: 12 })),
});

/** Cuts a piece out of a file, or replaces the text between two tags. */
function damaged({ name, from, length, insert }: Damage): string {
  const text = base.get(name) ?? '';
  const start = from % text.length;
  if (length > 60) {
    const open = text.indexOf('>', start) + 1;
    const close = text.indexOf('<', open);
    if (open > 0 && close > open) return text.slice(0, open) + insert + text.slice(close);
  }
  return text.slice(0, start) + insert + text.slice(start + length);
}

describe('metadata checks on damaged files', () => {
  it('report problems with a place and a text, and never fail themselves', () => {
    fc.assert(
      fc.property(damage, (one) => {
        const code = one.name.replace(/-meta\.xml$/, '');
        const files = new Map([
          [code, base.get(code) ?? ''],
          [one.name, damaged(one)],
        ]);
        const pkg = packageOf(files, [{ type: 'CustomField', fullName: 'Order__c.Status__c', when: 'post' }]);
        for (const problem of [...checkMetadata(pkg, org, catalog), ...checkDeletion(pkg, org, catalog)]) {
          expect(problem.line).to.be.at.least(1);
          expect(problem.column).to.be.at.least(1);
          expect(problem.message).to.not.equal('');
        }
        for (const component of pkg.components) describeChildren(component);
      }),
      { numRuns: 60, seed: 20 },
    );
  });

  it('do not take long for formulas and paths that never end', () => {
    const started = performance.now();
    const order = base.get('objects/Order__c.object') ?? '';
    for (const text of ['/*'.repeat(200_000), '"'.repeat(200_001), 'Account__r.'.repeat(50_000), '('.repeat(200_000)]) {
      const changed = order.replace(/<formula>[^<]*<\/formula>/, `<formula>${text}</formula>`);
      const pkg = packageOf(new Map([['objects/Order__c.object', changed]]));
      expect(checkMetadata(pkg, org, catalog)).to.not.equal(undefined);
    }
    expect(performance.now() - started).to.be.below(10_000);
  });
});
