import { expect } from 'chai';
import {
  clientCredentials,
  component,
  ecParameter,
  externalCredential,
  NAMED,
  namedCredential,
  principal,
  value,
} from './components.js';
import { CLIENT, closeAll, external, failure, OTHER, TestOrg, USER } from './support.js';

const call = { endpoint: 'callout:Erp/a' };

describe('PLATFORM 1.2: protocols of external credentials', () => {
  afterEach(closeAll);

  for (const [variant, place] of [
    ['ClientCredentialsClientSecret', 'body'],
    ['ClientCredentialsClientSecretBasic', 'basic'],
  ] as const) {
    it(`${variant} sends the secret in the ${place === 'body' ? 'request body' : 'Authorization header'}, and the scopes`, async () => {
      const system = await external();
      const scope = ecParameter('AuthParameter', 'Scope', value('a b'));
      const org = new TestOrg({
        components: [
          namedCredential('Erp', system.url),
          clientCredentials('Erp', system.tokenUrl, variant, scope + NAMED),
        ],
      });
      org.storeClient('Erp');
      expect((await org.call(call)).status).to.equal(201);
      expect(system.tokenRequests()[0]).to.include({ clientAuthentication: place, scope: 'a b', client: CLIENT.id });
      expect(system.requests()[0]?.sender).to.include({ scheme: 'bearer', principal: CLIENT.id });
    });
  }

  it('gives a principal the scope of its own group', async () => {
    const system = await external();
    const parameters =
      ecParameter('AuthParameter', 'Scope', value('all')) +
      ecParameter('AuthParameter', 'Scope', `<parameterGroup>Integration</parameterGroup>${value('own')}`) +
      NAMED;
    const org = new TestOrg({
      components: [
        namedCredential('Erp', system.url),
        clientCredentials('Erp', system.tokenUrl, 'ClientCredentialsClientSecret', parameters),
      ],
    });
    org.storeClient('Erp');
    await org.call(call);
    expect(system.tokenRequests()[0]?.scope).to.equal('own');
  });

  it('JwtBearer signs an assertion with the key of a certificate of the org', async () => {
    const system = await external();
    const parameters =
      ecParameter('AuthProtocolVariant', 'Oauth', value('JwtBearer')) +
      ecParameter('AuthProviderUrl', 'AuthProviderUrl', value(system.tokenUrl)) +
      ecParameter('SigningCertificate', 'SigningCertificate', '<certificate>Signing</certificate>') +
      ecParameter('JwtBodyClaim', 'iss', value('consumer-key')) +
      ecParameter('JwtBodyClaim', 'sub', value('{!$User.Id}')) +
      ecParameter('JwtBodyClaim', 'aud', value(system.tokenUrl)) +
      ecParameter(
        'JwtBodyClaim',
        'exp',
        value('{!Text(FLOOR((NOW() - DATETIMEVALUE( "1970-01-01 00:00:00" )) * 86400 + 120))}'),
      ) +
      NAMED;
    const org = new TestOrg({
      components: [namedCredential('Erp', system.url), externalCredential('Erp', 'Oauth', parameters)],
    });
    system.registerClient({ id: 'consumer-key', publicKeys: [org.credentials.publicKey('Signing')] });
    expect((await org.call(call)).status).to.equal(201);
    expect(system.requests()[0]?.sender).to.include({ principal: USER, client: 'consumer-key' });
    system.expireTokens();
    expect((await org.call(call)).status, 'it asks again').to.equal(201);
  });

  it('Basic sends user name and password', async () => {
    const system = await external();
    const org = new TestOrg({
      components: [namedCredential('Erp', system.url), externalCredential('Erp', 'Basic', NAMED)],
    });
    expect(await failure(org.call(call))).to.equal("The external credential isn't fully configured.");
    org.store('Erp', 'Basic', { username: 'user', password: 'pass' });
    expect((await org.call(call)).status).to.equal(201);
    expect(system.requests()[0]?.sender).to.deep.equal({ scheme: 'basic', principal: 'user' });
  });

  it('Custom sends its headers as formulas with the secrets of the principal', async () => {
    const system = await external({ authentication: { apiKeyHeader: 'X-Key' } });
    const header = ecParameter(
      'AuthHeader',
      'X-Key',
      `${value("{!'key-' & $Credential.Erp.ApiKey}")}<sequenceNumber>1</sequenceNumber>`,
    );
    const org = new TestOrg({
      components: [
        namedCredential('Erp', system.url, {
          flags:
            '<allowMergeFieldsInHeader>true</allowMergeFieldsInHeader><generateAuthorizationHeader>false</generateAuthorizationHeader>',
        }),
        externalCredential('Erp', 'Custom', header + NAMED),
      ],
    });
    expect(await failure(org.call(call))).to.equal("The external credential isn't fully configured.");
    org.store('Erp', 'Custom', { Other: 'x' });
    expect(await failure(org.call(call))).to.equal('Field Erp.ApiKey does not exist. Check spelling.');
    org.store('Erp', 'Custom', { ApiKey: '123' });
    expect((await org.call(call)).status).to.equal(201);
    expect(system.requests()[0]?.sender).to.deep.equal({ scheme: 'apiKey', principal: 'key' });
  });

  it('NoAuthentication sends nothing to prove itself, and still needs access to its principal', async () => {
    const system = await external({ authentication: { accept: ['none'] } });
    const variant = ecParameter('AuthProtocolVariant', 'Custom', value('NoAuthentication'));
    const components = [namedCredential('Erp', system.url), externalCredential('Erp', 'Custom', variant + NAMED)];
    expect((await new TestOrg({ components }).call(call)).status).to.equal(201);
    expect(await failure(new TestOrg({ components, principals: [] }).call(call))).to.contain("couldn't access");
  });

  it('keeps the token of a per-user principal per user', async () => {
    const system = await external();
    const parameters = principal('PerUserPrincipal', 'Each', 1);
    const org = new TestOrg({
      components: [
        namedCredential('Erp', system.url),
        clientCredentials('Erp', system.tokenUrl, 'ClientCredentialsClientSecret', parameters),
      ],
    });
    for (const [user, id] of [
      [USER, 'one'],
      [OTHER, 'two'],
    ] as const) {
      system.registerClient({ id, secret: 'secret' });
      org.store('Erp', 'OAuth', { clientId: id, clientSecret: 'secret' }, user, 'Each', 'PerUserPrincipal');
    }
    await org.call(call);
    await org.call({ ...call, userId: OTHER });
    expect(system.requests().map(({ sender }) => sender.principal)).to.deep.equal(['one', 'two']);
    expect(await failure(org.call({ ...call, userId: '005000000000009AAA' }))).to.contain("isn't fully configured");
  });

  it('legacy credentials need no access to a principal: Password and JwtExchange (1.1)', async () => {
    const system = await external();
    const legacy = (name: string, inner: string) =>
      component('NamedCredential', name, `<endpoint>${system.url}</endpoint><label>${name}</label>${inner}`);
    const org = new TestOrg({
      principals: [],
      components: [
        legacy(
          'Login',
          '<password>pass</password><principalType>NamedUser</principalType><protocol>Password</protocol><username>user</username>',
        ),
        legacy(
          'Signed',
          `<authTokenEndpointUrl>${system.tokenUrl}</authTokenEndpointUrl><jwtAudience>${system.tokenUrl}</jwtAudience><jwtIssuer>legacy</jwtIssuer><jwtSigningCertificate>Signing</jwtSigningCertificate><jwtTextSubject>robot</jwtTextSubject><jwtValidityPeriodSeconds>60</jwtValidityPeriodSeconds><principalType>NamedUser</principalType><protocol>JwtExchange</protocol>`,
        ),
      ],
    });
    system.registerClient({ id: 'legacy', publicKeys: [org.credentials.publicKey('Signing')] });
    expect((await org.call({ endpoint: 'callout:Login/a' })).status).to.equal(201);
    expect((await org.call({ endpoint: 'callout:Signed/a' })).status).to.equal(201);
    expect(system.requests().map(({ sender }) => sender.principal)).to.deep.equal(['user', 'robot']);
  });

  it('refuses by name what it does not run', async () => {
    const variant = ecParameter('AuthProtocolVariant', 'Oauth', value('ClientCredentialsJwtAssertion'));
    const org = new TestOrg({
      components: [namedCredential('Erp', 'http://127.0.0.1:1'), externalCredential('Erp', 'Oauth', variant + NAMED)],
    });
    expect(await failure(org.call(call))).to.contain('ClientCredentialsJwtAssertion');
  });
});
