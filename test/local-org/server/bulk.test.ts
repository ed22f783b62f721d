import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createLocalOrg, type LocalOrg } from '../../../local-org/src/index.js';
import { field, files, OBJECT } from '../live/kit.js';
import { Client, type Reply } from './client.js';

const OBJECTS = files({
  objects: {
    Thing__c:
      OBJECT +
      field('Key__c', 'Text', '<length>20</length><externalId>true</externalId><unique>true</unique>') +
      field('Amount__c', 'Number', '<precision>10</precision><scale>2</scale>') +
      field('Batch__c', 'Number', '<precision>4</precision><scale>0</scale>') +
      field('Parent__c', 'Lookup', '<referenceTo>Thing__c</referenceTo><relationshipName>Children</relationshipName>'),
  },
  triggers: {
    Size: 'trigger Size on Thing__c (before insert) { for (Thing__c t : Trigger.new) t.Batch__c = Trigger.new.size(); }',
  },
});

/** A job through its whole life; the last answer shows its end. */
async function ingest(client: Client, job: object, csv: string): Promise<Reply> {
  const { body, status, text } = await client.post('/jobs/ingest', job);
  if (status !== 200) throw new Error(text);
  const path = `/jobs/ingest/${(body as { id: string }).id}`;
  const upload = await client.call('PUT', `${path}/batches`, csv, { 'content-type': 'text/csv' });
  if (upload.status !== 201) throw new Error(upload.text);
  await client.patch(path, { state: 'UploadComplete' });
  return finished(client, path);
}

async function finished(client: Client, path: string): Promise<Reply> {
  for (;;) {
    const reply = await client.get(path);
    const { state } = reply.body as { state: string };
    if (state !== 'UploadComplete' && state !== 'InProgress') return reply;
  }
}

// Bulk API 2.0 Developer Guide: Bulk Ingest.
describe('bulk ingest', () => {
  let org: LocalOrg;
  let client: Client;
  before(async () => {
    org = await createLocalOrg({ check: () => [] });
    client = new Client(org);
    await client.deploy(OBJECTS);
  });
  after(() => org.close());
  const results = async (reply: Reply, kind: string): Promise<string> =>
    (await client.get(`/jobs/ingest/${(reply.body as { id: string }).id}/${kind}`)).text;
  const count = async (where: string): Promise<number> =>
    ((await client.query(`SELECT COUNT() FROM Thing__c WHERE ${where}`)).body as { totalSize: number }).totalSize;

  it('inserts in transactions of 200 records', async () => {
    const csv = `Name,Amount__c\n${Array.from({ length: 450 }, (_, at) => `bulk ${at},${at}.5`).join('\n')}\n`;
    const reply = await ingest(client, { object: 'Thing__c', operation: 'insert' }, csv);
    expect(reply.body).to.include({ state: 'JobComplete', numberRecordsProcessed: 450, numberRecordsFailed: 0 });
    expect(await count("Name LIKE 'bulk %' AND Batch__c = 200")).to.equal(400);
    expect(await count("Name LIKE 'bulk %' AND Batch__c = 50")).to.equal(50);
  });

  it('tells which rows succeeded and which failed, and why', async () => {
    const csv = 'Name,Amount__c,Parent__r.Key__c\nright,1,\nwrong,much,\nlost,1,nobody\n';
    const reply = await ingest(client, { object: 'Thing__c', operation: 'insert', lineEnding: 'LF' }, csv);
    expect(reply.body).to.include({ state: 'JobComplete', numberRecordsProcessed: 3, numberRecordsFailed: 2 });
    const [right] = (await client.rows("SELECT Id FROM Thing__c WHERE Name = 'right'")) as { Id: string }[];
    expect(await results(reply, 'successfulResults')).to.equal(
      `"sf__Id","sf__Created","Name","Amount__c","Parent__r.Key__c"\n"${right?.Id ?? ''}","true","right","1",""\n`,
    );
    expect(await results(reply, 'failedResults')).to.equal(
      '"sf__Id","sf__Error","Name","Amount__c","Parent__r.Key__c"\n' +
        '"","INVALID_TYPE_ON_FIELD_IN_RECORD:Amount__c: value not of required type: much:Amount__c --","wrong","much",""\n' +
        '"","INVALID_FIELD:Foreign key external ID: nobody not found for field Key__c in entity Thing__c: --","lost","1","nobody"\n',
    );
    expect(await results(reply, 'unprocessedrecords')).to.equal('"Name","Amount__c","Parent__r.Key__c"\n');
  });

  it('upserts by an external id, leaves empty cells alone, and empties what says #N/A', async () => {
    const job = {
      object: 'Thing__c',
      operation: 'upsert',
      externalIdFieldName: 'Key__c',
      columnDelimiter: 'SEMICOLON',
      lineEnding: 'CRLF',
    };
    await ingest(client, job, 'Key__c;Name;Amount__c\r\nk1;one;1\r\nk2;"two; ""2""";2\r\n');
    const reply = await ingest(client, job, 'Key__c;Name;Amount__c\r\nk1;;#N/A\r\nk3;three;3\r\n');
    expect(await results(reply, 'successfulResults')).to.match(
      /"[\w]{18}";"false";"k1";"";"#N\/A"\r\n"[\w]{18}";"true";"k3"/,
    );
    expect(
      await client.rows("SELECT Name, Amount__c FROM Thing__c WHERE Key__c LIKE 'k%' ORDER BY Key__c"),
    ).to.deep.equal([
      { Name: 'one', Amount__c: null },
      { Name: 'two; "2"', Amount__c: 2 },
      { Name: 'three', Amount__c: 3 },
    ]);
  });

  it('updates and deletes by Id', async () => {
    const id = await client.insert('Thing__c', { Name: 'before' });
    await ingest(client, { object: 'Thing__c', operation: 'update' }, `Id,Name\n${id},after\n`);
    expect(await count("Name = 'after'")).to.equal(1);
    const reply = await ingest(client, { object: 'Thing__c', operation: 'delete' }, `Id\n${id}\nnonsense\n`);
    expect(reply.body).to.include({ numberRecordsProcessed: 2, numberRecordsFailed: 1 });
    expect(await results(reply, 'failedResults')).to.contain('MALFORMED_ID:malformed id nonsense:Id --');
    expect(await count("Name = 'after'")).to.equal(0);
  });

  const broken: readonly (readonly [name: string, job: object, csv: string, message: RegExp])[] = [
    ['a column that is no field', {}, 'Nme\nx\n', /^InvalidBatch : Field name not found : Nme$/],
    ['rows of unequal length', {}, 'Name,Key__c\nx\n', /^InvalidBatch : Failed to parse CSV\./],
    ['other line endings than announced', { lineEnding: 'CRLF' }, 'Name\nx\n', /LineEnding is invalid on user data/],
  ];
  for (const [name, job, csv, message] of broken) {
    it(`fails a job with ${name}, and gives its rows back as not processed`, async () => {
      const reply = await ingest(client, { object: 'Thing__c', operation: 'insert', ...job }, csv);
      expect(reply.body).to.include({ state: 'Failed', numberRecordsProcessed: 0 });
      expect((reply.body as { errorMessage: string }).errorMessage).to.match(message);
      expect((await results(reply, 'unprocessedrecords')).replace(/["\r]/g, '')).to.equal(csv);
    });
  }

  const refused: readonly (readonly [job: object, code: string, message: RegExp])[] = [
    [{ object: 'Thing__c', operation: 'hardDelete' }, 'FUNCTIONALITY_NOT_ENABLED', /the bulk operation hardDelete/],
    [{ object: 'Thing__c', operation: 'merge' }, 'INVALIDJOB', /operation/],
    [{ object: 'Nothing__c', operation: 'insert' }, 'NOT_FOUND', /does not exist/],
    [{ object: 'ApexClass', operation: 'insert' }, 'INVALID_TYPE_FOR_OPERATION', /cannot be inserted/],
    [
      { object: 'Thing__c', operation: 'upsert', externalIdFieldName: 'Name' },
      'INVALIDJOB',
      /does not match an External ID/,
    ],
  ];
  for (const [job, code, message] of refused) {
    it(`refuses ${JSON.stringify(job)}`, async () => {
      const [error] = (await client.post('/jobs/ingest', job)).body as { errorCode: string; message: string }[];
      expect(error?.errorCode).to.equal(code);
      expect(error?.message).to.match(message);
    });
  }

  it('takes data once, can be aborted while it is open, listed and deleted', async () => {
    const { body } = await client.post('/jobs/ingest', { object: 'Thing__c', operation: 'insert' });
    const { id, contentUrl } = body as { id: string; contentUrl: string };
    const csv = { 'content-type': 'text/csv' };
    expect((await client.call('PUT', `/${contentUrl}`, 'Name\nx\n', csv)).status).to.equal(201);
    expect((await client.call('PUT', `/${contentUrl}`, 'Name\nx\n', csv)).body).to.have.nested.property(
      '[0].errorCode',
      'INVALIDJOB',
    );
    expect((await client.patch(`/jobs/ingest/${id}`, { state: 'Aborted' })).body).to.include({ state: 'Aborted' });
    expect((await client.get(`/jobs/ingest/${id}/unprocessedrecords`)).text).to.equal('"Name"\n"x"\n');
    expect(JSON.stringify((await client.get('/jobs/ingest')).body)).to.contain(id);
    expect((await client.delete(`/jobs/ingest/${id}`)).status).to.equal(204);
    expect((await client.get(`/jobs/ingest/${id}`)).status).to.equal(404);
  });
});

// Bulk API 2.0 Developer Guide: Bulk Query.
describe('bulk queries', () => {
  let org: LocalOrg;
  let client: Client;
  before(async () => {
    org = await createLocalOrg({ check: () => [] });
    client = new Client(org);
    await client.insert('Account', { Name: 'Acme, "Inc"', AnnualRevenue: 5 });
    await client.insert('Account', { Name: 'Other' });
  });
  after(() => org.close());

  it('give CSV in pages', async () => {
    const query = 'SELECT Name, AnnualRevenue, Owner.Username, IsDeleted FROM Account ORDER BY Name';
    const { body } = await client.post('/jobs/query', { operation: 'query', query });
    const path = `/jobs/query/${(body as { id: string }).id}`;
    expect((await finished(client, path)).body).to.include({
      state: 'JobComplete',
      numberRecordsProcessed: 2,
      object: 'Account',
    });
    const first = await client.get(`${path}/results?maxRecords=1`);
    expect(first.text).to.equal(
      `"Name","AnnualRevenue","Owner.Username","IsDeleted"\n"Acme, ""Inc""","5","${org.username}","false"\n`,
    );
    expect(first.headers.get('sforce-numberofrecords')).to.equal('1');
    const locator = first.headers.get('sforce-locator') ?? '';
    const second = await client.get(`${path}/results?maxRecords=1&locator=${encodeURIComponent(locator)}`);
    expect(second.text).to.match(/\n"Other","",/);
    expect(second.headers.get('sforce-locator')).to.equal('null');
  });

  const refused: readonly (readonly [query: string, message: RegExp])[] = [
    ['SELECT Nonsense FROM Account', /No such column/],
    ['SELECT Name, (SELECT Id FROM Contacts) FROM Account', /subqueries in bulk queries/],
    ['SELECT COUNT(Id) FROM Account', /aggregate functions in bulk queries/],
    ['SELECT BillingAddress FROM Account', /the compound field BillingAddress in bulk queries/],
  ];
  for (const [query, message] of refused) {
    it(`refuse ${query}`, async () => {
      const { status, body } = await client.post('/jobs/query', { operation: 'query', query });
      expect(status).to.equal(400);
      expect((body as { message: string }[])[0]?.message).to.match(message);
    });
  }
});

describe('a bulk job that a restart interrupts', () => {
  it('goes on where it was, and repeats nothing', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'bulk-'));
    let org = await createLocalOrg({ check: () => [], dataDir });
    try {
      let client = new Client(org);
      await client.deploy(OBJECTS);
      const { body } = await client.post('/jobs/ingest', { object: 'Thing__c', operation: 'insert' });
      const path = `/jobs/ingest/${(body as { id: string }).id}`;
      const csv = `Name\n${Array.from({ length: 3000 }, (_, at) => `r${at}`).join('\n')}\n`;
      await client.call('PUT', `${path}/batches`, csv, { 'content-type': 'text/csv' });
      await client.patch(path, { state: 'UploadComplete' });
      await org.close();
      org = await createLocalOrg({ check: () => [], dataDir });
      client = new Client(org);
      expect((await finished(client, path)).body).to.include({ state: 'JobComplete', numberRecordsProcessed: 3000 });
      expect((await client.query('SELECT COUNT() FROM Thing__c')).body).to.include({ totalSize: 3000 });
    } finally {
      await org.close();
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
});
