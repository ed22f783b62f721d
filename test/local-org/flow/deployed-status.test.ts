import { expect } from 'chai';
import { flow, object, onRecord, set, text, TEXT, to } from './flow-xml.js';
import { orgWith } from './org.js';

const JOB = object('Job__c', { Mark: TEXT });

const marking = (status: string): ReturnType<typeof flow> =>
  flow('Marking', {
    status,
    start: onRecord('Job__c', { triggerType: 'RecordBeforeSave', recordTriggerType: 'Create', connector: to('Mark') }),
    assignments: { name: 'Mark', label: 'Mark', assignmentItems: set('$Record.Mark__c', text('marked')) },
  });

/** What the flow left on a new record. */
const markAfter = (status: string): readonly string[] =>
  orgWith([JOB, marking(status)]).run(
    `insert new Job__c(Name = 'a'); System.debug([SELECT Mark__c FROM Job__c].Mark__c);`,
  );

describe('the status that a flow is deployed with', () => {
  // PLATFORM 2.6: outside of production an active flow is deployed active; the local org is a Developer Edition.
  it('makes an active flow run at once', () => {
    expect(markAfter('Active')).to.deep.equal(['marked']);
  });

  for (const status of ['Draft', 'Obsolete'])
    it(`leaves a flow alone that is ${status}`, () => {
      expect(markAfter(status)).to.deep.equal(['null']);
    });
});
