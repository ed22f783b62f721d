import { expect } from 'chai';
import { checkMetadata, metadataRules } from '../../../local-org/src/metadata/index.js';
import { catalog, orgOf, packageOf, readFiles } from './kit.js';
import { credentialRows } from './rows/credentials.js';
import { flowRows } from './rows/flows.js';
import { flowValueRows } from './rows/flowValues.js';
import { objectRows } from './rows/objects.js';
import { otherRows } from './rows/others.js';
import { permissionRows } from './rows/permissions.js';
import type { Expected, Row } from './rows/row.js';

const base = readFiles(new URL('./fixtures/base/', import.meta.url));
const rows: readonly Row[] = [
  ...credentialRows,
  ...permissionRows,
  ...objectRows,
  ...flowRows,
  ...flowValueRows,
  ...otherRows,
];

/** What a problem is compared by: `file:line:column severity message`. */
interface Seen {
  readonly fileName: string;
  readonly line: number;
  readonly column: number;
  readonly severity: string;
  readonly message: string;
}

const show = ({ fileName, line, column, severity, message }: Seen): string =>
  `${fileName}:${line}:${column} ${severity} ${message}`;

function expected(text: string, fileName: string, { at, message, severity }: Expected): string {
  const start = text.indexOf(at);
  expect(start, `"${at}" in the changed file`).to.be.at.least(0);
  const before = text.slice(0, start + at.length);
  const line = before.split('\n').length;
  const column = before.length - before.lastIndexOf('\n');
  return show({ fileName, line, column, severity: severity ?? 'Error', message });
}

function runRow({ file, from, to, as = file, problems }: Row): void {
  const original = base.get(file) ?? '';
  expect(original, `text to change in ${file}`).to.include(from);
  const files = new Map(base).set(
    as,
    original.replace(from, () => to),
  );
  const found = checkMetadata(packageOf(files), orgOf(), catalog).map(show);
  const wanted = problems.map((problem) => {
    const name = problem.file ?? as;
    return expected(files.get(name) ?? '', name, problem);
  });
  expect(found).to.have.members(wanted);
}

describe('metadata rules', () => {
  it('find nothing in a sound package', () => {
    expect(checkMetadata(packageOf(base), orgOf(), catalog).map(show)).to.deep.equal([]);
  });

  it('find nothing when the rest of a sound package is already in the org', () => {
    for (const file of base.keys()) {
      const parts = [file, `${file}-meta.xml`].filter((name) => base.has(name) && !file.endsWith('-meta.xml'));
      const files = new Map(parts.map((name) => [name, base.get(name) ?? '']));
      expect(checkMetadata(packageOf(files), orgOf(base), catalog).map(show), file).to.deep.equal([]);
    }
  });

  it('have unique names and a test each', () => {
    const ids = metadataRules.map(({ id }) => id);
    expect(new Set(ids).size).to.equal(ids.length);
    expect(new Set(rows.map(({ rule }) => rule))).to.deep.equal(new Set(ids));
  });

  for (const row of rows) {
    const [first] = row.problems;
    it(`${row.rule}: ${first?.message ?? 'accepts'}`, () => runRow(row));
  }
});
