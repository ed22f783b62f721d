import { expect } from 'chai';
import fc from 'fast-check';
import { UserError } from '../../../generator/src/errors/index.js';
import { mergeReplacements, type Replacement } from '../../../generator/src/output/index.js';

const PROJECT = `{
    "packageDirectories": [{ "path": "force-app", "default": true }],
    "sourceApiVersion": "66.0"
}
`;

function ours(name: string): Replacement {
  return {
    filename: `force-app/main/${name}.xml`,
    stringToReplace: 'https://a',
    replaceWithFile: `replacements/${name}/url.txt`,
    replaceWhenEnv: [{ env: 'CALLOUT_ENVIRONMENT', value: 'local' }],
  };
}

describe('merging replacements into sfdx-project.json', () => {
  it('adds them in the indentation of the file and leaves the rest byte for byte', () => {
    const merged = mergeReplacements(PROJECT, [ours('one')]);
    expect(JSON.parse(merged)).to.deep.equal({ ...JSON.parse(PROJECT), replacements: [ours('one')] });
    expect(merged).to.contain('    "packageDirectories": [{ "path": "force-app", "default": true }],\n');
    expect(merged).to.contain('\n    "replacements": [\n        {\n            "filename"');
    expect(merged.endsWith('}\n')).to.equal(true);
  });

  it('replaces its own entries, keeps a person’s, and takes the key away with the last entry', () => {
    const mine = '{ "filename": "a.txt", "stringToReplace": "x",   "replaceWithEnv": "X" }';
    const text = PROJECT.replace('"66.0"', `"66.0",\n    "replacements": [\n        ${mine}\n    ]`);
    const once = mergeReplacements(text, [ours('one'), ours('two')]);
    const twice = mergeReplacements(once, [ours('three')]);
    expect(twice).to.contain(mine);
    expect(JSON.parse(twice).replacements).to.deep.equal([JSON.parse(mine), ours('three')]);
    expect(JSON.parse(mergeReplacements(twice, [])).replacements).to.deep.equal([JSON.parse(mine)]);
    expect(mergeReplacements(mergeReplacements(PROJECT, [ours('one')]), [])).to.equal(PROJECT);
  });

  it('returns the text as it was when nothing of ours changes', () => {
    const odd = PROJECT.replaceAll('    ', '\t').replaceAll('\n', '\r\n');
    expect(mergeReplacements(odd, [])).to.equal(odd);
    const merged = mergeReplacements(odd, [ours('one')]);
    expect(merged).to.contain('\r\n\t"replacements": [');
    expect(merged.replaceAll('\r\n', '')).to.not.contain('\n');
    expect(mergeReplacements(merged, [ours('one')])).to.equal(merged);
  });

  it('refuses what is not an object, or has a strange "replacements"', () => {
    for (const text of ['', '[]', '{', '{"replacements": {}}', '{"a": 1,}']) {
      expect(() => mergeReplacements(text, [ours('one')]), text).to.throw(UserError);
    }
  });

  it('is idempotent and never loses a person’s entry or key', () => {
    const theirs = fc.record({
      filename: fc.constantFrom('force-app/a.xml', 'b.xml'),
      stringToReplace: fc.string(),
      replaceWithEnv: fc.string(),
    });
    const entry = fc.oneof(theirs, fc.constantFrom('one', 'two').map(ours));
    fc.assert(
      fc.property(
        fc.option(fc.array(entry), { nil: undefined }),
        fc.array(fc.constantFrom('one', 'two', 'three').map(ours)),
        fc.constantFrom(undefined, 2, '\t'),
        (existing, wanted, indent) => {
          const project = { z: 1, ...(existing === undefined ? {} : { replacements: existing }), a: [2, { b: 3 }] };
          const merged = mergeReplacements(JSON.stringify(project, undefined, indent), wanted);
          expect(mergeReplacements(merged, wanted)).to.equal(merged);
          const { replacements = [], ...rest } = JSON.parse(merged);
          expect(rest).to.deep.equal({ z: 1, a: [2, { b: 3 }] });
          const kept = existing?.filter((each) => !('replaceWithFile' in each)) ?? [];
          expect(replacements.filter((each: object) => !('replaceWithFile' in each))).to.deep.equal(kept);
          expect(replacements.filter((each: object) => 'replaceWithFile' in each)).to.deep.equal(wanted);
        },
      ),
      { numRuns: 300 },
    );
  });
});
