import { expect } from 'chai';

import { nextFireTime } from '../../../local-org/src/apex/library/index.js';
import { echo } from '../apex-run/run-suspendable.js';
import { HOUR, MINUTE, orgOf, START } from './kit.js';

const TICK =
  "public class Tick implements Schedulable { public void execute(SchedulableContext c) { CronTrigger t = [SELECT CronJobDetail.Name, TimesTriggered FROM CronTrigger WHERE Id = :c.getTriggerId()]; System.debug(t.CronJobDetail.Name + ' ' + t.TimesTriggered + ' ' + Datetime.now().formatGmt('HH:mm')); } }";

describe('scheduled Apex', () => {
  // PLATFORM 3.4
  it('runs whenever its cron expression says, and CronTrigger tells when it was and will be', async () => {
    const org = orgOf([TICK]);
    await org.run("System.schedule('half', '0 30 * * * ?', new Tick());");
    const row =
      "CronTrigger t = [SELECT State, NextFireTime, PreviousFireTime, TimesTriggered FROM CronTrigger]; System.debug(t.State + ' ' + t.NextFireTime.formatGmt('HH:mm') + ' ' + t.PreviousFireTime?.formatGmt('HH:mm') + ' ' + t.TimesTriggered);";
    expect(await org.ask(row)).to.deep.equal(['WAITING 09:30 null 0']);
    await org.kernel.advance(2 * HOUR);
    expect(org.lines.splice(0)).to.deep.equal(['half 1 09:30', 'half 2 10:30']);
    expect(await org.ask(row)).to.deep.equal(['WAITING 11:30 10:30 2']);
    expect(
      await org.ask(
        "AsyncApexJob j = [SELECT JobType, Status FROM AsyncApexJob]; System.debug(j.JobType + ' ' + j.Status);",
      ),
    ).to.deep.equal(['ScheduledApex Queued']);
  });

  it('takes plain numbers only as seconds and minutes', async () => {
    const org = orgOf([TICK]);
    for (const cron of [
      '0 0/15 * * * ?',
      '0 0,30 * * * ?',
      '* 0 * * * ?',
      '0 0 * * *',
      '0 0 12 1 * MON',
      '0 0 12 1 1 ? 2020',
    ])
      expect(
        await org.ask(
          `try { System.schedule('x', '${cron}', new Tick()); System.debug('taken'); } catch (StringException e) { System.debug('refused'); }`,
        ),
        cron,
      ).to.deep.equal(['refused']);
  });

  it('needs a name of its own, and at most 100 jobs', async () => {
    const org = orgOf([TICK]);
    const twice =
      "try { System.schedule('same', '0 0 12 * * ?', new Tick()); System.debug('taken'); } catch (AsyncException e) { System.debug(e.getMessage()); }";
    expect(await org.ask(twice + twice)).to.deep.equal([
      'taken',
      'The Apex job named "same" is already scheduled for execution.',
    ]);
    const refused: unknown = await org
      .run("for (Integer i = 0; i < 100; i++) System.schedule('job' + i, '0 0 12 * * ?', new Tick());")
      .catch((error: unknown) => error);
    expect(refused).to.have.nested.property(
      '$x.message',
      'You have exceeded the maximum number (100) of Apex scheduled jobs.',
    );
  });

  it('does not call out itself', async () => {
    const org = orgOf(
      [
        "public class Calling implements Schedulable, Database.AllowsCallouts { public void execute(SchedulableContext c) { HttpRequest r = new HttpRequest(); r.setEndpoint('https://x.example/'); r.setMethod('GET'); try { new Http().send(r); } catch (CalloutException e) { System.debug(e.getMessage()); } } }",
      ],
      { engine: { callouts: echo } },
    );
    await org.run("System.schedule('calls', '0 5 * * * ?', new Calling());");
    await org.kernel.advance(5 * MINUTE);
    expect(org.lines).to.deep.equal(['Callout from scheduled Apex not supported.']);
  });

  it('goes by the time zone of the user who scheduled it', async () => {
    const org = orgOf([TICK]);
    const [userId] = await org.ask(
      "User u = new User(LastName = 'X', Username = 'x@local.org', Alias = 'x', Email = 'x@local.org', ProfileId = UserInfo.getProfileId(), TimeZoneSidKey = 'America/New_York', LocaleSidKey = 'en_US', LanguageLocaleKey = 'en_US', EmailEncodingKey = 'UTF-8'); insert u; System.debug(u.Id);",
    );
    await org.run("System.schedule('lunch', '0 0 12 * * ?', new Tick());", userId);
    await org.kernel.advance(24 * HOUR);
    expect(org.lines).to.deep.equal(['lunch 1 17:00']);
  });

  it('ends when it is aborted, and its name is free again', async () => {
    const org = orgOf([TICK]);
    await org.run("System.schedule('gone', '0 30 * * * ?', new Tick());");
    await org.run('System.abortJob([SELECT Id FROM CronTrigger].Id);');
    await org.kernel.advance(HOUR);
    expect(org.lines).to.deep.equal([]);
    await org.run("System.schedule('gone', '0 30 * * * ?', new Tick());");
  });

  it('ends when its expression has no more times', async () => {
    const org = orgOf([TICK]);
    await org.run("System.schedule('once', '0 15 9 2 3 ? 2026', new Tick());");
    await org.kernel.advance(24 * HOUR);
    expect(org.lines.splice(0)).to.deep.equal(['once 1 09:15']);
    expect(await org.ask('System.debug([SELECT State FROM CronTrigger].State);')).to.deep.equal(['COMPLETE']);
  });
});

describe('cron expressions', () => {
  const at = (expression: string, zone = 'GMT'): string | undefined => {
    const next = nextFireTime(expression, zone, START);
    return next === undefined ? undefined : new Date(next).toISOString().slice(0, 16);
  };
  // Apex Developer Guide: System.schedule, cron expressions; days of the week from 1, Sunday.
  for (const [expression, next] of [
    ['0 0 13 * * ?', '2026-03-02T13:00'],
    ['0 0 22 ? * 6L', '2026-03-27T22:00'],
    ['0 0 10 ? * MON-FRI', '2026-03-02T10:00'],
    ['0 0 20 * * ? 2027', '2027-01-01T20:00'],
    ['0 0 8 L * ?', '2026-03-31T08:00'],
    ['0 0 8 15W * ?', '2026-03-16T08:00'],
    ['0 0 8 ? * 2#3', '2026-03-16T08:00'],
    ['0 0 0/6 * * ?', '2026-03-02T12:00'],
    ['0 0 8 ? JUN,DEC 1', '2026-06-07T08:00'],
  ] as const)
    it(`come next after Monday, 2 March 2026, 9:00: ${expression}`, () => {
      expect(at(expression)).to.equal(next);
    });

  it('skip no day when the clocks change', () => {
    const zone = 'America/New_York';
    const before = Date.UTC(2026, 2, 7, 12);
    const first = nextFireTime('0 30 2 * * ?', zone, before) ?? 0;
    const second = nextFireTime('0 30 2 * * ?', zone, first) ?? 0;
    expect([first, second].map((time) => new Date(time).toISOString().slice(0, 16))).to.deep.equal([
      '2026-03-08T07:00',
      '2026-03-09T06:30',
    ]);
  });
});
