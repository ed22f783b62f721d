import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { externalStatus, stopExternal } from '../../local-org/src/index.js';
import { callout, type CliRun } from '../support/callout-cli.js';

describe('callout org external', function () {
  this.timeout(60_000);
  let cwd: string;
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'external-command-'));
  });
  afterEach(async () => {
    if ((await externalStatus(cwd)).state !== 'stopped') await stopExternal(cwd);
    rmSync(cwd, { recursive: true, force: true });
  });

  const external = (args: readonly string[], input?: string): Promise<CliRun> =>
    callout(['org', 'external', ...args], { cwd, ...(input === undefined ? {} : { input }) });

  it('starts, changes and shows what the external system does and received', async () => {
    const started = await external(['start', '--port', '0', '--json']);
    expect(started.exitCode, started.stdout).to.equal(0);
    const { url }: { url: string } = JSON.parse(started.stdout).result;
    const set = await external(['configure', '--set', 'authentication.accept=[none]', '--json']);
    expect(JSON.parse(set.stdout).result.authentication.accept).to.deep.equal(['none']);
    const file = await external(['configure', '--file', '-'], 'token:\n  lifetimeSeconds: 9\n');
    expect(file.stdout).to.contain('lifetimeSeconds: 9');
    await fetch(`${url}/orders`, { method: 'POST', body: '{"a":1}' });
    expect((await external(['journal'])).stdout).to.match(/POST +\/orders +applied +201 +\{"a":1\}/);
    expect((await external(['status'])).stdout).to.match(/applied +1/);
    expect((await external(['expire'])).stdout).to.contain('0 access tokens ended');
    expect((await external(['stop'])).exitCode).to.equal(0);
  });

  it('says what to do when it does not run, when a key is wrong and when a value has no key', async () => {
    const stopped = await external(['journal']);
    expect(stopped.exitCode).to.equal(1);
    expect(stopped.stderr).to.contain('callout org external start');
    await external(['start', '--port', '0']);
    const wrong = await external(['configure', '--set', 'token.lifetime=1']);
    expect(wrong.exitCode).to.equal(1);
    expect(wrong.stderr).to.contain('Unrecognized key: "lifetime"').and.contain('docs/external-system.md');
    expect((await external(['configure', '--set', 'nothing'])).exitCode).to.equal(2);
  });
});
