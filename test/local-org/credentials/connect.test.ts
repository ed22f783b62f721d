import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  ConnectError,
  readAuthUrlInput,
  readCredentialInput,
} from '../../../local-org/src/platform/credentials/index.js';
import { SecretFileError } from '../../../local-org/src/platform/secrets/index.js';
import {
  clientCredentials,
  component,
  ecParameter,
  externalCredential,
  NAMED,
  namedCredential,
  parameter,
  principal,
  value,
} from './components.js';
import { CLIENT, closeAll, external, failure, READ_ONLY, TestOrg, USER } from './support.js';

const REFERENCE = { externalCredential: 'Erp', principalName: 'Integration', principalType: 'NamedPrincipal' };
const INPUT = {
  ...REFERENCE,
  authenticationProtocol: 'OAuth',
  authenticationProtocolVariant: 'ClientCredentialsClientSecret',
  credentials: {
    clientId: { value: CLIENT.id, encrypted: false },
    clientSecret: { value: CLIENT.secret, encrypted: true },
  },
};

function refusal(action: () => unknown): ConnectError {
  try {
    action();
  } catch (error) {
    if (error instanceof ConnectError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

const oauth = () => [
  namedCredential('Erp', 'http://127.0.0.1:1'),
  clientCredentials('Erp', 'http://127.0.0.1:1/token'),
];
const custom = () => [namedCredential('Erp', 'http://127.0.0.1:1'), externalCredential('Erp', 'Custom', NAMED)];

describe('PLATFORM 1.6: secrets through the Connect API', () => {
  afterEach(closeAll);

  const input = (change: object = {}) => readCredentialInput({ ...INPUT, ...change });
  const customInput = (credentials: object) =>
    readCredentialInput({ ...REFERENCE, authenticationProtocol: 'Custom', credentials });

  it('POST creates, and tells no encrypted value', () => {
    const { service } = new TestOrg({ components: oauth() }).credentials;
    expect(service.get(input(), USER)).to.deep.include({
      authenticationStatus: 'NotConfigured',
      credentials: {
        clientId: { encrypted: false, revision: null, value: null },
        clientSecret: { encrypted: true, revision: null, value: null },
      },
    });
    expect(service.create(input(), USER)).to.deep.equal({
      authenticationProtocol: 'OAuth',
      authenticationProtocolVariant: 'ClientCredentialsClientSecret',
      authenticationStatus: 'Configured',
      credentials: {
        clientId: { encrypted: false, revision: null, value: CLIENT.id },
        clientSecret: { encrypted: true, revision: null, value: null },
      },
      externalCredential: 'Erp',
      principalName: 'Integration',
      principalType: 'NamedPrincipal',
    });
  });

  it('POST on a principal that has credentials is a conflict; PUT replaces them', () => {
    const { service } = new TestOrg({ components: oauth() }).credentials;
    service.create(input(), USER);
    const again = refusal(() => service.create(input(), USER));
    expect(again).to.include({
      status: 409,
      code: 'CONFLICT',
      message:
        'Authentication credentials for the principal "Integration" already exist. Use the PUT method to overwrite them.',
    });
    service.replace(input({ credentials: { clientId: { value: 'other', encrypted: false } } }), USER);
    const left = service.get(input(), USER);
    expect(left.credentials['clientId']?.value).to.equal('other');
    expect(left.authenticationStatus, 'what PUT leaves out is gone').to.equal('NotConfigured');
  });

  it('PATCH changes some values, of custom protocols only; DELETE removes some or all', () => {
    const { service } = new TestOrg({ components: custom() }).credentials;
    service.create(customInput({ a: { value: '1', encrypted: false }, b: { value: '2', encrypted: true } }), USER);
    const patched = service.update(customInput({ a: { value: '3', encrypted: false } }), USER);
    expect(patched.credentials).to.deep.equal({
      a: { encrypted: false, revision: null, value: '3' },
      b: { encrypted: true, revision: null, value: null },
    });
    expect(patched.authenticationStatus, 'a custom protocol').to.equal('Unknown');
    service.delete(input(), ['a'], USER);
    expect(Object.keys(service.get(input(), USER).credentials)).to.deep.equal(['b']);
    service.delete(input(), undefined, USER);
    expect(service.get(input(), USER).credentials).to.deep.equal({});
    expect(refusal(() => service.delete(input(), undefined, USER)).status).to.equal(404);
    const oauthService = new TestOrg({ components: oauth() }).credentials.service;
    expect(refusal(() => oauthService.update(input(), USER)).code).to.equal('INVALID_API_INPUT');
  });

  it('refuses what does not fit: spelling of the protocol, variant, names, encryption, principals', () => {
    const { service } = new TestOrg({ components: oauth() }).credentials;
    for (const change of [
      { authenticationProtocolVariant: 'JwtBearer' },
      { authenticationProtocol: 'Custom', authenticationProtocolVariant: undefined },
      { credentials: { clientId: { value: 'x', encrypted: true } } },
      { credentials: { apiKey: { value: 'x', encrypted: true } } },
    ])
      expect(refusal(() => service.create(input(change), USER)).code, JSON.stringify(change)).to.equal(
        'INVALID_API_INPUT',
      );
    expect(refusal(() => input({ authenticationProtocol: 'Oauth' }))).to.include({ code: 'INVALID_API_INPUT' });
    expect(refusal(() => service.create(input({ externalCredential: 'Nope' }), USER)).status).to.equal(404);
    expect(refusal(() => service.create(input({ principalName: 'Nope' }), USER)).status).to.equal(404);
    const secret = refusal(() => readCredentialInput({ ...INPUT, credentials: { clientSecret: CLIENT.secret } }));
    expect(secret.message).to.contain('credentials.clientSecret').and.not.contain(CLIENT.secret);
  });

  it('asks for the rights on UserExternalCredential', () => {
    const { service } = new TestOrg({ components: oauth(), rights: { [USER]: READ_ONLY } }).credentials;
    expect(refusal(() => service.create(input(), USER))).to.include({ status: 403, code: 'INSUFFICIENT_ACCESS' });
  });

  it('?action=Refresh gets a new token now, and the next callout uses it', async () => {
    const system = await external();
    const org = new TestOrg({
      components: [namedCredential('Erp', system.url), clientCredentials('Erp', system.tokenUrl)],
    });
    org.storeClient('Erp');
    const { service } = org.credentials;
    const refreshed = await service.refresh(input(), USER);
    expect(refreshed.credentials['oauthToken']).to.deep.equal({ encrypted: true, revision: 1, value: null });
    await service.refresh(input(), USER);
    await org.call({ endpoint: 'callout:Erp/a' });
    expect(system.summary()).to.include({ tokensIssued: 2, applied: 1 });
    expect(await failure(new TestOrg({ components: custom() }).credentials.service.refresh(input(), USER))).to.contain(
      "can't be refreshed",
    );
  });

  it('tells the status of an external credential and of each principal', () => {
    const components = [
      namedCredential('Erp', 'http://127.0.0.1:1'),
      clientCredentials(
        'Erp',
        'http://127.0.0.1:1/token',
        'ClientCredentialsClientSecret',
        principal('NamedPrincipal', 'Other', 2) + NAMED,
      ),
    ];
    const { service } = new TestOrg({ components }).credentials;
    expect(service.externalCredential('erp', USER).authenticationStatus).to.equal('NotConfigured');
    service.create(input(), USER);
    expect(service.externalCredential('Erp', USER)).to.deep.include({
      developerName: 'Erp',
      authenticationStatus: 'Configured',
      principals: [
        {
          authenticationStatus: 'Configured',
          principalName: 'Integration',
          principalType: 'NamedPrincipal',
          sequenceNumber: 1,
        },
        {
          authenticationStatus: 'NotConfigured',
          principalName: 'Other',
          principalType: 'NamedPrincipal',
          sequenceNumber: 2,
        },
      ],
      relatedNamedCredentials: [{ developerName: 'Erp', masterLabel: 'Erp' }],
    });
    expect(service.externalCredentials(USER)).to.have.length(1);
  });

  it('a deployment that removes a principal deletes its secret, one that changes URLs does not', async () => {
    const system = await external();
    const named = namedCredential('Erp', system.url);
    const org = new TestOrg({ components: [named, clientCredentials('Erp', system.tokenUrl)] });
    org.storeClient('Erp');
    const before = org.components;
    org.components = [named, clientCredentials('Erp', `${system.tokenUrl}?x=1`)];
    org.deployed();
    expect((await org.call({ endpoint: 'callout:Erp/a' })).status).to.equal(201);
    org.components = [
      named,
      clientCredentials(
        'Erp',
        system.tokenUrl,
        'ClientCredentialsClientSecret',
        principal('NamedPrincipal', 'Renamed', 1),
      ),
    ];
    org.deployed();
    org.components = before;
    org.deployed();
    expect(await failure(org.call({ endpoint: 'callout:Erp/a' }))).to.equal(
      "The external credential isn't fully configured.",
    );
  });

  it('keeps secrets across restarts in a file that only its owner reads', () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'secrets-'));
    try {
      const first = new TestOrg({ components: oauth(), dataDir });
      expect(existsSync(join(dataDir, 'secrets.json')), 'nothing to keep yet').to.equal(false);
      first.storeClient('Erp');
      const key = first.credentials.publicKey('Signing');
      const path = join(dataDir, 'secrets.json');
      if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).to.equal(0o600);
      const second = new TestOrg({ components: oauth(), dataDir });
      expect(second.credentials.service.get(input(), USER).authenticationStatus).to.equal('Configured');
      expect(second.credentials.publicKey('Signing')).to.equal(key);
      writeFileSync(path, readFileSync(path, 'utf8').replace('"version":1', '"version":9'));
      expect(() => new TestOrg({ components: oauth(), dataDir }))
        .to.throw(SecretFileError)
        .that.has.property('message')
        .not.contains(CLIENT.secret);
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
});

describe('PLATFORM 1.2, 1.6: browser logins', () => {
  afterEach(closeAll);

  const ORG_URL = 'http://127.0.0.1:1';
  const tag = 'externalAuthIdentityProviderParameters';

  async function browser(kind: 'identityProvider' | 'authProvider') {
    const system = await external();
    const provider =
      kind === 'identityProvider'
        ? component(
            'ExternalAuthIdentityProvider',
            'Idp',
            '<authenticationFlow>AuthorizationCode</authenticationFlow><authenticationProtocol>OAuth</authenticationProtocol>' +
              parameter(tag, 'AuthorizeUrl', 'AuthorizeUrl', value(system.authorizeUrl)) +
              parameter(tag, 'TokenUrl', 'TokenUrl', value(system.tokenUrl)) +
              parameter(tag, 'IdentityProviderOptions', 'PkceEnabled', value('true')) +
              parameter(tag, 'AuthorizeRequestQueryParameter', 'login_hint', value('alice')) +
              '<label>Idp</label>',
          )
        : component(
            'AuthProvider',
            'Idp',
            `<authorizeUrl>${system.authorizeUrl}</authorizeUrl><consumerKey>${CLIENT.id}</consumerKey><consumerSecret>${CLIENT.secret}</consumerSecret><friendlyName>Idp</friendlyName><providerType>OpenIdConnect</providerType><tokenUrl>${system.tokenUrl}</tokenUrl>`,
          );
    const reference =
      kind === 'identityProvider'
        ? ecParameter(
            'ExternalAuthIdentityProvider',
            'ExternalAuthIdentityProvider',
            '<externalAuthIdentityProvider>Idp</externalAuthIdentityProvider>',
          )
        : ecParameter('AuthProvider', 'AuthProvider', '<authProvider>Idp</authProvider>');
    const scope = ecParameter('AuthParameter', 'Scope', value('api'));
    const org = new TestOrg({
      components: [
        provider,
        namedCredential('Erp', system.url),
        externalCredential('Erp', 'Oauth', reference + scope + NAMED),
      ],
    });
    return { system, org };
  }

  const begin = (org: TestOrg, returnUrl?: string) =>
    org.credentials.logins.begin(
      readAuthUrlInput({ ...REFERENCE, ...(returnUrl === undefined ? {} : { returnUrl }) }),
      USER,
      ORG_URL,
    );

  /** Follows the login as a browser does. @returns path and query of the callback */
  async function authorize(url: string): Promise<URL> {
    const response = await fetch(url, { redirect: 'manual' });
    return new URL(response.headers.get('location') ?? '');
  }

  const end = (org: TestOrg, callback: URL) =>
    org.credentials.logins.end(callback.pathname.split('/').at(-1) ?? '', Object.fromEntries(callback.searchParams));

  const provide = (org: TestOrg) =>
    org.credentials.service.putProvider(
      'Idp',
      {
        credentials: [
          { credentialName: 'clientId', credentialValue: CLIENT.id },
          { credentialName: 'clientSecret', credentialValue: CLIENT.secret },
        ],
      },
      false,
      USER,
    );

  it('an identity provider: client through the Connect API, login with PKCE, token for the principal, refresh on 401', async () => {
    const { system, org } = await browser('identityProvider');
    expect(refusal(() => begin(org)).message).to.contain('no client id and secret');
    expect(provide(org).credentials).to.deep.equal([
      { credentialName: 'clientId', credentialValue: CLIENT.id, encrypted: false },
      { credentialName: 'clientSecret', credentialValue: null, encrypted: true },
    ]);
    expect(refusal(() => provide(org)).code).to.equal('CONFLICT');
    expect(await failure(org.call({ endpoint: 'callout:Erp/a' }))).to.equal(
      "The external credential isn't fully configured.",
    );
    const { authenticationUrl } = begin(org, 'lightning/setup/SetupOneHome/home');
    expect(new URL(authenticationUrl).searchParams.get('code_challenge_method')).to.equal('S256');
    const callback = await authorize(authenticationUrl);
    expect(callback.href).to.match(/^http:\/\/127\.0\.0\.1:1\/services\/authcallback\/Idp\?/);
    expect(await end(org, callback)).to.equal('/lightning/setup/SetupOneHome/home');
    expect((await org.call({ endpoint: 'callout:Erp/a' })).status).to.equal(201);
    system.expireTokens();
    expect((await org.call({ endpoint: 'callout:Erp/a' })).status).to.equal(201);
    expect(system.summary()).to.include({ refreshes: 1, tokensIssued: 2 });
    expect(system.requests().at(-1)?.sender.principal).to.equal('alice');
    expect(system.tokenRequests()[0]).to.include({ clientAuthentication: 'basic', grantType: 'authorization_code' });
  });

  it('an auth provider: client from its metadata, secret in the body', async () => {
    const { system, org } = await browser('authProvider');
    await end(org, await authorize(begin(org).authenticationUrl));
    expect((await org.call({ endpoint: 'callout:Erp/a' })).status).to.equal(201);
    expect(system.tokenRequests()[0]).to.include({ clientAuthentication: 'body', scope: undefined });
  });

  it('a race with rotating refresh tokens loses the login, as at identity providers that detect reuse', async () => {
    const { system, org } = await browser('identityProvider');
    system.configure({ token: { rotateRefreshTokens: true } });
    provide(org);
    await end(org, await authorize(begin(org).authenticationUrl));
    await org.call({ endpoint: 'callout:Erp/a' });
    system.expireTokens();
    system.configure({ faults: [{ when: { endpoint: 'token' }, effect: { kind: 'latency', milliseconds: 30 } }] });
    const results = await Promise.allSettled([1, 2, 3].map(() => org.call({ endpoint: 'callout:Erp/a' })));
    expect(results.filter(({ status }) => status === 'rejected').length).to.be.greaterThan(0);
    expect(await failure(org.call({ endpoint: 'callout:Erp/a' }))).to.contain('Error: invalid_grant');
  });

  it('a state is good once, for its provider, and leads nowhere else', async () => {
    const { org } = await browser('authProvider');
    const callback = await authorize(begin(org, 'https://evil.example/x').authenticationUrl);
    const other = await authorize(begin(org).authenticationUrl);
    expect(await failure(org.credentials.logins.end('Other', Object.fromEntries(other.searchParams)))).to.contain(
      'not begun here',
    );
    expect(await end(org, callback)).to.equal('/');
    expect(await failure(end(org, callback))).to.contain('not begun here');
    expect(await failure(org.credentials.logins.end('Idp', {}))).to.contain('not begun here');
  });

  it('says what the provider refused', async () => {
    const { org } = await browser('authProvider');
    const state = new URL(begin(org).authenticationUrl).searchParams.get('state') ?? '';
    expect(await failure(org.credentials.logins.end('Idp', { state, error: 'access_denied' }))).to.equal(
      'The login failed: access_denied.',
    );
  });
});
