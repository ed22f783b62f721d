import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { askApexLs } from './apex-ls.js';
import { hasJava, hasJavaCompiler } from './java.js';
import { askSalesforceCompiler } from './jorje/index.js';
import type { Remark } from './opinion.js';
import { CORPUS_OBJECTS, askLocalOrg, corpusFiles, corpusSchema, sourceName, writeProject } from './sources.js';
import { readVerdicts } from './verdicts.js';
import type { Verdict } from './verdicts.js';

/** What is said about each source, in words that can be compared: each message once, sorted. */
function bySource(remarks: readonly Remark[], spell: (remark: Remark) => string): ReadonlyMap<string, string> {
  const said = new Map<string, Set<string>>();
  for (const remark of remarks) said.set(remark.source, (said.get(remark.source) ?? new Set()).add(spell(remark)));
  return new Map([...said].map(([source, messages]) => [source, [...messages].sort().join('\n')]));
}

/** Sources about which two compilers differ. */
function differences(
  asked: readonly string[],
  ours: ReadonlyMap<string, string>,
  theirs: ReadonlyMap<string, string>,
): readonly string[] {
  return asked.map(sourceName).filter((source) => ours.get(source) !== theirs.get(source));
}

/** Every difference has its verdict, and every verdict its difference. */
function expectVerdicts(found: readonly string[], verdicts: readonly Verdict[]): void {
  const known = verdicts.filter(({ isAsked }) => isAsked).flatMap(({ sources }) => sources);
  expect({
    withoutVerdict: found.filter((source) => !known.includes(source)),
    gone: known.filter((source) => !found.includes(source)),
  }).to.deep.equal({ withoutVerdict: [], gone: [] });
}

/** Files about which a checker can be asked. */
function askable(verdicts: readonly Verdict[]): readonly string[] {
  const excluded = new Set(verdicts.filter(({ isAsked }) => !isAsked).flatMap(({ sources }) => sources));
  return corpusFiles().filter((path) => !excluded.has(sourceName(path)));
}

describe('second opinions on the corpus of defective and good classes', function () {
  this.timeout(120_000);
  const verdicts = readVerdicts();

  it("Salesforce's compiler has the same messages at the same line and column, but where a verdict says who is right", async function () {
    if (!hasJavaCompiler()) {
      console.log("      There is no Java compiler: Salesforce's compiler is not asked.");
      return this.skip();
    }
    const asked = askable(verdicts.salesforceCompiler);
    const spell = ({ line, column, message }: Remark): string => `${String(line)}:${String(column)} ${message}`;
    const theirs = bySource(await askSalesforceCompiler(asked, corpusSchema(), CORPUS_OBJECTS), spell);
    const found = differences(asked, bySource(askLocalOrg(), spell), theirs);
    expectVerdicts(found, verdicts.salesforceCompiler);
    expect(theirs.size).to.be.greaterThan(250);
  });

  it('apex-ls finds an error in the same sources, but where a verdict says who is right', async function () {
    if (!hasJava()) {
      console.log('      Java is not installed: apex-ls is not asked.');
      return this.skip();
    }
    const folder = mkdtempSync(join(tmpdir(), 'callout-apex-ls-'));
    try {
      writeProject(folder);
      const asked = askable(verdicts.apexLs);
      const theirs = bySource(await askApexLs(folder), () => 'error');
      const ours = bySource(askLocalOrg(), () => 'error');
      expectVerdicts(differences(asked, ours, theirs), verdicts.apexLs);
      expect(theirs.size).to.be.greaterThan(150);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
