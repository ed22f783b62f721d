import { expect } from 'chai';
import { CalloutFailure, type CalloutPort } from '../../../local-org/src/apex/runtime/index.js';
import type { Component } from '../../../local-org/src/model/index.js';
import {
  bool,
  component,
  field,
  flow,
  LONG_TEXT,
  number,
  object,
  onRecord,
  ref,
  set,
  text,
  TEXT,
  to,
  variable,
  when,
  type NodeObject,
} from './flow-xml.js';
import { laterOrg } from './later.js';

const JOB = object('Job__c', { Status: TEXT });
const LOG = object('Log__c', { Text: LONG_TEXT });

const SCHEMA = {
  openapi: '3.0.1',
  info: { title: 'Jobs', description: '' },
  paths: {
    '/jobs/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      put: {
        operationId: 'Store Job',
        parameters: [
          { name: 'name', in: 'query', schema: { type: 'string' } },
          { name: 'X-Trace', in: 'header', schema: { type: 'string' } },
        ],
        requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
        responses: { '2XX': { description: 'Stored' } },
      },
    },
  },
};

const SERVICE = component('ExternalServiceRegistration', 'Jobs', {
  label: 'Jobs',
  namedCredentialReference: 'Erp',
  registrationProviderType: 'SchemaInferred',
  schema: JSON.stringify(SCHEMA),
  schemaType: 'OpenApi3',
  status: 'Complete',
  operations: { active: true, name: 'storex20job' },
});

const log = (name: string, value: NodeObject, more: NodeObject = {}): NodeObject => ({
  name,
  label: name,
  object: 'Log__c',
  inputAssignments: field('Text__c', value),
  ...more,
});

const input = (name: string, value: NodeObject): NodeObject => ({ name, value });

const call = (more: NodeObject = {}): NodeObject => ({
  name: 'Store',
  label: 'Store',
  actionName: 'Jobs.Store Job',
  actionType: 'externalService',
  flowTransactionModel: 'Automatic',
  inputParameters: [
    input('id', ref('$Record.Id')),
    input('name', ref('$Record.Name')),
    input('X-Trace', text('t 1')),
    input('body', ref('body')),
  ],
  storeOutputAutomatically: true,
  connector: to('Which'),
  faultConnector: to('Failed'),
  ...more,
});

/** Stores each new job in another system, after its commit. */
const storing = (action: NodeObject = call()): Component =>
  flow('Storing', {
    start: onRecord('Job__c', {
      recordTriggerType: 'Create',
      scheduledPaths: { connector: to('Body'), pathType: 'AsyncAfterCommit' },
    }),
    variables: variable('body', 'Apex', { apexClass: 'ExternalService__Jobs_Storex20Job_IN_body' }),
    assignments: {
      name: 'Body',
      label: 'Body',
      assignmentItems: [set('body.name', ref('$Record.Name')), set('body.urgent', bool(true))],
      connector: to('Store'),
    },
    actionCalls: action,
    decisions: {
      name: 'Which',
      label: 'Which',
      defaultConnectorLabel: 'Other',
      defaultConnector: to('Other'),
      rules: {
        name: 'Stored',
        label: 'Stored',
        conditionLogic: 'and',
        conditions: when('Store.responseCode', 'EqualTo', number(200)),
        connector: to('Ok'),
      },
    },
    recordCreates: [
      log('Ok', text('stored as {!Store.2XX.key}')),
      log('Other', text('{!Store.responseCode}: {!Store.defaultExc}')),
      log('Failed', text('{!$Flow.FaultMessage}')),
    ],
  });

interface Request {
  readonly line: string;
  readonly trace: string | undefined;
  readonly body: string;
}

/** Answers every request alike, and notes them. */
function server(status: number, body: string): { readonly port: CalloutPort; readonly seen: Request[] } {
  const seen: Request[] = [];
  return {
    seen,
    port: (request) => {
      const headers = new Map(request.headers);
      seen.push({
        line: `${request.method} ${request.endpoint}`,
        trace: headers.get('X-Trace'),
        body: request.body.toString(),
      });
      return Promise.resolve({ status, statusText: '', headers: [], body: Buffer.from(body) });
    },
  };
}

const logs = `for (Log__c row : [SELECT Text__c FROM Log__c ORDER BY Id]) System.debug(row.Text__c);`;

async function logsAfter(port: CalloutPort): Promise<readonly string[]> {
  const org = laterOrg([JOB, LOG, SERVICE, storing()], { callouts: port });
  org.run(`insert new Job__c(Name = 'a b');`);
  await org.advance(0);
  return org.run(logs);
}

describe('external services in flows', () => {
  // PLATFORM 2.5, 3.2: an operation of the schema is an action; its parameters are the action's inputs.
  it('send the inputs where the schema puts them: path, query, header and body', async () => {
    const { port, seen } = server(200, '{"key": "K-1"}');
    expect(await logsAfter(port)).to.deep.equal(['stored as K-1']);
    expect(seen).to.have.lengthOf(1);
    expect(seen[0]?.line).to.match(/^PUT callout:Erp\/jobs\/a0\w{16}\?name=a\+b$/);
    expect(seen[0]?.trace).to.equal('t 1');
    expect(JSON.parse(seen[0]?.body ?? '')).to.deep.equal({ name: 'a b', urgent: true });
  });

  // Salesforce Help, External Services: a response that the schema does not declare is the output defaultExc.
  it('take no fault path for a status that the schema does not declare', async () => {
    expect(await logsAfter(server(401, 'expired').port)).to.deep.equal(['401: expired']);
  });

  // PLATFORM 2.4: an action that can't do its work takes the fault path.
  it('take the fault path when no response comes', async () => {
    const port: CalloutPort = () => Promise.reject(new CalloutFailure('Read timed out'));
    expect(await logsAfter(port)).to.deep.equal(['Read timed out']);
  });

  // PLATFORM 3.1: HTTP callouts of a test get their response from HttpCalloutMock.
  it('ask the mock in an Apex test', () => {
    const test = `@IsTest private class StoringTest {
      private class Answer implements HttpCalloutMock {
        public HttpResponse respond(HttpRequest request) {
          HttpResponse response = new HttpResponse();
          response.setStatusCode(200);
          response.setBody('{"key": "' + request.getMethod() + '"}');
          return response;
        }
      }
      @IsTest static void stores() {
        Test.setMock(HttpCalloutMock.class, new Answer());
        Test.startTest();
        insert new Job__c(Name = 'a');
        Test.stopTest();
        System.assertEquals('stored as PUT', [SELECT Text__c FROM Log__c].Text__c);
      }
    }`;
    expect(laterOrg([JOB, LOG, SERVICE, storing(), test]).test()).to.deep.equal(['StoringTest.stores pass']);
  });
});
