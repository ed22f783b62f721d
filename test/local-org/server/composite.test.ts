import { expect } from 'chai';
import { createLocalOrg, type LocalOrg } from '../../../local-org/src/index.js';
import { field, files, OBJECT } from '../live/kit.js';
import { Client } from './client.js';

const V = '/services/data/v66.0';

describe('several records in one request', () => {
  let org: LocalOrg;
  let client: Client;
  before(async () => {
    org = await createLocalOrg({ check: () => [] });
    client = new Client(org);
    await client.deploy(
      files({
        objects: {
          Thing__c:
            OBJECT +
            field('Key__c', 'Text', '<length>20</length><externalId>true</externalId><unique>true</unique>') +
            field('Batch__c', 'Number', '<precision>4</precision><scale>0</scale>'),
        },
        triggers: {
          Size: "trigger Size on Thing__c (before insert) { for (Thing__c t : Trigger.new) { t.Batch__c = Trigger.new.size(); if (t.Name == null) t.addError('no name'); } }",
        },
      }),
    );
  });
  after(() => org.close());
  const count = async (where: string): Promise<unknown> =>
    ((await client.query(`SELECT COUNT() FROM Thing__c WHERE ${where}`)).body as { totalSize: number }).totalSize;
  const thing = (values: object): object => ({ attributes: { type: 'Thing__c' }, ...values });

  // REST API Developer Guide: sObject Collections.
  describe('collections', () => {
    it('save 200 records in one transaction and one trigger batch', async () => {
      const records = Array.from({ length: 200 }, (_, at) => thing({ Name: `c${at}` }));
      const { status, body } = await client.post('/composite/sobjects', { allOrNone: true, records });
      expect(status).to.equal(200);
      expect((body as { success: boolean }[]).filter(({ success }) => success)).to.have.length(200);
      expect(await count("Name LIKE 'c%' AND Batch__c = 200")).to.equal(200);
      const tooMany = await client.post('/composite/sobjects', { records: [...records, thing({ Name: 'x' })] });
      expect(tooMany.body).to.have.nested.property('[0].errorCode', 'EXCEEDED_MAX_SIZE_REQUEST');
    });

    it('keep what is right, or nothing when all or none', async () => {
      const records = [thing({ Name: 'right' }), thing({})];
      const partial = (await client.post('/composite/sobjects', { records })).body as object[];
      expect(partial[0]).to.deep.include({ success: true, errors: [] });
      expect(partial[1]).to.deep.equal({
        success: false,
        errors: [{ statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'no name', fields: [] }],
      });
      const none = (await client.post('/composite/sobjects', { allOrNone: true, records })).body;
      expect(none).to.have.nested.property('[0].errors[0].statusCode', 'ALL_OR_NONE_OPERATION_ROLLED_BACK');
      expect(await count("Name = 'right'")).to.equal(1);
    });

    it('update, upsert, retrieve and delete', async () => {
      const created = (
        await client.patch('/composite/sobjects/Thing__c/Key__c', {
          records: [thing({ Key__c: 'u1', Name: 'one' }), thing({ Key__c: 'u2', Name: 'two' })],
        })
      ).body as { id: string; created: boolean }[];
      expect(created.map((result) => result.created)).to.deep.equal([true, true]);
      const [one, two] = created.map(({ id }) => id);
      const again = await client.patch('/composite/sobjects/Thing__c/Key__c', {
        records: [thing({ Key__c: 'u1', Name: 'uno' })],
      });
      expect(again.body).to.deep.equal([{ id: one, success: true, created: false, errors: [] }]);
      const updated = await client.patch('/composite/sobjects', {
        records: [thing({ id: two, Name: 'due' }), thing({ id: two, Name: 'tre' })],
      });
      expect(updated.body).to.deep.equal([
        { id: two, success: true, errors: [] },
        {
          id: two,
          success: false,
          errors: [{ statusCode: 'DUPLICATE_VALUE', message: `duplicate id specified: ${two ?? ''}`, fields: [] }],
        },
      ]);
      const ids = `${one ?? ''},${two ?? ''}`;
      const retrieved = await client.get(`/composite/sobjects/Thing__c?ids=${ids},a00000000000zzzAAA&fields=Name`);
      expect(retrieved.body).to.have.nested.property('[0].Name', 'uno');
      expect(retrieved.body).to.have.nested.property('[1].Name', 'due');
      expect(retrieved.body).to.have.nested.property('[2]', null);
      expect((await client.delete(`/composite/sobjects?ids=${ids}`)).body).to.deep.equal([
        { id: one, success: true, errors: [] },
        { id: two, success: true, errors: [] },
      ]);
      expect(await count("Key__c LIKE 'u%'")).to.equal(0);
    });
  });

  // REST API Developer Guide: sObject Tree.
  describe('trees', () => {
    const account = (children: readonly object[]): object => ({
      records: [
        {
          attributes: { type: 'Account', referenceId: 'a' },
          Name: 'Tree',
          Contacts: { records: children },
        },
      ],
    });

    it('save parents and children together', async () => {
      const { status, body } = await client.post(
        '/composite/tree/Account',
        account([{ attributes: { type: 'Contact', referenceId: 'c' }, LastName: 'Leaf' }]),
      );
      expect(status).to.equal(201);
      expect(body).to.deep.include({ hasErrors: false });
      expect(
        (body as { results: { referenceId: string }[] }).results.map(({ referenceId }) => referenceId),
      ).to.deep.equal(['a', 'c']);
      expect(await client.rows("SELECT Account.Name FROM Contact WHERE LastName = 'Leaf'")).to.deep.equal([
        { Account: { Name: 'Tree' } },
      ]);
    });

    it('save nothing when one record is wrong, and say which', async () => {
      const before = await client.rows('SELECT COUNT(Id) n FROM Account');
      const { status, body } = await client.post(
        '/composite/tree/Account',
        account([{ attributes: { type: 'Contact', referenceId: 'c' }, FirstName: 'No last name' }]),
      );
      expect([status, body]).to.deep.equal([
        400,
        {
          hasErrors: true,
          results: [
            {
              referenceId: 'c',
              errors: [
                {
                  statusCode: 'REQUIRED_FIELD_MISSING',
                  message: 'Required fields are missing: [LastName]',
                  fields: ['LastName'],
                },
              ],
            },
          ],
        },
      ]);
      expect(await client.rows('SELECT COUNT(Id) n FROM Account')).to.deep.equal(before);
    });
  });

  // REST API Developer Guide: Composite.
  describe('composite requests', () => {
    const insert = (referenceId: string, body: object): object => ({
      method: 'POST',
      url: `${V}/sobjects/Thing__c`,
      referenceId,
      body,
    });
    const answers = async (
      compositeRequest: readonly object[],
      allOrNone = false,
    ): Promise<readonly { httpStatusCode: number; body: unknown; referenceId: string }[]> =>
      (
        (await client.post('/composite', { allOrNone, compositeRequest })).body as {
          compositeResponse: { httpStatusCode: number; body: unknown; referenceId: string }[];
        }
      ).compositeResponse;

    it('put earlier answers in the place of references', async () => {
      const found = await answers([
        insert('first', { Name: 'ref' }),
        { method: 'GET', url: `${V}/sobjects/Thing__c/@{first.id}?fields=Name,Batch__c`, referenceId: 'second' },
        { method: 'GET', url: `${V}/query?q=SELECT+Id+FROM+Thing__c+WHERE+Name='ref'`, referenceId: 'third' },
        insert('fourth', { Name: '@{second.Name} of @{third.records[0].Id}' }),
      ]);
      expect(found.map(({ httpStatusCode }) => httpStatusCode)).to.deep.equal([201, 200, 200, 201]);
      expect(await count("Name LIKE 'ref of a00%'")).to.equal(1);
    });

    it('are transactions of their own: what refers to a failed one is not run', async () => {
      const found = await answers([
        insert('bad', {}),
        { method: 'GET', url: `${V}/sobjects/Thing__c/@{bad.id}`, referenceId: 'after' },
        insert('good', { Name: 'own transaction' }),
      ]);
      expect(found.map(({ httpStatusCode }) => httpStatusCode)).to.deep.equal([400, 400, 201]);
      expect(found[1]?.body).to.deep.equal([
        {
          errorCode: 'PROCESSING_HALTED',
          message: 'Invalid reference specified. No value for bad.id found in bad',
        },
      ]);
      expect(await count("Name = 'own transaction'")).to.equal(1);
    });

    it('are taken back together when all or none', async () => {
      const found = await answers([insert('good', { Name: 'together' }), insert('bad', {})], true);
      expect(found.map(({ httpStatusCode }) => httpStatusCode)).to.deep.equal([400, 400]);
      expect(found[0]?.body).to.have.nested.property('[0].errorCode', 'PROCESSING_HALTED');
      expect(found[1]?.body).to.have.nested.property('[0].errorCode', 'FIELD_CUSTOM_VALIDATION_EXCEPTION');
      expect(await count("Name = 'together'")).to.equal(0);
    });

    it('see each other’s records before they are committed when all or none', async () => {
      const found = await answers(
        [
          insert('first', { Name: 'seen' }),
          { method: 'GET', url: `${V}/query?q=SELECT+COUNT()+FROM+Thing__c+WHERE+Name='seen'`, referenceId: 'second' },
          {
            method: 'POST',
            url: `${V}/composite/sobjects`,
            referenceId: 'third',
            body: { records: [thing({ Name: 'seen' })] },
          },
        ],
        true,
      );
      expect(found.map(({ httpStatusCode }) => httpStatusCode)).to.deep.equal([201, 200, 200]);
      expect(found[1]?.body).to.include({ totalSize: 1 });
      expect(await count("Name = 'seen'")).to.equal(2);
    });

    it('cannot be nested, have at most 25 subrequests, and graphs are refused by name', async () => {
      expect(
        (await answers([{ method: 'POST', url: `${V}/composite`, referenceId: 'x', body: {} }]))[0]?.httpStatusCode,
      ).to.equal(400);
      const many = Array.from({ length: 26 }, (_, at) => insert(`r${at}`, { Name: 'x' }));
      expect((await client.post('/composite', { compositeRequest: many })).body).to.have.nested.property(
        '[0].errorCode',
        'LIMIT_EXCEEDED',
      );
      expect((await client.post('/composite/graph', {})).body).to.deep.equal([
        {
          message: 'The local org does not support the REST resource /composite/graph.',
          errorCode: 'FUNCTIONALITY_NOT_ENABLED',
        },
      ]);
    });
  });

  // REST API Developer Guide: Composite Batch.
  describe('batches', () => {
    const batchRequests = [
      { method: 'PATCH', url: 'v66.0/sobjects/Account/001000000000999AAA', richInput: { Name: 'x' } },
      { method: 'POST', url: '/services/data/v66.0/sobjects/Thing__c', richInput: { Name: 'batched' } },
    ];

    it('answer each request, and stop after a failure only when asked to', async () => {
      const { body } = await client.post('/composite/batch', { batchRequests });
      expect(body).to.include({ hasErrors: true });
      const codes = (reply: unknown): readonly number[] =>
        (reply as { results: { statusCode: number }[] }).results.map(({ statusCode }) => statusCode);
      expect(codes(body)).to.deep.equal([404, 201]);
      const halted = await client.post('/composite/batch', { batchRequests, haltOnError: true });
      expect(codes(halted.body)).to.deep.equal([404, 412]);
      expect(await count("Name = 'batched'")).to.equal(1);
    });
  });
});
