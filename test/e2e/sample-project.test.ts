import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import jsforce from 'jsforce';
import { z } from 'zod';
import { loadProject } from '../../generator/src/pipeline/index.js';
import { OrgClient } from '../../generator/src/org-client/index.js';
import type { Integration } from '../../generator/src/model/index.js';
import { sampleRecords, setUpIntegrations, startCounterpart, untilDrained } from '../../generator/src/prove/index.js';
import { localOrgStatus } from '../../local-org/src/index.js';
import { callout, PROJECT } from '../support/callout-cli.js';

const started = z.looseObject({ result: z.looseObject({ url: z.string(), pid: z.number() }) });
const deployed = z.looseObject({
  status: z.number(),
  result: z.looseObject({
    generated: z.looseObject({ counts: z.looseObject({ created: z.number(), changed: z.number() }) }),
    deployed: z.looseObject({
      result: z.looseObject({
        status: z.string(),
        numberComponentErrors: z.number(),
        numberComponentsTotal: z.number(),
        files: z.array(z.looseObject({ type: z.string(), fullName: z.string(), state: z.string() })),
      }),
    }),
  }),
});

const proof = z.looseObject({
  result: z.looseObject({
    runs: z.array(
      z.object({
        integration: z.string(),
        records: z.number(),
        delivered: z.number(),
        left: z.number(),
        doubled: z.number(),
        outOfOrder: z.number(),
      }),
    ),
  }),
});

/** Starts an integration for so many records at once: by changing them, or through its action when it has no trigger. */
async function starter(
  connection: jsforce.Connection,
  org: OrgClient,
  integration: Integration,
): Promise<(count: number, round: number) => Promise<void>> {
  const samples = await sampleRecords(org, integration);
  if (samples === undefined)
    return async (count) => {
      const inputs = Array.from({ length: count }, (_, at) => ({ companyName: `Company ${at}`, amount: at }));
      const action = `/services/data/v66.0/actions/custom/apex/${integration.apiName}Action`;
      await connection.request({ method: 'POST', url: action, body: JSON.stringify({ inputs }) });
    };
  const records = connection.sobject(samples.object);
  // Unique fields have the first numbers already.
  const created = await records.create(Array.from({ length: 200 }, (_, at) => samples.create(1000 + at)));
  expect(created.filter(({ success }) => !success)).to.deep.equal([]);
  await untilDrained(org, integration);
  return async (count, round) => {
    const changes = created.slice(0, count).map(({ id }, at) => ({ Id: id ?? '', ...samples.change(at, round) }));
    const saved = await records.update(changes);
    expect(saved.filter(({ success }) => !success)).to.deep.equal([]);
  };
}

describe('the sample integrations, deployed to a local org with the real SF CLI', function () {
  this.timeout(120_000);
  const alias = `sample-${String(process.pid)}`;
  const home = mkdtempSync(join(tmpdir(), 'callout-sample-'));
  const env = {
    HOME: home,
    SF_DISABLE_TELEMETRY: 'true',
    SF_DISABLE_LOG_FILE: 'true',
    SF_AUTOUPDATE_DISABLE: 'true',
    SF_DISABLE_AUTOUPDATE: 'true',
  };

  before(async () => {
    const { exitCode, stdout } = await callout(['org', 'start', '--alias', alias, '--json'], { env });
    expect(exitCode, stdout).to.equal(0);
    expect(started.parse(JSON.parse(stdout)).result.url).to.match(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  after(async () => {
    const { exitCode, stdout } = await callout(['org', 'stop', '--alias', alias, '--json'], { env });
    rmSync(home, { recursive: true, force: true });
    expect(exitCode, stdout).to.equal(0);
  });

  const deploy = async (...args: readonly string[]): Promise<z.infer<typeof deployed>> => {
    const { exitCode, stdout } = await callout(['deploy', 'start', '--target-org', alias, '--json', ...args], { env });
    expect(exitCode, stdout).to.equal(0);
    return deployed.parse(JSON.parse(stdout));
  };

  it('deploy without an error, every generated component among them', async () => {
    const { generated, deployed: answer } = (await deploy()).result;
    expect(generated.counts).to.include({ created: 0, changed: 0 });
    expect(answer.result).to.include({ status: 'Succeeded', numberComponentErrors: 0 });
    const names = answer.result.files.map(({ type, fullName }) => `${type} ${fullName}`);
    for (const name of [
      'Flow Account_Update_External_System',
      'NamedCredential AccountSync',
      'ExternalCredential CaseMirror',
      'PermissionSet AccountSync_Credential',
      'CustomMetadata CalloutPolicy.OrderFulfilment',
      'PlatformEventSubscriberConfig CalloutWakeupSubscriber',
      'ApexTrigger CalloutWakeupTrigger',
      'CustomField CalloutQueue__c.Idempotency_Key__c',
    ]) {
      expect(names).to.include(name);
    }
  });

  it('deploy with the values of another environment', async () => {
    const refused = await callout(['deploy', 'start', '--target-org', alias, '--environment', 'prodution'], { env });
    expect(refused.exitCode).to.equal(1);
    expect(refused.stderr).to.contain('prodution').and.to.contain('production');
    const { deployed: answer } = (await deploy('--environment', 'production', '--dry-run')).result;
    expect(answer.result.status).to.equal('Succeeded');
  });

  it('deliver one change through sf, and 50 and 200 in one request, each once and in order', async () => {
    const { exitCode, stdout } = await callout(['prove', '--alias', alias, '--json'], { env });
    expect(exitCode, stdout).to.equal(0);
    const { runs } = proof.parse(JSON.parse(stdout)).result;
    const faultless = { left: 0, doubled: 0, outOfOrder: 0 };
    expect(runs).to.deep.equal(
      ['account-sync', 'case-mirror', 'credit-check', 'order-fulfilment'].flatMap((integration) =>
        [1, 50, 200].map((records) => ({ integration, records, delivered: records, ...faultless })),
      ),
    );
  });

  it('deliver what jsforce changes: 1, 50 and 200 records in one request', async () => {
    const status = await localOrgStatus({ projectRoot: PROJECT, alias });
    if (status.state !== 'running') throw new Error('The local org does not run.');
    const { url, token } = status.handle;
    const integrations = (await loadProject(join(PROJECT, 'config'))).project?.integrations ?? [];
    const org = new OrgClient({ url, token });
    const counterpart = await startCounterpart(integrations, url);
    const connection = new jsforce.Connection({ instanceUrl: url, accessToken: token, version: '66.0' });
    try {
      await org.request('PUT', '/callout/routes', counterpart.routes);
      await setUpIntegrations(org, counterpart, { integrations, integrationUser: 'integration@callout.example' });
      for (const integration of integrations) {
        const start = await starter(connection, org, integration);
        for (const [round, count] of [1, 50, 200].entries()) {
          const before = counterpart.system.summary();
          await start(count, round + 1);
          await untilDrained(org, integration);
          const { applied, duplicates } = counterpart.system.summary();
          expect({ name: integration.name, applied: applied - before.applied, duplicates }).to.deep.equal({
            name: integration.name,
            applied: count * integration.requests.length,
            duplicates: 0,
          });
        }
      }
    } finally {
      await org.request('PUT', '/callout/routes', []);
      await counterpart.system.close();
    }
  });

  it('name the running org in its status', async () => {
    const { stdout } = await callout(['org', 'status', '--alias', alias], { env });
    expect(stdout)
      .to.contain(alias)
      .and.to.match(/http:\/\/127\.0\.0\.1:\d+/)
      .and.to.match(/\d+ components/);
  });

  it('refuse to start a second org under the same alias', async () => {
    const { exitCode, stderr } = await callout(['org', 'start', '--alias', alias], { env });
    expect(exitCode).to.equal(1);
    expect(stderr).to.contain('runs already');
  });

  it('leave the state of the org readable for its owner only', () => {
    expect(existsSync(join(PROJECT, '.callout', 'org', `${alias}.json`))).to.equal(true);
  });
});
