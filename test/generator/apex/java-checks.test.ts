import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { CodeAnalyzer, CodeAnalyzerConfig } from '@salesforce/code-analyzer-core';
import { createEnginePlugin } from '@salesforce/code-analyzer-pmd-engine';
import { expect } from 'chai';
import { emitProject } from '../../../generator/src/emit/index.js';
import { ROOT, sampleProject } from './support/projects.js';

/** Second opinions on the generated Apex. Both are Java programs that come with a development dependency. */
const JARS = join(dirname(createRequire(import.meta.url).resolve('@salesforce/code-analyzer-pmd-engine')), 'java-lib');

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

function hasJava(): boolean {
  try {
    execFileSync('java', ['-version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

interface Issue {
  readonly path: string;
  readonly messages: readonly {
    readonly start: { readonly line: number };
    readonly category: string;
    readonly message: string;
  }[];
}

function isIssueReport(value: unknown): value is { readonly files?: readonly Issue[] } {
  return typeof value === 'object' && value !== null;
}

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
    const args = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-cp', join(JARS, '*')];
    const checker = ['io.github.apexdevtools.apexls.CheckForIssues', '-f', 'json', '-d', 'errors', '-n', '-w', folder];
    // It ends with 4 when it has found something; what it found is on standard output either way.
    const output = await promisify(execFile)('java', [...args, ...checker], { maxBuffer: 64 * 1024 * 1024 }).catch(
      (failure: unknown) => {
        if (failure instanceof Error && 'stdout' in failure && typeof failure.stdout === 'string') return failure;
        throw failure;
      },
    );
    const text = 'stdout' in output && typeof output.stdout === 'string' ? output.stdout : '';
    const report: unknown = JSON.parse(text.slice(text.indexOf('{')));
    const issues = isIssueReport(report) ? (report.files ?? []) : [];
    expect(
      issues.flatMap(({ path, messages }) =>
        messages.map(({ start, message }) => `${relative(folder, path)}:${String(start.line)} ${message}`),
      ),
    ).to.deep.equal([]);
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
