import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import {
  LocalOrgError,
  localOrgStatus,
  startLocalOrg,
  stopLocalOrg,
  type LocalOrgHandle,
} from '../../../local-org/src/index.js';
import { authorized, call } from '../support/http.js';

async function refusal(action: Promise<unknown>): Promise<LocalOrgError> {
  try {
    await action;
  } catch (error) {
    if (error instanceof LocalOrgError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('a local org in a process of its own', () => {
  let projectRoot: string;
  beforeEach(() => {
    projectRoot = mkdtempSync(join(tmpdir(), 'org-process-'));
  });
  afterEach(async () => {
    for (const alias of ['callout-local', 'other']) {
      if ((await localOrgStatus({ projectRoot, alias })).state !== 'stopped')
        await stopLocalOrg({ projectRoot, alias });
    }
    rmSync(projectRoot, { recursive: true, force: true });
  });

  it('starts, answers, is found and stops', async () => {
    const handle = await startLocalOrg({ projectRoot, users: ['integration@callout.example'] });
    expect((await call(handle, '/callout/status', { headers: authorized(handle) })).status).to.equal(200);
    expect(await localOrgStatus({ projectRoot })).to.deep.equal({
      state: 'running',
      handle,
      components: 0,
      deployments: 0,
    });
    if (process.platform !== 'win32') expect(statSync(handle.stateFile).mode & 0o777).to.equal(0o600);
    expect(readFileSync(handle.logFile, 'utf8')).to.contain('listens at').and.not.contain(handle.token);
    const again = await refusal(startLocalOrg({ projectRoot }));
    expect(again.code).to.equal('already-running');
    expect(again.message).to.contain(String(handle.pid));
    await stopLocalOrg({ projectRoot });
    expect(isAlive(handle.pid)).to.equal(false);
    expect(await localOrgStatus({ projectRoot })).to.deep.equal({ state: 'stopped' });
    expect((await refusal(stopLocalOrg({ projectRoot }))).code).to.equal('not-running');
  });

  it('lets only one of two simultaneous starts win', async () => {
    const results = await Promise.allSettled([startLocalOrg({ projectRoot }), startLocalOrg({ projectRoot })]);
    const started = results.filter(
      (result): result is PromiseFulfilledResult<LocalOrgHandle> => result.status === 'fulfilled',
    );
    expect(started).to.have.length(1);
    const lost = results.find((result) => result.status === 'rejected');
    expect(lost?.status === 'rejected' && lost.reason)
      .to.be.instanceOf(LocalOrgError)
      .with.property('code', 'already-running');
    expect((await localOrgStatus({ projectRoot })).state).to.equal('running');
  });

  it('notices a state file whose process is gone, or is another one now', async () => {
    const handle = await startLocalOrg({ projectRoot });
    const state = readFileSync(handle.stateFile, 'utf8');
    process.kill(handle.pid, 'SIGKILL');
    while (isAlive(handle.pid)) await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await localOrgStatus({ projectRoot })).state).to.equal('stopped');
    mkdirSync(dirname(handle.stateFile), { recursive: true });
    writeFileSync(handle.stateFile, state.replace(`"pid": ${handle.pid}`, `"pid": ${process.pid}`));
    expect((await localOrgStatus({ projectRoot })).state, 'this very process is no local org').to.equal('stopped');
    writeFileSync(handle.stateFile, 'garbage');
    expect((await localOrgStatus({ projectRoot })).state).to.equal('stopped');
  });

  it('says why it does not start, and leaves nothing running', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const error = await refusal(startLocalOrg({ projectRoot, port })).finally(() => taken.close());
    expect(error.code).to.equal('port-unavailable');
    expect(error.message).to.equal(
      `The local org "callout-local" cannot listen at port ${port} of 127.0.0.1: another program uses it.`,
    );
    expect((await localOrgStatus({ projectRoot })).state).to.equal('stopped');
  });

  it('refuses aliases that are no file names', async () => {
    for (const alias of ['../evil', 'a/b', '', '.hidden', 'a..b', 'x'.repeat(65)]) {
      expect((await refusal(startLocalOrg({ projectRoot, alias }))).code, alias).to.equal('invalid-alias');
    }
  });

  it('keeps its data directory across restarts, and to itself', async () => {
    const dataDir = join(projectRoot, 'data');
    const first = await startLocalOrg({ projectRoot, dataDir });
    expect((await refusal(startLocalOrg({ projectRoot, alias: 'other', dataDir }))).message).to.contain('is in use');
    await stopLocalOrg({ projectRoot });
    const second = await startLocalOrg({ projectRoot, dataDir });
    expect(second.orgId).to.equal(first.orgId);
    expect(second.token).not.to.equal(first.token);
  });
});
