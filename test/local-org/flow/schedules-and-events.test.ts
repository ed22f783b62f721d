import { expect } from 'chai';
import { nextRun } from '../../../local-org/src/flow/starts/schedule-time.js';
import {
  component,
  field,
  filter,
  flow,
  LONG_TEXT,
  object,
  onRecord,
  ref,
  text,
  TEXT,
  to,
  type NodeObject,
} from './flow-xml.js';
import { DAY, HOUR, laterOrg, START } from './later.js';
import { orgWith } from './org.js';

const JOB = object('Job__c', { Status: TEXT, Owner: TEXT });
const LOG = object('Log__c', { Text: LONG_TEXT });
const EVENT = component('CustomObject', 'Told__e', {
  label: 'Told',
  pluralLabel: 'Told',
  deploymentStatus: 'Deployed',
  eventType: 'HighVolume',
  publishBehavior: 'PublishAfterCommit',
  fields: { fullName: 'What__c', label: 'What', type: 'Text', length: 100 },
});

const log = (name: string, value: NodeObject, more: NodeObject = {}): NodeObject => ({
  name,
  label: name,
  object: 'Log__c',
  inputAssignments: field('Text__c', value),
  ...more,
});

const logs = `for (Log__c row : [SELECT Text__c FROM Log__c ORDER BY Id]) System.debug(row.Text__c);`;

const scheduled = (frequency: string, more: NodeObject = {}, start: NodeObject = {}): ReturnType<typeof flow> =>
  flow('Nightly', {
    start: {
      connector: to('Write'),
      schedule: { frequency, startDate: '2026-11-24', startTime: '03:00:00.000Z' },
      triggerType: 'Scheduled',
      ...start,
    },
    recordCreates: log('Write', text('{!$User.Username}')),
    ...more,
  });

describe('schedule-triggered flows', () => {
  const zoned = (iso: string): number => Date.parse(iso);
  const schedule = (frequency: 'Daily' | 'Once' | 'Weekly') => ({
    frequency,
    startDate: '2026-03-06',
    startTime: '02:30:00.000Z',
  });

  // PLATFORM 2.1: Once in the past never runs; times are meant in the org's default time zone.
  it('run once, daily or weekly at a time of the org’s time zone, whatever daylight saving does', () => {
    const zone = 'America/New_York';
    expect(nextRun(schedule('Once'), zone, zoned('2026-03-06T07:29:59Z'))).to.equal(zoned('2026-03-06T07:30:00Z'));
    expect(nextRun(schedule('Once'), zone, zoned('2026-03-06T07:30:00Z'))).to.equal(undefined);
    expect(nextRun(schedule('Daily'), zone, zoned('2026-03-06T07:30:00Z'))).to.equal(zoned('2026-03-07T07:30:00Z'));
    expect(nextRun(schedule('Daily'), zone, zoned('2026-03-08T12:00:00Z'))).to.equal(zoned('2026-03-09T06:30:00Z'));
    expect(nextRun(schedule('Weekly'), zone, zoned('2026-03-14T00:00:00Z'))).to.equal(zoned('2026-03-20T06:30:00Z'));
    expect(nextRun(schedule('Weekly'), zone, zoned('2020-01-01T00:00:00Z'))).to.equal(zoned('2026-03-06T07:30:00Z'));
  });

  // PLATFORM 2.1, 1.5.4: the Default Workflow User runs them.
  it('run as the Default Workflow User, again and again', async () => {
    const org = laterOrg([LOG, scheduled('Daily')]);
    expect(org.due('flowSchedule')).to.deep.equal([15 * HOUR]);
    await org.advance(2 * DAY);
    expect(org.run(logs)).to.deep.equal(['defaultworkflowuser@local.org', 'defaultworkflowuser@local.org']);
    expect(org.due('flowSchedule')).to.deep.equal([2 * DAY + 15 * HOUR]);
  });

  it('run once when they say so', async () => {
    const org = laterOrg([LOG, scheduled('Once')]);
    await org.advance(3 * DAY);
    expect(org.run(logs)).to.have.lengthOf(1);
    expect(org.due('flowSchedule')).to.deep.equal([]);
  });

  // PLATFORM 2.1: one interview per record of the query, fetched in batches of 200.
  it('start an interview for every record that their filters find, 200 at a time', async () => {
    const org = laterOrg([
      JOB,
      LOG,
      `public class Counter { @InvocableMethod public static void run(List<Id> ids) { insert new Log__c(Text__c = 'batch of ' + ids.size()); } }`,
      scheduled(
        'Daily',
        {
          actionCalls: {
            name: 'Call',
            label: 'Call',
            actionName: 'Counter',
            actionType: 'apex',
            inputParameters: { name: 'ids', value: ref('$Record.Id') },
          },
        },
        { connector: to('Call'), object: 'Job__c', filters: filter('Status__c', 'EqualTo', text('Open')) },
      ),
    ]);
    org.run(
      `List<Job__c> jobs = new List<Job__c>(); for (Integer i = 0; i < 252; i++) jobs.add(new Job__c(Status__c = i < 2 ? 'Closed' : 'Open')); insert jobs;`,
    );
    await org.advance(DAY);
    expect(org.run(logs)).to.deep.equal(['batch of 200', 'batch of 50']);
  });

  // Salesforce Help: Schedule-Triggered Flow Considerations: a batch that fails in part is rolled back, and the others run again.
  it('run again for the records of a batch that did not fail', async () => {
    const org = laterOrg([
      JOB,
      LOG,
      scheduled(
        'Daily',
        {
          recordCreates: log('Write', ref('$Record.Name'), { connector: to('Update') }),
          recordUpdates: {
            name: 'Update',
            label: 'Update',
            inputReference: '$Record',
            inputAssignments: field('OwnerId', ref('$Record.Owner__c')),
          },
        },
        { object: 'Job__c' },
      ),
    ]);
    org.run(
      `insert new List<Job__c>{ new Job__c(Name = 'bad', Owner__c = 'no id'), new Job__c(Name = 'good', Owner__c = UserInfo.getUserId()) };`,
    );
    await org.advance(DAY);
    expect(org.run(logs)).to.deep.equal(['good']);
    expect([...org.engine.runtime.notices].join()).to.contain('Flow Nightly failed for a');
  });

  it('keep their time when the org is deployed to again, and lose it with their activation', async () => {
    const org = laterOrg([LOG, scheduled('Daily')]);
    await org.advance(HOUR);
    org.kernel.timers.schedule({
      kind: 'flowSchedule',
      key: 'Gone',
      dueAt: START + DAY,
      payload: { flow: 'Gone', schedule: '{}' },
    });
    org.redeploy();
    expect(org.due('flowSchedule')).to.deep.equal([15 * HOUR]);
  });
});

describe('flows that platform events start', () => {
  const hearing = (runAs: string | undefined, more: NodeObject = {}): ReturnType<typeof flow> =>
    flow('Hearing', {
      start: { connector: to('Write'), object: 'Told__e', triggerType: 'PlatformEvent', flowRunAsUser: runAs, ...more },
      recordCreates: log('Write', text('{!$User.Username} heard {!$Record.What__c}')),
    });

  // PLATFORM 1.5.4: the publisher's context, or the Default Workflow User.
  for (const [runAs, user] of [
    [undefined, 'admin@local.org'],
    ['TriggeringUser', 'admin@local.org'],
    ['DefaultWorkflowUser', 'defaultworkflowuser@local.org'],
  ] as const) {
    it(`run for each event as ${user} when they say ${runAs ?? 'nothing'}`, () => {
      const org = orgWith([LOG, EVENT, hearing(runAs)]);
      org.run(`EventBus.publish(new List<Told__e>{ new Told__e(What__c = 'a'), new Told__e(What__c = 'b') });`);
      expect(org.run(logs)).to.deep.equal([`${user} heard a`, `${user} heard b`]);
    });
  }

  it('filter their events', () => {
    const org = orgWith([LOG, EVENT, hearing(undefined, { filters: filter('What__c', 'EqualTo', text('b')) })]);
    org.run(`EventBus.publish(new List<Told__e>{ new Told__e(What__c = 'a'), new Told__e(What__c = 'b') });`);
    expect(org.run(logs)).to.deep.equal(['admin@local.org heard b']);
  });

  // PLATFORM 3.5: PublishAfterCommit is discarded on rollback; flows publish by Create Records.
  it('start when another flow publishes an event and its transaction commits', () => {
    const telling = flow('Telling', {
      start: onRecord('Job__c', { recordTriggerType: 'Create', connector: to('Publish') }),
      recordCreates: {
        name: 'Publish',
        label: 'Publish',
        object: 'Told__e',
        inputAssignments: field('What__c', ref('$Record.Name')),
      },
    });
    const org = orgWith([JOB, LOG, EVENT, telling, hearing(undefined)]);
    expect(() => org.run(`insert new Job__c(Name = 'lost'); Integer.valueOf('x');`)).to.throw();
    org.run(`insert new Job__c(Name = 'kept');`);
    expect(org.run(logs)).to.deep.equal(['admin@local.org heard kept']);
  });

  it('run when an Apex test delivers the events', () => {
    const org = orgWith([
      LOG,
      EVENT,
      hearing(undefined),
      `@IsTest class ToldTest { @IsTest static void hears() { EventBus.publish(new Told__e(What__c = 'x')); Test.getEventBus().deliver(); System.assertEquals(1, [SELECT COUNT() FROM Log__c]); } }`,
    ]);
    expect(org.test()).to.deep.equal(['ToldTest.hears pass']);
  });
});

describe('flows under a kernel', () => {
  it('get platform events of transactions that were committed, in batches of their own', async () => {
    const hearing = flow('Hearing', {
      start: { connector: to('Write'), object: 'Told__e', triggerType: 'PlatformEvent' },
      recordCreates: log('Write', ref('$Record.What__c')),
    });
    const org = laterOrg([LOG, EVENT, hearing]);
    org.run(`EventBus.publish(new List<Told__e>{ new Told__e(What__c = 'a'), new Told__e(What__c = 'b') });`);
    await org.advance(0);
    expect(org.run(logs)).to.deep.equal(['a', 'b']);
  });
});
