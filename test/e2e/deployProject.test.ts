import { join } from 'node:path';
import { expect } from 'chai';
import { authorizeAlias, deauthorizeAlias, deployProject, runSf } from '../../generator/src/deploy/index.js';
import { UserError } from '../../generator/src/errors/index.js';
import { localOrgStatus, startLocalOrg, stopLocalOrg } from '../../local-org/src/index.js';
import { objectSource, SfWorkspace, SOURCE } from './support/sfCli.js';

describe('deploying a project to a local org in its own process', function () {
  this.timeout(180_000);
  let work: SfWorkspace;
  beforeEach(() => {
    work = new SfWorkspace();
  });
  afterEach(async () => {
    const reference = { projectRoot: work.root };
    if ((await localOrgStatus(reference)).state !== 'stopped') await stopLocalOrg(reference);
    work.remove();
  });

  it('puts the environment’s values in, keeps deployments across a restart with a data directory, and logs out', async () => {
    const { root: projectRoot, home } = work;
    const dataDir = join(projectRoot, '.callout', 'data');
    const org = await startLocalOrg({ projectRoot, dataDir });
    await authorizeAlias(org, { projectRoot, home });
    work.write({
      ...objectSource('Thing__c', ['A__c']),
      'sfdx-project.json': JSON.stringify({
        packageDirectories: [{ path: 'force-app', default: true }],
        sourceApiVersion: '66.0',
        replacements: [
          {
            filename: `${SOURCE}/objects/Thing__c/fields/A__c.field-meta.xml`,
            stringToReplace: '<label>A__c</label>',
            replaceWithFile: 'label.txt',
            replaceWhenEnv: [{ env: 'CALLOUT_ENVIRONMENT', value: 'sandbox' }],
          },
        ],
      }),
      'label.txt': '<label>Sandbox</label>',
    });
    const target = { projectRoot, home, targetOrg: org.alias, loopback: true, json: true };
    const deployment = await deployProject({ ...target, environment: 'sandbox' });
    expect(deployment.exitCode, JSON.stringify(deployment.json)).to.equal(0);
    expect(deployment.json?.result).to.include({ status: 'Succeeded', numberComponentsDeployed: 2 });

    await stopLocalOrg({ projectRoot });
    const restarted = await startLocalOrg({ projectRoot, dataDir });
    expect(restarted.token).not.to.equal(org.token);
    await authorizeAlias(restarted, { projectRoot, home });
    const { stdout } = await runSf(
      ['project', 'retrieve', 'start', '--metadata', 'CustomField:Thing__c.A__c', '--target-org', org.alias, '--json'],
      { projectRoot, home, loopback: true, output: 'capture' },
    );
    expect(stdout).to.contain('Thing__c.A__c');
    expect(work.read(SOURCE)['objects/Thing__c/fields/A__c.field-meta.xml']).to.contain('<label>Sandbox</label>');
    expect(await deauthorizeAlias(org.alias, { projectRoot, home })).to.equal(true);
  });

  it('says what the SF CLI says when it cannot log in', async () => {
    const { root: projectRoot, home } = work;
    const org = await startLocalOrg({ projectRoot });
    const wrong = { alias: 'wrong', url: org.url, token: `${org.token}x` };
    const error = await authorizeAlias(wrong, { projectRoot, home }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(UserError).with.property('name', 'AuthorizationError');
    expect(error instanceof UserError && error.message).to.not.contain(wrong.token);
  });
});
