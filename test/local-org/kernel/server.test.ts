import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createLocalOrg, type LocalOrg } from '../../../local-org/src/index.js';
import { files } from '../live/kit.js';
import { Client } from '../server/client.js';
import { MINUTE } from './kit.js';

const RECORDER = (text: string): string =>
  `public class Recorder implements Schedulable, Queueable { public void execute(SchedulableContext c) { insert new Account(Name = '${text} ' + Datetime.now().formatGmt('HH:mm')); } public void execute(QueueableContext c) { insert new Account(Name = '${text}'); } }`;

// The clock and the kernel of a running org.
describe('the time of a local org', () => {
  let dataDir: string;
  let org: LocalOrg;
  let client: Client;

  const start = async (): Promise<void> => {
    const now = (): Date => new Date('2026-03-02T09:00:00Z');
    org = await createLocalOrg({ dataDir, clock: 'virtual', check: () => [], now });
    client = new Client(org);
  };

  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'kernel-'));
    await start();
  });
  afterEach(async () => {
    await org.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const run = async (body: string): Promise<void> => {
    const answer = await client.get(`/tooling/executeAnonymous?anonymousBody=${encodeURIComponent(body)}`);
    expect(answer.body).to.include({ success: true, compiled: true });
  };
  const advance = async (milliseconds: number): Promise<unknown> =>
    (await client.post('/callout/clock/advance', { milliseconds })).body;
  const names = async (): Promise<readonly unknown[]> => client.rows('SELECT Name FROM Account ORDER BY Name');

  it('stands still until it is put ahead, and then runs what is due', async () => {
    await client.deploy(files({ classes: { Recorder: RECORDER('at') } }));
    await run("System.schedule('r', '0 30 * * * ?', new Recorder());");
    expect((await client.get('/callout/clock')).body).to.deep.equal({
      mode: 'virtual',
      now: '2026-03-02T09:00:00.000Z',
    });
    expect(await advance(60 * MINUTE)).to.deep.equal({
      from: '2026-03-02T09:00:00.000Z',
      to: '2026-03-02T10:00:00.000Z',
      tasks: 1,
    });
    expect(await names()).to.deep.equal([{ Name: 'at 09:30' }]);
    expect((await client.post('/callout/clock/advance', { milliseconds: -1 })).status).to.equal(400);
  });

  it('goes on after a restart, with what waits', async () => {
    await client.deploy(files({ classes: { Recorder: RECORDER('at') } }));
    await run("System.schedule('r', '0 30 * * * ?', new Recorder()); System.enqueueJob(new Recorder(), 10);");
    await advance(5 * MINUTE);
    await org.close();
    await start();
    expect((await client.get('/callout/clock')).body).to.include({ now: '2026-03-02T09:05:00.000Z' });
    await advance(60 * MINUTE);
    expect(await names()).to.deep.equal([{ Name: 'at' }, { Name: 'at 09:30' }]);
  });

  it('runs queued work with the code that is deployed by then, but does not let scheduled classes change', async () => {
    await client.deploy(files({ classes: { Recorder: RECORDER('old') } }));
    await run('System.enqueueJob(new Recorder(), 5);');
    await client.deploy(files({ classes: { Recorder: RECORDER('new') } }));
    await advance(5 * MINUTE);
    expect(await names()).to.deep.equal([{ Name: 'new' }]);
    await run("System.schedule('r', '0 30 * * * ?', new Recorder());");
    await client.deploy(files({ classes: { Recorder: RECORDER('new') } }));
    const refused: unknown = await client
      .deploy(files({ classes: { Recorder: RECORDER('changed') } }))
      .catch((error: unknown) => error);
    expect(String(refused)).to.match(
      /This schedulable class has jobs pending or in progress - CronTrigger IDs \(08e\w+\)/,
    );
  });

  it('lets subscriptions be suspended and resumed', async () => {
    await client.deploy(
      files({
        objects: {
          Ping__e:
            '<deploymentStatus>Deployed</deploymentStatus><eventType>HighVolume</eventType><label>Ping</label><pluralLabel>Pings</pluralLabel><publishBehavior>PublishAfterCommit</publishBehavior><fields><fullName>Text__c</fullName><label>Text</label><length>40</length><type>Text</type></fields>',
        },
        triggers: {
          Seen: 'trigger Seen on Ping__e (after insert) { for (Ping__e p : Trigger.new) insert new Account(Name = p.Text__c); }',
        },
      }),
    );
    expect((await client.post('/callout/subscriptions/Seen/suspend', {})).status).to.equal(200);
    await run("EventBus.publish(new Ping__e(Text__c = 'x'));");
    await advance(0);
    expect(await names()).to.deep.equal([]);
    expect((await client.post('/callout/subscriptions/Seen/resume', { from: 'position' })).status).to.equal(200);
    await advance(0);
    expect(await names()).to.deep.equal([{ Name: 'x' }]);
    expect(await client.rows('SELECT Name, Status, Position FROM EventBusSubscriber')).to.deep.equal([
      { Name: 'Seen', Status: 'Running', Position: 1 },
    ]);
    expect((await client.post('/callout/subscriptions/Nobody/suspend', {})).status).to.equal(404);
  });
});
