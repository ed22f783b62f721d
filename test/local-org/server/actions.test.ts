import { expect } from 'chai';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLocalOrg, type LocalOrg } from '../../../local-org/src/index.js';
import { flow, variable, ref, set, to, when, number, field } from '../flow/flow-xml.js';
import { field as objectField, files, OBJECT } from '../live/kit.js';
import { packageXml, type PackageFiles } from '../support/packages.js';
import { Client } from './client.js';

/** Doubles numbers; notes each in a row first when told to. */
const DOUBLING = `public class Doubling {
  public class Request {
    @InvocableVariable(required=true) public Integer amount;
    @InvocableVariable public Datetime at;
    @InvocableVariable public List<String> tags;
  }
  public class Result {
    @InvocableVariable public Integer doubled;
    @InvocableVariable public Datetime at;
    @InvocableVariable public String tag;
    @InvocableVariable public Thing__c thing;
    public String secret = 'not an output';
  }
  @InvocableMethod public static List<Result> run(List<Request> requests) {
    List<Result> results = new List<Result>();
    for (Request one : requests) {
      insert new Thing__c(Name = 'a' + one.amount);
      Result result = new Result();
      result.doubled = 2 * one.amount;
      result.at = one.at;
      result.tag = one.tags == null ? null : one.tags[0];
      result.thing = new Thing__c(Name = 'new');
      if (one.amount == 13) throw new IllegalArgumentException('unlucky');
      results.add(result);
    }
    return results;
  }
}`;

const asking = (url: string): string => `public class Asking {
  @InvocableMethod(callout=true) public static List<String> ask(List<String> questions) {
    List<String> answers = new List<String>();
    for (String question : questions) {
      HttpRequest request = new HttpRequest();
      request.setEndpoint('${url}/' + question);
      request.setMethod('GET');
      answers.add(new Http().send(request).getBody());
    }
    return answers;
  }
}`;

/** Adds one to a number, and notes it; negative numbers it refuses with an error of Apex. */
const INCREMENT = flow('Increment', {
  start: { connector: to('Add') },
  variables: [
    variable('amount', 'Number', { isInput: true, scale: 0 }),
    variable('names', 'String', { isInput: true, isOutput: true, isCollection: true }),
    variable('sum', 'Number', { isOutput: true, scale: 0 }),
  ],
  assignments: {
    name: 'Add',
    label: 'Add',
    assignmentItems: [set('sum', ref('amount'), 'Add'), set('sum', number(1), 'Add')],
    connector: to('Note'),
  },
  recordCreates: {
    name: 'Note',
    label: 'Note',
    object: 'Thing__c',
    inputAssignments: [field('Name', { stringValue: 'sum' }), field('Amount__c', ref('sum'))],
    connector: to('Which'),
  },
  decisions: {
    name: 'Which',
    label: 'Which',
    defaultConnectorLabel: 'Fine',
    rules: {
      name: 'Negative',
      label: 'Negative',
      conditionLogic: 'and',
      conditions: when('sum', 'LessThan', number(0)),
      connector: to('Fail'),
    },
  },
  actionCalls: {
    name: 'Fail',
    label: 'Fail',
    actionName: 'Doubling',
    actionType: 'apex',
    flowTransactionModel: 'CurrentTransaction',
    inputParameters: { name: 'amount', value: number(13) },
  },
});

describe('actions over the REST API', () => {
  let org: LocalOrg;
  let client: Client;
  let server: Server;
  before(async () => {
    server = createServer((request, response) => response.end(`answer to ${request.url ?? ''}`));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    org = await createLocalOrg({ check: () => [], users: ['reader@callout.example'] });
    client = new Client(org);
    const parts: PackageFiles = {
      ...files({
        classes: { Doubling: DOUBLING, Asking: asking(url), Plain: 'public class Plain {}' },
        objects: {
          Thing__c: OBJECT + objectField('Amount__c', 'Number', '<precision>10</precision><scale>0</scale>'),
        },
      }),
      'flows/Increment.flow': INCREMENT.content,
      'remoteSiteSettings/Server.remoteSite': `<RemoteSiteSetting xmlns="http://soap.sforce.com/2006/04/metadata"><disableProtocolSecurity>true</disableProtocolSecurity><isActive>true</isActive><url>${url}</url></RemoteSiteSetting>`,
    };
    await client.deploy({
      ...parts,
      'package.xml': packageXml({
        ApexClass: ['Doubling', 'Asking', 'Plain'],
        CustomObject: ['Thing__c'],
        Flow: ['Increment'],
        RemoteSiteSetting: ['Server'],
      }),
    });
  });
  after(async () => {
    await org.close();
    server.close();
  });

  const call = async (path: string, ...inputs: readonly object[]): Promise<readonly unknown[]> => {
    const { status, body } = await client.post(`/actions/custom/${path}`, { inputs });
    return [status, body];
  };
  const success = (actionName: string, outputValues: object): object => ({
    actionName,
    errors: null,
    isSuccess: true,
    outputValues,
    sortOrder: -1,
    version: 1,
  });
  const failure = (actionName: string, statusCode: string, message: string): object => ({
    actionName,
    errors: [{ statusCode, message, fields: [] }],
    isSuccess: false,
    outputValues: null,
    sortOrder: -1,
    version: 1,
  });

  // Actions Developer Guide, Apex Actions: inputs and outputs are the invocable variables.
  it('call an invocable method once with all inputs, and answer with its outputs', async () => {
    const [status, body] = await call(
      'apex/doubling',
      { amount: 2, at: '2026-01-31T12:00:00.000Z', tags: ['x', 'y'] },
      { AMOUNT: 3 },
    );
    expect(status).to.equal(200);
    const thing = { attributes: { type: 'Thing__c' }, Name: 'new' };
    expect(body).to.deep.equal([
      success('Doubling', { doubled: 4, at: '2026-01-31T12:00:00.000Z', tag: 'x', thing }),
      success('Doubling', { doubled: 6, at: null, tag: null, thing }),
    ]);
    expect(await client.rows("SELECT Name FROM Thing__c WHERE Name LIKE 'a%' ORDER BY Name")).to.deep.equal([
      { Name: 'a2' },
      { Name: 'a3' },
    ]);
  });

  // PLATFORM 3.2: the method may call out; the request waits for the answers.
  it('wait for the callouts of an action', async () => {
    expect(await call('apex/Asking', { questions: 'why' }, { questions: 'how' })).to.deep.equal([
      200,
      [success('Asking', { output: 'answer to /why' }), success('Asking', { output: 'answer to /how' })],
    ]);
  });

  it('take back what an action did that throws', async () => {
    const before = await client.rows('SELECT Name FROM Thing__c');
    const failed = failure(
      'Doubling',
      'UNKNOWN_EXCEPTION',
      'An Apex error occurred: System.IllegalArgumentException: unlucky',
    );
    expect(await call('apex/Doubling', { amount: 1 }, { amount: 13 })).to.deep.equal([400, [failed, failed]]);
    expect(await client.rows('SELECT Name FROM Thing__c')).to.deep.equal(before);
  });

  it('refuse inputs that are missing or unknown, and actions that do not exist', async () => {
    expect(await call('apex/Doubling', {})).to.deep.equal([
      400,
      [failure('Doubling', 'INVALID_API_INPUT', 'Missing required input parameter: amount')],
    ]);
    expect(await call('apex/Doubling', { amount: 1, colour: 'red' })).to.deep.equal([
      400,
      [failure('Doubling', 'INVALID_API_INPUT', 'The input parameter "colour" doesn\'t exist.')],
    ]);
    expect(await call('flow/Increment', { sum: 1 })).to.deep.equal([
      400,
      [failure('Increment', 'INVALID_API_INPUT', 'The input parameter "sum" doesn\'t exist.')],
    ]);
    for (const path of ['apex/Plain', 'apex/Nothing', 'flow/Nothing'])
      expect((await call(path, { amount: 1 }))[0], path).to.equal(404);
    expect((await client.post('/actions/custom/apex/Doubling', {})).status).to.equal(400);
  });

  // Apex Developer Guide, Set Apex Class Access.
  it('refuse a class to a user whom no permission set opens it for', async () => {
    const { body } = await client.post('/callout/sessions', { username: 'reader@callout.example' });
    const reader = new Client(org, (body as { accessToken: string }).accessToken);
    const answer = await reader.post('/actions/custom/apex/Doubling', { inputs: [{ amount: 1 }] });
    expect([answer.status, answer.body]).to.deep.equal([
      403,
      [
        {
          message: 'You do not have access to the Apex class named: Doubling',
          errorCode: 'INSUFFICIENT_ACCESS',
        },
      ],
    ]);
  });

  // Actions Developer Guide, Flow Actions: the outputs are Flow__InterviewStatus and the output variables.
  it('run an autolaunched flow for each input', async () => {
    const [status, body] = await call('flow/Increment', { amount: 1, names: ['a', 'b'] }, { amount: 41 });
    const outputs = (body as readonly { readonly outputValues: Record<string, unknown> }[]).map(
      ({ outputValues: { Flow__InterviewGuid: guid, ...rest } }) => [typeof guid, rest],
    );
    expect([status, outputs]).to.deep.equal([
      200,
      [
        ['string', { Flow__InterviewStatus: 'Finished', names: ['a', 'b'], sum: 2 }],
        ['string', { Flow__InterviewStatus: 'Finished', names: null, sum: 42 }],
      ],
    ]);
  });

  it('take back what a flow did that fails, and run the others again', async () => {
    const [status, body] = await call('flow/Increment', { amount: -5 }, { amount: 99 });
    const outcomes = body as readonly { readonly isSuccess: boolean; readonly errors: readonly object[] | null }[];
    expect(status).to.equal(200);
    expect(outcomes.map(({ isSuccess }) => isSuccess)).to.deep.equal([false, true]);
    expect(outcomes[0]?.errors).to.deep.equal([
      {
        statusCode: 'UNKNOWN_EXCEPTION',
        message:
          'An unhandled fault has occurred in this flow. An Apex error occurred: System.IllegalArgumentException: unlucky',
        fields: [],
      },
    ]);
    expect(
      await client.rows("SELECT Amount__c FROM Thing__c WHERE Name = 'sum' AND (Amount__c < 0 OR Amount__c = 100)"),
    ).to.deep.equal([{ Amount__c: 100 }]);
  });
});
