import { expect } from 'chai';
import type { CalloutPort } from '../../../local-org/src/apex/runtime/index.js';
import type { Component } from '../../../local-org/src/model/index.js';
import { field, flow, LONG_TEXT, object, onRecord, ref, text, TEXT, to, type NodeObject } from './flow-xml.js';
import { laterOrg } from './later.js';

const JOB = object('Job__c', { Status: TEXT });
const LOG = object('Log__c', { Text: LONG_TEXT });

const log = (name: string, value: NodeObject, more: NodeObject = {}): NodeObject => ({
  name,
  label: name,
  object: 'Log__c',
  inputAssignments: field('Text__c', value),
  ...more,
});

const logs = `for (Log__c row : [SELECT Text__c FROM Log__c ORDER BY Id]) System.debug(row.Text__c);`;

/** Asks a server about each record. */
const ASK = `public class Ask {
  @InvocableMethod(callout=true) public static List<String> run(List<String> names) {
    List<String> answers = new List<String>();
    for (String name : names) {
      HttpRequest request = new HttpRequest();
      request.setEndpoint('https://example.com/' + name);
      request.setMethod('GET');
      answers.add(new Http().send(request).getBody());
    }
    return answers;
  }
}`;

const call = (transaction: string, more: NodeObject = {}): NodeObject => ({
  name: 'Call',
  label: 'Call',
  actionName: 'Ask',
  actionType: 'apex',
  flowTransactionModel: transaction,
  inputParameters: { name: 'names', value: ref('$Record.Name') },
  storeOutputAutomatically: true,
  connector: to('After'),
  faultConnector: to('Failed'),
  ...more,
});

/** Writes a row, calls out, and writes another row, after the commit of the record. */
const asking = (transaction: string, more: NodeObject = {}): Component =>
  flow('Asking', {
    start: onRecord('Job__c', {
      recordTriggerType: 'Create',
      scheduledPaths: { connector: to('Before'), pathType: 'AsyncAfterCommit' },
    }),
    recordCreates: [
      log('Before', text('before'), { connector: to('Call') }),
      log('After', text('got {!Call}')),
      log('Failed', text('{!$Flow.FaultMessage}')),
    ],
    actionCalls: call(transaction),
    ...more,
  });

/** Answers each request with its path, one after the other, and notes them. */
function server(): { readonly port: CalloutPort; readonly seen: string[] } {
  const seen: string[] = [];
  return {
    seen,
    port: async ({ endpoint }) => {
      seen.push(endpoint);
      await new Promise((resolve) => setImmediate(resolve));
      const body = Buffer.from(endpoint.slice('https://example.com/'.length));
      return { status: 200, statusText: 'OK', headers: [], body };
    },
  };
}

const PENDING =
  'An Apex error occurred: System.CalloutException: You have uncommitted work pending. Please commit or rollback before calling out';

describe('transactions of flows', () => {
  // PLATFORM 2.4: Automatic starts a new transaction when the action supports it (callout=true) and DML is pending.
  for (const [transaction, lines] of [
    ['Automatic', ['before', 'got a']],
    ['NewTransaction', ['before', 'got a']],
    ['CurrentTransaction', ['before', PENDING]],
  ] as const) {
    it(`${transaction}: an action that calls out after a record was created ${lines[1] === PENDING ? 'fails' : 'waits for its answer'}`, async () => {
      const { port, seen } = server();
      const org = laterOrg([JOB, LOG, ASK, asking(transaction)], { callouts: port });
      org.run(`insert new Job__c(Name = 'a');`);
      await org.advance(0);
      expect(org.run(logs)).to.deep.equal(lines);
      expect(seen).to.have.lengthOf(lines[1] === PENDING ? 0 : 1);
    });
  }

  it('call out for all records of a batch in one call of the action', async () => {
    const { port, seen } = server();
    const org = laterOrg([JOB, LOG, ASK, asking('Automatic')], { callouts: port });
    org.run(`insert new List<Job__c>{ new Job__c(Name = 'a'), new Job__c(Name = 'b') };`);
    await org.advance(0);
    expect(seen).to.deep.equal(['https://example.com/a', 'https://example.com/b']);
    expect(org.run(logs)).to.deep.equal(['before', 'before', 'got a', 'got b']);
  });

  // PLATFORM 2.4: what was committed before a new transaction stays when that one fails.
  it('keep what a transaction committed before the next one fails', async () => {
    const { port } = server();
    const broken = asking('NewTransaction', {
      recordCreates: [
        log('Before', text('before'), { connector: to('Call') }),
        log('After', text('got {!Call}'), { connector: to('Break') }),
        log('Failed', text('unused')),
      ],
      recordUpdates: {
        name: 'Break',
        label: 'Break',
        inputReference: '$Record',
        inputAssignments: field('OwnerId', text('no id')),
      },
    });
    const org = laterOrg([JOB, LOG, ASK, broken], { callouts: port });
    org.run(`insert new Job__c(Name = 'a');`);
    await org.advance(0);
    expect(org.run(logs)).to.deep.equal(['before']);
  });

  // PLATFORM 2.2: callouts are not allowed in the immediate path.
  it('refuse callouts on the immediate path, where the save is not committed', () => {
    const { port, seen } = server();
    const immediate = flow('Immediate', {
      start: onRecord('Job__c', { recordTriggerType: 'Create', connector: to('Call') }),
      recordCreates: [log('After', text('got {!Call}')), log('Failed', text('{!$Flow.FaultMessage}'))],
      actionCalls: call('Automatic'),
    });
    const org = laterOrg([JOB, LOG, ASK, immediate], { callouts: port });
    expect(org.run(`insert new Job__c(Name = 'a'); ${logs}`)).to.deep.equal([PENDING]);
    expect(seen).to.deep.equal([]);
  });
});
