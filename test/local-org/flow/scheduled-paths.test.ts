import { expect } from 'chai';
import {
  bool,
  CHECKBOX,
  DATE,
  DATE_TIME,
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
import { DAY, HOUR, laterOrg, MINUTE, START } from './later.js';
import { orgWith } from './org.js';

const JOB = object('Job__c', { Status: TEXT, Due: DATE_TIME, Day: DATE, On: CHECKBOX, Note: TEXT });
const LOG = object('Log__c', { Text: LONG_TEXT });

const log = (name: string, value: NodeObject, more: NodeObject = {}): NodeObject => ({
  name,
  label: name,
  object: 'Log__c',
  inputAssignments: field('Text__c', value),
  ...more,
});

const logs = `for (Log__c row : [SELECT Text__c FROM Log__c ORDER BY Id]) System.debug(row.Text__c);`;

const path = (name: string, target: string, more: NodeObject): NodeObject => ({
  name,
  label: name,
  connector: to(target),
  offsetNumber: 0,
  offsetUnit: 'Minutes',
  timeSource: more['recordField'] === undefined ? 'RecordTriggerEvent' : 'RecordField',
  ...more,
});

/** A flow that writes a log row when an open job is due. */
const whenDue = (more: NodeObject = {}, start: NodeObject = {}): ReturnType<typeof flow> =>
  flow('When_Due', {
    start: onRecord('Job__c', {
      doesRequireRecordChangedToMeetCriteria: true,
      filters: filter('Status__c', 'EqualTo', text('Open')),
      scheduledPaths: path('At_Due', 'Write', { recordField: 'Due__c', ...more }),
      ...start,
    }),
    recordCreates: log('Write', text('{!$Record.Name} {!$Record.Note__c}')),
  });

const at = (milliseconds: number): string => `Datetime.newInstance(${START + milliseconds}L)`;

describe('scheduled paths', () => {
  // PLATFORM 2.2: offsets before and after the field, in every unit.
  const offsets: readonly (readonly [offset: number, unit: string, milliseconds: number])[] = [
    [0, 'Minutes', 0],
    [3, 'Minutes', 3 * MINUTE],
    [1, 'Hours', HOUR],
    [-2, 'Days', -2 * DAY],
    [1, 'Weeks', 7 * DAY],
    [1, 'Months', 31 * DAY],
  ];
  for (const [offsetNumber, offsetUnit, milliseconds] of offsets) {
    it(`are due ${offsetNumber} ${offsetUnit} from the field`, () => {
      const org = laterOrg([JOB, LOG, whenDue({ offsetNumber, offsetUnit })]);
      org.run(`insert new Job__c(Status__c = 'Open', Due__c = ${at(10 * DAY)});`);
      expect(org.due()).to.deep.equal([10 * DAY + milliseconds]);
    });
  }

  it('run at their time with the record as it is then, and not before', async () => {
    const org = laterOrg([JOB, LOG, whenDue()]);
    org.run(`insert new Job__c(Name = 'a', Status__c = 'Open', Due__c = ${at(HOUR)}, Note__c = 'early');`);
    await org.advance(59 * MINUTE);
    expect(org.run(logs)).to.deep.equal([]);
    org.run(`update new Job__c(Id = [SELECT Id FROM Job__c].Id, Note__c = 'late');`);
    await org.advance(MINUTE);
    expect(org.run(logs)).to.deep.equal(['a late']);
  });

  it('count days from midnight in the time zone of the org', () => {
    const org = laterOrg([JOB, LOG, whenDue({ recordField: 'Day__c', offsetNumber: 1, offsetUnit: 'Hours' })]);
    org.run(`insert new Job__c(Status__c = 'Open', Day__c = Date.newInstance(2026, 11, 25));`);
    expect(org.due()).to.deep.equal([37 * HOUR]);
  });

  it('count from the save when they have no field', () => {
    const org = laterOrg([
      JOB,
      LOG,
      whenDue({ recordField: undefined, timeSource: 'RecordTriggerEvent', offsetNumber: 7, offsetUnit: 'Days' }),
    ]);
    org.run(`insert new Job__c(Status__c = 'Open');`);
    expect(org.due()).to.deep.equal([7 * DAY]);
  });

  // PLATFORM 2.2: changing the anchor field while the record still meets the criteria re-schedules, also after the path has run.
  it('are scheduled again when the field changes while the record meets the criteria', async () => {
    const org = laterOrg([JOB, LOG, whenDue()]);
    org.run(`insert new Job__c(Name = 'a', Status__c = 'Open', Due__c = ${at(HOUR)});`);
    org.run(`update new Job__c(Id = [SELECT Id FROM Job__c].Id, Due__c = ${at(2 * HOUR)});`);
    expect(org.due()).to.deep.equal([2 * HOUR]);
    await org.advance(2 * HOUR);
    org.run(`update new Job__c(Id = [SELECT Id FROM Job__c].Id, Note__c = 'x');`);
    expect(org.due()).to.deep.equal([]);
    org.run(`update new Job__c(Id = [SELECT Id FROM Job__c].Id, Due__c = ${at(3 * HOUR)});`);
    await org.advance(HOUR);
    expect(org.run(logs)).to.deep.equal(['a', 'a x']);
  });

  // Salesforce Help: Scheduled Paths: the field reschedules the path as long as it lies in the future.
  it('are not scheduled by a field that moves to the past, and run at once when a record comes to meet the criteria too late', async () => {
    const org = laterOrg([JOB, LOG, whenDue()]);
    org.run(`insert new Job__c(Name = 'moved', Status__c = 'Open', Due__c = ${at(HOUR)});`);
    org.run(`update new Job__c(Id = [SELECT Id FROM Job__c].Id, Due__c = ${at(-HOUR)});`);
    expect(org.due()).to.deep.equal([]);
    org.run(`insert new Job__c(Name = 'late', Status__c = 'Open', Due__c = ${at(-HOUR)});`);
    await org.advance(0);
    expect(org.run(logs)).to.deep.equal(['late']);
  });

  // PLATFORM 2.2: pending entries disappear when an update makes the record stop meeting the conditions.
  it('are cancelled when the record meets the criteria no longer, loses its date, or is deleted', () => {
    for (const change of [
      `update new Job__c(Id = job.Id, Status__c = 'Closed');`,
      `update new Job__c(Id = job.Id, Due__c = null);`,
      `delete job;`,
    ]) {
      const org = laterOrg([JOB, LOG, whenDue()]);
      org.run(`insert new Job__c(Status__c = 'Open', Due__c = ${at(HOUR)});`);
      expect(org.due(), change).to.have.lengthOf(1);
      org.run(`Job__c job = [SELECT Id FROM Job__c]; ${change}`);
      expect(org.due(), change).to.deep.equal([]);
    }
  });

  it('are not scheduled by a transaction that is rolled back, or by a part of one', () => {
    const org = laterOrg([JOB, LOG, whenDue()]);
    expect(() =>
      org.run(`insert new Job__c(Status__c = 'Open', Due__c = ${at(HOUR)}); Integer.valueOf('x');`),
    ).to.throw();
    org.run(
      `Savepoint point = Database.setSavepoint(); insert new Job__c(Status__c = 'Open', Due__c = ${at(HOUR)}); Database.rollback(point);`,
    );
    expect(org.due()).to.deep.equal([]);
  });

  // PLATFORM 2.2: maxBatchSize 1 to 200, default 200.
  it('run together for the records that are due together, at most maxBatchSize at a time', async () => {
    const counter = `public class Counter { @InvocableMethod public static void run(List<Id> ids) { insert new Log__c(Text__c = 'batch of ' + ids.size()); } }`;
    for (const [size, batches] of [
      [undefined, ['batch of 5']],
      [2, ['batch of 2', 'batch of 2', 'batch of 1']],
    ] as const) {
      const org = laterOrg([
        JOB,
        LOG,
        counter,
        flow('Counting', {
          start: onRecord('Job__c', {
            recordTriggerType: 'Create',
            scheduledPaths: path('At_Due', 'Call', { recordField: 'Due__c', maxBatchSize: size }),
          }),
          actionCalls: {
            name: 'Call',
            label: 'Call',
            actionName: 'Counter',
            actionType: 'apex',
            inputParameters: { name: 'ids', value: ref('$Record.Id') },
          },
        }),
      ]);
      org.run(
        `List<Job__c> jobs = new List<Job__c>(); for (Integer i = 0; i < 5; i++) jobs.add(new Job__c(Due__c = ${at(HOUR)})); insert jobs;`,
      );
      await org.advance(HOUR);
      expect(org.run(logs)).to.deep.equal(batches);
    }
  });

  // PLATFORM 1.5.4: the running user is who changed the record; the Default Workflow User when that user is inactive.
  it('run as the user who changed the record, or as the Default Workflow User when that user is no longer active', async () => {
    const who = flow('Who', {
      start: onRecord('Job__c', {
        recordTriggerType: 'Create',
        scheduledPaths: path('At_Due', 'Write', { recordField: 'Due__c' }),
      }),
      recordCreates: log('Write', text('{!$User.Username}')),
    });
    const org = laterOrg([JOB, LOG, who]);
    const { data } = org.engine.runtime;
    org.run(`insert new Job__c(Due__c = ${at(HOUR)});`);
    await org.advance(HOUR);
    org.run(`insert new Job__c(Due__c = ${at(2 * HOUR)});`);
    const admin = data.store.rowOfId(data.identity.adminId);
    if (admin !== undefined)
      data.store.put(admin.object, { ...admin.row, values: { ...admin.row.values, IsActive: false } });
    data.store.commit();
    await org.advance(HOUR);
    expect(org.run(logs)).to.deep.equal(['admin@local.org', 'defaultworkflowuser@local.org']);
  });

  // PLATFORM 2.2: FLOWDO: a heartbeat that arms itself again by setting the field from which its path counts.
  it('arm themselves again by setting their field: a heartbeat', async () => {
    const beat = flow('Beat', {
      start: onRecord('Job__c', {
        doesRequireRecordChangedToMeetCriteria: true,
        filters: filter('On__c', 'EqualTo', bool(true)),
        scheduledPaths: path('Every_3_Minutes', 'Write', { recordField: 'Due__c', offsetNumber: 3, maxBatchSize: 1 }),
      }),
      recordCreates: log('Write', text('beat'), { connector: to('Arm') }),
      recordUpdates: {
        name: 'Arm',
        label: 'Arm',
        inputAssignments: field('Due__c', ref('$Flow.CurrentDateTime')),
        inputReference: '$Record',
      },
    });
    const org = laterOrg([JOB, LOG, beat]);
    org.run(`insert new Job__c(On__c = true, Due__c = ${at(0)});`);
    await org.advance(10 * MINUTE);
    expect(org.run(logs)).to.deep.equal(['beat', 'beat', 'beat']);
    org.run(`update new Job__c(Id = [SELECT Id FROM Job__c].Id, On__c = false);`);
    await org.advance(10 * MINUTE);
    expect(org.run(logs)).to.have.lengthOf(3);
  });

  // PLATFORM 2.2: FLOWDO: the immediate path sets the field, in a save within the save that started the flow.
  it('follow a field that the immediate path of their flow sets', async () => {
    const arming = whenDue({}, { connector: to('Arm'), filters: filter('Status__c', 'StartsWith', text('Open')) });
    const content = arming.content.replace(
      '</Flow>',
      '<recordUpdates><name>Arm</name><label>Arm</label><inputAssignments><field>Due__c</field><value><elementReference>soon</elementReference></value></inputAssignments><inputReference>$Record</inputReference></recordUpdates><formulas><name>soon</name><dataType>DateTime</dataType><expression>NOW() + 1</expression></formulas></Flow>',
    );
    const org = laterOrg([JOB, LOG, { ...arming, content }]);
    org.run(`insert new Job__c(Name = 'a', Status__c = 'Open');`);
    expect(org.due()).to.deep.equal([DAY]);
    await org.advance(DAY);
    expect(org.run(logs)).to.have.lengthOf(1);
  });

  // PLATFORM 2.3: 15, 30, 60 and 120 minutes; after the final attempt the interview fails.
  it('are tried again after 15, 30, 60 and 120 minutes when they fail', async () => {
    const org = laterOrg([
      JOB,
      LOG,
      `public class Broken { @InvocableMethod public static void run(List<Id> ids) { Integer.valueOf('x'); } }`,
      flow('Failing', {
        start: onRecord('Job__c', {
          recordTriggerType: 'Create',
          scheduledPaths: path('At_Due', 'Write', { recordField: 'Due__c' }),
        }),
        recordCreates: log('Write', text('rolled back'), { connector: to('Call') }),
        actionCalls: {
          name: 'Call',
          label: 'Call',
          actionName: 'Broken',
          actionType: 'apex',
          inputParameters: { name: 'ids', value: ref('$Record.Id') },
        },
      }),
    ]);
    org.run(`insert new Job__c(Due__c = ${at(HOUR)});`);
    await org.advance(HOUR);
    const tries: (number | undefined)[] = [];
    for (let count = 0; count < 4; count++) {
      const [next] = org.due();
      tries.push(next);
      await org.advance((next ?? 0) + START - org.now());
    }
    expect(tries.map((time) => (time ?? 0) / MINUTE)).to.deep.equal([75, 105, 165, 285]);
    expect(org.due()).to.deep.equal([]);
    expect(org.run(logs)).to.deep.equal([]);
    expect([...org.engine.runtime.notices].join()).to.match(/Flow Failing failed for a\w{17}: An Apex error occurred/);
  });

  // PLATFORM 2.3: the successful interviews of a batch are rolled back with the failed ones and run again, at most twice.
  it('run again at once for the records of the batch that did not fail', async () => {
    const org = laterOrg([
      JOB,
      LOG,
      flow('Partly', {
        start: onRecord('Job__c', {
          recordTriggerType: 'Create',
          scheduledPaths: path('At_Due', 'Write', { recordField: 'Due__c' }),
        }),
        recordCreates: log('Write', ref('$Record.Name'), { connector: to('Update') }),
        recordUpdates: {
          name: 'Update',
          label: 'Update',
          inputReference: '$Record',
          inputAssignments: field('OwnerId', ref('$Record.Note__c')),
        },
      }),
    ]);
    org.run(
      `insert new List<Job__c>{ new Job__c(Name = 'bad', Note__c = 'no id', Due__c = ${at(HOUR)}), new Job__c(Name = 'good', Note__c = UserInfo.getUserId(), Due__c = ${at(HOUR)}) };`,
    );
    await org.advance(HOUR);
    expect(org.run(logs)).to.deep.equal(['good']);
    expect(org.due()).to.deep.equal([75 * MINUTE]);
  });

  // PLATFORM 2.6: scheduled paths themselves do not execute in tests.
  it('do not run in Apex tests, but the immediate path of their flow does', () => {
    const both = flow('Both', {
      start: onRecord('Job__c', {
        recordTriggerType: 'Create',
        connector: to('Now'),
        scheduledPaths: path('At_Due', 'Later', { recordField: 'Due__c' }),
      }),
      recordCreates: [log('Now', text('now')), log('Later', text('later'))],
    });
    const org = orgWith([
      JOB,
      LOG,
      both,
      `@IsTest class JobTest { @IsTest static void saves() { Test.startTest(); insert new Job__c(Due__c = System.now()); Test.stopTest(); System.assertEquals('now', [SELECT Text__c FROM Log__c].Text__c); } }`,
    ]);
    expect(org.test()).to.deep.equal(['JobTest.saves pass']);
  });
});

describe('asynchronous paths', () => {
  const async = (more: NodeObject = {}, rest: NodeObject = {}): ReturnType<typeof flow> =>
    flow('After_Commit', {
      start: onRecord('Job__c', {
        filters: filter('Status__c', 'EqualTo', text('Open')),
        scheduledPaths: { connector: to('Write'), pathType: 'AsyncAfterCommit' },
        ...more,
      }),
      recordCreates: log('Write', text('{!$Record.Name} {!$Record.Note__c}')),
      ...rest,
    });

  it('run after the commit in a transaction of their own, for every change', async () => {
    const org = laterOrg([JOB, LOG, async()]);
    expect(
      org.run(
        `Job__c job = new Job__c(Name = 'a', Status__c = 'Open', Note__c = '1'); insert job; job.Note__c = '2'; update job; System.debug([SELECT COUNT() FROM Log__c]);`,
      ),
    ).to.deep.equal(['0']);
    await org.advance(0);
    expect(org.run(logs)).to.deep.equal(['a 2', 'a 2']);
  });

  it('do not run when the transaction is rolled back', async () => {
    const org = laterOrg([JOB, LOG, async()]);
    expect(() => org.run(`insert new Job__c(Status__c = 'Open'); Integer.valueOf('x');`)).to.throw();
    await org.advance(0);
    expect(org.run(logs)).to.deep.equal([]);
  });

  it('run at stopTest in Apex tests', () => {
    const org = orgWith([
      JOB,
      LOG,
      async(),
      `@IsTest class JobTest { @IsTest static void saves() { Test.startTest(); insert new Job__c(Name = 'a', Status__c = 'Open'); System.assertEquals(0, [SELECT COUNT() FROM Log__c]); Test.stopTest(); System.assertEquals('a', [SELECT Text__c FROM Log__c].Text__c); } }`,
    ]);
    expect(org.test()).to.deep.equal(['JobTest.saves pass']);
  });
});
