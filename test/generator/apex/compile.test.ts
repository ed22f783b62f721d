import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ComponentSet, MetadataConverter } from '@salesforce/source-deploy-retrieve';
import { expect } from 'chai';
import { emitProject } from '../../../generator/src/emit/index.js';
import type { ProjectModel } from '../../../generator/src/model/index.js';
import { checkApex } from '../../../local-org/src/apex/index.js';
import { readPackage } from '../../../local-org/src/package/index.js';
import { ACTION, SHORTEST } from './support/configs.js';
import { projectOf } from './support/projects.js';

/** What the Apex compiler says when the project is deployed to an empty org. */
async function compileErrors(project: ProjectModel): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'callout-compile-'));
  try {
    for (const { path, content } of emitProject(project).files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const components = ComponentSet.fromSource(join(folder, 'force-app'));
    // Otherwise the library asks the network for the newest version.
    components.apiVersion = '66.0';
    components.sourceApiVersion = '66.0';
    const { zipBuffer } = await new MetadataConverter().convert(components, 'metadata', { type: 'zip' });
    const reading = await readPackage(zipBuffer ?? Buffer.alloc(0));
    expect(reading.problems).to.deep.equal([]);
    const empty = { component: () => undefined, components: () => [], users: [] };
    return checkApex(reading.package, empty).map(
      ({ fileName, line, message }) => `${fileName ?? ''}:${String(line ?? 0)} ${message}`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('generated Apex: compiler', function () {
  // The conversion and the compiler are loaded here for the first time.
  this.timeout(60_000);

  it('takes actions that are called with nothing, with a record and with inputs', async () => {
    const project = await projectOf({
      'config/integrations/account.yaml': SHORTEST,
      'config/integrations/account-check.yaml': SHORTEST.replace('requests:', 'object: Account\nrequests:'),
      'config/integrations/check.yaml': ACTION,
    });
    expect(await compileErrors(project)).to.deep.equal([]);
  });
});
