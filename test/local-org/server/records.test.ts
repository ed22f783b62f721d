import { expect } from 'chai';
import { createLocalOrg, type LocalOrg } from '../../../local-org/src/index.js';
import { field, files, OBJECT } from '../live/kit.js';
import { Client } from './client.js';

const KEY = field(
  'Key__c',
  'Text',
  '<length>20</length><externalId>true</externalId><unique>true</unique><caseSensitive>false</caseSensitive>',
);
const CODE = field('Code__c', 'Text', '<length>5</length><externalId>true</externalId>');
const RULE =
  '<validationRules><fullName>Positive</fullName><active>true</active><errorConditionFormula>Amount__c &lt; 0</errorConditionFormula><errorDisplayField>Amount__c</errorDisplayField><errorMessage>Amount must not be negative</errorMessage></validationRules>';

describe('records over the REST API', () => {
  let org: LocalOrg;
  let client: Client;
  before(async () => {
    org = await createLocalOrg({ check: () => [], users: ['reader@callout.example', 'leaver@callout.example'] });
    client = new Client(org);
    await client.deploy(
      files({
        objects: {
          Thing__c:
            OBJECT +
            KEY +
            CODE +
            field('Amount__c', 'Number', '<precision>10</precision><scale>2</scale>') +
            field(
              'Parent__c',
              'Lookup',
              '<referenceTo>Thing__c</referenceTo><relationshipName>Children</relationshipName>',
            ) +
            RULE,
          Ping__e: `<label>Ping</label><pluralLabel>Pings</pluralLabel><deploymentStatus>Deployed</deploymentStatus><eventType>HighVolume</eventType><publishBehavior>PublishImmediately</publishBehavior>${field('Text__c', 'Text', '<length>10</length><required>true</required>')}`,
          Rate__mdt: '<label>Rate</label><pluralLabel>Rates</pluralLabel>',
        },
        triggers: {
          Guard:
            "trigger Guard on Thing__c (before insert, after insert) { for (Thing__c t : Trigger.new) { if (t.Name == 'bad') t.addError('not this one'); if (t.Name == 'worse') { Integer i = 1 / 0; } } }",
        },
      }),
    );
  });
  after(() => org.close());

  const errors = async (reply: ReturnType<Client['get']>): Promise<readonly [number, unknown]> => {
    const { status, body } = await reply;
    return [status, body];
  };

  // REST API Developer Guide: sObject Rows.
  it('creates, reads, changes and deletes one', async () => {
    const { status, body, headers } = await client.post('/sobjects/Thing__c', { Name: 'a', Amount__c: '1.50' });
    const { id } = body as { id: string };
    expect([status, body]).to.deep.equal([201, { id, success: true, errors: [] }]);
    expect(headers.get('location')).to.equal(`/services/data/v66.0/sobjects/Thing__c/${id}`);
    expect((await client.patch(`/sobjects/Thing__c/${id}`, { Amount__c: null, Name: 'b' })).status).to.equal(204);
    expect((await client.get(`/sobjects/thing__c/${id.slice(0, 15)}?fields=Name,Amount__c`)).body).to.deep.equal({
      attributes: { type: 'Thing__c', url: `/services/data/v66.0/sobjects/Thing__c/${id}` },
      Name: 'b',
      Amount__c: null,
    });
    expect((await client.delete(`/sobjects/Thing__c/${id}`)).status).to.equal(204);
    expect(await errors(client.get(`/sobjects/Thing__c/${id}`))).to.deep.equal([
      404,
      [{ message: 'entity is deleted', errorCode: 'ENTITY_IS_DELETED' }],
    ]);
    expect(await errors(client.delete(`/sobjects/Thing__c/${id}`))).to.deep.equal([
      404,
      [{ message: 'entity is deleted', errorCode: 'ENTITY_IS_DELETED' }],
    ]);
  });

  // REST API Developer Guide: sObject Rows by External ID.
  it('inserts and updates by an external id', async () => {
    const first = await client.patch('/sobjects/Thing__c/Key__c/K%201', { Name: 'a' });
    const { id } = first.body as { id: string };
    expect([first.status, first.body]).to.deep.equal([201, { id, success: true, errors: [], created: true }]);
    const second = await client.patch('/sobjects/Thing__c/Key__c/k%201', { Name: 'b' });
    expect([second.status, second.body]).to.deep.equal([200, { id, success: true, errors: [], created: false }]);
    expect((await client.get('/sobjects/Thing__c/Key__c/K%201?fields=Name,Key__c')).body).to.include({
      Name: 'b',
      Key__c: 'K 1',
    });
    expect((await client.patch('/sobjects/Thing__c/Key__c/none?updateOnly=true', { Name: 'c' })).status).to.equal(404);
    expect((await client.delete('/sobjects/Thing__c/Key__c/K%201')).status).to.equal(204);
    expect((await client.get('/sobjects/Thing__c/Key__c/K%201')).status).to.equal(404);
  });

  it('answers 300 with the addresses when an external id is not unique', async () => {
    const ids = [await client.insert('Thing__c', { Code__c: 'X' }), await client.insert('Thing__c', { Code__c: 'X' })];
    expect(await errors(client.get('/sobjects/Thing__c/Code__c/X'))).to.deep.equal([
      300,
      ids.map((id) => `/services/data/v66.0/sobjects/Thing__c/${id}`),
    ]);
  });

  it('finds a parent by its external id', async () => {
    const parent = await client.insert('Thing__c', { Name: 'parent', Key__c: 'P' });
    const child = await client.insert('Thing__c', { Name: 'child', Parent__r: { Key__c: 'p' } });
    expect(await client.rows(`SELECT Parent__c FROM Thing__c WHERE Id = '${child}'`)).to.deep.equal([
      { Parent__c: parent },
    ]);
  });

  it('stores files and gives their bytes back', async () => {
    const parent = await client.insert('Account', { Name: 'files' });
    const id = await client.insert('Attachment', {
      Name: 'a.bin',
      ParentId: parent,
      Body: Buffer.from('bytes').toString('base64'),
    });
    const url = `/services/data/v66.0/sobjects/Attachment/${id}/Body`;
    expect(await client.rows('SELECT Body FROM Attachment')).to.deep.equal([{ Body: url }]);
    expect((await client.get(url)).text).to.equal('bytes');
  });

  // Tooling API Developer Guide: sObject Basic Information, sObject Rows.
  it('keeps records of the Tooling API under its own path', async () => {
    const level = await client.post('/tooling/sobjects/DebugLevel', { DeveloperName: 'Mine', MasterLabel: 'Mine' });
    expect(level.status).to.equal(201);
    const { id } = level.body as { id: string };
    expect(level.headers.get('location')).to.equal(`/services/data/v66.0/tooling/sobjects/DebugLevel/${id}`);
    expect((await client.get(`/tooling/sobjects/DebugLevel/${id}`)).body).to.include({ DeveloperName: 'Mine' });
    expect((await client.get(`/sobjects/DebugLevel/${id}`)).status).to.equal(404);
    expect((await client.get('/tooling/sobjects/Account/describe')).status).to.equal(404);
    expect((await client.get('/tooling/sobjects/TraceFlag/describe')).body).to.include({ name: 'TraceFlag' });
    expect((await client.delete(`/tooling/sobjects/DebugLevel/${id}`)).status).to.equal(204);
  });

  it('refuses multipart requests by name', async () => {
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    const { status, text } = await client.call('POST', '/sobjects/ContentVersion', '--x--', headers);
    expect(status).to.equal(400);
    expect(text).to.contain('does not support multipart requests for records');
  });

  // Platform Events Developer Guide: Publish Event Messages with Salesforce APIs.
  it('publishes platform events', async () => {
    const { status, body } = await client.post('/sobjects/Ping__e', { Text__c: 'x' });
    expect(status).to.equal(201);
    expect(body).to.have.nested.property('errors[0].statusCode', 'OPERATION_ENQUEUED');
    expect(await errors(client.post('/sobjects/Ping__e', {}))).to.deep.equal([
      400,
      [
        {
          message: 'Required fields are missing: [Text__c]',
          errorCode: 'REQUIRED_FIELD_MISSING',
          fields: ['Text__c'],
        },
      ],
    ]);
  });

  const item = (errorCode: string, message: string | RegExp, fields?: readonly string[]): object => ({
    errorCode,
    message,
    ...(fields === undefined ? {} : { fields }),
  });
  const refused: readonly (readonly [
    name: string,
    method: string,
    path: string,
    body: unknown,
    status: number,
    code: string,
    message: RegExp,
    fields?: readonly string[],
  ])[] = [
    [
      'a field that does not exist',
      'POST',
      '/sobjects/Thing__c',
      { Nme: 'x' },
      400,
      'INVALID_FIELD',
      /No such column 'Nme' on sobject of type Thing__c/,
    ],
    ['a missing required field', 'POST', '/sobjects/Account', {}, 400, 'REQUIRED_FIELD_MISSING', /\[Name\]/, ['Name']],
    [
      'a validation rule',
      'POST',
      '/sobjects/Thing__c',
      { Amount__c: -1 },
      400,
      'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      /^Amount must not be negative$/,
      ['Amount__c'],
    ],
    [
      'a text that is too long',
      'POST',
      '/sobjects/Thing__c',
      { Code__c: '123456' },
      400,
      'STRING_TOO_LONG',
      /max length=5/,
      ['Code__c'],
    ],
    [
      'a value of the wrong type',
      'POST',
      '/sobjects/Thing__c',
      { Amount__c: 'much' },
      400,
      'JSON_PARSER_ERROR',
      /Cannot deserialize instance of double from VALUE_STRING value much/,
    ],
    [
      'an error of a trigger',
      'POST',
      '/sobjects/Thing__c',
      { Name: 'bad' },
      400,
      'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      /^not this one$/,
    ],
    [
      'an exception of a trigger',
      'POST',
      '/sobjects/Thing__c',
      { Name: 'worse' },
      400,
      'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
      /Guard: execution of BeforeInsert[\s\S]*Divide by 0/,
    ],
    [
      'an Id in an insert',
      'POST',
      '/sobjects/Account',
      { Id: '001000000000001AAA', Name: 'x' },
      400,
      'INVALID_FIELD',
      /Id field should not be specified/,
    ],
    [
      'a field that only the system writes',
      'POST',
      '/sobjects/Account',
      { Name: 'x', CreatedDate: '2026-01-01T00:00:00Z' },
      400,
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      /CreatedDate/,
      ['CreatedDate'],
    ],
    [
      'a parent that is not there',
      'POST',
      '/sobjects/Thing__c',
      { Parent__r: { Key__c: 'nobody' } },
      400,
      'INVALID_FIELD',
      /Foreign key external ID: nobody not found for field Key__c in entity Thing__c/,
    ],
    [
      'a custom metadata record',
      'POST',
      '/sobjects/Rate__mdt',
      { DeveloperName: 'x' },
      400,
      'INVALID_TYPE_FOR_OPERATION',
      /entity type cannot be inserted: Rate/,
    ],
    [
      'a class',
      'POST',
      '/sobjects/ApexClass',
      { Name: 'x' },
      400,
      'INVALID_TYPE_FOR_OPERATION',
      /entity type cannot be inserted: Apex Class/,
    ],
    [
      'an object that is not there',
      'POST',
      '/sobjects/Nothing',
      {},
      404,
      'NOT_FOUND',
      /The requested resource does not exist/,
    ],
    [
      'an object of orgs of another kind',
      'GET',
      '/sobjects/ScratchOrgInfo/describe',
      undefined,
      404,
      'NOT_FOUND',
      /does not exist/,
    ],
    ['no JSON', 'POST', '/sobjects/Account', '{', 400, 'JSON_PARSER_ERROR', /not valid JSON/],
    ['no object', 'POST', '/sobjects/Account', [], 400, 'JSON_PARSER_ERROR', /must be a JSON object/],
    [
      'an Id that is none',
      'GET',
      '/sobjects/Account/nonsense',
      undefined,
      404,
      'NOT_FOUND',
      /Provided external ID field does not exist or is not accessible: nonsense/,
    ],
    [
      'an Id without a record',
      'PATCH',
      '/sobjects/Account/001000000000999AAA',
      { Name: 'x' },
      404,
      'NOT_FOUND',
      /does not exist/,
    ],
    [
      'a field that is no external id',
      'PATCH',
      '/sobjects/Thing__c/Amount__c/1',
      {},
      404,
      'NOT_FOUND',
      /external ID field .*: Amount__c/,
    ],
    ['a wrong method', 'PUT', '/sobjects/Account', {}, 405, 'METHOD_NOT_ALLOWED', /HTTP Method 'PUT' not allowed/],
    [
      'a resource below an object that the org does not have',
      'GET',
      '/sobjects/Account/updated?start=2026-01-01T00:00:00Z',
      undefined,
      400,
      'FUNCTIONALITY_NOT_ENABLED',
      /does not support the REST resource \/sobjects\/\{object\}\/updated/,
    ],
    [
      'a query plan',
      'GET',
      '/query?explain=SELECT+Id+FROM+Account',
      undefined,
      400,
      'FUNCTIONALITY_NOT_ENABLED',
      /does not support query plans/,
    ],
    [
      'a resource of the platform that the org does not have',
      'GET',
      '/parameterizedSearch?q=x',
      undefined,
      400,
      'FUNCTIONALITY_NOT_ENABLED',
      /does not support the REST resource \/parameterizedSearch/,
    ],
  ];
  for (const [name, method, path, body, status, code, message, fields] of refused) {
    it(`refuses ${name} with ${code}`, async () => {
      const reply = await client.call(method, path, body);
      const [error] = reply.body as { message: string; errorCode: string; fields?: readonly string[] }[];
      expect([reply.status, error?.errorCode]).to.deep.equal([status, code]);
      expect(error).to.deep.include(item(code, error?.message ?? '', fields));
      expect(error?.message).to.match(message);
    });
  }

  it('takes back everything that a refused request did', async () => {
    const before = await client.rows('SELECT COUNT(Id) n FROM Thing__c');
    await client.post('/sobjects/Thing__c', { Name: 'worse' });
    expect(await client.rows('SELECT COUNT(Id) n FROM Thing__c')).to.deep.equal(before);
  });

  it('opens sessions of other users to the administrator, and to nobody else', async () => {
    const reader = await client.post('/callout/sessions', { username: 'Reader@callout.example' });
    expect(reader.status).to.equal(201);
    const { accessToken, userId } = reader.body as { accessToken: string; userId: string };
    const other = new Client(org, accessToken);
    expect((await other.get('/services/oauth2/userinfo')).body).to.include({ user_id: userId });
    expect((await other.post('/callout/sessions', { username: org.username })).status).to.equal(403);
    expect((await client.post('/callout/sessions', { username: 'nobody@x.y' })).status).to.equal(404);
  });

  it('ends the sessions of a user who is deactivated', async () => {
    const { body } = await client.post('/callout/sessions', { username: 'leaver@callout.example' });
    const { accessToken, userId } = body as { accessToken: string; userId: string };
    const leaver = new Client(org, accessToken);
    expect((await leaver.get('/limits')).status).to.equal(200);
    expect((await client.patch(`/sobjects/User/${userId}`, { IsActive: false })).status).to.equal(204);
    expect((await leaver.get('/limits')).body).to.deep.equal([
      { message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' },
    ]);
    expect((await client.post('/callout/sessions', { username: 'leaver@callout.example' })).status).to.equal(404);
  });

  it('refuses to change permissions of standard profiles, which it would forget', async () => {
    const [row] = (await client.rows(
      "SELECT Id FROM ObjectPermissions WHERE SobjectType = 'Account' AND Parent.Profile.Name = 'Standard User'",
    )) as { Id: string }[];
    const { status, text } = await client.patch(`/sobjects/ObjectPermissions/${row?.Id ?? ''}`, {
      PermissionsDelete: true,
    });
    expect(status).to.equal(400);
    expect(text).to.contain(
      'Changing the permissions of standard profiles by ObjectPermissions records is not supported',
    );
  });

  it('lets new users log in, and assigns permission sets', async () => {
    const [profile] = (await client.rows("SELECT Id FROM Profile WHERE Name = 'Standard User'")) as { Id: string }[];
    const id = await client.insert('User', {
      Username: 'new@callout.example',
      LastName: 'New',
      Email: 'new@callout.example',
      Alias: 'new',
      TimeZoneSidKey: 'GMT',
      LocaleSidKey: 'en_US',
      EmailEncodingKey: 'UTF-8',
      LanguageLocaleKey: 'en_US',
      ProfileId: profile?.Id,
    });
    const { body } = await client.post('/callout/sessions', { username: 'new@callout.example' });
    expect(body).to.include({ userId: id });
    await client.deploy(files({ permissionSets: ['Operator'] }));
    const [set] = (await client.rows("SELECT Id FROM PermissionSet WHERE Name = 'Operator'")) as { Id: string }[];
    await client.insert('PermissionSetAssignment', { AssigneeId: id, PermissionSetId: set?.Id });
    expect(
      await client.rows(
        'SELECT Assignee.Username FROM PermissionSetAssignment WHERE PermissionSet.IsOwnedByProfile = false',
      ),
    ).to.deep.equal([{ Assignee: { Username: 'new@callout.example' } }]);
  });
});

// REST API Developer Guide: Describe Global, sObject Basic Information, sObject Describe, Limits.
describe('what the REST API says about an org', () => {
  let org: LocalOrg;
  let client: Client;
  before(async () => {
    org = await createLocalOrg({ check: () => [] });
    client = new Client(org);
    await client.deploy(
      files({ objects: { Thing__c: OBJECT + KEY + field('F__c', 'Text', '<formula>Name</formula>') } }),
    );
  });
  after(() => org.close());

  it('lists its objects', async () => {
    const { sobjects } = (await client.get('/sobjects')).body as {
      sobjects: { name: string; custom: boolean; createable: boolean }[];
    };
    const find = (name: string): object | undefined => sobjects.find((object) => object.name === name);
    expect(find('Thing__c')).to.include({ custom: true, createable: true, queryable: true, label: 'Thing' });
    expect(find('Account')).to.include({ custom: false });
    expect(find('ScratchOrgInfo')).to.equal(undefined);
  });

  it('describes an object with its fields and children', async () => {
    const { body } = await client.get('/sobjects/thing__c/describe');
    expect(body).to.include({ name: 'Thing__c', label: 'Thing', custom: true, updateable: true });
    const { fields } = body as { fields: { name: string }[] };
    const find = (name: string): object | undefined => fields.find((candidate) => candidate.name === name);
    expect(find('Key__c')).to.deep.include({
      type: 'string',
      length: 20,
      externalId: true,
      unique: true,
      createable: true,
      nillable: true,
      idLookup: true,
      soapType: 'xsd:string',
    });
    expect(find('F__c')).to.include({ calculated: true, calculatedFormula: 'Name', createable: false });
    expect(find('OwnerId')).to.deep.include({
      type: 'reference',
      referenceTo: ['Group', 'User'],
      relationshipName: 'Owner',
    });
    const account = (await client.get('/sobjects/Account/describe')).body as { childRelationships: object[] };
    expect(account.childRelationships).to.deep.include({
      cascadeDelete: true,
      childSObject: 'Contact',
      deprecatedAndHidden: false,
      field: 'AccountId',
      junctionIdListNames: [],
      junctionReferenceTo: [],
      relationshipName: 'Contacts',
      restrictedDelete: false,
    });
    expect((await client.get('/sobjects/Thing__c')).body).to.have.nested.property('objectDescribe.keyPrefix', 'a00');
  });

  it('counts requests', async () => {
    const remaining = async (): Promise<number> =>
      ((await client.get('/limits')).body as { DailyApiRequests: { Remaining: number } }).DailyApiRequests.Remaining;
    const before = await remaining();
    expect(await remaining()).to.equal(before - 1);
    expect((await client.get('/limits')).headers.get('sforce-limit-info')).to.match(/^api-usage=\d+\/15000$/);
  });
});

describe('a deployment that names users', () => {
  it('knows those whom people made, as their records are now', async () => {
    const seen: string[][] = [];
    const org = await createLocalOrg({
      check: (_pkg, view) => {
        seen.push(view.users.filter(({ active }) => active).map(({ username }) => username));
        return [];
      },
    });
    try {
      const client = new Client(org);
      const [profile] = (await client.rows("SELECT Id FROM Profile WHERE Name = 'Standard User'")) as { Id: string }[];
      const values = { LastName: 'N', Email: 'n@x.example', Alias: 'n', ProfileId: profile?.Id };
      const locale = {
        TimeZoneSidKey: 'GMT',
        LocaleSidKey: 'en_US',
        EmailEncodingKey: 'UTF-8',
        LanguageLocaleKey: 'en_US',
      };
      await client.insert('User', { Username: 'made@x.example', ...values, ...locale });
      await client.deploy(files({ classes: { A: 'public class A {}' } }));
      expect(seen[0]).to.include.members(['made@x.example', org.username]);
    } finally {
      await org.close();
    }
  });
});
