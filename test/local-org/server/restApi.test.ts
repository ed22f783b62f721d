import { expect } from 'chai';
import { createLocalOrg, type LocalOrg } from '../../../local-org/src/index.js';
import { testCheck } from '../support/deploying.js';
import { authorized, call, type Answer, type Call } from '../support/http.js';
import { apexClass, packageXml, zipOf } from '../support/packages.js';

const V = '/services/data/v66.0';

describe('the REST API', () => {
  let org: LocalOrg;
  before(async () => {
    org = await createLocalOrg({ check: testCheck, users: ['integration@callout.example'] });
  });
  after(() => org.close());

  const get = (path: string): Promise<Answer> => call(org, path, { headers: authorized(org) });
  const query = (soql: string, resource = 'query'): Promise<Answer> =>
    get(`${V}/${resource}?q=${encodeURIComponent(soql)}`);
  const json = (answer: Answer): unknown => JSON.parse(answer.text);

  it('says who is logged in', async () => {
    expect(json(await get('/services/oauth2/userinfo'))).to.include({
      user_id: org.userId,
      organization_id: org.orgId,
      preferred_username: org.username,
    });
    expect(json(await get(`/services/data/v51.0/sobjects/User/${org.userId}`))).to.include({ Username: org.username });
  });

  it('lists its versions without a session, and its resources with one', async () => {
    expect(json(await call(org, '/services/data'))).to.deep.include({
      label: 'API 66.0',
      url: '/services/data/v66.0',
      version: '66.0',
    });
    expect(json(await get(V))).to.include({ query: `${V}/query` });
  });

  it('accepts the doubled slash that the SF CLI sends', async () => {
    expect((await get(`/${V}`)).status).to.equal(200);
  });

  it('answers the queries of a login, with fields in their own case', async () => {
    expect(json(await query('SELECT name, isSandbox FROM organization'))).to.deep.equal({
      totalSize: 1,
      done: true,
      records: [
        {
          attributes: { type: 'Organization', url: `${V}/sobjects/Organization/${org.orgId}` },
          Name: 'Local Org',
          IsSandbox: false,
        },
      ],
    });
    expect(
      json(await query(`SELECT Id FROM User WHERE Username = '${org.username}' AND IsActive = true LIMIT 1`)),
    ).to.have.nested.property('records[0].Id', org.userId);
    expect(json(await query("SELECT Id FROM User WHERE Username = 'nobody@x.y'"))).to.include({ totalSize: 0 });
  });

  // A 200 would make the SF CLI take the org for a development hub or a production org.
  it('is neither a development hub nor a production org', async () => {
    for (const [object, resource] of [
      ['ScratchOrgInfo', 'query'],
      ['SandboxProcess', 'tooling/query'],
    ]) {
      const answer = await query(`SELECT Id FROM ${object ?? ''}`, resource);
      expect(answer.status, object).to.equal(400);
      expect(answer.text, object).to.contain(`sObject type '${object ?? ''}' is not supported`);
    }
  });

  it('has no other resources', async () => {
    for (const path of [
      `${V}/sobjects/SourceMember/describe`,
      `${V}/tooling/sobjects/SourceMember/describe`,
      '/services/data/v99.0',
      '/nowhere',
      `${V}/sobjects/User/005000000000000AAA`,
    ]) {
      const answer = await get(path);
      expect(answer.status, path).to.equal(404);
      expect(json(answer)).to.deep.equal([
        { errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' },
      ]);
    }
  });

  it('wants a session for everything else', async () => {
    for (const path of [
      V,
      `${V}/query?q=SELECT+Id+FROM+User`,
      '/services/oauth2/userinfo',
      '/callout/status',
      `${V}/metadata/deployRequest/0Af`,
      '/nowhere',
    ]) {
      for (const headers of [
        {},
        { authorization: 'Bearer wrong' },
        { authorization: org.token },
        { authorization: `Basic ${org.token}` },
      ]) {
        const answer = await call(org, path, { headers });
        expect(answer.status, path).to.equal(401);
        expect(json(answer)).to.deep.equal([
          { errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' },
        ]);
      }
    }
  });

  describe('deploying', () => {
    const PATH = `${V}/metadata/deployRequest`;
    const zip = zipOf({ 'package.xml': packageXml({ ApexClass: ['Hello'] }), ...apexClass('Hello') });

    function multipart(parts: readonly { readonly head: string; readonly body: string | Buffer }[]): Call {
      const boundary = 'edge';
      const chunks = parts.flatMap(({ head, body }) => [
        Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`),
        Buffer.from(body),
        Buffer.from('\r\n'),
      ]);
      return {
        method: 'POST',
        headers: { ...authorized(org), 'content-type': `multipart/form-data; boundary=${boundary}` },
        body: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]),
      };
    }
    const file = {
      head: 'Content-Disposition: form-data; name="file"; filename="package.xml"\r\nContent-Type: application/zip',
      body: zip,
    };
    const options = (value: unknown) => ({
      head: 'Content-Disposition: form-data; name="entity_content"\r\nContent-Type: application/json',
      body: typeof value === 'string' ? value : JSON.stringify({ deployOptions: value }),
    });

    it('takes a package and reports on it', async () => {
      const started = await call(
        org,
        PATH,
        multipart([file, options({ checkOnly: true, rollbackOnError: true, testLevel: 'RunLocalTests' })]),
      );
      expect(started.status).to.equal(201);
      const { id } = json(started) as { id: string };
      const done = json(await get(`${PATH}/${id}?includeDetails=true`)) as {
        deployResult: { status: string; details: { componentSuccesses: unknown[] } };
      };
      expect(done.deployResult.status).to.equal('Succeeded');
      expect(done.deployResult.details.componentSuccesses).to.have.length(2);
      const brief = json(await get(`${PATH}/${id}`)) as typeof done;
      expect(brief.deployResult.details.componentSuccesses).to.deep.equal([]);
      const quick = await call(org, PATH, {
        method: 'POST',
        headers: { ...authorized(org), 'content-type': 'application/json' },
        body: JSON.stringify({ validatedDeployRequestId: id }),
      });
      expect(quick.status).to.equal(201);
      const cancel = await call(org, `${PATH}/${id}`, {
        method: 'PATCH',
        headers: authorized(org),
        body: JSON.stringify({ deployResult: { status: 'Canceling' } }),
      });
      expect(cancel.status).to.equal(400);
      expect(cancel.text).to.contain('Deployment already completed');
    });

    const refused: readonly (readonly [name: string, call: () => Call, code: string])[] = [
      ['no file', () => multipart([options({})]), 'INVALID_MULTIPART_REQUEST'],
      ['options that are no JSON', () => multipart([file, options('{')]), 'INVALID_MULTIPART_REQUEST'],
      ['options of a wrong shape', () => multipart([file, options('[1]')]), 'INVALID_MULTIPART_REQUEST'],
      [
        'a body that was cut off',
        () => ({
          ...multipart([file]),
          body: Buffer.from('--edge\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\nhalf'),
        }),
        'INVALID_MULTIPART_REQUEST',
      ],
      [
        'no boundary',
        () => ({ method: 'POST', headers: { ...authorized(org), 'content-type': 'multipart/form-data' }, body: 'x' }),
        'INVALID_MULTIPART_REQUEST',
      ],
      [
        'JSON that says nothing',
        () => ({ method: 'POST', headers: { ...authorized(org), 'content-type': 'application/json' }, body: '{}' }),
        'JSON_PARSER_ERROR',
      ],
      ['no JSON', () => ({ method: 'POST', headers: authorized(org), body: 'nonsense' }), 'JSON_PARSER_ERROR'],
      ['a broken zip', () => multipart([{ ...file, body: 'not a zip' }]), 'INVALID_ZIP_FILE'],
    ];
    for (const [name, make, code] of refused) {
      it(`refuses ${name}`, async () => {
        const answer = await call(org, PATH, make());
        expect(answer.status).to.equal(400);
        expect((json(answer) as { errorCode: string }[])[0]?.errorCode).to.equal(code);
      });
    }
  });
});
