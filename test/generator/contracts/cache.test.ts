import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadContracts } from '../../../generator/src/contracts/index.js';
import { contractProject, ref, type ContractProject } from './support.js';

const A = `import type { Part } from './part.js'; export interface Alpha { part: Part; kind: 'x' | 'y'; all: Record<string, Part[]> }`;
const PART = 'export interface Part { name: string }';
const B = 'export interface Beta { b?: number }';

describe('the contract cache', () => {
  let project: ContractProject;
  const alpha = ref('a.ts', 'Alpha');
  const beta = ref('b.ts', 'Beta');
  const cachePath = (): string => join(project.root, '.callout/contracts.json');
  beforeEach(() => (project = contractProject({ 'a.ts': A, 'part.ts': PART, 'b.ts': B })));
  afterEach(() => project.remove());

  it('gives the same contracts without the compiler when nothing changed', async () => {
    const cold = await project.load(alpha, beta);
    expect(cold.fromCache).to.equal(false);
    const before = readFileSync(cachePath(), 'utf8');
    const warm = await project.load(alpha, beta);
    expect(warm.fromCache).to.equal(true);
    expect(warm.contracts).to.deep.equal(cold.contracts);
    expect(warm.notes).to.deep.equal([]);
    expect(readFileSync(cachePath(), 'utf8')).to.equal(before);
  });

  it('reads again what changed, be it an imported file', async () => {
    await project.load(alpha, beta);
    project.write('config/contracts/part.ts', 'export interface Part { title: string }');
    const { contracts, fromCache } = await project.load(alpha, beta);
    expect(fromCache).to.equal(false);
    expect(contracts[0]?.classes[0]?.members[0]?.jsonName).to.equal('title');
    expect(contracts[1]?.className).to.equal('Beta');
    project.write('config/contracts/b.ts', 'export interface Beta { b: any }');
    expect((await project.load(alpha, beta)).diagnostics).to.have.length(1);
  });

  it('does not keep a contract with problems', async () => {
    project.write('config/contracts/b.ts', 'export interface Beta { b: any }');
    for (const run of [1, 2]) {
      const { contracts, diagnostics } = await project.load(alpha, beta);
      expect(
        contracts.map(({ className }) => className),
        `run ${String(run)}`,
      ).to.deep.equal(['Alpha']);
      expect(diagnostics.map(({ code }) => code)).to.deep.equal(['contract-unsupported-type']);
    }
  });

  it('forgets contracts that nothing refers to', async () => {
    await project.load(alpha, beta);
    await project.load(beta);
    expect((await project.load(beta)).fromCache).to.equal(true);
    expect(readFileSync(cachePath(), 'utf8')).not.to.contain('Alpha');
  });

  it('is rebuilt, and says so, when it is damaged', async () => {
    const cold = await project.load(alpha);
    const intact = readFileSync(cachePath(), 'utf8');
    for (const damage of ['', '{', '[]', intact.replace('"kind":"enum"', '"kind":"evil"'), intact.slice(0, -20)]) {
      writeFileSync(cachePath(), damage);
      const { contracts, notes, fromCache } = await project.load(alpha);
      expect(contracts).to.deep.equal(cold.contracts);
      expect(fromCache).to.equal(false);
      expect(notes, damage).to.have.length(1);
      expect(notes[0]).to.contain('damaged');
    }
  });

  it('is not used when another version made it', async () => {
    await project.load(alpha);
    writeFileSync(cachePath(), readFileSync(cachePath(), 'utf8').replace(/"version":"[^"]*"/, '"version":"0/0"'));
    const { fromCache, notes } = await project.load(alpha);
    expect([fromCache, notes]).to.deep.equal([false, []]);
  });

  it('costs nothing but time when it cannot be written', async () => {
    project.write('.callout', 'a file where the folder should be');
    const { contracts, notes } = await project.load(alpha);
    expect(contracts).to.have.length(1);
    expect(notes.some((note) => note.includes('could not be written'))).to.equal(true);
  });

  it('is not made for no contracts', async () => {
    expect(await project.load()).to.deep.equal({ contracts: [], diagnostics: [], fromCache: true, notes: [] });
    expect(existsSync(cachePath())).to.equal(false);
  });

  it('reports classes of the same name, from the cache too', async () => {
    project.write('config/contracts/c.ts', '\nexport interface beta { b: string }');
    project.write('config/contracts/d.ts', 'export interface BetaTest { b: string }');
    const refs = [beta, ref('c.ts', 'beta'), ref('d.ts', 'BetaTest')];
    for (let run = 0; run < 2; run += 1) {
      const { diagnostics } = await project.load(...refs);
      const places = diagnostics.map(({ code, position }) => `${position.file}:${String(position.line)} ${code}`);
      expect(places).to.include('config/contracts/c.ts:2 contract-class-collision');
      expect(places).to.include('config/contracts/d.ts:1 contract-class-collision');
    }
    const taken = await loadContracts({ projectRoot: project.root, refs: [alpha], takenClassNames: ['ALPHATEST'] });
    expect(taken.diagnostics.map(({ code }) => code)).to.deep.equal(['contract-class-collision']);
  });
});
