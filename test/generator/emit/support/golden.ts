import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { GeneratedFile } from '../../../../generator/src/model/index.js';

const ROOT = fileURLToPath(new URL('../golden', import.meta.url));

/** Set UPDATE_GOLDEN=1 to write the expected files instead of comparing with them. */
const UPDATE = process.env['UPDATE_GOLDEN'] === '1';

/** Compares files with the ones in golden/<name>: same paths, none missing, none too many, same bytes. */
export function expectGolden(name: string, files: readonly GeneratedFile[]): void {
  const folder = join(ROOT, name);
  if (UPDATE) writeGolden(folder, files);
  const actual = new Map(files.map(({ path, content }) => [path, content]));
  expect([...actual.keys()].toSorted(), `paths of golden/${name}`).to.deep.equal(listFiles(folder));
  for (const [path, content] of actual) {
    expect(content, `golden/${name}/${path}`).to.equal(readFileSync(join(folder, path), 'utf8'));
  }
}

function writeGolden(folder: string, files: readonly GeneratedFile[]): void {
  rmSync(folder, { recursive: true, force: true });
  for (const { path, content } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .toSorted();
}
