import { expect } from 'chai';
import type { BehaviourInput, ExternalSystem } from '../../../local-org/src/external/index.js';
import type { CredentialSettingsInput } from '../../../local-org/src/platform/settings/index.js';
import { clientCredentials, ecParameter, NAMED, namedCredential, value } from './components.js';
import { closeAll, external, failure, READ_ONLY, TestOrg, USER, type WorldOptions } from './support.js';

interface Fixture {
  readonly system: ExternalSystem;
  readonly org: TestOrg;
}

async function fixture(
  behaviour: BehaviourInput = {},
  more: Partial<WorldOptions> & { readonly parameters?: string; readonly settings?: CredentialSettingsInput } = {},
): Promise<Fixture> {
  const system = await external(behaviour);
  const { parameters = NAMED, ...options } = more;
  const org = new TestOrg({
    components: [
      namedCredential('Erp', `${system.url}/api`),
      clientCredentials('Erp', system.tokenUrl, 'ClientCredentialsClientSecret', parameters),
    ],
    ...options,
  });
  org.storeClient('Erp');
  return { system, org };
}

const call = { endpoint: 'callout:Erp/accounts' };

describe('PLATFORM 1.4: refresh of tokens', () => {
  afterEach(closeAll);

  it('asks for a token at the first callout and uses it until it is refused', async () => {
    const { system, org } = await fixture();
    for (let at = 0; at < 3; at++) expect((await org.call(call)).status).to.equal(201);
    expect(system.summary()).to.include({ tokensIssued: 1, applied: 3, unauthorized: 0 });
  });

  it('gets a new token on 401 and sends the callout again once; Apex sees the last response', async () => {
    const { system, org } = await fixture();
    await org.call(call);
    system.expireTokens();
    expect((await org.call(call)).status).to.equal(201);
    expect(system.summary()).to.include({ tokensIssued: 2, applied: 2, unauthorized: 1 });
  });

  it('sends again only once: a second 401 is what Apex sees', async () => {
    const { system, org } = await fixture({
      faults: [{ effect: { kind: 'answer', status: 401, body: { error: 'invalid_token' } } }],
    });
    expect((await org.call(call)).status).to.equal(401);
    expect(system.summary()).to.include({ received: 2, tokensIssued: 2 });
  });

  for (const status of [403, 500] as const) {
    it(`does not refresh when an expired session is signalled by ${status}, not even with INVALID_SESSION_ID`, async () => {
      const { system, org } = await fixture({ expiredSession: { status, form: 'rest' } });
      await org.call(call);
      system.expireTokens();
      const response = await org.call(call);
      expect(response.status).to.equal(status);
      expect(response.body.toString()).to.contain('INVALID_SESSION_ID');
      expect(system.summary()).to.include({ tokensIssued: 1, received: 2 });
    });
  }

  it('refreshes on the codes of AdditionalRefreshStatusCode too (PLATFORM 1.3)', async () => {
    const codes = ecParameter('AdditionalRefreshStatusCode', 'Codes', value('403, 440'));
    const { system, org } = await fixture({ expiredSession: { status: 403 } }, { parameters: codes + NAMED });
    await org.call(call);
    system.expireTokens();
    expect((await org.call(call)).status).to.equal(201);
    expect(system.summary()).to.include({ tokensIssued: 2 });
  });

  it('keeps the token of a principal across users', async () => {
    const { system, org } = await fixture();
    await org.call(call);
    await org.call({ ...call, userId: '005000000000009AAA' });
    expect(system.summary()).to.include({ tokensIssued: 1, applied: 2 });
  });

  it('races for the refresh: callouts at the same time ask for a token each (setting parallelRefresh, default race)', async () => {
    const { system, org } = await fixture({
      token: { live: 'onePerClient' },
      faults: [{ effect: { kind: 'latency', milliseconds: 20 } }],
    });
    await org.call(call);
    system.expireTokens();
    const before = system.summary().tokensIssued;
    await Promise.all(Array.from({ length: 5 }, () => org.call(call)));
    expect(system.summary().tokensIssued - before).to.equal(5);
  });

  it('shares one refresh where parallelRefresh is shared', async () => {
    const { system, org } = await fixture(
      {
        faults: [
          { effect: { kind: 'latency', milliseconds: 20 } },
          { when: { endpoint: 'token' }, effect: { kind: 'latency', milliseconds: 30 } },
        ],
      },
      { settings: { parallelRefresh: 'shared' } },
    );
    await org.call(call);
    system.expireTokens();
    const responses = await Promise.all(Array.from({ length: 5 }, () => org.call(call)));
    expect(responses.map(({ status }) => status)).to.deep.equal([201, 201, 201, 201, 201]);
    expect(system.summary()).to.include({ tokensIssued: 2 });
  });

  it('loses callouts in the race where a new token kills the older ones', async () => {
    const { system, org } = await fixture({
      token: { live: 'onePerClient' },
      // The first two callouts meet at the token endpoint; the resource then sees the older token after the newer one was issued.
      faults: [{ when: { skip: 1 }, effect: { kind: 'latency', milliseconds: 40 } }],
    });
    await org.call(call);
    system.expireTokens();
    const responses = await Promise.all(Array.from({ length: 4 }, () => org.call(call)));
    expect(responses.map(({ status }) => status)).to.include(401);
    expect(system.summary().tokensIssued).to.equal(5);
  });

  it('uses a newer token that another callout got, where replacedToken is useNewer', async () => {
    const { system, org } = await fixture(
      { faults: [{ when: { path: '/api/slow' }, effect: { kind: 'latency', milliseconds: 150 } }] },
      { settings: { replacedToken: 'useNewer' } },
    );
    await org.call(call);
    system.expireTokens();
    const slow = org.call({ endpoint: 'callout:Erp/slow' });
    expect((await org.call(call)).status).to.equal(201);
    expect((await slow).status).to.equal(201);
    expect(system.summary()).to.include({ tokensIssued: 2 });
  });

  it('fails with the error of the authorization server when it refuses a token', async () => {
    const { org } = await fixture();
    org.store('Erp', 'OAuth', { clientId: 'erp-client', clientSecret: 'wrong' });
    expect(await failure(org.call(call))).to.equal(
      'Unable to fetch the OAuth token. Error: invalid_client. Error description: Invalid client: client is invalid.',
    );
  });

  it('says that credentials could not be refreshed when the token endpoint is no authorization server, or not there', async () => {
    const { system, org } = await fixture();
    const broken = "The expired credentials couldn't be refreshed. Try again later.";
    org.components = [
      namedCredential('Erp', `${system.url}/api`),
      clientCredentials('Erp', 'http://127.0.0.1:1/token'),
    ];
    expect(await failure(org.call(call))).to.equal(broken);
    system.configure({ faults: [{ when: { endpoint: 'token' }, effect: { kind: 'reset', phase: 'before' } }] });
    org.components = [namedCredential('Erp', `${system.url}/api`), clientCredentials('Erp', system.tokenUrl)];
    expect(await failure(org.call(call))).to.equal(broken);
  });

  it('gives Apex the 401 where a failed refresh is set to give the response', async () => {
    const { system, org } = await fixture({}, { settings: { failedRefresh: 'response' } });
    await org.call(call);
    system.expireTokens();
    system.configure({ faults: [{ when: { endpoint: 'token' }, effect: { kind: 'answer', status: 503 } }] });
    expect((await org.call(call)).status).to.equal(401);
  });
});

describe('PLATFORM 1.5.2: a user without Modify All on UserExternalCredential', () => {
  afterEach(closeAll);

  it('works until the token expires, and then sees the 401: intermittent failures', async () => {
    const { system, org } = await fixture();
    await org.call(call);
    org.rights = { [USER]: READ_ONLY };
    expect((await org.call(call)).status).to.equal(201);
    system.expireTokens();
    for (let at = 0; at < 2; at++) expect((await org.call(call)).status).to.equal(401);
    expect(system.summary(), 'no token was asked for').to.include({ tokensIssued: 1 });
    org.rights = {};
    expect((await org.call(call)).status, 'somebody with the right repairs it for all').to.equal(201);
    org.rights = { [USER]: READ_ONLY };
    expect((await org.call(call)).status).to.equal(201);
  });

  it('fails where refreshWithoutRights is exception', async () => {
    const { system, org } = await fixture({}, { settings: { refreshWithoutRights: 'exception' } });
    await org.call(call);
    system.expireTokens();
    org.rights = { [USER]: READ_ONLY };
    expect(await failure(org.call(call))).to.contain("We couldn't access the credential(s)");
  });

  it('cannot get the first token, unless firstTokenWithoutRights allows it', async () => {
    const strict = await fixture();
    strict.org.rights = { [USER]: READ_ONLY };
    expect(await failure(strict.org.call(call))).to.contain("We couldn't access the credential(s)");
    const lenient = await fixture({}, { settings: { firstTokenWithoutRights: 'allow' } });
    lenient.org.rights = { [USER]: READ_ONLY };
    expect((await lenient.org.call(call)).status).to.equal(201);
  });
});
