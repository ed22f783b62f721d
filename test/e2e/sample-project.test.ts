import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { z } from 'zod';
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
