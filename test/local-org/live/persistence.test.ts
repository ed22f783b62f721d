import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import fc from 'fast-check';
import { ApexBlob, ApexDate, ApexDatetime, ApexDecimal, ApexTime } from '../../../local-org/src/data/index.js';
import { DataDirError, OrgStore } from '../../../local-org/src/store/index.js';
import { testOrg } from '../support/deploying.js';
import { field, files, liveOrg, NOW, OBJECT, type LiveTestOrg } from './kit.js';

const THING =
  OBJECT.replace('<type>Text</type>', '<type>AutoNumber</type><displayFormat>T-{0000}</displayFormat>') +
  field('Text__c', 'Text', '<length>20</length>') +
  field('Number__c', 'Number', '<precision>18</precision><scale>4</scale>') +
  field('Day__c', 'Date') +
  field('At__c', 'DateTime') +
  field('Time__c', 'Time') +
  field('Flag__c', 'Checkbox', '<defaultValue>true</defaultValue>');

describe('an org with a data directory', () => {
  let dataDir: string;
  let open: LiveTestOrg[];
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'records-'));
    open = [];
  });
  afterEach(async () => {
    for (const org of open) await stop(org);
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** Starts the org that the directory holds. */
  function start(options: { readonly journalGrowth?: number } = {}): LiveTestOrg {
    const store = new OrgStore({ adminUsername: 'admin@test.example', dataDir });
    const org = liveOrg({ ...options, deployments: testOrg({ check: () => [], store }) });
    open.push(org);
    return org;
  }

  async function stop(org: LiveTestOrg): Promise<void> {
    open = open.filter((other) => other !== org);
    await org.live.close();
    org.store.close();
  }

  async function restart(org: LiveTestOrg): Promise<LiveTestOrg> {
    await stop(org);
    return start();
  }

  it('keeps records with their values, Ids, references and place in the recycle bin', async () => {
    let org = start();
    await org.deploy(files({ objects: { Thing__c: THING } }));
    const [account] = org.insert('Account', { Name: 'Acme' });
    const values = {
      Text__c: 'ä"\\',
      Number__c: ApexDecimal.of('12345678901234.5678'),
      Day__c: ApexDate.of(2026, 2, 28),
      At__c: new ApexDatetime(NOW),
      Time__c: ApexTime.of(10, 30, 0, 5),
      Flag__c: false,
    };
    const [thing] = org.insert('Thing__c', values);
    org.insert('Attachment', { Name: 'a', ParentId: account ?? null, Body: new ApexBlob(Buffer.from([0, 255])) });
    org.insert('Contact', { LastName: 'C', AccountId: account ?? null });
    const [gone] = org.insert('Lead', { LastName: 'Gone', Company: 'x' });
    org.live.dml(org.admin, 'delete', (runtime) => [runtime.record('Lead', { Id: gone ?? null })], { allOrNone: true });
    org = await restart(org);
    const fields = Object.keys(values).join(', ');
    const rows = org.query(`SELECT Id, Name, ${fields} FROM Thing__c`);
    expect(rows.map((row) => ({ ...row, Number__c: String(row['Number__c']) }))).to.deep.equal([
      { Id: thing, Name: 'T-0000', ...values, Number__c: '12345678901234.5678' },
    ]);
    expect(org.query("SELECT LastName FROM Contact WHERE Account.Name = 'Acme'")).to.deep.equal([{ LastName: 'C' }]);
    expect(org.query('SELECT Body FROM Attachment')).to.deep.equal([{ Body: new ApexBlob(Buffer.from([0, 255])) }]);
    expect(org.query('SELECT COUNT() FROM Lead')).to.deep.equal([{ count: 0 }]);
    expect(org.query('SELECT Id FROM Lead ALL ROWS')).to.deep.equal([{ Id: gone }]);
  });

  // Apex Developer Guide: Restoring Deleted Records.
  it('brings children back with their parent, also after a deployment and a restart', async () => {
    let org = start();
    const [account = ''] = org.insert('Account', { Name: 'Parent' });
    org.insert('Contact', { LastName: 'with it', AccountId: account });
    const [before = ''] = org.insert('Contact', { LastName: 'before it', AccountId: account });
    const remove = (object: string, id: string): unknown =>
      org.live.dml(org.admin, 'delete', (runtime) => [runtime.record(object, { Id: id })], { allOrNone: true });
    remove('Contact', before);
    remove('Account', account);
    await org.deploy(files({ objects: { Thing__c: OBJECT } }));
    expect(org.query('SELECT LastName FROM Contact')).to.deep.equal([]);
    org = await restart(org);
    org.live.dml(org.admin, 'undelete', (runtime) => [runtime.record('Account', { Id: account })], { allOrNone: true });
    expect(org.query('SELECT LastName, AccountId FROM Contact')).to.deep.equal([
      { LastName: 'with it', AccountId: account },
    ]);
  });

  it('gives no Id and no auto number twice, not even those of transactions that failed', async () => {
    let org = start();
    await org.deploy(
      files({
        objects: { Thing__c: THING, Other__c: OBJECT },
        triggers: {
          Refuse:
            "trigger Refuse on Thing__c (after insert) { if (Trigger.new[0].Text__c == 'no') Integer.valueOf('x'); }",
        },
      }),
    );
    const [first] = org.insert('Thing__c', { Text__c: 'yes' });
    expect(() => org.insert('Thing__c', { Text__c: 'no' })).to.throw('Refuse');
    org.insert('Account', { Name: 'later' });
    org = await restart(org);
    await org.deploy(files({ objects: { Another__c: OBJECT } }));
    const [second] = org.insert('Thing__c', { Text__c: 'yes' });
    expect([first, second].map((id) => id?.slice(-6, -3))).to.deep.equal(['001', '003']);
    expect(org.query('SELECT Name FROM Thing__c').map(({ Name }) => Name)).to.deep.equal(['T-0000', 'T-0002']);
    const prefixes = ['Thing__c', 'Other__c', 'Another__c'].map((name) => org.insert(name, {})[0]?.slice(0, 3));
    expect(prefixes).to.deep.equal(['a00', 'a01', 'a02']);
  });

  it('keeps users, rows of metadata and what was deployed after the last record was written', async () => {
    let org = start();
    await org.deploy(files({ objects: { Thing__c: THING }, permissionSets: ['Operator'] }));
    org.insert('Thing__c', { Text__c: 'old' });
    const before = org.query('SELECT Id FROM Profile');
    await org.deploy(files({ destructive: { CustomField: ['Thing__c.Text__c'], PermissionSet: ['Operator'] } }));
    await org.deploy(files({ objects: { Thing__c: OBJECT + field('Text__c', 'Text', '<length>20</length>') } }));
    org = await restart(org);
    expect(org.query('SELECT Text__c FROM Thing__c')).to.deep.equal([{ Text__c: null }]);
    expect(org.query("SELECT Id FROM PermissionSet WHERE Name = 'Operator'")).to.deep.equal([]);
    expect(org.query('SELECT Id FROM Profile')).to.deep.equal(before);
    expect(org.query('SELECT Id FROM User').map(({ Id }) => Id)).to.have.members(
      org.store.state.users.map(({ id }) => id),
    );
  });

  it('writes what a transaction leaves behind together with its records', async () => {
    let org = start();
    const queue = org.live.section('queue');
    org.insert('Account', { Name: 'first' });
    org.live.execute(org.admin, (runtime, tx) => {
      runtime.data.dml.execute({
        operation: 'insert',
        records: [runtime.record('Account', { Name: 'x' })],
        allOrNone: true,
      });
      tx.afterCommit.push(() => queue.put('job', { at: 1 }));
      queue.put('gone', 1);
      queue.remove('gone');
    });
    const lines = readFileSync(join(dataDir, 'records.ndjson'), 'utf8').trim().split('\n');
    const last = JSON.parse(lines.at(-1) ?? '') as { rows: unknown[]; put: unknown[] };
    expect(last.rows).to.have.length(1);
    expect(last.put).to.deep.equal([['queue', 'job', { at: 1 }]]);
    org = await restart(org);
    expect(org.live.section('queue').entries).to.deep.equal({ job: { at: 1 } });
  });

  it('cuts off a line that a crash left without its end', async () => {
    let org = start();
    org.insert('Account', { Name: 'whole' });
    await stop(org);
    appendFileSync(join(dataDir, 'records.ndjson'), '{"rows":[["Account","001');
    org = start();
    expect(org.query('SELECT Name FROM Account')).to.deep.equal([{ Name: 'whole' }]);
  });

  it('does not start over damage', async () => {
    const org = start();
    org.insert('Account', { Name: 'whole' });
    await stop(org);
    const path = join(dataDir, 'records.ndjson');
    const text = readFileSync(path, 'utf8').replace('"Account"', '12');
    writeFileSync(path, text);
    const store = new OrgStore({ adminUsername: 'admin@test.example', dataDir });
    expect(() => liveOrg({ deployments: testOrg({ check: () => [], store }) })).to.throw(
      DataDirError,
      /records\.ndjson:\d+/,
    );
    store.close();
    expect(readFileSync(path, 'utf8')).to.equal(text);
  });

  it('writes a journal anew that says much that is out of date', async () => {
    let org = start({ journalGrowth: 1000 });
    const [id] = org.insert('Account', { Name: 'x' });
    const path = join(dataDir, 'records.ndjson');
    const sizes: number[] = [];
    const text = 'x'.repeat(30_000);
    for (let at = 0; at < 150; at++) {
      org.live.dml(
        org.admin,
        'update',
        (runtime) => [runtime.record('Account', { Id: id ?? null, Name: `n${at}`, Description: text })],
        {
          allOrNone: true,
        },
      );
      sizes.push(statSync(path).size);
    }
    expect(sizes.some((size, at) => size < (sizes[at - 1] ?? 0))).to.equal(true);
    org = await restart(org);
    expect(org.query('SELECT Id, Name FROM Account')).to.deep.equal([{ Id: id, Name: 'n149' }]);
  });

  // Property: whatever was done, a restart shows the same records.
  it('is the same org after a restart', async () => {
    const action = fc.record({
      kind: fc.constantFrom('insert', 'update', 'delete', 'undelete', 'restart'),
      at: fc.nat(9),
      name: fc.string({ minLength: 1, maxLength: 8 }).map((text) => `n${text.trim()}`),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 15 }), async (actions) => {
        rmSync(dataDir, { recursive: true, force: true });
        let org = start();
        const ids: string[] = [];
        for (const { kind, at, name } of actions) {
          if (kind === 'insert') ids.push(...org.insert('Account', { Name: name }));
          else if (kind === 'restart') org = await restart(org);
          else if (ids.length > 0) {
            const id = ids[at % ids.length] ?? null;
            org.live.dml(
              org.admin,
              kind === 'update' ? 'update' : kind === 'delete' ? 'delete' : 'undelete',
              (runtime) => [runtime.record('Account', kind === 'update' ? { Id: id, Name: name } : { Id: id })],
              { allOrNone: true },
            );
          }
        }
        const soql = 'SELECT Id, Name, IsDeleted, LastModifiedDate FROM Account ALL ROWS';
        const before = org.query(soql);
        org = await restart(org);
        expect(org.query(soql)).to.deep.equal(before);
        await stop(org);
      }),
      { numRuns: 8, seed: 7 },
    );
  });

  it('loses nothing that it has acknowledged when its process is killed', async function () {
    this.timeout(60_000);
    const script = fileURLToPath(new URL('insert-for-ever.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const acknowledged: string[] = [];
    let rest = '';
    await new Promise<void>((resolve) => {
      child.stdout.on('data', (chunk: Buffer) => {
        const lines = (rest + chunk.toString()).split('\n');
        rest = lines.pop() ?? '';
        acknowledged.push(...lines);
        if (acknowledged.length >= 40) child.kill('SIGKILL');
      });
      child.on('close', () => resolve());
    });
    const org = start();
    const names = org.query('SELECT Name FROM Account').map(({ Name }) => Name);
    expect(acknowledged.length).to.be.greaterThan(39);
    expect(names).to.include.members(acknowledged);
    expect(org.live.section('count').entries).to.deep.equal({ last: `n${names.length - 1}` });
  });
});
