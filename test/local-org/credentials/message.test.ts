import { expect } from 'chai';
import { gunzipSync } from 'node:zlib';
import { component, ecParameter, externalCredential, NAMED, namedCredential, value } from './components.js';
import { listen, type Served } from './http-server.js';
import { closeAll, failure, TestOrg } from './support.js';

const HEADER_FORMULAS = '<allowMergeFieldsInHeader>true</allowMergeFieldsInHeader>';
const BODY_FIELDS = '<allowMergeFieldsInBody>true</allowMergeFieldsInBody>';
const NO_AUTHORIZATION = '<generateAuthorizationHeader>false</generateAuthorizationHeader>';

describe('PLATFORM 1.1: what a named credential sends', () => {
  let server: Served;
  beforeEach(async () => {
    server = await listen();
  });
  afterEach(async () => {
    await closeAll();
    await server.close();
  });

  const basic = externalCredential('Erp', 'Basic', NAMED);
  const withBasic = (org: TestOrg): TestOrg => {
    org.store('Erp', 'Basic', { username: 'us<er', password: 'p"w' });
    return org;
  };
  const sent = () => server.requests[0];

  it('puts the path behind the URL of the credential, whatever its case', async () => {
    const org = withBasic(new TestOrg({ components: [namedCredential('Erp', `${server.url}/base`), basic] }));
    await org.call({ endpoint: 'CALLOUT:erp/a%20b?x=1&y=%26', method: 'GET', body: '' });
    expect(sent()?.url).to.equal('/base/a%20b?x=1&y=%26');
    expect(sent()?.method).to.equal('GET');
  });

  it('refuses a path that leads to another host', async () => {
    const org = withBasic(new TestOrg({ components: [namedCredential('Erp', 'http://127.0.0.1'), basic] }));
    expect(await failure(org.call({ endpoint: 'callout:Erp.evil.example/x' }))).to.contain('leads away');
    expect(await failure(org.call({ endpoint: 'callout:Erp@evil.example/x' }))).to.contain('leads away');
  });

  it('sends the headers of the platform unless Apex sets them, and a form content type where Apex sets none', async () => {
    const org = withBasic(new TestOrg({ components: [namedCredential('Erp', server.url), basic] }));
    await org.call({ endpoint: 'callout:Erp', headers: { accept: 'application/json' } });
    expect(sent()?.headers).to.include({
      'user-agent': 'SFDC-Callout/66.0',
      sfdc_stack_depth: '1',
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': '2',
    });
  });

  it('adds static and formula headers in the order of their sequence numbers', async () => {
    const named = namedCredential('Erp', server.url, {
      flags: HEADER_FORMULAS,
      headers: [
        ['X-Second', 'org {!$Organization.Id}', 2],
        ['X-First', 'static', 1],
      ],
    });
    const org = withBasic(new TestOrg({ components: [named, basic] }));
    await org.call({ endpoint: 'callout:Erp' });
    expect(sent()?.headers).to.include({ 'x-first': 'static', 'x-second': 'org 00D000000000001EAA' });
    const names = sent()?.rawNames ?? [];
    expect(names.indexOf('X-First')).to.be.lessThan(names.indexOf('X-Second'));
  });

  it('sends a formula as it stands where merge fields in headers are not allowed (setting formulaNotAllowed)', async () => {
    const named = namedCredential('Erp', server.url, { headers: [['X-Org', '{!$Organization.Id}', 1]] });
    const org = withBasic(new TestOrg({ components: [named, basic] }));
    await org.call({ endpoint: 'callout:Erp' });
    expect(sent()?.headers['x-org']).to.equal('{!$Organization.Id}');
    const strict = withBasic(new TestOrg({ components: [named, basic], settings: { formulaNotAllowed: 'exception' } }));
    expect(await failure(strict.call({ endpoint: 'callout:Erp' }))).to.contain("doesn't allow formulas");
  });

  it('prefers the header of the credential to that of Apex, or the other way round (setting headerConflict)', async () => {
    const named = namedCredential('Erp', server.url, { headers: [['X-Tenant', 'credential', 1]] });
    const headers = { 'x-tenant': 'apex', authorization: 'Bearer apex' };
    await withBasic(new TestOrg({ components: [named, basic] })).call({ endpoint: 'callout:Erp', headers });
    expect(sent()?.headers).to.include({ 'x-tenant': 'credential' });
    expect(sent()?.headers.authorization).to.match(/^Basic /);
    server.requests.length = 0;
    const apex = new TestOrg({ components: [named, basic], settings: { headerConflict: 'apex' } });
    await withBasic(apex).call({ endpoint: 'callout:Erp', headers });
    expect(sent()?.headers).to.include({ 'x-tenant': 'apex', authorization: 'Bearer apex' });
  });

  it('generates no Authorization header where the credential says so', async () => {
    const named = namedCredential('Erp', server.url, { flags: NO_AUTHORIZATION });
    await withBasic(new TestOrg({ components: [named, basic] })).call({ endpoint: 'callout:Erp' });
    expect(sent()?.headers.authorization).to.equal(undefined);
  });

  it('resolves the merge fields of Apex in headers and bodies where they are allowed', async () => {
    const named = namedCredential('Erp', server.url, { flags: BODY_FIELDS + HEADER_FORMULAS + NO_AUTHORIZATION });
    await withBasic(new TestOrg({ components: [named, basic] })).call({
      endpoint: 'callout:Erp',
      headers: { 'X-Login': '{!$Credential.Username} {!$Credential.Erp.Password} {!$Credential.AuthorizationMethod}' },
      body: '<u>{!HTMLENCODE($Credential.Username)}</u>{!$Credential.Password} {"a":{"b":1}}',
    });
    expect(sent()?.headers['x-login']).to.equal('us<er p"w Basic');
    expect(sent()?.body.toString()).to.equal('<u>us&lt;er</u>p"w {"a":{"b":1}}');
  });

  it('sends merge fields as they stand where they are not allowed', async () => {
    const text = '{!$Credential.Password}';
    const org = withBasic(new TestOrg({ components: [namedCredential('Erp', server.url), basic] }));
    await org.call({ endpoint: 'callout:Erp', headers: { 'X-Login': text }, body: text });
    expect(sent()?.headers['x-login']).to.equal(text);
    expect(sent()?.body.toString()).to.equal(text);
  });

  it('refuses other formulas in what Apex wrote, and fields that the protocol does not have', async () => {
    const named = namedCredential('Erp', server.url, { flags: BODY_FIELDS });
    const org = withBasic(new TestOrg({ components: [named, basic] }));
    expect(await failure(org.call({ endpoint: 'callout:Erp', body: '{!UPPER($Credential.Username)}' }))).to.contain(
      "isn't supported in callouts",
    );
    expect(await failure(org.call({ endpoint: 'callout:Erp', body: '{!$Credential.OAuthToken}' }))).to.equal(
      'Field OAuthToken does not exist. Check spelling.',
    );
  });

  it('sends bytes that are no text unchanged', async () => {
    const named = namedCredential('Erp', server.url, { flags: BODY_FIELDS });
    const body = Buffer.from([0xff, 0x00, 0x7b, 0x21, 0x78, 0x7d]);
    await withBasic(new TestOrg({ components: [named, basic] })).call({ endpoint: 'callout:Erp', body });
    expect(sent()?.body.equals(body)).to.equal(true);
  });

  it('sends the body in gzip where Apex says setCompressed(true)', async () => {
    const org = withBasic(new TestOrg({ components: [namedCredential('Erp', server.url), basic] }));
    await org.call({ endpoint: 'callout:Erp', body: 'x'.repeat(1000), compressed: true });
    expect(sent()?.headers['content-encoding']).to.equal('gzip');
    expect(gunzipSync(sent()?.body ?? Buffer.alloc(0)).toString()).to.equal('x'.repeat(1000));
  });

  it('refuses a header that would break out of its line, and does not show it', async () => {
    const header = ecParameter('AuthHeader', 'X-Key', value('{!$Credential.Erp.ApiKey}'));
    const org = new TestOrg({
      components: [
        namedCredential('Erp', server.url, { flags: HEADER_FORMULAS + NO_AUTHORIZATION }),
        externalCredential('Erp', 'Custom', header + NAMED),
      ],
    });
    org.store('Erp', 'Custom', { ApiKey: 'secret\r\nX-Evil: 1' });
    const message = await failure(org.call({ endpoint: 'callout:Erp' }));
    expect(message).to.equal('Illegal character(s) in message header');
    expect(server.requests).to.have.length(0);
  });

  it('lets an address through that a remote site opens, and no other', async () => {
    const site = (inner: string) => component('RemoteSiteSetting', 'Site', inner);
    const flags = '<disableProtocolSecurity>false</disableProtocolSecurity>';
    const org = new TestOrg({ components: [site(`${flags}<isActive>true</isActive><url>${server.url}</url>`)] });
    expect((await org.call({ endpoint: `${server.url}/x` })).status).to.equal(200);
    const refused = (endpoint: string) =>
      `Unauthorized endpoint, please check Setup->Security->Remote site settings. endpoint = ${endpoint}`;
    for (const endpoint of ['http://127.0.0.1:1/x', 'ftp://127.0.0.1/x', 'nonsense'])
      expect(await failure(org.call({ endpoint }))).to.equal(refused(endpoint));
    org.components = [site(`${flags}<isActive>false</isActive><url>${server.url}</url>`)];
    expect(await failure(org.call({ endpoint: `${server.url}/x` }))).to.equal(refused(`${server.url}/x`));
  });

  it('goes where a route of the org leads, under the name that the address has', async () => {
    const org = withBasic(
      new TestOrg({
        components: [namedCredential('Erp', 'https://erp.example.com/api'), basic],
        routes: [{ from: 'https://erp.example.com', to: server.url }],
      }),
    );
    expect((await org.call({ endpoint: 'callout:Erp/x' })).status).to.equal(200);
    expect(sent()?.url).to.equal('/api/x');
    expect(sent()?.headers.host).to.equal('erp.example.com');
  });
});
