import { expect } from 'chai';
import { contractTarget } from '../../../generator/src/contracts/index.js';
import type { Contract } from '../../../generator/src/model/index.js';
import { readText } from './support.js';

describe('resolving a JSON path in a contract', () => {
  let contract: Contract;
  before(async () => {
    const read = await readText(`export interface Payload {
      name: string; class: string; tier: 'gold' | 'silver'; tags: string[]; totals: Record<string, number>;
      billing: { city: string; geo: { 'lat-lon': string } }; parent?: Payload }`);
    if (read.contract === undefined) throw new Error(read.problems.join('\n'));
    contract = read.contract;
  });

  it('finds a member of the root, under its Apex name', () => {
    expect(contractTarget(contract, ['class'])).to.deep.include({ kind: 'found', steps: [] });
    const target = contractTarget(contract, ['class']);
    if (target.kind !== 'found') throw new Error(target.kind);
    expect(target.leaf.member.apexName).to.equal('classValue');
    expect([target.leaf.apexType, target.leaf.value]).to.deep.equal(['String', { kind: 'scalar', scalar: 'String' }]);
  });

  it('lists the objects on the way with the types to create', () => {
    const target = contractTarget(contract, ['parent', 'billing', 'geo', 'lat-lon']);
    if (target.kind !== 'found') throw new Error(target.kind);
    expect(target.steps.map(({ member, apexType }) => `${member.apexName}: ${apexType}`)).to.deep.equal([
      'parent: Payload',
      'billing: Payload.Billing',
      'geo: Payload.Geo',
    ]);
    expect(target.leaf.member.apexName).to.equal('latLon');
  });

  it('names the converter of an enum', () => {
    const target = contractTarget(contract, ['tier']);
    if (target.kind !== 'found') throw new Error(target.kind);
    expect(target.leaf.value).to.deep.equal({ kind: 'enum', converter: 'Payload.toTier' });
    expect(target.leaf.apexType).to.equal('Payload.Tier');
  });

  it('says what is missing, with the members that are there', () => {
    expect(contractTarget(contract, ['billing', 'town'])).to.deep.equal({
      kind: 'missing',
      at: 1,
      owner: 'Billing',
      candidates: ['city', 'geo'],
    });
    expect(contractTarget(contract, ['Name']).kind).to.equal('missing');
  });

  it('refuses objects, lists and maps, and paths through single values and lists', () => {
    const holds = (...path: readonly string[]): string => {
      const target = contractTarget(contract, path);
      return target.kind === 'notAssignable' ? `${target.holds} at ${String(target.at)}` : target.kind;
    };
    expect(holds('billing')).to.equal('class at 0');
    expect(holds('tags')).to.equal('list at 0');
    expect(holds('totals')).to.equal('map at 0');
    expect(holds('name', 'first')).to.equal('scalar at 0');
    expect(holds('tags', '0')).to.equal('list at 0');
    expect(() => contractTarget(contract, [])).to.throw(RangeError);
  });
});
