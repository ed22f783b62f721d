import { expect } from 'chai';
import {
  field,
  flow,
  LONG_TEXT,
  number,
  object,
  ref,
  set,
  text,
  TEXT,
  to,
  variable,
  type NodeObject,
} from './flow-xml.js';
import { exceptionOf, orgWith } from './org.js';

const JOB = object('Job__c', { Note: TEXT });
const LOG = object('Log__c', { Text: LONG_TEXT });

const log = (name: string, value: NodeObject, more: NodeObject = {}): NodeObject => ({
  name,
  label: name,
  object: 'Log__c',
  inputAssignments: field('Text__c', value),
  ...more,
});

const ADDER = flow('Adder', {
  variables: [
    variable('amount', 'Number', { isInput: true, scale: 2 }),
    variable('job', 'SObject', { objectType: 'Job__c', isInput: true, isOutput: true }),
    variable('names', 'String', { isCollection: true, isInput: true, isOutput: true }),
    variable('sum', 'Number', { isOutput: true, scale: 2 }),
    variable('secret', 'String', { value: text('hidden') }),
  ],
  start: { connector: to('Add') },
  assignments: {
    name: 'Add',
    label: 'Add',
    assignmentItems: [
      set('sum', ref('amount')),
      set('sum', number(1), 'Add'),
      set('names', text('last'), 'Add'),
      set('job.Note__c', text('from the flow')),
    ],
    connector: to('Write'),
  },
  recordCreates: log('Write', text('{!names}')),
});

describe('flows that Apex starts', () => {
  // Apex Reference: Flow.Interview: createInterview, start, getVariableValue.
  for (const [title, make] of [
    ['by their class', `new Flow.Interview.Adder(inputs)`],
    ['by their name', `Flow.Interview.createInterview('adder', inputs)`],
    ['by their namespace and name', `Flow.Interview.createInterview(null, 'Adder', inputs)`],
  ] as const) {
    it(`take input variables and give output variables, ${title}`, () => {
      const org = orgWith([JOB, LOG, ADDER]);
      expect(
        org.run(`Map<String, Object> inputs = new Map<String, Object>{ 'amount' => 1.5, 'job' => new Job__c(Name = 'j'), 'names' => new List<String>{ 'first' } };
          Flow.Interview one = ${make};
          System.debug(one.getVariableValue('sum'));
          one.start();
          System.debug(one.getVariableValue('sum'));
          System.debug(((Job__c) one.getVariableValue('job')).Note__c);
          System.debug((List<String>) one.getVariableValue('names'));
          System.debug(one.getVariableValue('secret'));
          System.debug([SELECT Text__c FROM Log__c].Text__c + ' ' + Limits.getDmlStatements());`),
      ).to.deep.equal(['null', '2.5', 'from the flow', '(first, last)', 'null', '[first, last] 1']);
    });
  }

  it('run the latest version of a flow that is not active for whoever may manage flows', () => {
    const draft = flow('Drafted', {
      status: 'Draft',
      start: { connector: to('Write') },
      recordCreates: {
        name: 'Write',
        label: 'Write',
        object: 'Log__c',
        inputAssignments: field('Text__c', text('ran')),
      },
    });
    const org = orgWith([JOB, LOG, draft]);
    const start = `Flow.Interview.createInterview('Drafted', new Map<String, Object>()).start();`;
    expect(org.run(`${start} System.debug([SELECT Text__c FROM Log__c].Text__c);`)).to.deep.equal(['ran']);
  });

  it('throw a FlowException for what no fault path takes, and for flows that cannot be started so', () => {
    const failing = flow('Failing', {
      start: { connector: to('Write') },
      recordCreates: {
        name: 'Write',
        label: 'Write',
        object: 'Job__c',
        inputAssignments: field('OwnerId', text('no id')),
      },
    });
    const screens = flow('Asking', {
      processType: 'Flow',
      start: { connector: to('Screen') },
      screens: { name: 'Screen', label: 'Screen', allowBack: false, allowFinish: true, allowPause: false },
    });
    const org = orgWith([JOB, LOG, ADDER, failing, screens]);
    expect(exceptionOf(org, `new Flow.Interview.Failing(null).start();`)).to.equal(
      'An unhandled fault has occurred in this flow. This error occurred when the flow tried to create records: MALFORMED_ID: malformed id no id. You can look up ExceptionCode values in the SOAP API Developer Guide.',
    );
    expect(exceptionOf(org, `Flow.Interview.createInterview('Gone', new Map<String, Object>());`)).to.contain(
      "the flow Gone doesn't exist",
    );
    expect(exceptionOf(org, `new Flow.Interview.Asking(null).start();`)).to.contain("A screen can't be shown here.");
    expect(exceptionOf(org, `new Flow.Interview.Adder(new Map<String, Object>{ 'wrong' => 1 });`)).to.contain(
      'no input variable wrong',
    );
  });
});
