import { ComponentSet, MetadataConverter, type SourceComponent } from '@salesforce/source-deploy-retrieve';
import { expect } from 'chai';
import { strFromU8, unzipSync } from 'fflate';
import { join, relative } from 'node:path';
import { checkMetadata } from '../../../local-org/src/metadata/index.js';
import type { Problem } from '../../../local-org/src/model/index.js';
import { catalog, orgOf, packageOf, type Files } from '../../local-org/metadata/kit.js';
import { brokenPackages, type ExpectedProblem } from './index.js';

const API_VERSION = '66.0';

/** A project as the CLI sees it: its components, and the files that it would deploy. */
interface Converted {
  readonly sources: readonly SourceComponent[];
  readonly files: Files;
}

async function convert(directory: string): Promise<Converted> {
  const set = ComponentSet.fromSource(join(directory, 'force-app'));
  set.sourceApiVersion = API_VERSION;
  set.apiVersion = API_VERSION;
  const { zipBuffer } = await new MetadataConverter().convert(set, 'metadata', { type: 'zip' });
  if (zipBuffer === undefined) throw new Error(`nothing to deploy in ${directory}`);
  const files = new Map(Object.entries(unzipSync(zipBuffer)).map(([path, bytes]) => [path, strFromU8(bytes)]));
  const sources = set.getSourceComponents().toArray();
  return { sources: sources.flatMap((source) => [source, ...source.getChildren()]), files };
}

/** The source file of a problem, found by type and full name as the CLI does. */
function inSource(directory: string, sources: readonly SourceComponent[], problem: Problem): ExpectedProblem {
  const source = sources.find(({ type, fullName }) => type.name === problem.type && fullName === problem.fullName);
  const file = source?.xml ?? source?.content ?? problem.fileName;
  return {
    file: relative(directory, file).replaceAll('\\', '/'),
    line: problem.line,
    column: problem.column,
    message: problem.message,
  };
}

describe('broken packages, checked in process', () => {
  const all = brokenPackages();

  it('are at least 20, each broken in its own way', () => {
    expect(all.length).to.be.at.least(20);
    const messages = all.flatMap(({ expected }) => expected.map(({ message }) => message));
    expect(new Set(messages).size).to.equal(messages.length);
  });

  for (const { name, directory, expected } of all) {
    it(`${name} is refused at the right place`, async () => {
      const { sources, files } = await convert(directory);
      const found = checkMetadata(packageOf(files), orgOf(), catalog);
      expect(found.map((problem) => inSource(directory, sources, problem))).to.deep.equal(expected);
    });
  }
});
