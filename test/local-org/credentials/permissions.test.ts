import { expect } from 'chai';
import { clientCredentials, namedCredential, principal } from './components.js';
import { closeAll, external, failure, NONE, OTHER, TestOrg, USER } from './support.js';

const call = { endpoint: 'callout:Erp/accounts' };
const REFUSED =
  'We couldn\'t access the credential(s). You might not have the required permissions, or the external credential "Erp" might not exist.';

describe('PLATFORM 1.5: who may use a credential', () => {
  afterEach(closeAll);

  it('refuses a user without access to the principal, and logs the named credential as null (1.5.1, 1.5.3)', async () => {
    const system = await external();
    const components = [namedCredential('Erp', system.url), clientCredentials('Erp', system.tokenUrl)];
    const org = new TestOrg({ components, principals: ['Erp-Other'] });
    org.storeClient('Erp');
    expect(await failure(org.call(call))).to.equal(REFUSED);
    expect(org.events.map(({ event, parts }) => [event, ...parts])).to.deep.equal([
      ['NAMED_CREDENTIAL_RESPONSE', 'NamedCallout[Named Credential Id=null, Named Credential Name=null]'],
    ]);
    expect(system.summary()).to.include({ received: 0, tokenRequests: 0 });
  });

  it('refuses a user who cannot read UserExternalCredential, whatever the principal (1.5.2)', async () => {
    const system = await external();
    const components = [namedCredential('Erp', system.url), clientCredentials('Erp', system.tokenUrl)];
    const org = new TestOrg({ components });
    org.storeClient('Erp');
    org.rights = { [USER]: NONE };
    expect(await failure(org.call(call))).to.equal(REFUSED);
    expect((await org.call({ ...call, userId: OTHER })).status).to.equal(201);
  });

  it('tries principals in the order of their sequence numbers and takes the first that is open', async () => {
    const system = await external();
    const parameters = principal('NamedPrincipal', 'Second', 2) + principal('NamedPrincipal', 'First', 1);
    const components = [
      namedCredential('Erp', system.url),
      clientCredentials('Erp', system.tokenUrl, 'ClientCredentialsClientSecret', parameters),
    ];
    for (const [principals, expected] of [
      [['Erp-First', 'Erp-Second'], 'first'],
      [['Erp-Second'], 'second'],
    ] as const) {
      const org = new TestOrg({ components, principals });
      for (const name of ['First', 'Second']) {
        system.registerClient({ id: name.toLowerCase(), secret: 'secret' });
        org.store('Erp', 'OAuth', { clientId: name.toLowerCase(), clientSecret: 'secret' }, USER, name);
      }
      await org.call(call);
      expect(system.requests().at(-1)?.sender.principal).to.equal(expected);
    }
  });

  it('says that a principal without secrets is not fully configured (1.5.3)', async () => {
    const system = await external();
    const components = [namedCredential('Erp', system.url), clientCredentials('Erp', system.tokenUrl)];
    const org = new TestOrg({ components });
    expect(await failure(org.call(call))).to.equal("The external credential isn't fully configured.");
  });

  it('says that a named credential that does not exist, or is disabled, cannot be reached (1.1)', async () => {
    const system = await external();
    const org = new TestOrg({
      components: [
        namedCredential('Off', system.url, { external: 'Erp', flags: '<calloutStatus>Disabled</calloutStatus>' }),
        clientCredentials('Erp', system.tokenUrl),
      ],
    });
    for (const name of ['Off', 'Missing'])
      expect(await failure(org.call({ endpoint: `callout:${name}/x` }))).to.equal(
        `The callout couldn't access the endpoint. You might not have the required permissions, or the named credential "${name}" might not exist.`,
      );
  });
});
