import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  createLocalOrg,
  startLocalOrg,
  stopLocalOrg,
  type LocalOrg,
  type LocalOrgHandle,
} from '../../local-org/src/index.js';
import { isAlive } from '../../local-org/src/store/index.js';
import { Client } from '../local-org/server/client.js';
import { accountSyncPackage, INTEGRATION_USER, withTimeout } from './support/account-sync.js';
import { FAULT, faultPackage, type FaultPoint } from './support/faults.js';
import { HOUR, MINUTE, Subject } from './support/subject.js';

/** Two batches of the sample integration. */
const RECORDS = 8;
/** Shorter than in the sample, so that a test can wait for it. */
const TIMEOUT_SECONDS = 3;

describe('queued callouts', function () {
  this.timeout(120_000);

  describe('when transactions of the runtime die', () => {
    let org: LocalOrg;
    let client: Client;
    let subject: Subject;

    before(async () => {
      org = await createLocalOrg({ clock: 'virtual', users: [INTEGRATION_USER] });
      client = new Client(org);
      const runtime = withTimeout(await accountSyncPackage(), TIMEOUT_SECONDS);
      await client.deploy(runtime);
      await client.deploy(faultPackage(runtime));
      subject = await Subject.of(org);
      // The watchdog, which starts the heartbeat, runs every day.
      await subject.advance(25 * HOUR);
    });

    after(async () => {
      await org.close();
      await subject.system.close();
    });

    afterEach(async () => {
      subject.system.configure({ faults: [] });
      await subject.deleteAll(FAULT);
      await subject.startAnew();
    });

    const plan = async (...points: readonly FaultPoint[]): Promise<void> => {
      for (const point of points) await client.insert(FAULT, { Name: point });
    };

    async function failedDispatchers(): Promise<number> {
      const jobs = await subject.org.query(
        "SELECT Id FROM AsyncApexJob WHERE ApexClass.Name = 'CalloutDispatcher' AND Status = 'Failed'",
      );
      return jobs.length;
    }

    /** Changes accounts while faults are planned, lets everything run into them, and goes on without them. */
    async function changeDespite(...points: readonly FaultPoint[]): Promise<readonly string[]> {
      await plan(...points);
      const accounts = await subject.changeAccounts(RECORDS);
      await subject.advance(0);
      await subject.deleteAll(FAULT);
      return accounts;
    }

    const statuses = async (): Promise<readonly unknown[]> => [
      ...new Set((await subject.org.query('SELECT Status__c FROM CalloutQueue__c')).map((row) => row['Status__c'])),
    ];

    // How many requests were sent again, because nobody had noted that they had been sent.
    const deaths: readonly (readonly [FaultPoint, number])[] = [
      ['before the callouts', 0],
      ['after 2 callouts', 4],
      ['after the callouts', RECORDS],
      ['settlement', RECORDS],
    ];
    for (const [point, repeated] of deaths) {
      it(`are sent again under their keys when the dispatcher dies: ${point}`, async () => {
        const before = await failedDispatchers();
        const accounts = await changeDespite(point);
        expect((await failedDispatchers()) - before).to.equal(2);
        expect(await statuses()).to.deep.equal(['Pending']);
        // Before the heartbeat: the finalizer has taken them back, and the retry flow wakes the runtime.
        await subject.advance(10 * MINUTE);
        await subject.expectDeliveredOnce(accounts);
        expect(subject.requests('duplicate').length).to.equal(repeated);
      });
    }

    it('are taken back by the sweep when the finalizer dies too', async () => {
      const accounts = await changeDespite('after the callouts', 'finalizer');
      expect(await statuses()).to.include('In Flight');
      await subject.advance(2 * HOUR);
      await subject.expectDeliveredOnce(accounts);
      expect(subject.requests('duplicate').length).to.be.greaterThan(0);
    });

    for (const phase of ['before', 'after'] as const) {
      it(`are sent again when the connection is reset ${phase} they were processed`, async () => {
        subject.system.configure({
          faults: [{ when: { endpoint: 'resource', times: 3 }, effect: { kind: 'reset', phase } }],
        });
        const accounts = await subject.changeAccounts(RECORDS);
        await subject.advance(2 * HOUR);
        await subject.expectDeliveredOnce(accounts);
        expect(subject.requests().filter(({ reset }) => reset)).to.have.length(3);
        expect(subject.requests('duplicate')).to.have.length(phase === 'after' ? 3 : 0);
      });
    }

    it('are sent again when the answer comes too late', async () => {
      const late = { kind: 'slowBody', milliseconds: (TIMEOUT_SECONDS + 1) * 1000, pieces: 2 } as const;
      subject.system.configure({ faults: [{ when: { endpoint: 'resource', times: 1 }, effect: late }] });
      const accounts = await subject.changeAccounts(RECORDS);
      await subject.advance(2 * HOUR);
      await subject.expectDeliveredOnce(accounts);
      expect(subject.requests('duplicate')).to.have.length(1);
    });

    for (const point of ['wakeup', 'claim'] as const) {
      it(`are woken by the heartbeat when the event trigger dies: ${point}`, async () => {
        const accounts = await changeDespite(point);
        expect(await statuses()).to.deep.equal(['Pending']);
        expect(subject.requests().length).to.equal(0);
        await subject.advance(2 * HOUR);
        await subject.expectDeliveredOnce(accounts);
        expect(subject.requests('duplicate').length).to.equal(0);
      });
    }

    it('are sent when the platform tries the event trigger again', async () => {
      await plan('retryable wakeup');
      const accounts = await subject.changeAccounts(RECORDS);
      await subject.advance(5 * MINUTE);
      await subject.expectDeliveredOnce(accounts);
    });

    it('wait for a subscription that was suspended, and are sent when it is resumed', async () => {
      await subject.org.request('POST', '/callout/subscriptions/CalloutWakeupTrigger/suspend', {});
      const accounts = await subject.changeAccounts(RECORDS);
      await subject.advance(2 * HOUR);
      expect(subject.requests().length).to.equal(0);
      await subject.org.request('POST', '/callout/subscriptions/CalloutWakeupTrigger/resume', { from: 'position' });
      await subject.advance(0);
      await subject.expectDeliveredOnce(accounts);
    });
  });

  describe('of an org whose process is killed', () => {
    const SEED = 20261126;
    const ROUNDS = 3;
    const MANY = 200;
    let home: string;
    let subject: Subject;
    let current: LocalOrgHandle;

    const start = async (): Promise<LocalOrgHandle> =>
      (current = await startLocalOrg({
        projectRoot: home,
        dataDir: join(home, 'data'),
        clock: 'virtual',
        users: [INTEGRATION_USER],
      }));

    before(async () => {
      home = mkdtempSync(join(tmpdir(), 'callout-kill-'));
      await new Client(await start()).deploy(await accountSyncPackage());
      subject = await Subject.of(current);
      await subject.advance(25 * HOUR);
    });

    after(async () => {
      await stopLocalOrg({ projectRoot: home });
      await subject.system.close();
      rmSync(home, { recursive: true, force: true });
    });

    it(`are all delivered, each applied once, with its secrets, routes and time kept (seed ${String(SEED)})`, async () => {
      const random = fc.sample(fc.integer({ min: 1, max: Math.floor((MANY - 1) / ROUNDS) }), {
        seed: SEED,
        numRuns: ROUNDS,
      });
      // A day ahead of the machine: an org that forgot that would stand before this.
      const begin = await subject.now();
      const accounts = await subject.changeAccounts(MANY);
      for (const more of random) {
        const target = subject.requests('applied').length + more;
        // Ends with the process.
        const going = Promise.allSettled([subject.advance(2 * HOUR)]);
        await waitUntil(() => subject.requests('applied').length >= target);
        process.kill(current.pid, 'SIGKILL');
        await going;
        await waitUntil(() => !isAlive(current.pid));
        subject.reconnect(await start());
        expect(await subject.now(), 'time of the org').to.be.at.least(begin);
      }
      expect(subject.requests('applied').length, 'delivered before the last start').to.be.lessThan(MANY);
      await subject.advance(6 * HOUR);
      await subject.expectDeliveredOnce(accounts);
    });
  });
});

async function waitUntil(condition: () => boolean): Promise<void> {
  while (!condition()) await delay(2);
}
