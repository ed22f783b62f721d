import { expect } from 'chai';
import { findClass } from '../../../local-org/src/apex/engine/index.js';
import { ApexThrowable, exceptionText, methodMemberOf } from '../../../local-org/src/apex/runtime/index.js';
import { files, liveOrg, type LiveTestOrg } from '../live/kit.js';
import { clientCredentials, externalCredential, NAMED, namedCredential } from './components.js';
import { CLIENT, closeAll, external, TestOrg } from './support.js';

const INPUT = `
    ConnectApi.CredentialInput input = new ConnectApi.CredentialInput();
    input.externalCredential = 'Erp';
    input.PrincipalName = 'Integration';
    input.principalType = ConnectApi.CredentialPrincipalType.NamedPrincipal;`;

describe('PLATFORM 1.6, 3.1: credentials in Apex', () => {
  afterEach(closeAll);

  async function orgWith(org: TestOrg, body: string): Promise<LiveTestOrg> {
    const live = liveOrg({ parts: { callouts: org.credentials.callouts, credentials: org.credentials.apex } });
    await live.deploy(files({ classes: { Demo: `public class Demo { public static Object run() {${body}\n} }` } }));
    return live;
  }

  /** What a static method without parameters returns, in a transaction that can wait. Its exception as an Error. */
  async function run(org: TestOrg, body: string): Promise<unknown> {
    const { live, admin } = await orgWith(org, body);
    const runtime = live.runtime();
    const owner = findClass(live.program(), 'Demo');
    const method = owner?.methods.get('run')?.[0];
    if (owner === undefined || method === undefined) throw new Error('Demo.run was not deployed');
    try {
      return await runtime.transactAsync({ quiddity: 'ANONYMOUS', governor: 'sync', userId: admin }, () =>
        runtime.callStatic(owner, methodMemberOf(method), []),
      );
    } catch (error) {
      throw error instanceof ApexThrowable ? new Error(exceptionText(error)) : error;
    }
  }

  const thrown = async (org: TestOrg, body: string): Promise<string> => {
    try {
      await run(org, body);
    } catch (error) {
      if (error instanceof Error) return error.message;
    }
    throw new Error('nothing was thrown');
  };

  async function erp(): Promise<{ readonly system: Awaited<ReturnType<typeof external>>; readonly org: TestOrg }> {
    const system = await external();
    const components = [namedCredential('Erp', `${system.url}/api`), clientCredentials('Erp', system.tokenUrl)];
    return { system, org: new TestOrg({ components }) };
  }

  it('Http.send goes out through the credential and comes back as a response', async () => {
    const { system, org } = await erp();
    org.storeClient('Erp');
    const result = await run(
      org,
      `
      HttpRequest request = new HttpRequest();
      request.setEndpoint('callout:Erp/accounts');
      request.setMethod('POST');
      request.setHeader('Content-Type', 'application/json');
      request.setBody('{"name":"x"}');
      HttpResponse response = new Http().send(request);
      return response.getStatusCode() + ' ' + response.getStatus() + ' ' + response.getHeader('content-type');`,
    );
    expect(result).to.equal('201 Created application/json; charset=utf-8');
    expect(system.requests()[0]).to.include({ path: '/api/accounts', body: '{"name":"x"}', outcome: 'applied' });
  });

  it('a callout without permission is a System.CalloutException that Apex can catch', async () => {
    const { org } = await erp();
    const result = await run(
      org,
      `
      HttpRequest request = new HttpRequest();
      request.setEndpoint('callout:Missing/x');
      request.setMethod('GET');
      try { new Http().send(request); return null; } catch (System.CalloutException e) { return e.getMessage(); }`,
    );
    expect(result).to.contain('the named credential "Missing" might not exist');
  });

  it('ConnectApi.NamedCredentials stores a secret, and tells everything but the secret', async () => {
    const { org } = await erp();
    const result = await run(
      org,
      `${INPUT}
      input.authenticationProtocol = ConnectApi.CredentialAuthenticationProtocol.OAuth;
      ConnectApi.CredentialValueInput id = new ConnectApi.CredentialValueInput();
      id.value = '${CLIENT.id}';
      id.encrypted = false;
      ConnectApi.CredentialValueInput secret = new ConnectApi.CredentialValueInput();
      secret.value = '${CLIENT.secret}';
      secret.encrypted = true;
      input.credentials = new Map<String, ConnectApi.CredentialValueInput>{ 'clientId' => id, 'clientSecret' => secret };
      ConnectApi.Credential stored = ConnectApi.NamedCredentials.createCredential(input);
      ConnectApi.ExternalCredential erp = ConnectApi.NamedCredentials.getExternalCredential('Erp');
      return stored.authenticationStatus + ' ' + stored.credentials.get('clientId').value + ' '
        + stored.credentials.get('clientSecret').value + ' ' + erp.principals[0].authenticationStatus;`,
    );
    expect(result).to.equal(`Configured ${CLIENT.id} null Configured`);
    expect((await org.call({ endpoint: 'callout:Erp/x' })).status).to.equal(201);
  });

  it('what is refused is a ConnectApi.ConnectApiException', async () => {
    const org = new TestOrg({ components: [externalCredential('Erp', 'Custom', NAMED)] });
    expect(
      await thrown(
        org,
        `
        return ConnectApi.NamedCredentials.getCredential('Nope', 'Integration', ConnectApi.CredentialPrincipalType.NamedPrincipal);`,
      ),
    ).to.equal(
      'ConnectApi.ConnectApiException: NOT_FOUND: The external credential "Nope" doesn\'t exist, or you don\'t have access to it.',
    );
  });

  it('a refreshed credential counts as uncommitted work: no callout after it in the transaction', async () => {
    const { system, org } = await erp();
    org.storeClient('Erp');
    const refresh = `${INPUT}
      ConnectApi.NamedCredentials.createCredential(input, ConnectApi.CreateCredentialAction.Refresh);`;
    await run(org, `${refresh} return null;`);
    expect(system.summary()).to.include({ tokensIssued: 1 });
    expect(
      await thrown(
        org,
        `${refresh}
        HttpRequest request = new HttpRequest();
        request.setEndpoint('callout:Erp/x');
        request.setMethod('GET');
        return new Http().send(request);`,
      ),
    ).to.contain('You have uncommitted work pending');
  });

  it('gives the address of a browser login, of credentials that have one', async () => {
    const { org } = await erp();
    expect(
      await thrown(
        org,
        `
        ConnectApi.OAuthCredentialAuthUrlInput input = new ConnectApi.OAuthCredentialAuthUrlInput();
        input.externalCredential = 'Erp';
        input.principalName = 'Integration';
        input.principalType = ConnectApi.CredentialPrincipalType.NamedPrincipal;
        return ConnectApi.NamedCredentials.getOAuthCredentialAuthUrl(input);`,
      ),
    ).to.contain('has no OAuth browser flow');
  });
});
