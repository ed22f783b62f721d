import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { CodeAnalyzer, CodeAnalyzerConfig } from '@salesforce/code-analyzer-core';
import { createEnginePlugin } from '@salesforce/code-analyzer-pmd-engine';
import { expect } from 'chai';
import { emitProject } from '../../../generator/src/emit/index.js';
import { askApexLs } from '../../second-opinions/apex-ls.js';
import { hasJava } from '../../second-opinions/java.js';
import { ROOT, sampleProject } from './support/projects.js';

/**
 * Rules that speak against a decision of this project. RunAs: the runtime works in system mode, whoever runs it.
 * Debug statements: the log class is the one place that has them. Sensitive data: the rule goes by words in field names, and no field
 * holds a token or a key.
 */
const DECIDED_OTHERWISE: ReadonlySet<string> = new Set([
  'ApexUnitTestClassShouldHaveRunAs',
  'AvoidDebugStatements',
  'ProtectSensitiveData',
]);

/** Findings that the rule is right to ask about and that are meant. */
const MEANT: ReadonlySet<string> = new Set([
  // All policies at once, instead of one query for each integration.
  'CalloutPolicy.cls AvoidNonRestrictiveQueries',
]);

describe('generated Apex: Java checkers', function () {
  this.timeout(120_000);
  let folder = '';

  before(async function () {
    if (!hasJava()) {
      console.log('      Java is not installed: the apex-ls and PMD checks of the generated Apex are skipped.');
      this.skip();
    }
    folder = mkdtempSync(join(tmpdir(), 'callout-java-'));
    for (const { path, content } of emitProject(await sampleProject()).files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    cpSync(join(ROOT, 'force-app/main/samples'), join(folder, 'force-app/main/samples'), { recursive: true });
    writeFileSync(
      join(folder, 'sfdx-project.json'),
      JSON.stringify({ packageDirectories: [{ path: 'force-app', default: true }], sourceApiVersion: '66.0' }),
    );
  });

  after(() => {
    if (folder !== '') rmSync(folder, { recursive: true });
  });

  it('apex-ls finds no error', async () => {
    const errors = await askApexLs(folder);
    expect(errors.map(({ source, line, message }) => `${source}:${String(line)} ${message}`)).to.deep.equal([]);
  });

  it('PMD finds nothing in security, performance, best practices and error-prone code', async () => {
    const analyzer = new CodeAnalyzer(CodeAnalyzerConfig.fromObject({ engines: {} }));
    await analyzer.addEnginePlugin(createEnginePlugin());
    const workspace = await analyzer.createWorkspace([join(folder, 'force-app')]);
    const selectors = ['pmd:Security', 'pmd:Performance', 'pmd:BestPractices', 'pmd:ErrorProne'];
    const rules = await analyzer.selectRules(selectors, { workspace });
    expect(rules.getCount()).to.be.greaterThan(40);
    const results = await analyzer.run(rules, { workspace });
    const findings = results.getViolations().flatMap((violation) => {
      const rule = violation.getRule().getName();
      const place = violation.getPrimaryLocation();
      const file = place.getFile() ?? '';
      if (DECIDED_OTHERWISE.has(rule) || MEANT.has(`${basename(file)} ${rule}`)) return [];
      return [`${relative(folder, file)}:${String(place.getStartLine())} ${rule}`];
    });
    expect(findings).to.deep.equal([]);
  });
});
