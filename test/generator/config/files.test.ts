import { expect } from 'chai';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../../generator/src/config/index.js';
import { formatDiagnostic } from '../../../generator/src/diagnostics/index.js';
import { codesOf, loadFiles, loadText, printed } from './support.js';

const VALID = 'endpoint:\n  url: https://api.example.com\nauth:\n  type: basic\nrequests:\n  - path: /\n';

/** Milliseconds of work since `started`: unlike the clock, they do not grow when the machine is busy with something else. */
function cpuSince(started: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

describe('config: files that are no plain text', () => {
  it('points at the byte that is not UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from('label: Kürzel\ndescription: é'), Buffer.of(0xe9), Buffer.from('t\n')]);
    expect(printed(await loadText(bytes))).to.equal(
      [
        'config/integrations/sample.yaml:2:15 error not-utf-8: The byte 0xE9 is not UTF-8.',
        '    description: é\ufffdt',
        '                  ^',
        '  why: In another encoding, letters outside ASCII would reach Salesforce as different ones.',
        '  fix: Save the file as UTF-8.',
      ].join('\n'),
    );
  });

  it('finds the byte in a long line, at every place in a sequence', async () => {
    for (const length of [1, 2, 3, 4, 5, 63, 64, 1000, 1001]) {
      const bytes = Buffer.concat([Buffer.from('ü'.repeat(length)), Buffer.of(0x80), Buffer.from('ü'.repeat(length))]);
      const [first] = (await loadText(bytes)).diagnostics;
      expect(first?.position).to.include({ line: 1, column: length + 1 });
    }
  });

  it('names UTF-16', async () => {
    const { diagnostics } = await loadText(Buffer.from(`\ufeff${VALID}`, 'utf16le'));
    expect(diagnostics.map(({ message }) => message)).to.deep.equal(['The file is saved as UTF-16.']);
  });

  it('takes a byte order mark and Windows line ends as they come', async () => {
    const { diagnostics, integrations } = await loadText(`\ufeff${VALID.replaceAll('\n', '\r\n')}`);
    expect(diagnostics).to.deep.equal([]);
    expect(integrations.map(({ endpoint }) => endpoint.url)).to.deep.equal(['https://api.example.com']);
  });

  it('counts lines and columns the same with Windows line ends and a byte order mark', async () => {
    const { diagnostics } = await loadText(`\ufeff${VALID.replace('basic', 'basik').replaceAll('\n', '\r\n')}`);
    expect(diagnostics.map(({ position, excerpt }) => [position.line, position.column, excerpt])).to.deep.equal([
      [4, 9, '  type: basik'],
    ]);
  });

  it('says that a tab cannot indent', async () => {
    expect(printed(await loadText('endpoint:\n\turl: x\n'))).to.include(
      'sample.yaml:2:1 error tab-indentation: The line is indented with a tab.',
    );
  });

  it('refuses ten megabytes at once', async () => {
    const started = process.cpuUsage();
    expect(printed(await loadText('a: b\n'.repeat(2 * 1024 * 1024)))).to.include(
      'error file-too-large: The file has 10.0 MB; at most 1 MB is read.',
    );
    expect(cpuSince(started)).to.be.lessThan(1000);
  });

  it('answers soon for a large file of anything', async () => {
    const large = (piece: string): string => piece.repeat(Math.floor((256 * 1024) / piece.length));
    const lines = Array.from({ length: 15_000 }, (_unused, index) => `key${index}: ${index}`).join('\n');
    for (const text of [
      large('['),
      large('{a: '),
      large('- '),
      large('? '),
      large('{!'),
      lines,
      `a: ${large('x')}`,
      large("'"),
      `a: b${large(' ')}c\nd`,
      `a: [${large(' ')}b${large(' ')}`,
      large('"'),
      large('- !a b\n'),
      `${VALID}inputs:\n${lines.replace(/^key(\d+): \d+$/gm, '  a$1: {}')}`,
    ]) {
      const started = process.cpuUsage();
      const { diagnostics } = await loadText(text);
      expect(diagnostics, text.slice(0, 20)).to.not.be.empty;
      expect(cpuSince(started), text.slice(0, 20)).to.be.lessThan(5_000);
    }
  });

  it('stops at deep nesting of every kind', async () => {
    const blocks = Array.from({ length: 60 }, (_unused, depth) => `${' '.repeat(depth)}a:`).join('\n');
    for (const text of ['['.repeat(50), '- '.repeat(50), `a: ${'{b: '.repeat(50)}`, blocks]) {
      expect(codesOf(await loadText(text)), text.slice(0, 10)).to.deep.equal(['too-deep']);
    }
  });

  it('reads what is nested as deep as a body may be', async () => {
    const body = Array.from({ length: 14 }, (_unused, depth) => `${' '.repeat(6 + depth)}k${depth}:`).join('\n');
    const { diagnostics } = await loadText(`${VALID}    idempotent: true\n    body:\n${body} 1\n`);
    expect(diagnostics).to.deep.equal([]);
  });

  it('keeps a terminal safe from what a file contains', async () => {
    const { diagnostics } = await loadText('"\\e[31mred\\u202e": 1\nendpoint: "\\e]0;title\\a"\n');
    expect(diagnostics).to.not.be.empty;
    const shown = diagnostics.map((diagnostic) => formatDiagnostic(diagnostic, { colour: false })).join('\n');
    // eslint-disable-next-line no-control-regex
    expect(shown).to.not.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/u);
  });

  it('keeps secrets out of messages', async () => {
    const text = VALID.replace('https://', 'https://admin:hunter2@').replace(
      'path: /',
      'path: /\n    headers:\n      Authorization: Bearer hunter2\n      X-Api-Key: 12345678',
    );
    const message = printed(await loadText(text));
    expect(message).to.include('url-credentials').and.to.include('X-Api-Key');
    expect(message).to.not.include('hunter2').and.to.not.include('12345678');
  });

  it('cuts a long line around the problem and still points at it', async () => {
    const message = printed(
      await loadText(
        VALID.replace('basic', `basic, description: ${'x'.repeat(300)}`)
          .replace('auth:\n  type', 'auth: {type')
          .concat(''),
      ),
    );
    expect(message).to.match(/yaml-syntax/);
    const long = `${VALID}    query: {a: ${'x'.repeat(300)}, b: "{!}"}\n`;
    const lines = printed(await loadText(long)).split('\n');
    const caret = (lines[2] ?? '').indexOf('^');
    expect((lines[1] ?? '').slice(caret, caret + 3)).to.equal('{!}');
    expect(lines[1]).to.match(/^ {4}…/);
  });

  it('colours the same text', async () => {
    const [diagnostic] = (await loadText('lable: x')).diagnostics;
    if (diagnostic === undefined) throw new Error('A diagnostic was expected.');
    const coloured = formatDiagnostic(diagnostic, { colour: true });
    expect(coloured).to.include('\u001b[');
    // eslint-disable-next-line no-control-regex
    expect(coloured.replace(/\u001b\[\d+m/g, '')).to.equal(formatDiagnostic(diagnostic, { colour: false }));
  });
});

describe('config: folders', () => {
  it('sorts by name, not by file', async () => {
    const files = { 'config/integrations/a.yaml': VALID, 'config/integrations/a-b.yaml': VALID };
    expect((await loadFiles(files)).integrations.map(({ name }) => name)).to.deep.equal(['a', 'a-b']);
  });

  it('says what cannot be read', async () => {
    const projectRoot = mkdtempSync(join(tmpdir(), 'callout-config-'));
    try {
      mkdirSync(join(projectRoot, 'config/integrations/sample.yaml'), { recursive: true });
      writeFileSync(join(projectRoot, 'config/environments'), 'not a folder');
      const { diagnostics } = await loadConfig({ projectRoot, configDir: 'config' });
      expect(diagnostics.map(({ position, message }) => `${position.file}: ${message}`)).to.deep.equal([
        'config/environments: The folder cannot be read (ENOTDIR).',
        'config/integrations/sample.yaml: The file cannot be read (EISDIR).',
      ]);
    } finally {
      rmSync(projectRoot, { recursive: true, force: true });
    }
  });

  it('follows no link out of the folder of contracts', async () => {
    const projectRoot = mkdtempSync(join(tmpdir(), 'callout-config-'));
    try {
      for (const folder of ['integrations', 'environments', 'contracts'])
        mkdirSync(join(projectRoot, 'config', folder), { recursive: true });
      writeFileSync(join(projectRoot, 'outside.ts'), 'export interface Outside {}');
      symlinkSync(join(projectRoot, 'outside.ts'), join(projectRoot, 'config/contracts/inside.ts'));
      writeFileSync(join(projectRoot, 'config/environments/local.yaml'), 'integrationUser: a@b.example\n');
      const body = '    idempotent: true\n    contract: inside.ts#Outside\n    body: {a: 1}\n';
      writeFileSync(join(projectRoot, 'config/integrations/sample.yaml'), `${VALID}${body}`);
      expect(codesOf(await loadConfig({ projectRoot, configDir: 'config' }))).to.deep.equal(['missing-contract']);
    } finally {
      rmSync(projectRoot, { recursive: true, force: true });
    }
  });

  it('reads .yml, and leaves hidden and other files alone', async () => {
    const { integrations, diagnostics } = await loadFiles({
      'config/integrations/one.yml': VALID,
      'config/integrations/.two.yaml': 'broken: [',
      'config/integrations/notes.txt': 'broken: [',
    });
    expect(diagnostics).to.deep.equal([]);
    expect(integrations.map(({ name }) => name)).to.deep.equal(['one']);
  });

  it('takes a configuration outside the project', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'callout-config-'));
    try {
      mkdirSync(join(outside, 'integrations'), { recursive: true });
      mkdirSync(join(outside, 'environments'), { recursive: true });
      writeFileSync(join(outside, 'integrations/sample.yaml'), VALID);
      writeFileSync(join(outside, 'environments/local.yaml'), 'integrationUser: a@b.example\n');
      const { diagnostics, integrations } = await loadConfig({
        projectRoot: join(outside, 'project'),
        configDir: outside,
      });
      expect(diagnostics).to.deep.equal([]);
      expect(integrations.map(({ source }) => source)).to.deep.equal(['../integrations/sample.yaml']);
    } finally {
      rmSync(outside, { recursive: true, force: true });
    }
  });
});
