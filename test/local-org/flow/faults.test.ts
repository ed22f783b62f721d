import { expect } from 'chai';
import { sentMessages } from '../../../local-org/src/apex/library/index.js';
import type { Component } from '../../../local-org/src/model/index.js';
import {
  component,
  field,
  filter,
  flow,
  LONG_TEXT,
  NUMBER,
  object,
  onRecord,
  ref,
  set,
  text,
  TEXT,
  to,
  variable,
  type NodeObject,
} from './flow-xml.js';
import { exceptionOf, orgWith } from './org.js';

const JOB = object('Job__c', { Amount: NUMBER, Note: { ...TEXT, length: 10 } });
const LOG = object('Log__c', { Text: LONG_TEXT });

const log = (name: string, value: NodeObject, more: NodeObject = {}): NodeObject => ({
  name,
  label: name,
  object: 'Log__c',
  inputAssignments: field('Text__c', value),
  ...more,
});

const logs = `for (Log__c row : [SELECT Text__c FROM Log__c ORDER BY Id]) System.debug(row.Text__c);`;

/** A call of an invocable method. */
const action = (name: string, actionName: string, more: NodeObject = {}): NodeObject => ({
  name,
  label: name,
  actionName,
  actionType: 'apex',
  flowTransactionModel: 'CurrentTransaction',
  ...more,
});

const input = (name: string, value: NodeObject): NodeObject => ({ name, value });

/** A flow that calls an action for every new job, with a fault path. */
const calling = (name: string, actionName: string, more: NodeObject = {}, rest: NodeObject = {}): Component =>
  flow(name, {
    start: onRecord('Job__c', { recordTriggerType: 'Create', connector: to('Call') }),
    actionCalls: action('Call', actionName, { connector: to('Done'), faultConnector: to('Failed'), ...more }),
    recordCreates: [
      log('Done', text('done {!$Record.Name}')),
      log('Failed', text('failed {!$Record.Name}: {!$Flow.FaultMessage}')),
    ],
    ...rest,
  });

describe('actions of flows', () => {
  // PLATFORM 3.2: one list for all interviews, results of the same size and order.
  it('call an invocable method once with a request for each record, and hand out the results', () => {
    const org = orgWith([
      JOB,
      LOG,
      `public class Doubler {
        public class Request { @InvocableVariable(required=true) public Decimal amount; @InvocableVariable public String name; @InvocableVariable public List<String> tags; }
        public class Result { @InvocableVariable public Decimal doubled; @InvocableVariable public String said; }
        @InvocableMethod public static List<Result> run(List<Request> requests) {
          List<Result> results = new List<Result>();
          for (Request request : requests) { Result result = new Result(); result.doubled = request.amount * 2; result.said = request.name + ' of ' + requests.size() + ' ' + request.tags; results.add(result); }
          return results;
        }
      }`,
      flow('Doubling', {
        start: onRecord('Job__c', { connector: to('Tag') }),
        variables: [variable('tags', 'String', { isCollection: true }), variable('n', 'Number', { scale: 2 })],
        assignments: {
          name: 'Tag',
          label: 'Tag',
          assignmentItems: set('tags', text('x'), 'Add'),
          connector: to('Call'),
        },
        actionCalls: [
          action('Call', 'Doubler', {
            inputParameters: [
              input('amount', ref('$Record.Amount__c')),
              input('name', ref('$Record.Name')),
              input('tags', ref('tags')),
            ],
            storeOutputAutomatically: true,
            connector: to('Manual'),
          }),
          action('Manual', 'Doubler', {
            inputParameters: [input('amount', ref('Call.doubled'))],
            outputParameters: { assignToReference: 'n', name: 'doubled' },
            connector: to('Write'),
          }),
        ],
        recordCreates: log('Write', text('{!Call.said} {!Call.doubled} {!n}')),
      }),
    ]);
    expect(
      org.run(
        `insert new List<Job__c>{ new Job__c(Name = 'a', Amount__c = 1.5), new Job__c(Name = 'b', Amount__c = 2) }; ${logs}`,
      ),
    ).to.deep.equal(['a of 2 (x) 3 6', 'b of 2 (x) 4 8']);
  });

  it('pass lists of simple values and records to methods without a request class', () => {
    const org = orgWith([
      JOB,
      LOG,
      `public class Names { @InvocableMethod public static List<String> run(List<Job__c> jobs) { List<String> names = new List<String>(); for (Job__c job : jobs) names.add(job.Name + '!'); return names; } }`,
      calling(
        'Naming',
        'Names',
        { inputParameters: input('jobs', ref('$Record')), storeOutputAutomatically: true },
        { recordCreates: [log('Done', ref('Call')), log('Failed', ref('$Flow.FaultMessage'))] },
      ),
    ]);
    expect(org.run(`insert new List<Job__c>{ new Job__c(Name = 'a'), new Job__c(Name = 'b') }; ${logs}`)).to.deep.equal(
      ['a!', 'b!'],
    );
  });

  it('fail the interviews whose required input is null, and call the method for the others', () => {
    const org = orgWith([
      JOB,
      LOG,
      `public class Needs { public class Request { @InvocableVariable(required=true) public Decimal amount; } @InvocableMethod public static void run(List<Request> requests) {} }`,
      calling('Needing', 'Needs', { inputParameters: input('amount', ref('$Record.Amount__c')) }),
    ]);
    expect(
      org.run(`insert new List<Job__c>{ new Job__c(Name = 'a'), new Job__c(Name = 'b', Amount__c = 1) }; ${logs}`),
    ).to.have.members(['failed a: Missing required input parameter: amount', 'done b']);
  });

  it('fail all interviews of the call when a method returns another number of results', () => {
    const mismatch =
      'The number of results does not match the number of interviews that were executed in a single bulk execution request.';
    const org = orgWith([
      JOB,
      LOG,
      `public class Few { @InvocableMethod public static List<String> run(List<Id> ids) { return new List<String>{ 'one' }; } }`,
      calling('Counting', 'Few', { inputParameters: input('ids', ref('$Record.Id')) }),
    ]);
    expect(org.run(`insert new List<Job__c>{ new Job__c(Name = 'a'), new Job__c(Name = 'b') }; ${logs}`)).to.deep.equal(
      [`failed a: ${mismatch}`, `failed b: ${mismatch}`],
    );
  });

  it('record notifications and mails when the transaction commits', () => {
    const type = component('CustomNotificationType', 'Alarm', {
      customNotifTypeName: 'Alarm',
      desktop: true,
      masterLabel: 'Alarm',
      mobile: false,
    });
    const org = orgWith([
      JOB,
      type,
      flow('Telling', {
        start: onRecord('Job__c', { connector: to('Type') }),
        recordLookups: {
          name: 'Type',
          label: 'Type',
          object: 'CustomNotificationType',
          filters: filter('DeveloperName', 'EqualTo', text('Alarm')),
          getFirstRecordOnly: true,
          storeOutputAutomatically: true,
          connector: to('Who'),
        },
        variables: variable('who', 'String', { isCollection: true }),
        assignments: {
          name: 'Who',
          label: 'Who',
          assignmentItems: set('who', ref('$Record.OwnerId'), 'Add'),
          connector: to('Notify'),
        },
        actionCalls: [
          {
            ...action('Notify', 'customNotificationAction', {
              inputParameters: [
                input('customNotifTypeId', ref('Type.Id')),
                input('recipientIds', ref('who')),
                input('title', text('T')),
                input('body', text('B {!$Record.Name}')),
                input('targetId', ref('$Record.Id')),
              ],
              connector: to('Mail'),
            }),
            actionType: 'customNotificationAction',
          },
          {
            ...action('Mail', 'emailSimple', {
              inputParameters: [
                input('emailAddresses', text('a@example.com, b@example.com')),
                input('emailSubject', text('S')),
                input('emailBody', text('hello')),
              ],
            }),
            actionType: 'emailSimple',
          },
        ],
      }),
    ]);
    org.run(`insert new Job__c(Name = 'n');`);
    const messages = sentMessages(org.engine.runtime).map(({ kind, to: { length }, subject, body }) => [
      kind,
      length,
      subject,
      body,
    ]);
    expect(messages).to.deep.equal([
      ['notification', 1, 'T', 'B n'],
      ['email', 2, 'S', 'hello'],
    ]);
  });
});

describe('faults of flows', () => {
  // PLATFORM 2.4: {!$Flow.FaultMessage} in the fault path; an Apex exception is everybody's who was in the call.
  it('take the fault path with the exception of an action as fault message', () => {
    const org = orgWith([
      JOB,
      LOG,
      `public class Breaks { public class BrokenException extends Exception {} @InvocableMethod public static void run(List<Id> ids) { throw new BrokenException('broken ' + ids.size()); } }`,
      calling('Breaking', 'Breaks', { inputParameters: input('ids', ref('$Record.Id')) }),
    ]);
    expect(org.run(`insert new List<Job__c>{ new Job__c(Name = 'a'), new Job__c(Name = 'b') }; ${logs}`)).to.deep.equal(
      [
        'failed a: An Apex error occurred: Breaks.BrokenException: broken 2',
        'failed b: An Apex error occurred: Breaks.BrokenException: broken 2',
      ],
    );
  });

  // PLATFORM 2.4: the fault path does not roll back earlier DML of the transaction.
  it('keep what was written before the fault', () => {
    const org = orgWith([
      JOB,
      LOG,
      `public class Breaks { @InvocableMethod public static void run(List<Id> ids) { insert new Log__c(Text__c = 'by Apex'); Integer.valueOf('x'); } }`,
      flow('Keeping', {
        start: onRecord('Job__c', { connector: to('Before') }),
        recordCreates: [log('Before', text('before'), { connector: to('Call') }), log('Failed', text('after'))],
        actionCalls: action('Call', 'Breaks', {
          inputParameters: input('ids', ref('$Record.Id')),
          faultConnector: to('Failed'),
        }),
      }),
    ]);
    expect(org.run(`insert new Job__c(); ${logs}`)).to.deep.equal(['before', 'by Apex', 'after']);
  });

  // PLATFORM 2.4: governor-limit exceptions roll back the whole transaction even with a fault connector.
  it('roll back the whole transaction for an exceeded limit, fault path or not', () => {
    const org = orgWith([
      JOB,
      LOG,
      `public class Greedy { @InvocableMethod public static void run(List<Id> ids) { for (Integer i = 0; i < 101; i++) { List<Job__c> jobs = [SELECT Id FROM Job__c]; } } }`,
      calling('Spending', 'Greedy', { inputParameters: input('ids', ref('$Record.Id')) }),
    ]);
    expect(() =>
      org.run(
        `insert new Log__c(Text__c = 'earlier'); try { insert new Job__c(); } catch (Exception e) { System.debug('caught'); }`,
      ),
    ).to.throw();
    expect(org.run(`System.debug([SELECT COUNT() FROM Job__c] + ' ' + [SELECT COUNT() FROM Log__c]);`)).to.deep.equal([
      '0 0',
    ]);
  });

  // Salesforce Help: Flow Bulkification in Transactions: the records that can be saved are saved.
  it('save the records of the interviews that do not fail', () => {
    const org = orgWith([
      JOB,
      LOG,
      flow('Partly', {
        start: onRecord('Job__c', { recordTriggerType: 'Create', connector: to('Save') }),
        recordUpdates: {
          name: 'Save',
          label: 'Save',
          inputReference: '$Record',
          inputAssignments: field('Note__c', ref('$Record.Name')),
          faultConnector: to('Failed'),
        },
        recordCreates: log('Failed', ref('$Flow.FaultMessage')),
      }),
    ]);
    expect(
      org.run(`insert new List<Job__c>{ new Job__c(Name = 'short'), new Job__c(Name = 'much too long for it') };
        for (Job__c job : [SELECT Note__c FROM Job__c ORDER BY Name DESC]) System.debug(job.Note__c); ${logs}`),
    ).to.deep.equal([
      'short',
      'null',
      'This error occurred when the flow tried to update records: STRING_TOO_LONG: Note: data value too large: much too long for it (max length=10). You can look up ExceptionCode values in the SOAP API Developer Guide.',
    ]);
  });

  it('fail a collection as a whole, and nobody else', () => {
    const org = orgWith([
      JOB,
      LOG,
      `trigger Check on Log__c (before insert) { for (Log__c row : Trigger.new) if (row.Text__c == 'bad') row.addError('bad row'); }`,
      flow('Pairs', {
        start: onRecord('Job__c', { recordTriggerType: 'Create', connector: to('Fill') }),
        variables: [
          variable('row', 'SObject', { objectType: 'Log__c' }),
          variable('rows', 'SObject', { objectType: 'Log__c', isCollection: true }),
        ],
        assignments: {
          name: 'Fill',
          label: 'Fill',
          assignmentItems: [
            set('row.Text__c', text('first of {!$Record.Name}')),
            set('rows', ref('row'), 'Add'),
            set('row.Text__c', ref('$Record.Name')),
            set('rows', ref('row'), 'Add'),
          ],
          connector: to('Save'),
        },
        recordCreates: [
          { name: 'Save', label: 'Save', inputReference: 'rows', faultConnector: to('Failed') },
          log('Failed', text('failed {!$Record.Name}')),
        ],
      }),
    ]);
    expect(
      org.run(`insert new List<Job__c>{ new Job__c(Name = 'good'), new Job__c(Name = 'bad') }; ${logs}`),
    ).to.deep.equal(['first of good', 'good', 'failed bad']);
  });

  it('change one record for several interviews one after the other', () => {
    const org = orgWith([
      JOB,
      flow('Together', {
        start: onRecord('Job__c', {
          recordTriggerType: 'Create',
          filters: filter('Name', 'StartsWith', text('child')),
          connector: to('Count'),
        }),
        recordUpdates: {
          name: 'Count',
          label: 'Count',
          object: 'Job__c',
          filters: filter('Name', 'EqualTo', text('parent')),
          inputAssignments: field('Note__c', ref('$Record.Name')),
        },
      }),
    ]);
    expect(
      org.run(`insert new Job__c(Name = 'parent'); insert new List<Job__c>{ new Job__c(Name = 'child1'), new Job__c(Name = 'child2') };
        System.debug([SELECT Note__c FROM Job__c WHERE Name = 'parent'].Note__c);`),
    ).to.deep.equal(['child2']);
  });

  it('fail the save when a value does not fit, and name the flow', () => {
    const org = orgWith([
      JOB,
      flow('Odd_Value', {
        start: onRecord('Job__c', { connector: to('Set') }),
        variables: variable('n', 'Number', { scale: 0 }),
        assignments: { name: 'Set', label: 'Set', assignmentItems: set('n', text('no number')) },
      }),
    ]);
    expect(exceptionOf(org, `insert new Job__c();`))
      .to.contain('the “Odd Value” process failed')
      .and.contain('"no number" isn\'t a Number');
  });
});
