import { expect } from 'chai';
import {
  type NodeObject,
  bool,
  CHECKBOX,
  DATE_TIME,
  field,
  filter,
  flow,
  NUMBER,
  number,
  object,
  onRecord,
  ref,
  set,
  text,
  TEXT,
  to,
  when,
} from './flow-xml.js';
import { exceptionOf, orgWith } from './org.js';

const JOB = object('Job__c', {
  Status: TEXT,
  Note: TEXT,
  Amount: NUMBER,
  Done: CHECKBOX,
  Due: DATE_TIME,
  Parent: TEXT,
});
const LOG = object('Log__c', { Text: TEXT, Job: TEXT });

/** Creates a log row with a text for the record that started the flow. */
const logging = (name: string, value: NodeObject): NodeObject => ({
  name,
  label: name,
  object: 'Log__c',
  inputAssignments: [field('Text__c', value), field('Job__c', ref('$Record.Id'))],
});

const logs = `for (Log__c row : [SELECT Text__c FROM Log__c ORDER BY Id]) System.debug(row.Text__c);`;

describe('record-triggered flows', () => {
  // Apex Developer Guide: Triggers and Order of Execution, steps 3 and 4.
  it('before the save change the record itself, before the triggers see it', () => {
    const org = orgWith([
      JOB,
      flow('Stamp', {
        start: onRecord('Job__c', { triggerType: 'RecordBeforeSave', connector: to('Set') }),
        assignments: { name: 'Set', label: 'Set', assignmentItems: set('$Record.Note__c', text('from the flow')) },
      }),
      `trigger Look on Job__c (before insert) { System.debug('trigger: ' + Trigger.new[0].Note__c); }`,
    ]);
    expect(
      org.run(
        `insert new Job__c(); System.debug([SELECT Note__c FROM Job__c].Note__c); System.debug(Limits.getDmlStatements());`,
      ),
    ).to.deep.equal(['trigger: from the flow', 'from the flow', '1']);
  });

  // Salesforce Help: Flow Bulkification in Transactions: one DML statement instead of 200.
  it('run their elements once for all records of a batch', () => {
    const org = orgWith([
      JOB,
      LOG,
      flow('Log_Jobs', {
        start: onRecord('Job__c', { connector: to('Find') }),
        recordLookups: {
          name: 'Find',
          label: 'Find',
          connector: to('Write'),
          object: 'Job__c',
          filters: filter('Id', 'EqualTo', ref('$Record.Id')),
          getFirstRecordOnly: true,
          storeOutputAutomatically: true,
        },
        recordCreates: logging('Write', ref('Find.Name')),
      }),
    ]);
    expect(
      org.run(`List<Job__c> jobs = new List<Job__c>();
        for (Integer i = 0; i < 200; i++) jobs.add(new Job__c(Name = 'J' + i));
        insert jobs;
        System.debug(Limits.getDmlStatements() + ' ' + Limits.getQueries());
        System.debug([SELECT COUNT() FROM Log__c WHERE Text__c LIKE 'J%']);`),
    ).to.deep.equal(['2 1', '200']);
  });

  // PLATFORM 2.5: filters of the start element, with every operator.
  const operators: readonly (readonly [operator: string, value: NodeObject, apexValue: string, other: string])[] = [
    ['EqualTo', text('Open'), `Status__c = 'open'`, `Status__c = 'Closed'`],
    ['NotEqualTo', text('Open'), `Status__c = 'Closed'`, `Status__c = 'Open'`],
    ['StartsWith', text('Op'), `Status__c = 'Open'`, `Status__c = 'Closed'`],
    ['EndsWith', text('en'), `Status__c = 'Open'`, `Status__c = 'Closed'`],
    ['Contains', text('pe'), `Status__c = 'Open'`, `Status__c = 'Closed'`],
    ['IsNull', bool(false), `Status__c = 'Open'`, `Status__c = null`],
    ['IsNull', bool(true), `Status__c = null`, `Status__c = 'Open'`],
  ];
  for (const [operator, value, matching, other] of operators) {
    it(`start for records whose field fits the filter ${operator} ${JSON.stringify(value)}`, () => {
      const org = orgWith([
        JOB,
        LOG,
        flow('Log_Some', {
          start: onRecord('Job__c', {
            filterLogic: 'and',
            filters: filter('Status__c', operator, value),
            connector: to('Write'),
          }),
          recordCreates: logging('Write', ref('$Record.Name')),
        }),
      ]);
      expect(
        org.run(
          `insert new List<Job__c>{ new Job__c(Name = 'fits', ${matching}), new Job__c(Name = 'not', ${other}) }; ${logs}`,
        ),
      ).to.deep.equal(['fits']);
    });
  }

  it('compare numbers in filters, and combine filters by their numbers', () => {
    const org = orgWith([
      JOB,
      LOG,
      flow('Log_Some', {
        start: onRecord('Job__c', {
          filterLogic: '1 AND (2 OR NOT 3)',
          filters: [
            filter('Amount__c', 'GreaterThanOrEqualTo', number(10)),
            filter('Amount__c', 'LessThan', number(20)),
            filter('Done__c', 'EqualTo', bool(true)),
          ],
          connector: to('Write'),
        }),
        recordCreates: logging('Write', ref('$Record.Name')),
      }),
    ]);
    expect(
      org.run(`insert new List<Job__c>{
          new Job__c(Name = 'small', Amount__c = 9.99), new Job__c(Name = 'ten', Amount__c = 10),
          new Job__c(Name = 'big', Amount__c = 20, Done__c = true), new Job__c(Name = 'open', Amount__c = 20),
          new Job__c(Name = 'empty') }; ${logs}`),
    ).to.deep.equal(['ten', 'open']);
  });

  // Salesforce Help: Record-Triggered Flow Considerations: IsChanged compares with the record before the save; nothing changes on create.
  it('start for changed fields only', () => {
    const org = orgWith([
      JOB,
      LOG,
      flow('Log_Changes', {
        start: onRecord('Job__c', { filters: filter('Status__c', 'IsChanged', bool(true)), connector: to('Write') }),
        recordCreates: logging('Write', ref('$Record.Status__c')),
      }),
    ]);
    expect(
      org.run(`Job__c job = new Job__c(Status__c = 'New'); insert job;
        job.Note__c = 'x'; update job;
        job.Status__c = 'new'; update job;
        job.Status__c = 'Old'; update job; ${logs}`),
    ).to.deep.equal(['new', 'Old']);
  });

  // Salesforce Help: Record-Triggered Flow Considerations, scenario table of "Only when a record is updated to meet the condition requirements".
  it('with "changed to meet" start only when the criteria turn from not met to met', () => {
    const org = orgWith([
      JOB,
      LOG,
      flow('Log_Open', {
        start: onRecord('Job__c', {
          doesRequireRecordChangedToMeetCriteria: true,
          filters: filter('Status__c', 'EqualTo', text('Open')),
          connector: to('Write'),
        }),
        recordCreates: logging('Write', ref('$Record.Note__c')),
      }),
    ]);
    expect(
      org.run(`Job__c job = new Job__c(Status__c = 'Open', Note__c = 'created'); insert job;
        job.Note__c = 'still open'; update job;
        job.Status__c = 'Closed'; job.Note__c = 'closed'; update job;
        job.Status__c = 'Open'; job.Note__c = 'opened'; update job; ${logs}`),
    ).to.deep.equal(['created', 'opened']);
  });

  // PLATFORM 2.2: entry conditions are filters or one formula.
  it('start by a formula over the record, the change and the user', () => {
    const org = orgWith([
      JOB,
      LOG,
      flow('Log_Formula', {
        start: onRecord('Job__c', {
          filterFormula: `AND(NOT(ISBLANK({!$Record.Status__c})), OR(ISNEW(), ISCHANGED({!$Record.Amount__c})), PRIORVALUE({!$Record.Amount__c}) < 100, {!$User.IsActive} = TRUE)`,
          connector: to('Write'),
        }),
        recordCreates: logging('Write', ref('$Record.Note__c')),
      }),
    ]);
    expect(
      org.run(`Job__c job = new Job__c(Status__c = 'Open', Amount__c = 1, Note__c = 'new'); insert job;
        job.Note__c = 'same amount'; update job;
        job.Amount__c = 200; job.Note__c = 'changed'; update job;
        job.Amount__c = 300; job.Note__c = 'was too big'; update job; ${logs}`),
    ).to.deep.equal(['new', 'changed']);
  });

  it('see the record before the change in $Record__Prior, and nothing there for a new one', () => {
    const org = orgWith([
      JOB,
      LOG,
      flow('Log_Prior', {
        start: onRecord('Job__c', { connector: to('Was') }),
        decisions: {
          name: 'Was',
          label: 'Was',
          defaultConnector: to('Changed'),
          rules: {
            name: 'New',
            label: 'New',
            conditionLogic: 'and',
            conditions: when('$Record__Prior', 'IsNull', bool(true)),
            connector: to('Created'),
          },
        },
        recordCreates: [
          logging('Created', text('new')),
          logging('Changed', text('{!$Record__Prior.Status__c} -> {!$Record.Status__c}')),
        ],
      }),
    ]);
    expect(
      org.run(`Job__c job = new Job__c(Status__c = 'A'); insert job; job.Status__c = 'B'; update job; ${logs}`),
    ).to.deep.equal(['new', 'A -> B']);
  });

  // Salesforce Help: Define the Run Order of Record-Triggered Flows.
  it('run by trigger order: 1 to 1,000, then those without a number, then 1,001 to 2,000', () => {
    const numbered = (name: string, triggerOrder: number | undefined) =>
      flow(name, {
        triggerOrder,
        start: onRecord('Job__c', { connector: to('Write') }),
        recordCreates: logging('Write', text(name)),
      });
    const org = orgWith([
      JOB,
      LOG,
      numbered('Last', 1001),
      numbered('B', 20),
      numbered('None', undefined),
      numbered('A', 20),
      numbered('First', 3),
    ]);
    expect(org.run(`insert new Job__c(); ${logs}`)).to.deep.equal(['First', 'A', 'B', 'None', 'Last']);
  });

  // Architect's Guide to Record-Triggered Automation: a flow does not start itself again for the record that it is running for.
  it('do not start themselves again when they update their own record', () => {
    const org = orgWith([
      JOB,
      LOG,
      flow('Touch', {
        start: onRecord('Job__c', { connector: to('Write') }),
        recordCreates: { ...logging('Write', ref('$Record.Note__c')), connector: to('Update') },
        recordUpdates: {
          name: 'Update',
          label: 'Update',
          inputAssignments: field('Note__c', text('touched')),
          inputReference: '$Record',
        },
      }),
      flow('Other', {
        start: onRecord('Job__c', { recordTriggerType: 'Update', connector: to('Write') }),
        recordCreates: logging('Write', text('other: {!$Record.Note__c}')),
      }),
    ]);
    expect(
      org.run(`Job__c job = new Job__c(Note__c = 'first'); insert job; ${logs}
        System.debug('-'); update new Job__c(Id = job.Id, Note__c = 'second'); ${logs}`),
    ).to.deep.equal(['first', 'other: touched', '-', 'first', 'other: touched', 'other: second', 'second']);
  });

  // PLATFORM 2.5: RecordBeforeDelete.
  it('start before a record is deleted', () => {
    const org = orgWith([
      JOB,
      LOG,
      flow('Log_Deletes', {
        start: onRecord('Job__c', {
          recordTriggerType: 'Delete',
          triggerType: 'RecordBeforeDelete',
          connector: to('Write'),
        }),
        recordCreates: logging('Write', ref('$Record.Name')),
      }),
    ]);
    expect(org.run(`Job__c job = new Job__c(Name = 'gone'); insert job; delete job; ${logs}`)).to.deep.equal(['gone']);
  });

  // Salesforce Help: Custom Error Element.
  it('refuse the change with a custom error, alone among the records of the request', () => {
    const org = orgWith([
      JOB,
      flow('Check', {
        start: onRecord('Job__c', {
          filters: filter('Amount__c', 'GreaterThan', number(100)),
          connector: to('Refuse'),
        }),
        customErrors: {
          name: 'Refuse',
          label: 'Refuse',
          customErrorMessages: {
            errorMessage: '{!$Record.Name} is too much',
            fieldSelection: 'Amount__c',
            isFieldError: true,
          },
        },
      }),
    ]);
    expect(
      org.run(`List<Database.SaveResult> results = Database.insert(new List<Job__c>{ new Job__c(Name = 'small', Amount__c = 1), new Job__c(Name = 'big', Amount__c = 101) }, false);
        for (Database.SaveResult result : results) System.debug(result.isSuccess() ? 'saved' : result.getErrors()[0].getStatusCode() + ' ' + result.getErrors()[0].getMessage() + ' ' + result.getErrors()[0].getFields());
        System.debug([SELECT COUNT() FROM Job__c]);`),
    ).to.deep.equal(['saved', 'FIELD_CUSTOM_VALIDATION_EXCEPTION big is too much (Amount__c)', '1']);
  });

  // Trailhead: Roll Back Changes After an Error: without a fault path the save fails, and everything with it.
  it('fail the save when an element fails without a fault path', () => {
    const org = orgWith([
      JOB,
      LOG,
      flow('Bad_Write', {
        start: onRecord('Job__c', { connector: to('Write') }),
        recordCreates: { ...logging('Write', text('kept?')), connector: to('Break') },
        recordUpdates: {
          name: 'Break',
          label: 'Break',
          inputAssignments: field('OwnerId', text('not an id')),
          inputReference: '$Record',
        },
      }),
    ]);
    expect(exceptionOf(org, 'insert new Job__c();')).to.equal(
      "Insert failed. First exception on row 0; first error: CANNOT_EXECUTE_FLOW_TRIGGER, We can't save this record because the “Bad Write” process failed. Give your Salesforce admin these details. This error occurred when the flow tried to update records: MALFORMED_ID: malformed id not an id. You can look up ExceptionCode values in the SOAP API Developer Guide.: []",
    );
    expect(org.run(`System.debug([SELECT COUNT() FROM Job__c] + ' ' + [SELECT COUNT() FROM Log__c]);`)).to.deep.equal([
      '0 0',
    ]);
  });

  it('write back their changes of $Record after the save only with Update Records', () => {
    const org = orgWith([
      JOB,
      flow('Stamp_After', {
        start: onRecord('Job__c', { recordTriggerType: 'Create', connector: to('Set') }),
        assignments: {
          name: 'Set',
          label: 'Set',
          assignmentItems: [set('$Record.Note__c', text('late')), set('$Record.Amount__c', number(5), 'Add')],
          connector: to('Save'),
        },
        recordUpdates: { name: 'Save', label: 'Save', inputReference: '$Record' },
      }),
    ]);
    expect(
      org.run(
        `insert new Job__c(Amount__c = 2); Job__c job = [SELECT Note__c, Amount__c FROM Job__c]; System.debug(job.Note__c + ' ' + job.Amount__c);`,
      ),
    ).to.deep.equal(['late 7.00']);
  });

  it('are not started when they are not active, and refused by name when they hold what does not run', () => {
    const draft = flow('Draft_Flow', {
      status: 'Draft',
      start: onRecord('Job__c', { connector: to('Wait') }),
      waits: { name: 'Wait', label: 'Wait' },
    });
    expect(orgWith([JOB, draft]).run(`insert new Job__c(); System.debug('saved');`)).to.deep.equal(['saved']);
    const waiting = flow('Waiting_Flow', {
      start: onRecord('Job__c', { connector: to('Wait') }),
      waits: { name: 'Wait', label: 'Wait' },
    });
    expect(() => orgWith([JOB, waiting]).run(`insert new Job__c();`)).to.throw(
      'Flow Waiting_Flow: The flow element Wait (waits) is not supported by the local org.',
    );
  });
});
