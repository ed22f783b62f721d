import { expect } from 'chai';
import { contractBodyRules, renderReference } from '../../../generator/src/config/index.js';
import { readTable, tableNames, writeTable } from './error-table.js';
import { codesOf, loadFiles, loadText, printed } from './support.js';

const UPDATE = process.env['UPDATE_GOLDEN'] === '1';

describe('config: what is said about mistakes', () => {
  for (const table of tableNames()) {
    describe(table, () => {
      const cases = readTable(table);
      for (const { name, files, expected } of cases) {
        it(name, async () => {
          const message = printed(await loadFiles(files));
          if (!UPDATE) expect(message).to.equal(expected);
        });
      }
      after(async () => {
        if (!UPDATE) return;
        writeTable(
          table,
          await Promise.all(
            cases.map(async (entry) => ({ ...entry, expected: printed(await loadFiles(entry.files)) })),
          ),
        );
      });
    });
  }

  it('has a case for every check that the reference lists', async () => {
    const listed = [...renderReference().matchAll(/^\| `([a-z0-9-]+)` \| (?:error|warning) \|/gm)].map(
      ([, code]) => code,
    );
    const seen = new Set<string>();
    for (const { files } of tableNames().flatMap(readTable)) {
      for (const code of codesOf(await loadFiles(files))) seen.add(code);
    }
    for (const bytes of UNPRINTABLE_CASES) for (const code of codesOf(await loadText(bytes))) seen.add(code);
    const unseen = listed.filter((code) => code !== undefined && !seen.has(code) && !CONTRACT_BODY_CODES.has(code));
    expect(unseen).to.deep.equal(['unreadable-file']);
    expect(listed.length).to.be.greaterThan(80);
  });
});

/** These need the contracts read, so they are tested with the loading of a whole project. */
const CONTRACT_BODY_CODES: ReadonlySet<string> = new Set(Object.values(contractBodyRules).map(({ code }) => code));

/** Files that a table of text cannot hold; files.test.ts looks at their messages. */
const UNPRINTABLE_CASES: readonly (string | Uint8Array)[] = [
  'endpoint:\n\turl: x\n',
  Uint8Array.of(0x61, 0xff),
  ' '.repeat(1024 * 1024 + 1),
  '['.repeat(50),
  '- !a b\n'.repeat(101),
  `auth:\n  type: basic\n  expiredSession:\n${`    - {status: 500, bodyContains: ${'x'.repeat(250)}}\n`.repeat(19)}`,
];
