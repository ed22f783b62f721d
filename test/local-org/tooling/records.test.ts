import { expect } from 'chai';
import { createLocalOrg, type LocalOrg } from '../../../local-org/src/index.js';
import { files } from '../live/kit.js';
import { Client, type Reply } from '../server/client.js';

const MINUTE = 60_000;

describe('records of the Tooling API', () => {
  let org: LocalOrg;
  let client: Client;
  let levelId: string;
  const now = new Date('2026-11-24T10:00:00Z');
  before(async () => {
    org = await createLocalOrg({ now: () => now, users: ['reader@callout.example'] });
    client = new Client(org);
    const level = { developerName: 'SFDC_DevConsole', MasterLabel: 'SFDC_DevConsole', ApexCode: 'FINEST' };
    levelId = (await post('DebugLevel', level)).body.id;
  });
  after(() => org.close());

  async function post(object: string, values: unknown): Promise<Reply & { readonly body: { readonly id: string } }> {
    const reply = await client.post(`/tooling/sobjects/${object}`, values);
    return { ...reply, body: reply.body as { id: string } };
  }
  const query = async (soql: string): Promise<readonly Record<string, unknown>[]> => {
    const { body } = await client.query(soql, 'tooling/query');
    return (body as { records: Record<string, unknown>[] }).records.map((row) =>
      Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'attributes')),
    );
  };
  /** What the SF CLI sends for `apex tail log`. */
  const flag = (minutes: number): Readonly<Record<string, unknown>> => ({
    tracedentityid: org.userId,
    logtype: 'DEVELOPER_LOG',
    debuglevelid: levelId,
    StartDate: now.getTime(),
    ExpirationDate: new Date(now.getTime() + minutes * MINUTE).toUTCString(),
  });

  it('takes the debug level and the trace flag of the SF CLI, with its forms of instants', async () => {
    const created = await post('TraceFlag', flag(30));
    expect(created.status, created.text).to.equal(201);
    expect(created.headers.get('location')).to.equal(
      `/services/data/v66.0/tooling/sobjects/TraceFlag/${created.body.id}`,
    );
    expect(
      await query(
        `SELECT logtype, startdate, expirationdate, debuglevel.apexcode, debuglevel.workflow FROM TraceFlag WHERE TracedEntityId = '${org.userId}'`,
      ),
    ).to.deep.equal([
      {
        LogType: 'DEVELOPER_LOG',
        StartDate: '2026-11-24T10:00:00.000+0000',
        ExpirationDate: '2026-11-24T10:30:00.000+0000',
        DebugLevel: {
          attributes: { type: 'DebugLevel', url: `/services/data/v66.0/tooling/sobjects/DebugLevel/${levelId}` },
          ApexCode: 'FINEST',
          Workflow: 'INFO',
        },
      },
    ]);
    const later = await client.patch(`/tooling/sobjects/TraceFlag/${created.body.id}`, {
      ExpirationDate: new Date(now.getTime() + 60 * MINUTE).toUTCString(),
    });
    expect(later.status, later.text).to.equal(204);
    expect((await post('TraceFlag', flag(30))).text).to.contain('This entity is already being traced.');
    expect((await client.delete(`/tooling/sobjects/TraceFlag/${created.body.id}`)).status).to.equal(204);
  });

  const refused: readonly (readonly [why: string, values: Readonly<Record<string, unknown>>, message: RegExp])[] = [
    ['ends before it begins', { StartDate: now.getTime() + 31 * MINUTE }, /must be after the start date/],
    ['is active for more than a day', { StartDate: now.getTime() - 24 * 60 * MINUTE }, /within 24 hours of the start/],
    ['is for a class', { logtype: 'CLASS_TRACING' }, /does not support trace flags of the type CLASS_TRACING/],
    ['names a type that is none', { logtype: 'NOTHING' }, /NOTHING/],
    ['has no end', { ExpirationDate: null }, /ExpirationDate/],
  ];
  for (const [why, values, message] of refused) {
    // Tooling API Developer Guide: TraceFlag
    it(`refuses a trace flag that ${why}`, async () => {
      const reply = await post('TraceFlag', { ...flag(30), ...values });
      expect(reply.status).to.equal(400);
      expect(reply.text).to.match(message);
    });
  }

  it('refuses a trace flag of something that is no user', async () => {
    const reply = await post('TraceFlag', { ...flag(30), tracedentityid: levelId });
    expect([reply.status, reply.text]).to.deep.include(400);
  });

  it('are not part of the data API', async () => {
    expect((await client.get('/sobjects/TraceFlag/describe')).status).to.equal(404);
    expect((await client.post('/sobjects/DebugLevel', {})).status).to.equal(404);
    expect((await client.query('SELECT Id FROM ApexCodeCoverage')).text).to.contain(
      "sObject type 'ApexCodeCoverage' is not supported.",
    );
    const collection = await client.patch('/composite/sobjects', {
      records: [{ attributes: { type: 'DebugLevel' }, Id: levelId, ApexCode: 'INFO' }],
    });
    expect(collection.text).to.contain("sObject type 'DebugLevel' is not supported.");
  });

  it('describes its objects', async () => {
    const { body } = await client.get('/tooling/sobjects/DebugLevel/describe');
    const { name, keyPrefix, fields } = body as {
      name: string;
      keyPrefix: string;
      fields: { name: string; type: string; nillable: boolean }[];
    };
    expect({ name, keyPrefix }).to.deep.equal({ name: 'DebugLevel', keyPrefix: '7dl' });
    expect(fields.find((field) => field.name === 'ApexCode')).to.include({ type: 'picklist' });
  });

  // Tooling API Developer Guide: EntityDefinition, FieldDefinition
  it('shows what objects and fields there are', async () => {
    const { body } = await client.get('/tooling/sobjects');
    const names = (body as { sobjects: { name: string }[] }).sobjects.map(({ name }) => name);
    expect(names).to.include.members(['ApexClass', 'ApexCodeCoverage', 'TraceFlag']).and.not.include('Account');
    expect(
      await query("SELECT DurableId, KeyPrefix FROM EntityDefinition WHERE QualifiedApiName = 'Account'"),
    ).to.deep.equal([{ DurableId: 'Account', KeyPrefix: '001' }]);
    expect(
      await query(
        "SELECT QualifiedApiName, DataType FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = 'Account' AND QualifiedApiName = 'Name'",
      ),
    ).to.deep.equal([{ QualifiedApiName: 'Name', DataType: 'Text(255)' }]);
  });

  describe('of test runs', () => {
    const TESTS = {
      classes: {
        Sum: 'public class Sum {\n  public static Integer of(Integer a) {\n    return a;\n  }\n}',
        OneTest: '@IsTest private class OneTest { @IsTest static void one() { Sum.of(1); } }',
        TwoTest: '@IsTest private class TwoTest { @IsTest static void two() { Sum.of(2); } }',
      },
    };
    before(() => client.deploy(files(TESTS)));

    async function finish(runId: string): Promise<unknown> {
      for (;;) {
        const [row] = await query(`SELECT Status FROM ApexTestRunResult WHERE AsyncApexJobId = '${runId}'`);
        if (row?.['Status'] !== 'Queued' && row?.['Status'] !== 'Processing') return row?.['Status'];
      }
    }

    // Object Reference: ApexTestQueueItem, Status
    it('can be aborted the way the SF CLI does it, and nothing else of them can be changed', async () => {
      const { body, text } = await client.post('/tooling/runTestsAsynchronous', { testLevel: 'RunLocalTests' });
      expect(text).to.match(/^"707\w{15}"$/);
      const runId = String(body);
      const items = await query(`SELECT Id, Status FROM ApexTestQueueItem WHERE ParentJobId = '${runId}'`);
      const records = items.map(({ Id }) => ({ attributes: { type: 'ApexTestQueueItem' }, Id, Status: 'Aborted' }));
      const reply = await client.patch('/tooling/composite/sobjects', { allOrNone: false, records });
      expect((reply.body as { success: boolean }[]).map(({ success }) => success)).to.deep.equal([true, true]);
      const status = await finish(runId);
      const after = await query(`SELECT Id, Status FROM ApexTestQueueItem WHERE ParentJobId = '${runId}'`);
      expect(status).to.equal(after.some((item) => item['Status'] === 'Aborted') ? 'Aborted' : 'Completed');
      const other = await client.patch(`/tooling/sobjects/ApexTestQueueItem/${String(items[0]?.['Id'])}`, {
        Status: 'Completed',
      });
      expect(other.text).to.contain('Only the status of an ApexTestQueueItem can be changed, and only to Aborted.');
    });

    // Tooling API Developer Guide: ApexCodeCoverageAggregate, Coverage is a complex value
    it('show coverage as a structure', async () => {
      await client.post('/tooling/runTestsSynchronous', { classNames: 'OneTest' });
      const rows = await query(
        "SELECT ApexClassOrTrigger.Name, NumLinesCovered, Coverage FROM ApexCodeCoverageAggregate WHERE ApexClassOrTrigger.Name = 'Sum'",
      );
      expect(rows).to.have.length(1);
      expect(rows[0]).to.deep.include({
        NumLinesCovered: 1,
        Coverage: { coveredLines: [3], uncoveredLines: [] },
      });
      const both = await query(
        'SELECT TestMethodName, ApexTestClass.Name FROM ApexCodeCoverage ORDER BY TestMethodName',
      );
      expect(both[0]).to.deep.include({ TestMethodName: 'one' });
    });
  });

  it('lists debug logs, which can only be deleted', async () => {
    const source = encodeURIComponent('System.debug(1);');
    await post('TraceFlag', flag(30));
    await client.get(`/tooling/executeAnonymous?anonymousBody=${source}`);
    const [log] = await query("SELECT Id, LogUser.Username FROM ApexLog WHERE Operation LIKE '%executeAnonymous'");
    expect(log?.['LogUser']).to.include({ Username: org.username });
    const id = String(log?.['Id']);
    expect((await client.get(`/tooling/sobjects/ApexLog/${id}/Body`)).text).to.contain('|USER_DEBUG|[1]|DEBUG|1\n');
    expect((await client.patch(`/tooling/sobjects/ApexLog/${id}`, { Status: 'x' })).status).to.equal(400);
    expect((await client.delete(`/tooling/sobjects/ApexLog/${id}`)).status).to.equal(204);
    expect((await client.get(`/tooling/sobjects/ApexLog/${id}/Body`)).status).to.equal(404);
  });

  // Apex Developer Guide: Anonymous Blocks; help: Run Apex Tests, View Debug Logs
  it('lets nobody run code, run tests or read the logs of others without the permission for it', async () => {
    const { body } = await client.post('/callout/sessions', { username: 'reader@callout.example' });
    const reader = new Client(org, (body as { accessToken: string }).accessToken);
    const source = encodeURIComponent('System.debug(2);');
    await client.get(`/tooling/executeAnonymous?anonymousBody=${source}`);
    const [log] = await query(
      "SELECT Id FROM ApexLog WHERE Operation LIKE '%executeAnonymous' ORDER BY Id DESC LIMIT 1",
    );
    const answers = [
      await reader.get(`/tooling/executeAnonymous?anonymousBody=${source}`),
      await reader.post('/tooling/runTestsSynchronous', { testLevel: 'RunLocalTests' }),
      await reader.post('/tooling/runTestsAsynchronous', { testLevel: 'RunLocalTests' }),
    ];
    expect(answers.map(({ status, text }) => [status, text])).to.deep.equal(
      ['AuthorApex', 'ViewSetup', 'ViewSetup'].map((permission) => [
        403,
        `[{"message":"The user needs the permission ${permission}.","errorCode":"INSUFFICIENT_ACCESS"}]`,
      ]),
    );
    const path = `/tooling/sobjects/ApexLog/${String(log?.['Id'])}/Body`;
    expect((await client.get(path)).status).to.equal(200);
    expect((await reader.get(path)).status).to.equal(404);
  });

  it('refuses by name what it does not keep', async () => {
    for (const object of ['ApexTestSuite', 'SymbolTable', 'MetadataContainer'])
      expect((await client.query(`SELECT Id FROM ${object}`, 'tooling/query')).text).to.contain(
        `The local org does not support tooling queries on ${object}.`,
      );
    expect((await client.query('SELECT SymbolTable FROM ApexClass', 'tooling/query')).text).to.contain(
      "No such column 'SymbolTable'",
    );
  });
});
