import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ComponentSet, MetadataConverter } from '@salesforce/source-deploy-retrieve';
import { expect } from 'chai';
import { strFromU8, unzipSync } from 'fflate';
import type { Integration } from '../../../generator/src/model/index.js';
import { loadProject } from '../../../generator/src/pipeline/index.js';
import { connectExternal, untilDrained } from '../../../generator/src/prove/index.js';
import { OrgClient } from '../../../generator/src/org-client/index.js';
import {
  createLocalOrg,
  startExternalSystem,
  type ExternalSystem,
  type LocalOrg,
} from '../../../local-org/src/index.js';
import { Client } from '../../local-org/server/client.js';
import { packageXml, type PackageFiles } from '../../local-org/support/packages.js';
import { PROJECT } from '../../support/callout-cli.js';

const INTEGRATION_USER = 'integration@callout.example';
const RECORDS = 20;

/** The generated sample project as a deployment sends it. */
async function samplePackage(): Promise<PackageFiles> {
  const set = ComponentSet.fromSource(join(PROJECT, 'force-app'));
  // Otherwise the library asks the network for the newest version.
  set.apiVersion = '66.0';
  set.sourceApiVersion = '66.0';
  const { zipBuffer } = await new MetadataConverter().convert(set, 'metadata', { type: 'zip' });
  const entries = Object.entries(unzipSync(zipBuffer ?? new Uint8Array()));
  return Object.fromEntries(entries.map(([path, bytes]) => [path, strFromU8(bytes)]));
}

// PLATFORM 1.4: only HTTP 401 makes the platform refresh a token.
describe('an expired session that is signalled by another status than 401', function () {
  this.timeout(120_000);
  let org: LocalOrg;
  let client: Client;
  let system: ExternalSystem;
  let files: PackageFiles;
  let caseMirror: Integration;

  before(async () => {
    const { project } = await loadProject(join(PROJECT, 'config'));
    const found = project?.integrations.find(({ name }) => name === 'case-mirror');
    if (found === undefined) throw new Error('There is no sample case-mirror.');
    caseMirror = found;
    files = await samplePackage();
    org = await createLocalOrg({ users: [INTEGRATION_USER] });
    client = new Client(org);
    await client.deploy(files);
  });
  beforeEach(async () => {
    system = await startExternalSystem({
      behaviour: {
        token: { live: 'onePerClient' },
        expiredSession: { status: 500, form: 'soap', path: '*/sobjects/*' },
      },
    });
    const options = { org, receiver: system, integrations: [caseMirror], integrationUser: INTEGRATION_USER };
    await connectExternal(options);
  });
  afterEach(() => system.close());
  after(() => org.close());

  const insertCases = async (subject: string): Promise<void> => {
    const records = Array.from({ length: RECORDS }, () => ({ attributes: { type: 'Case' }, Subject: subject }));
    const { body } = await client.post('/composite/sobjects', { allOrNone: true, records });
    expect(body).to.be.an('array').with.length(RECORDS);
  };
  const rowsOf = (status: string): Promise<readonly unknown[]> =>
    client.rows(
      `SELECT Status__c, Attempts__c, Last_Category__c, Last_Status_Code__c FROM CalloutQueue__c WHERE Integration__c = 'CaseMirror' AND Status__c = '${status}'`,
    );

  it('is delivered at the first attempt: the probe makes the platform refresh, one fresh attempt follows', async () => {
    expect(system.expireTokens()).to.equal(1);
    await insertCases('with a probe');
    await untilDrained(new OrgClient(org), caseMirror);
    expect(await rowsOf('Succeeded')).to.deep.equal(
      Array.from({ length: RECORDS }, () => ({
        Status__c: 'Succeeded',
        Attempts__c: 1,
        Last_Category__c: 'Success',
        Last_Status_Code__c: 200,
      })),
    );
    const seen = system.requests().map(({ method, path, status }) => `${method} ${path.split('/')[4] ?? ''} ${status}`);
    expect(seen.slice(0, 4)).to.deep.equal([
      'PATCH sobjects 500',
      'GET limits 401',
      'GET limits 200',
      'PATCH sobjects 200',
    ]);
    expect(system.summary()).to.include({ refreshes: 1, applied: RECORDS + 1, unauthorized: 2 });
  });

  it('stays pending without a probe, because every attempt carries the same token', async () => {
    const path = 'customMetadata/CalloutPolicy.CaseMirror.md';
    const probed = files[path] ?? '';
    const unprobed = probed.replace('<value xsi:type="xsd:string">/limits</value>', '<value xsi:nil="true"/>');
    expect(unprobed).not.to.equal(probed);
    const manifest = packageXml({ CustomMetadata: ['CalloutPolicy.CaseMirror'] });
    await client.deploy({ [path]: unprobed, 'package.xml': manifest });
    system.expireTokens();
    await insertCases('without a probe');
    let tried: readonly unknown[] = [];
    while (tried.length === 0) {
      await delay(50);
      tried = (await rowsOf('Pending')).filter((row) => JSON.stringify(row).includes('Auth Expired'));
    }
    expect(tried).to.deep.equal([
      { Status__c: 'Pending', Attempts__c: 0, Last_Category__c: 'Auth Expired', Last_Status_Code__c: 500 },
    ]);
    expect(system.summary()).to.include({ refreshes: 0, applied: 0, unauthorized: 2 });
  });
});
