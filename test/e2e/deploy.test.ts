import { expect } from 'chai';
import { z } from 'zod';
import { createLocalOrg, type DeploymentCheck, type LocalOrg } from '../../local-org/src/index.js';
import { testCheck } from '../local-org/support/deploying.js';
import { apexSource, manifest, objectSource, SfWorkspace, SOURCE } from './support/sfCli.js';

const deployed = z.looseObject({
  id: z.string(),
  status: z.string(),
  checkOnly: z.boolean(),
  success: z.boolean(),
  files: z.array(
    z.looseObject({
      fullName: z.string(),
      type: z.string(),
      state: z.string(),
      filePath: z.string().optional(),
      error: z.string().optional(),
      lineNumber: z.number().optional(),
      columnNumber: z.number().optional(),
    }),
  ),
});
const SOURCE_DIR = ['--source-dir', 'force-app', '--target-org', 'local'];

/** Deployments of a class named Slow wait until they are cancelled. */
const check: DeploymentCheck = async (pkg, org, signal) => {
  if (pkg.components.some(({ fullName }) => fullName === 'Slow')) {
    await new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  }
  return testCheck(pkg, org, signal);
};

describe('the real SF CLI and a local org', function () {
  this.timeout(180_000);
  let org: LocalOrg;
  let work: SfWorkspace;
  const log: string[] = [];
  before(async () => {
    org = await createLocalOrg({ check, alias: 'e2e', log: (line) => log.push(line) });
    work = new SfWorkspace();
    await work.login(org);
    work.write({ ...apexSource('Hello'), ...objectSource('Thing__c', ['A__c', 'B__c']) });
  });
  after(async () => {
    work.remove();
    await org.close();
  });
  const result = (answer: { result?: unknown }): z.infer<typeof deployed> => deployed.parse(answer.result);

  it('logs in, shows the org and lists it as connected', async () => {
    const shown = await work.json(['org', 'display', '--target-org', 'local']);
    expect(shown.result).to.include({
      id: org.orgId,
      username: org.username,
      apiVersion: '66.0',
      connectedStatus: 'Connected',
      alias: 'local',
    });
    const listed = JSON.stringify((await work.json(['org', 'list'])).result);
    expect(listed).to.contain('"connectedStatus":"Connected"').and.contain(org.username);
  });

  it('deploys, and prints each file', async () => {
    const run = await work.sf(['project', 'deploy', 'start', ...SOURCE_DIR]);
    expect(run.exitCode, run.stdout + run.stderr).to.equal(0);
    for (const row of [
      /Created +Hello +ApexClass +\S+classes\/Hello\.cls /,
      /Created +Thing__c\.A__c +CustomField +\S+fields\/A__c\.field-meta\.xml/,
      /Created +Thing__c +CustomObject +\S+Thing__c\.object-meta\.xml/,
    ]) {
      expect(run.stdout.replaceAll('\\', '/')).to.match(row);
    }
  });

  it('tells changed from unchanged files, and reports on an older deployment', async () => {
    work.write(apexSource('Hello', '    // changed\n'));
    const first = result(await work.json(['project', 'deploy', 'start', ...SOURCE_DIR]));
    expect(first.files.map(({ fullName, type, state }) => `${state} ${type} ${fullName}`)).to.have.members([
      'Changed ApexClass Hello',
      'Changed ApexClass Hello',
      'Unchanged CustomObject Thing__c',
      'Unchanged CustomField Thing__c.A__c',
      'Unchanged CustomField Thing__c.B__c',
    ]);
    const report = await work.json(['project', 'deploy', 'report', '--job-id', first.id]);
    expect(result(report)).to.include({ id: first.id, status: 'Succeeded' });
  });

  describe('a package with errors', () => {
    const BOTH = ['--metadata', 'ApexClass:Bad', '--metadata', 'ApexClass:Good', '--target-org', 'local'];
    before(() => work.write({ ...apexSource('Bad', '  BROKEN\n'), ...apexSource('Good') }));

    it('fails with file, line and column, in JSON', async () => {
      const answer = await work.json(['project', 'deploy', 'start', ...BOTH]);
      expect(answer.exitCode).to.equal(1);
      const failed = result(answer).files.filter(({ state }) => state === 'Failed');
      expect(failed).to.have.length(1);
      expect(failed[0]).to.include({
        fullName: 'Bad',
        type: 'ApexClass',
        lineNumber: 2,
        columnNumber: 3,
        error: 'This is broken. (2:3)',
      });
      expect(failed[0]?.filePath?.replaceAll('\\', '/')).to.match(/force-app\/main\/default\/classes\/Bad\.cls$/);
    });

    it('fails with line and column on the screen', async () => {
      const run = await work.sf(['project', 'deploy', 'start', ...BOTH]);
      expect(run.exitCode).to.equal(1);
      expect(run.stdout + run.stderr).to.match(/ApexClass +Bad +This is broken\. \(2:3\) +2:3/);
    });

    it('keeps the good components with --ignore-errors, and exits with 68', async () => {
      const answer = await work.json(['project', 'deploy', 'start', '--ignore-errors', ...BOTH]);
      expect(answer.exitCode).to.equal(68);
      expect(result(answer).status).to.equal('SucceededPartial');
      const states = result(answer).files.map(({ fullName, state }) => `${state} ${fullName}`);
      expect(states).to.include('Created Good').and.include('Failed Bad');
    });
  });

  it('keeps nothing of a dry run', async () => {
    work.write(apexSource('OnlyChecked'));
    const args = ['--metadata', 'ApexClass:OnlyChecked', '--target-org', 'local'];
    expect(result(await work.json(['project', 'deploy', 'start', '--dry-run', ...args]))).to.include({
      status: 'Succeeded',
      checkOnly: true,
    });
    const again = result(await work.json(['project', 'deploy', 'start', '--dry-run', ...args]));
    expect(again.files.map(({ state }) => state)).to.deep.equal(['Created', 'Created']);
  });

  it('validates, and deploys the validation quickly', async () => {
    work.write(apexSource('Validated'));
    const validation = await work.json([
      'project',
      'deploy',
      'validate',
      '--metadata',
      'ApexClass:Validated',
      '--target-org',
      'local',
    ]);
    expect(validation.exitCode, validation.message).to.equal(0);
    const quick = await work.json([
      'project',
      'deploy',
      'quick',
      '--job-id',
      result(validation).id,
      '--target-org',
      'local',
    ]);
    expect(quick.exitCode, quick.message).to.equal(0);
    expect(result(quick)).to.include({ status: 'Succeeded', checkOnly: false });
  });

  it('cancels a running deployment', async () => {
    work.write(apexSource('Slow'));
    const started = await work.json([
      'project',
      'deploy',
      'start',
      '--async',
      '--metadata',
      'ApexClass:Slow',
      '--target-org',
      'local',
    ]);
    const { id } = z.looseObject({ id: z.string() }).parse(started.result);
    const report = await work.json(['project', 'deploy', 'report', '--job-id', id]);
    expect(result(report).status).to.equal('InProgress');
    const canceled = await work.json(['project', 'deploy', 'cancel', '--job-id', id]);
    expect(result(canceled).status).to.equal('Canceled');
  });

  it('deletes components, and refuses while others use them', async () => {
    work.write({
      ...apexSource('Used'),
      ...apexSource('User1', '// uses Used\n'),
      'none.xml': manifest({}),
      'gone.xml': manifest({ ApexClass: ['Used'] }),
    });
    await work.json(['project', 'deploy', 'start', '--metadata', 'ApexClass:Us*', '--target-org', 'local']);
    const refused = await work.json([
      'project',
      'deploy',
      'start',
      '--manifest',
      'none.xml',
      '--post-destructive-changes',
      'gone.xml',
      '--target-org',
      'local',
    ]);
    expect(refused.exitCode).to.equal(1);
    expect(JSON.stringify(refused.result))
      .to.contain('referenced elsewhere in salesforce.com')
      .and.contain('Apex Class - User1');
    const deleted = await work.json([
      'project',
      'delete',
      'source',
      '--metadata',
      'ApexClass:Used',
      '--metadata',
      'ApexClass:User1',
      '--no-prompt',
      '--target-org',
      'local',
    ]);
    expect(deleted.exitCode, JSON.stringify(deleted)).to.equal(0);
  });

  it('deploys by REST as well', async () => {
    work.write(apexSource('ByRest'));
    const answer = await work.json(
      ['project', 'deploy', 'start', '--metadata', 'ApexClass:ByRest', '--target-org', 'local'],
      { SF_ORG_METADATA_REST_DEPLOY: 'true' },
    );
    expect(answer.exitCode, answer.message).to.equal(0);
    expect(result(answer).files[0]).to.include({ fullName: 'ByRest', state: 'Created' });
    expect(log.some((line) => line.startsWith('POST /services/data/v66.0/metadata/deployRequest 201'))).to.equal(true);
  });

  it('retrieves into an empty project what was deployed', async () => {
    const empty = new SfWorkspace();
    try {
      await empty.login(org);
      const answer = await empty.json([
        'project',
        'retrieve',
        'start',
        '--metadata',
        'ApexClass:Hello',
        '--metadata',
        'CustomObject:Thing__c',
        '--target-org',
        'local',
      ]);
      expect(answer.exitCode, answer.message).to.equal(0);
      const original = work.read(SOURCE);
      const retrieved = empty.read(SOURCE);
      expect(Object.keys(retrieved)).to.have.members([
        'classes/Hello.cls',
        'classes/Hello.cls-meta.xml',
        ...Object.keys(original).filter((path) => path.startsWith('objects/')),
      ]);
      for (const [path, text] of Object.entries(retrieved))
        expect(text.replace(/\s+/g, ' '), path).to.equal(original[path]?.replace(/\s+/g, ' '));
    } finally {
      empty.remove();
    }
  });

  it('tells a session of an earlier start that it is over', async () => {
    const stranger = new SfWorkspace();
    try {
      const first = await createLocalOrg({ check, alias: 'restarted' });
      await stranger.login(first);
      await first.close();
      const second = await createLocalOrg({ check, alias: 'restarted', port: first.port });
      try {
        stranger.write(apexSource('Hello'));
        const answer = await stranger.json(['project', 'deploy', 'start', ...SOURCE_DIR]);
        expect(answer.exitCode).not.to.equal(0);
        expect(answer.message).to.match(/INVALID_SESSION_ID|expired access|Session expired/i);
      } finally {
        await second.close();
      }
    } finally {
      stranger.remove();
    }
  });
});
