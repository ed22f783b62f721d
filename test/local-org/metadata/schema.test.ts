import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { componentTypes } from '../../../local-org/src/metadata/index.js';
import { extractMetadataSchema } from '../../../scripts/extract-metadata-schema.js';

describe('metadata schema', () => {
  const committed = readFileSync(new URL('../../../local-org/data/metadata-schema.json', import.meta.url), 'utf8');

  it('is what the published types say', () => {
    expect(committed).to.equal(extractMetadataSchema());
  });

  it('names where it comes from and under which licence', () => {
    expect(committed).to.match(/"source": "npm package @salesforce\/types \d+\.\d+\.\d+/);
    expect(committed).to.match(/"licence": ".*BSD-3-Clause/);
  });

  it('describes every type that can be deployed', () => {
    const { types } = JSON.parse(committed) as { types: Record<string, unknown> };
    for (const { root, type } of componentTypes.values()) {
      expect(types).to.have.property(type === 'Settings' ? 'SchemaSettings' : root(''));
    }
  });
});
