import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { parseYamlText, readEveryday } from '../../../generator/src/config/yaml/index.js';
import { PROJECT } from '../../support/callout-cli.js';
import { projectPath } from '../emit/support/models.js';
import { readTable, tableNames } from './error-table.js';

const FILE = projectPath('config/integrations/sample.yaml');

/** The parser is the judge: what is read without it must be all that it reads, without a problem. */
function expectAsParsed(text: string): void {
  const data = readEveryday(text);
  if (data === undefined) return;
  const { file, diagnostics } = parseYamlText(text, FILE);
  expect(diagnostics, text).to.deep.equal([]);
  expect(data, text).to.deep.equal(file?.data);
}

function sampleTexts(): readonly string[] {
  return ['integrations', 'environments'].flatMap((folder) =>
    readdirSync(join(PROJECT, 'config', folder)).map((name) =>
      readFileSync(join(PROJECT, 'config', folder, name), 'utf8'),
    ),
  );
}

function tableTexts(): readonly string[] {
  return tableNames()
    .flatMap(readTable)
    .flatMap(({ files }) => Object.entries(files))
    .flatMap(([name, text]) => (/\.ya?ml$/.test(name) ? [String(text)] : []));
}

/** What has a meaning in YAML somewhere, and what looks as if it had. */
const PIECES = [
  ...[
    ' ',
    '  ',
    '\n',
    '\r\n',
    '\t',
    ':',
    ': ',
    '- ',
    '-',
    '#',
    ' #',
    '# c',
    "'",
    '"',
    "''",
    '""',
    '[',
    ']',
    '{',
    '}',
    ',',
  ],
  ...[
    '|',
    '>',
    '&a ',
    '*a',
    '!',
    '!t ',
    '? ',
    '%',
    '@',
    '`',
    '~',
    '<<: x',
    '---',
    '\n---\n',
    '...',
    '\\',
    '=',
    '<',
    '$',
    '(',
  ],
  ...[
    'null',
    'true',
    'NO',
    '1',
    '01',
    '1.5',
    '0x1',
    '1e3',
    '.5',
    '+1',
    '-1',
    '.inf',
    '12:30',
    '2020-01-01',
    '7d',
    '1_0',
  ],
  ...['a', 'b: c', 'a b: c', '1: 2', 'key:\n', '\n  - x', '\n- y', '{a: 1}', '[1, b]', '__proto__: 1', 'toString: 1'],
  ...['\u00a0', '\u0085', '\u2028', '\ufeff', 'é', '\ud83d', '😀', '\u0007'],
];
const piece = fc.constantFrom(...PIECES);

/** A change of a text: a piece put in, characters taken out, or a line moved to another indent or doubled. */
const change = fc.record({
  place: fc.double({ min: 0, max: 1, noNaN: true }),
  kind: fc.constantFrom('insert', 'remove', 'indent', 'outdent', 'double'),
  piece,
  length: fc.integer({ min: 1, max: 4 }),
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function apply(text: string, { place, kind, piece: inserted, length }: Change): string {
  const at = Math.floor(place * text.length);
  if (kind === 'insert') return text.slice(0, at) + inserted + text.slice(at);
  if (kind === 'remove') return text.slice(0, at) + text.slice(at + length);
  const lines = text.split('\n');
  const line = Math.floor(place * (lines.length - 1));
  const changed = { indent: ' '.repeat(length) + (lines[line] ?? ''), outdent: (lines[line] ?? '').slice(length) };
  return kind === 'double'
    ? lines.toSpliced(line, 0, lines[line] ?? '').join('\n')
    : lines.with(line, changed[kind]).join('\n');
}

describe('config: reading everyday YAML without the parser', () => {
  it('reads the sample files', () => {
    for (const text of sampleTexts()) {
      expect(readEveryday(text), text).not.to.equal(undefined);
      expectAsParsed(text);
      expectAsParsed(text.replaceAll('\n', '\r\n'));
    }
  });

  it('reads lists, maps in braces, comments and every kind of value', () => {
    const text = `# head
a: # comment
  - x: 1 # one
    y: '2''s # no comment'
  -   z: "q: r" # r
list:
- true
- Null
- text with ' and , and#hash

empty:
map: { status: 500, text: 'a b', e: ~x }
brackets: [a/b, 'c d', 1.5] # end
url: https://example.com:8080/a?b=c
ratio: 0.25
nothing: null
`;
    expect(readEveryday(text.replace(', e: ~x', ''))).to.deep.equal({
      a: [{ x: 1, y: "2's # no comment" }, { z: 'q: r' }],
      list: [true, null, "text with ' and , and#hash"],
      empty: null,
      map: { status: 500, text: 'a b' },
      brackets: ['a/b', 'c d', 1.5],
      url: 'https://example.com:8080/a?b=c',
      ratio: 0.25,
      nothing: null,
    });
    expectAsParsed(text.replace(', e: ~x', ''));
    expect(readEveryday(text)).to.equal(undefined);
  });

  it('leaves everything to the parser that it does not know', () => {
    const texts = [
      '',
      'a',
      '- a',
      'a: |\n  b',
      'a: &x b',
      'a: !t b',
      'a: *x',
      '? a',
      'a: 01',
      'a: 1e3',
      'a: b: c',
      'a:\n\tb: c',
    ];
    for (const text of [
      ...texts,
      'a: 1\na: 2',
      '--- \na: b',
      'a: "\\n"',
      "a: 'b",
      'a: [b',
      'a: {b: 1, b: 2}',
      '__proto__: 1',
    ])
      expect(readEveryday(text), text).to.equal(undefined);
  });

  it('reads every file of the error tables as the parser does, or not at all', () => {
    const texts = tableTexts();
    for (const text of texts) expectAsParsed(text);
    expect(texts.filter((text) => readEveryday(text) !== undefined)).to.have.lengthOf.above(texts.length / 2);
  });

  it('reads changed files as the parser does, or not at all', () => {
    const texts = fc.constantFrom(...sampleTexts(), ...tableTexts());
    fc.assert(
      fc.property(texts, fc.array(change, { minLength: 1, maxLength: 4 }), (text, changes) =>
        expectAsParsed(changes.reduce(apply, text)),
      ),
      { numRuns: 2000, seed: 20260101 },
    );
  });

  it('reads texts of random pieces as the parser does, or not at all', () => {
    const heads = fc.constantFrom('', 'a: ', 'a:\n  ', 'a:\n- ', 'k: 1\n');
    fc.assert(
      fc.property(heads, fc.array(piece, { maxLength: 10 }), (head, pieces) => expectAsParsed(head + pieces.join(''))),
      { numRuns: 4000, seed: 20260101 },
    );
  });
});
