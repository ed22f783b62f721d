import { expect } from 'chai';
import { createLocalOrg, type LocalOrg } from '../../../local-org/src/index.js';
import { field, files, OBJECT } from '../live/kit.js';
import { Client } from './client.js';

// REST API Developer Guide: Query, Query More Results, QueryAll.
describe('queries over the REST API', () => {
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
            field('Amount__c', 'Number', '<precision>10</precision><scale>2</scale>') +
            field('On__c', 'Date') +
            field('At__c', 'DateTime') +
            field('Time__c', 'Time') +
            field('Flag__c', 'Checkbox', '<defaultValue>false</defaultValue>') +
            field(
              'Account__c',
              'Lookup',
              '<referenceTo>Account</referenceTo><relationshipName>Things</relationshipName>',
            ),
        },
      }),
    );
    const parent = await client.insert('Account', { Name: 'Parent', BillingCity: 'Bern' });
    await client.insert('Thing__c', {
      Name: 'One',
      Amount__c: 12.5,
      On__c: '2026-11-23',
      At__c: '2026-11-23T12:00:00+01:00',
      Time__c: '10:30:00.000Z',
      Flag__c: true,
      Account__c: parent,
    });
    await client.insert('Account', { Name: 'Childless' });
  });
  after(() => org.close());

  it('gives values the types of JSON, in the order of the select list, and only what was selected', async () => {
    const { text } = await client.query(
      'SELECT name, amount__c, On__c, At__c, Time__c, Flag__c, Account__r.Name FROM Thing__c',
    );
    const id = ((await client.rows('SELECT Id FROM Thing__c')) as { Id: string }[])[0]?.Id ?? '';
    const parent = ((await client.rows("SELECT Id FROM Account WHERE Name = 'Parent'")) as { Id: string }[])[0]?.Id;
    const url = '/services/data/v66.0/sobjects';
    expect(text).to.equal(
      JSON.stringify({
        totalSize: 1,
        done: true,
        records: [
          {
            attributes: { type: 'Thing__c', url: `${url}/Thing__c/${id}` },
            Name: 'One',
            Amount__c: 12.5,
            On__c: '2026-11-23',
            At__c: '2026-11-23T11:00:00.000+0000',
            Time__c: '10:30:00.000Z',
            Flag__c: true,
            Account__r: { attributes: { type: 'Account', url: `${url}/Account/${parent ?? ''}` }, Name: 'Parent' },
          },
        ],
      }),
    );
  });

  it('nests children under their relationship, and shows null where there are none', async () => {
    const rows = await client.rows('SELECT Name, (SELECT Name FROM Things__r) FROM Account ORDER BY Name');
    expect(rows).to.have.length(2);
    expect(rows[0]).to.deep.equal({ Name: 'Childless', Things__r: null });
    expect(rows[1]).to.have.nested.property('Things__r.totalSize', 1);
    expect(rows[1]).to.have.nested.property('Things__r.records[0].Name', 'One');
  });

  it('puts addresses together from their parts', async () => {
    const [row] = await client.rows("SELECT BillingAddress FROM Account WHERE Name = 'Parent'");
    expect(row).to.have.nested.property('BillingAddress.city', 'Bern');
  });

  it('chooses the fields of a polymorphic parent by its type', async () => {
    expect(
      await client.rows("SELECT TYPEOF Owner WHEN User THEN Username END FROM Account WHERE Name = 'Parent'"),
    ).to.deep.equal([{ Owner: { Username: org.username } }]);
  });

  it('counts without records, and names the columns of groups', async () => {
    expect((await client.query('SELECT COUNT() FROM Account')).body).to.deep.equal({
      totalSize: 2,
      done: true,
      records: [],
    });
    expect(
      (await client.query('SELECT Name, COUNT(Id), MAX(Name) m FROM Account GROUP BY Name LIMIT 1')).body,
    ).to.deep.equal({
      totalSize: 1,
      done: true,
      records: [{ attributes: { type: 'AggregateResult' }, Name: 'Parent', expr0: 1, m: 'Parent' }],
    });
  });

  it('describes the columns for clients that show a table', async () => {
    const { body } = await client.get(
      `/query?columns=true&q=${encodeURIComponent('SELECT Id, Owner.Name, (SELECT Amount__c FROM Things__r) FROM Account')}`,
    );
    expect(body).to.include({ entityName: 'Account', idSelected: true, groupBy: false, keyPrefix: '001' });
    const columns = (body as { columnMetadata: { columnName: string; aggregate: boolean; joinColumns: unknown[] }[] })
      .columnMetadata;
    expect(
      columns.map(({ columnName, aggregate, joinColumns }) => [columnName, aggregate, joinColumns.length]),
    ).to.deep.equal([
      ['Id', false, 0],
      ['Owner', false, 1],
      ['Things__r', true, 1],
    ]);
    expect(columns[2]?.joinColumns[0]).to.include({ columnName: 'Amount__c', numberType: true, custom: true });
  });

  it('pages long results by the batch size that the client asks for', async () => {
    for (let at = 0; at < 3; at++)
      await client.post('/composite/sobjects', {
        records: Array.from({ length: 150 }, (_, index) => ({
          attributes: { type: 'Contact' },
          LastName: `${at}-${index}`,
        })),
      });
    const headers = { 'sforce-query-options': 'batchSize=200' };
    const first = await client.get(`/query?q=${encodeURIComponent('SELECT Id FROM Contact')}`, headers);
    expect(first.body).to.include({ totalSize: 450, done: false });
    expect((first.body as { records: unknown[] }).records).to.have.length(200);
    let next = (first.body as { nextRecordsUrl?: string }).nextRecordsUrl;
    const sizes: number[] = [];
    const seen: string[] = [];
    while (next !== undefined) {
      const { body } = await client.get(next);
      const page = body as { records: unknown[]; nextRecordsUrl?: string; totalSize: number };
      seen.push(next);
      sizes.push(page.records.length);
      next = page.nextRecordsUrl;
    }
    expect(sizes).to.deep.equal([200, 50]);
    expect((await client.get(`${seen[0]?.replace(/-\d+$/, '-999999') ?? ''}`)).body).to.deep.equal([
      { message: 'invalid query locator', errorCode: 'INVALID_QUERY_LOCATOR' },
    ]);
  });

  it('shows the recycle bin only to queryAll', async () => {
    const id = await client.insert('Lead', { LastName: 'Gone', Company: 'C' });
    await client.delete(`/sobjects/Lead/${id}`);
    expect((await client.query('SELECT Id, IsDeleted FROM Lead')).body).to.include({ totalSize: 0 });
    const { body } = await client.query('SELECT Id, IsDeleted FROM Lead', 'queryAll');
    expect((body as { records: object[] }).records[0]).to.include({ Id: id, IsDeleted: true });
  });

  it('asks tooling queries of the same engine, and names objects that it does not keep', async () => {
    await client.deploy(files({ classes: { Some: 'public class Some {}' } }));
    expect((await client.query('SELECT Name, IsValid FROM ApexClass', 'tooling/query')).body).to.deep.include({
      totalSize: 1,
    });
    expect((await client.query('SELECT Id FROM TraceFlag')).body).to.have.nested.property(
      '[0].errorCode',
      'INVALID_TYPE',
    );
    expect((await client.query('SELECT Id FROM EntityParticle', 'tooling/query')).body).to.deep.equal([
      {
        message: 'The local org does not support tooling queries on EntityParticle.',
        errorCode: 'FUNCTIONALITY_NOT_ENABLED',
      },
    ]);
  });

  // REST API Developer Guide: Search.
  it('searches texts', async () => {
    const id = await client.insert('Account', { Name: 'Needle Works', Site: 'Bern' });
    const find = (sosl: string): ReturnType<Client['get']> => client.get(`/search?q=${encodeURIComponent(sosl)}`);
    expect((await find('FIND {needle} IN ALL FIELDS RETURNING Account(Id, Name), Contact(Id)')).body).to.deep.equal({
      searchRecords: [
        {
          attributes: { type: 'Account', url: `/services/data/v66.0/sobjects/Account/${id}` },
          Id: id,
          Name: 'Needle Works',
        },
      ],
    });
    expect((await find('FIND needle')).body).to.have.nested.property('[0].errorCode', 'MALFORMED_SEARCH');
    expect((await find('FIND {needle} RETURNING Account(Nonsense)')).body).to.have.nested.property(
      '[0].errorCode',
      'INVALID_FIELD',
    );
    expect((await client.get('/search')).body).to.have.nested.property('[0].errorCode', 'MALFORMED_SEARCH');
  });

  const refused: readonly (readonly [soql: string, code: string, message: RegExp])[] = [
    ['SELECT Id FROM ScratchOrgInfo', 'INVALID_TYPE', /sObject type 'ScratchOrgInfo' is not supported/],
    ['SELECT Id FROM Nonsense__c', 'INVALID_TYPE', /sObject type 'Nonsense__c' is not supported/],
    ['SELECT Nonsense FROM User', 'INVALID_FIELD', /No such column 'Nonsense' on entity 'User'/],
    ['SELECT Nobody.Name FROM User', 'INVALID_FIELD', /Didn't understand relationship 'Nobody'/],
    ["SELECT Id FROM User WHERE Id = 'abc'", 'INVALID_QUERY_FILTER_OPERATOR', /invalid ID field: abc/],
    ['SELECT Id FROM User WHERE Name = :x', 'MALFORMED_QUERY', /Bind variables only allowed in Apex code/],
    ['SELECT Id FRM User', 'MALFORMED_QUERY', /SELECT Id FRM User\n {14}\^\nERROR at Row:1:Column:15\n/],
    [
      'SELECT Id, Nonsense FROM User',
      'INVALID_FIELD',
      /^\nSELECT Id, Nonsense FROM User\n {11}\^\nERROR at Row:1:Column:12\nNo such column/,
    ],
    [
      'SELECT Id FROM Nonsense__c',
      'INVALID_TYPE',
      /^\nSELECT Id FROM Nonsense__c\n {15}\^\nERROR at Row:1:Column:16\nsObject type/,
    ],
    [
      'SELECT Id, Username, FirstName, LastName, Email, Nonsense, IsActive, CreatedDate, ProfileId FROM User',
      'INVALID_FIELD',
      /^\nUsername, FirstName, LastName, Email, Nonsense, IsActive, CreatedDate\n {38}\^\nERROR at Row:1:Column:50\n/,
    ],
    ['SELECT FIELDS(ALL) FROM User', 'MALFORMED_QUERY', /The SOQL FIELDS function must have a LIMIT of at most 200/],
    ["SELECT Id FROM User WHERE IsActive = 'x'", 'INVALID_FIELD', /for field 'IsActive' must be of type boolean/],
    ['', 'MALFORMED_QUERY', /A query string has to be specified/],
    ['SELECT Id FROM User USING SCOPE Mine', 'FUNCTIONALITY_NOT_ENABLED', /USING SCOPE Mine is not supported/],
  ];
  for (const [soql, code, message] of refused) {
    it(`refuses "${soql}" with ${code}`, async () => {
      const { status, body } = await client.query(soql);
      expect(status).to.equal(400);
      const [error] = body as { errorCode: string; message: string }[];
      expect(error?.errorCode).to.equal(code);
      expect(error?.message).to.match(message);
    });
  }
});
