import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ProjectSchema, compileProgram } from '../../../local-org/src/apex/index.js';
import type { ApexSource } from '../../../local-org/src/apex/index.js';
import { SCHEMA } from './schema.js';

const here = dirname(fileURLToPath(import.meta.url));

function read(folder: string): readonly ApexSource[] {
  return readdirSync(join(here, folder)).map((fileName) => {
    const [name = '', extension] = fileName.split('.');
    const kind = extension === 'cls' ? 'class' : 'trigger';
    return { kind, name, fileName, source: readFileSync(join(here, folder, fileName), 'utf8'), apiVersion: 66, isChecked: true };
  });
}

/** `// error: A | B` at the end of a line says what the compiler must report there. */
function expected(source: string): readonly string[] {
  return source.split('\n').flatMap((line, index) => {
    const messages = /\/\/ error: (.*)$/.exec(line)?.[1]?.split(' | ') ?? [];
    return messages.map((message) => `${String(index + 1)}: ${message}`);
  });
}

function found(sources: readonly ApexSource[], at: ApexSource): readonly string[] {
  const { results } = compileProgram(sources, new ProjectSchema(SCHEMA));
  const result = results.find(({ source }) => source === at);
  return (result?.findings ?? []).map(({ line, message }) => `${String(line)}: ${message}`);
}

describe('Apex compile errors', () => {
  const defects = read('defects');

  it('has a corpus of more than 100 defective sources, each with an expected error', () => {
    expect(defects.length).to.be.greaterThan(100);
    for (const { name, source } of defects) expect(expected(source), name).not.to.have.length(0);
  });

  for (const defect of defects) {
    it(`reports ${defect.name} on its line, and nothing else`, () => {
      expect(found([defect], defect)).to.have.members(expected(defect.source));
    });
  }
});

describe('Apex that is right', () => {
  const good = read('good');
  for (const source of good) {
    it(`compiles ${source.name} without a finding`, () => {
      expect(found(good, source)).to.deep.equal([]);
    });
  }
});
