import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Files } from './support.js';

/** One case: the files of a project and what is reported about them. */
export interface ErrorCase {
  readonly name: string;
  readonly files: Files;
  readonly expected: string;
}

const FOLDER = join(import.meta.dirname, 'errors');

/** The names of the tables. */
export function tableNames(): readonly string[] {
  return readdirSync(FOLDER).sort();
}

/** Reads a table: `=== case`, then `--- file` with its text, then `--- expected` with the messages. */
export function readTable(table: string): readonly ErrorCase[] {
  const [, ...cases] = `\n${readFileSync(join(FOLDER, table), 'utf8')}`.split('\n=== ');
  return cases.map((text) => {
    const [head = '', ...parts] = text.split('\n--- ');
    const entries = parts.map((part) => {
      const end = part.indexOf('\n');
      return end === -1
        ? ([part.trim(), ''] as const)
        : ([part.slice(0, end), `${part.slice(end + 1).trimEnd()}\n`] as const);
    });
    const files = Object.fromEntries(entries.filter(([name]) => name !== 'expected'));
    return { name: head.trim(), files, expected: entries.find(([name]) => name === 'expected')?.[1].trimEnd() ?? '' };
  });
}

/** Writes a table with new expectations. */
export function writeTable(table: string, cases: readonly ErrorCase[]): void {
  const text = cases.map(({ name, files, expected }) => {
    const parts = Object.entries({ ...files, expected: `${expected}\n` }).map(
      ([file, content]) => `--- ${file}\n${String(content)}`,
    );
    return `=== ${name}\n${parts.join('')}`;
  });
  writeFileSync(join(FOLDER, table), text.join(''));
}
