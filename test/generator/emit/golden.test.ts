import { expect } from 'chai';
import { emitManifests, emitMetadata, emitReplacements } from '../../../generator/src/emit/index.js';
import type { GeneratedFile } from '../../../generator/src/model/index.js';
import { expectGolden } from './support/golden.js';
import { GOLDEN_PROJECTS } from './support/golden-projects.js';
import { integration, project } from './support/models.js';
import { schemaCheck } from './support/wsdl-schema.js';

/** Files that are the same for every project; notification types depend on who is alerted. */
const isRuntime = ({ path }: GeneratedFile): boolean =>
  path.startsWith('force-app/main/callout-runtime/') && !path.includes('/notificationtypes/');

/** The entries as a file, so that they are compared like the rest. */
function entriesFile(entries: readonly unknown[]): readonly GeneratedFile[] {
  if (entries.length === 0) return [];
  return [
    { path: 'replacements.json', content: `${JSON.stringify(entries, undefined, 2)}\n`, header: 'none', origin: '' },
  ];
}

describe('emit: golden projects', () => {
  for (const [name, model] of Object.entries(GOLDEN_PROJECTS)) {
    it(name, () => {
      const { files, entries } = emitReplacements(model);
      const own = emitMetadata(model).filter((file) => !isRuntime(file));
      expectGolden(name, [...own, ...files, ...entriesFile(entries)]);
    });
  }

  it('runtime', () => {
    const files = emitMetadata(project([integration()]));
    expectGolden('runtime', [...files.filter(isRuntime), ...emitManifests(files, 66)]);
  });

  it('has the same bytes on a second run', () => {
    for (const model of Object.values(GOLDEN_PROJECTS)) {
      expect(emitMetadata(model)).to.deep.equal(emitMetadata(model));
    }
  });
});

const check = schemaCheck();
if (check === undefined) {
  console.info('emit: the Metadata API WSDL is not there, so the check against its schema is left out.');
} else {
  describe('emit: every file passes the schema of the Metadata API', () => {
    for (const [name, model] of Object.entries(GOLDEN_PROJECTS)) {
      it(name, () => {
        const files = emitMetadata(model);
        const problems = [...files, ...emitManifests(files, 66)].flatMap(({ path, content }) =>
          check(content).map((problem) => `${path}: ${problem}`),
        );
        expect(problems).to.deep.equal([]);
      });
    }

    it('finds an unknown element, a wrong value, a gap and a missing element', () => {
      const flow = (body: string): string => `<Flow xmlns="http://soap.sforce.com/2006/04/metadata">${body}</Flow>`;
      expect(check(flow('<label>A</label><colour>red</colour>'))).to.deep.equal(['Flow: unknown element colour']);
      expect(check(flow('<label>A</label><status>On</status>'))).to.deep.equal([
        'Flow.status: On is no FlowVersionStatus',
      ]);
      expect(check(flow(''))).to.deep.equal(['Flow: label is missing']);
      expect(
        check(flow('<environments>Default</environments><label>A</label><environments>Default</environments>')),
      ).to.deep.equal(['Flow: environments is not contiguous']);
    });
  });
}
