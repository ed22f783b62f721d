import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  createIdSource,
  DataDirError,
  InvalidUsernameError,
  OrgStore,
  type DeploymentRecord,
  type StoredComponent,
} from '../../../local-org/src/store/index.js';

const NOW = '2026-01-02T03:04:05.000Z';

function component(fullName: string): StoredComponent {
  const fileName = `classes/${fullName}.cls`;
  return {
    type: 'ApexClass',
    fullName,
    fileName,
    content: `class ${fullName} {}`,
    metaXml: '<ApexClass/>',
    id: `01p${fullName}`,
    createdDate: NOW,
    lastModifiedDate: NOW,
    childIds: {},
  };
}

function record(id: string, done = true): DeploymentRecord {
  return {
    options: {
      checkOnly: false,
      ignoreWarnings: false,
      rollbackOnError: true,
      purgeOnDelete: false,
      testLevel: 'NoTestRun',
      runTests: [],
    },
    result: {
      id,
      status: done ? 'Succeeded' : 'InProgress',
      done,
      success: done,
      checkOnly: false,
      ignoreWarnings: false,
      rollbackOnError: true,
      runTestsEnabled: false,
      createdBy: '005',
      createdByName: 'Admin User',
      createdDate: NOW,
      lastModifiedDate: NOW,
      numberComponentErrors: 0,
      numberComponentsDeployed: 1,
      numberComponentsTotal: 1,
      numberTestErrors: 0,
      numberTestsCompleted: 0,
      numberTestsTotal: 0,
      details: { componentSuccesses: [], componentFailures: [] },
    },
  };
}

describe('the memory of an org', () => {
  let dataDir: string;
  let opened: OrgStore[] = [];
  const open = (
    directory?: string,
    usernames: readonly string[] = [],
    certificates: readonly string[] = [],
  ): OrgStore => {
    const store = new OrgStore({ adminUsername: 'admin@test.example', usernames, certificates, dataDir: directory });
    opened.push(store);
    return store;
  };
  const close = (): void => {
    for (const store of opened) store.close();
    opened = [];
  };
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'org-store-'));
  });
  afterEach(() => {
    close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('finds components whatever the case of their names', () => {
    const store = open();
    store.save(record('0Af1'), { put: [component('Hello')], remove: [] });
    expect(store.state.component('ApexClass', 'hELLO')?.fullName).to.equal('Hello');
    expect(store.state.components('ApexClass')).to.have.length(1);
    expect(store.state.component('ApexTrigger', 'Hello')).to.equal(undefined);
  });

  it('has an administrator, the users that were asked for, and the two that every org has', () => {
    const store = open(undefined, ['integration.user@callout.example']);
    expect(
      store.state.users.map(({ username, name, kind }) => [
        username.replace(store.org.id.toLowerCase(), 'ORG'),
        name,
        kind,
      ]),
    ).to.deep.equal([
      ['admin@test.example', 'Admin User', 'standard'],
      ['integration.user@callout.example', 'Integration User', 'standard'],
      ['autoproc@ORG', 'Automated Process', 'automatedProcess'],
      ['defaultworkflowuser@ORG', 'Default Workflow User', 'defaultWorkflow'],
    ]);
  });

  it('refuses a username that is none', () => {
    expect(() => open(undefined, ['integration'])).to.throw(InvalidUsernameError, '"integration" is not a username');
  });

  it('shows certificates to checks, whatever the case of their names, and not as deployed components', () => {
    const { state } = open(undefined, [], ['Erp_Signing', 'ERP_SIGNING']);
    expect(state.component('Certificate', 'erp_signing')?.fullName).to.equal('Erp_Signing');
    expect(state.components('Certificate').map(({ fullName }) => fullName)).to.deep.equal(['Erp_Signing']);
    expect(state.all()).to.deep.equal([]);
    expect(state.with([component('A')], []).component('Certificate', 'Erp_Signing')).not.to.equal(undefined);
  });

  it('keeps certificates in a data directory, and adds new ones', () => {
    open(dataDir, [], ['First']);
    close();
    open(dataDir, [], ['Second']);
    close();
    expect(open(dataDir).state.certificates).to.deep.equal(['First', 'Second']);
  });

  it('forgets everything without a data directory, and never gives an id twice', () => {
    const first = open();
    first.save(record('0Af1'), { put: [component('Hello')], remove: [] });
    const second = open();
    expect(second.state.all()).to.deep.equal([]);
    expect(second.deployment('0Af1')).to.equal(undefined);
    expect(second.org.id).not.to.equal(first.org.id);
    const ids = new Set(
      [createIdSource(), createIdSource()].flatMap((source) => Array.from({ length: 500 }, () => source.next('0Af'))),
    );
    expect(ids.size).to.equal(1000);
    for (const id of ids) expect(id).to.match(/^0Af[0-9A-Za-z]{12}[A-Z0-5]{3}$/);
  });

  it('restores org, users, components and deployments from a data directory', () => {
    const first = open(dataDir, ['integration@callout.example']);
    first.save(record('0Af1'), { put: [component('Hello'), component('World')], remove: [] });
    first.save(record('0Af2'), { put: [], remove: ['ApexClass:world'] });
    const { org, state } = first;
    close();
    const second = open(dataDir);
    expect(second.org).to.deep.equal(org);
    expect(second.state.users).to.deep.equal(state.users);
    expect(second.state.all()).to.deep.equal([component('Hello')]);
    expect(second.deployments().map(({ result }) => result.id)).to.deep.equal(['0Af2', '0Af1']);
  });

  it('reports a deployment that a crash cut off as failed', () => {
    open(dataDir).save(record('0Af1', false));
    close();
    expect(open(dataDir).deployment('0Af1')?.result).to.include({ status: 'Failed', done: true, success: false });
  });

  it('drops the last line when a crash left it unfinished, and writes on', () => {
    open(dataDir).save(record('0Af1'), { put: [component('Hello')], remove: [] });
    close();
    const file = join(dataDir, 'org.ndjson');
    appendFileSync(file, '{"kind":"deployment","record":{"res');
    const second = open(dataDir);
    second.save(record('0Af2'), { put: [component('World')], remove: [] });
    close();
    expect(
      open(dataDir)
        .state.all()
        .map(({ fullName }) => fullName),
    ).to.deep.equal(['Hello', 'World']);
  });

  it('refuses a damaged data directory and leaves it as it is', () => {
    open(dataDir).save(record('0Af1'));
    close();
    const file = join(dataDir, 'org.ndjson');
    const damaged = readFileSync(file, 'utf8').replace('"kind":"users"', '"kind":"userz"');
    writeFileSync(file, damaged);
    expect(() => open(dataDir)).to.throw(DataDirError, 'org.ndjson:2 cannot be read');
    expect(readFileSync(file, 'utf8')).to.equal(damaged);
    expect(() => open(dataDir), 'the lock was given back').to.throw(DataDirError, 'org.ndjson:2');
  });

  it('does not let two orgs share a data directory, and takes over the lock of a dead process', () => {
    open(dataDir);
    expect(() => open(dataDir)).to.throw(DataDirError, `Process ${process.pid} uses it already`);
    close();
    writeFileSync(join(dataDir, 'lock'), '2147483646 gone\n');
    expect(open(dataDir).state.all()).to.deep.equal([]);
  });

  it('keeps the journal to its owner and short', () => {
    const store = open(dataDir);
    for (let at = 0; at < 30; at++) store.save(record('0Af1'), { put: [component('Hello')], remove: [] });
    close();
    open(dataDir);
    const file = join(dataDir, 'org.ndjson');
    expect(readFileSync(file, 'utf8').trim().split('\n')).to.have.length(4);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).to.equal(0o600);
  });

  it('forgets the oldest deployments', () => {
    const store = open();
    for (let at = 0; at < 510; at++) store.save(record(`0Af${at}`));
    expect(store.deployments()).to.have.length(500);
    expect(store.deployment('0Af9')).to.equal(undefined);
  });
});
