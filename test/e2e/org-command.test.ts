import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { localOrgStatus, stopLocalOrg } from '../../local-org/src/index.js';
import { OrgStore } from '../../local-org/src/store/index.js';
import { callout, type CliRun } from '../support/callout-cli.js';
import { SfWorkspace } from './support/sfCli.js';

/** Names an integration user and a certificate. */
const CONFIG = {
  'config/environments/sandbox.yaml': 'integrationUser: integration@callout.example\ndefault: true\n',
  'config/integrations/erp-sync.yaml': `endpoint:
  url: https://erp.example.com
auth:
  type: jwtBearer
  tokenUrl: https://erp.example.com/token
  certificate: Erp_Signing
  issuer: client
  subject: integration
  audience: https://erp.example.com
requests:
  - name: ping
    method: GET
    path: /ping
`,
};

describe('callout org start', function () {
  this.timeout(60_000);
  let work: SfWorkspace;
  beforeEach(() => {
    work = new SfWorkspace();
  });
  afterEach(async () => {
    const reference = { projectRoot: work.root };
    if ((await localOrgStatus(reference)).state !== 'stopped') await stopLocalOrg(reference);
    work.remove();
  });

  const org = (...args: readonly string[]): Promise<CliRun> =>
    callout(['org', ...args], { cwd: work.root, env: { HOME: work.home, USERPROFILE: work.home } });

  it('makes what the configuration names and what the flags name', async () => {
    work.write(CONFIG);
    const flags = ['--user', 'other@callout.example', '--certificate', 'Other', '--certificate', 'Erp_Signing'];
    const started = await org('start', '--data-dir', 'data', '--clock', 'virtual', ...flags, '--json');
    expect(started.exitCode, started.stdout + started.stderr).to.equal(0);
    const advanced = await org('advance', '1h30m', '--json');
    expect(advanced.exitCode, advanced.stdout + advanced.stderr).to.equal(0);
    const { result } = JSON.parse(advanced.stdout) as { result: { from: string; to: string } };
    expect(Date.parse(result.to) - Date.parse(result.from)).to.equal(90 * 60_000);
    expect((await org('advance', 'soon')).exitCode).to.equal(1);
    expect((await org('stop', '--json')).exitCode).to.equal(0);
    const store = new OrgStore({ adminUsername: 'admin@callout-local.example', dataDir: join(work.root, 'data') });
    try {
      expect(store.state.certificates).to.deep.equal(['Erp_Signing', 'Other']);
      const standard = store.state.users.filter(({ kind }) => kind === 'standard');
      expect(standard.map(({ username }) => username)).to.deep.equal([
        'admin@callout-local.example',
        'integration@callout.example',
        'other@callout.example',
      ]);
    } finally {
      store.close();
    }
  });

  it('says what to do when the port is taken', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    const { exitCode, stderr } = await org('start', '--port', port).finally(() => taken.close());
    expect(exitCode).to.equal(1);
    expect(stderr.replace(/\s+/g, ' '))
      .to.contain(`cannot listen at port ${port} of 127.0.0.1: another program uses it`)
      .and.contain('--port')
      .and.not.contain('EADDRINUSE');
  });

  it('shows no empty defaults in its help', async () => {
    const { stdout } = await org('start', '--help');
    expect(stdout)
      .to.contain('--certificate')
      .and.not.match(/\[default:\s*\]/);
  });
});
