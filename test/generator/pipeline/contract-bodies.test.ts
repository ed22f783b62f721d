import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { formatDiagnostic } from '../../../generator/src/diagnostics/index.js';
import type { Diagnostic } from '../../../generator/src/model/index.js';
import { loadProject } from '../../../generator/src/pipeline/index.js';

/** Loads a project with one integration whose only request, or several of them, have these bodies. */
async function problemsOf(contract: string, ...bodies: readonly string[]): Promise<readonly Diagnostic[]> {
  const requests = bodies.map((body) => `  - path: /a\n    idempotent: true\n    contract: a.ts#Payload\n${body}`);
  return load({
    'config/contracts/a.ts': `export interface Payload { ${contract} }\n`,
    'config/integrations/sample.yaml': `${HEAD}requests:\n${requests.join('')}`,
  });
}

const HEAD = `endpoint:
  url: https://api.example.com
auth:
  type: basic
trigger:
  object: Account
  when: update
`;

async function load(files: Readonly<Record<string, string>>): Promise<readonly Diagnostic[]> {
  const root = mkdtempSync(join(tmpdir(), 'callout-pipeline-'));
  try {
    const all = { 'config/environments/local.yaml': 'integrationUser: integration@callout.example\n', ...files };
    for (const [path, text] of Object.entries(all)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const { diagnostics, project } = await loadProject(join(root, 'config'));
    expect(project === undefined).to.equal(diagnostics.some(({ severity }) => severity === 'error'));
    return diagnostics;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function short(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ position: { line, column }, code, message }) => `${line}:${column} ${code}: ${message}`);
}

const body = (...lines: readonly string[]): string =>
  ['    body:', ...lines.map((line) => `      ${line}`), ''].join('\n');

describe('pipeline: bodies and their contracts', () => {
  it('accepts a body that fills what the contract requires', async () => {
    const contract = `id: string; size?: number; note: string | null; any: unknown; tags?: string[];
      address?: { city: string; geo?: { lat: number } }`;
    const full = body("id: '{!Id}'", 'address:', "  city: '{!BillingCity}'", "address.geo.lat: '{!AnnualRevenue}'");
    expect(await problemsOf(contract, body("id: '{!Id}'", 'note: null'), full)).to.deep.equal([]);
  });

  it('shows an unknown member at its key, with a near one', async () => {
    const [problem, ...others] = await problemsOf('externalId: string', body("externlId: '{!Id}'"));
    expect(others).to.deep.equal([]);
    if (problem === undefined) throw new Error('The misspelt key passed.');
    expect(formatDiagnostic(problem, { colour: false })).to.equal(
      [
        'config/integrations/sample.yaml:13:7 error contract-body-unknown-member: Payload has no member "externlId".',
        "          externlId: '{!Id}'",
        '          ^',
        '  why: The body is built with the Apex class of Payload in config/contracts/a.ts. Payload has externalId.',
        '  fix: Correct the key, or add the member to the contract.',
        '  did you mean "externalId"?',
      ].join('\n'),
    );
  });

  it('reports every problem of every request at once, each at its place', async () => {
    const contract = `id: string; kind: 'big' | 'small'; size: number; tags?: string[]; totals?: Record<string, number>;
      address?: { city: string; geo?: { lat: number; lon: number } }`;
    const first = body(
      'id: null',
      'kind: bigg',
      'size.unit: cm',
      'tags: a',
      'totals.sum: 1',
      'address:',
      '  geo.lat: 1',
      '  street: b',
    );
    expect(short(await problemsOf(contract, first, body("address: '{!Name}'", 'tags.0: x')))).to.deep.equal([
      '12:5 contract-body-missing-member: The body does not fill "address.city", which Payload in config/contracts/a.ts requires.',
      '12:5 contract-body-missing-member: The body does not fill "address.geo.lon", which Payload in config/contracts/a.ts requires.',
      '13:7 contract-body-missing-member: "id" is required by the contract, and is always null.',
      '14:7 contract-body-unknown-value: "kind" cannot be "bigg".',
      '15:7 contract-body-not-assignable: "size" is a single value and has no member "unit".',
      '16:7 contract-body-not-assignable: "tags" is a list; one value cannot fill it.',
      '17:7 contract-body-not-assignable: "totals" is a map and has no member "sum".',
      '20:9 contract-body-unknown-member: Address has no member "street".',
      '24:5 contract-body-missing-member: The body does not fill "id", which Payload in config/contracts/a.ts requires.',
      '24:5 contract-body-missing-member: The body does not fill "kind", which Payload in config/contracts/a.ts requires.',
      '24:5 contract-body-missing-member: The body does not fill "size", which Payload in config/contracts/a.ts requires.',
      '25:7 contract-body-not-assignable: "address" is an object; name one of its members, "address.…".',
      '26:7 contract-body-not-assignable: "tags" is a list and has no member "0".',
    ]);
  });

  it('says that a contract with a required list or map is none for a body', async () => {
    const contract =
      'id: string; lines: string[]; totals: Record<string, number>; deep?: { rows: string[]; a?: string }';
    const problems = await problemsOf(contract, body("id: '{!Id}'", "deep.a: '{!Name}'"));
    expect(short(problems)).to.deep.equal([
      '12:5 contract-body-required-list: Payload in config/contracts/a.ts cannot be used for a body: its member "deep.rows" is a required list.',
      '12:5 contract-body-required-list: Payload in config/contracts/a.ts cannot be used for a body: its member "lines" is a required list.',
      '12:5 contract-body-required-list: Payload in config/contracts/a.ts cannot be used for a body: its member "totals" is a required map.',
    ]);
    for (const { fix } of problems) expect(fix).to.contain('optional').and.not.contain('.0');
  });

  it('wants a required object to be filled', async () => {
    const problems = await problemsOf('id: string; at: { city?: string }', body("id: '{!Id}'"));
    expect(problems.map(({ code, fix }) => [code, fix])).to.deep.equal([
      [
        'contract-body-missing-member',
        'Fill at least one of its members, or make it optional in the contract with `?`.',
      ],
    ]);
  });

  it('leaves a body alone whose contract could not be read', async () => {
    const problems = await problemsOf('id: any', body("other: '{!Id}'"));
    expect(problems.map(({ code }) => code)).to.deep.equal(['contract-unsupported-type']);
  });
});
