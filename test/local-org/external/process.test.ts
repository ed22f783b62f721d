import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  ExternalAdmin,
  externalStatus,
  LocalOrgError,
  startExternal,
  stopExternal,
} from '../../../local-org/src/index.js';
import { rejection } from '../support/rejection.js';

describe('an external system in a process of its own', () => {
  let projectRoot: string;
  beforeEach(() => {
    projectRoot = mkdtempSync(join(tmpdir(), 'external-process-'));
  });
  afterEach(async () => {
    if ((await externalStatus(projectRoot)).state !== 'stopped') await stopExternal(projectRoot);
    rmSync(projectRoot, { recursive: true, force: true });
  });

  it('starts with a behaviour from a file, is administered from outside and stops', async () => {
    const behaviourFile = join(projectRoot, 'behaviour.yaml');
    writeFileSync(behaviourFile, 'token:\n  lifetimeSeconds: 7\n');
    const handle = await startExternal({ projectRoot, port: 0, seed: 1, behaviourFile });
    const admin = new ExternalAdmin(handle.url);
    expect((await admin.behaviour()).token).to.include({ lifetimeSeconds: 7 });
    await admin.configure({ authentication: { accept: ['apiKey'] } });
    await admin.registerAccount({ kind: 'apiKey', name: 'erp', key: 'the key' });
    await fetch(`${handle.url}/orders?q=1`, { method: 'POST', headers: { 'x-api-key': 'the key' }, body: '{}' });
    expect(await admin.requests({ outcome: 'applied' })).to.have.length(1);
    const refused = await rejection(admin.configure({ token: { lifetimeSeconds: 0 } }));
    expect(refused).to.have.property('name', 'ExternalAdminError');
    expect(refused.message).to.contain('token.lifetimeSeconds');
    const status = await externalStatus(projectRoot);
    expect(status.state === 'running' && status.summary).to.include({ applied: 1 });
    const again = await rejection(startExternal({ projectRoot, port: 0 }));
    expect(again).to.be.instanceOf(LocalOrgError).with.property('code', 'already-running');
    expect((await stopExternal(projectRoot)).pid).to.equal(handle.pid);
    expect((await externalStatus(projectRoot)).state).to.equal('stopped');
    expect(readFileSync(handle.logFile, 'utf8')).to.contain('POST /orders 201').and.not.contain('the key');
  });

  it('says what is wrong with a behaviour file', async () => {
    const behaviourFile = join(projectRoot, 'behaviour.yaml');
    writeFileSync(behaviourFile, 'token:\n  lifetime: 7\n');
    const error = await rejection(startExternal({ projectRoot, port: 0, behaviourFile }));
    expect(error.message).to.equal(`${behaviourFile}: token: Unrecognized key: "lifetime"`);
  });
});
