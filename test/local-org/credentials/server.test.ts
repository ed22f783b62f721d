import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createLocalOrg, type LocalOrg } from '../../../local-org/src/index.js';
import { Client } from '../server/client.js';
import { packageXml, type PackageFiles } from '../support/packages.js';
import { clientCredentials, ecParameter, externalCredential, NAMED, namedCredential, value } from './components.js';
import { CLIENT, closeAll, external } from './support.js';

const PATH = '/named-credentials';
const CREDENTIAL = {
  externalCredential: 'Erp',
  principalName: 'Integration',
  principalType: 'NamedPrincipal',
  authenticationProtocol: 'OAuth',
  credentials: {
    clientId: { value: CLIENT.id, encrypted: false },
    clientSecret: { value: CLIENT.secret, encrypted: true },
  },
};

function packageOf(parameters = NAMED): PackageFiles {
  const named = namedCredential('Erp', 'https://erp.example.com/api');
  const credential = clientCredentials(
    'Erp',
    'https://login.example.com/token',
    'ClientCredentialsClientSecret',
    parameters,
  );
  return {
    'package.xml': packageXml({ NamedCredential: ['Erp'], ExternalCredential: ['Erp'] }),
    'namedCredentials/Erp.namedCredential': named.content,
    'externalCredentials/Erp.externalCredential': credential.content,
  };
}

describe('PLATFORM 1.6: named-credentials resources over HTTP', function () {
  this.timeout(60_000);
  const lines: string[] = [];
  let org: LocalOrg;
  let client: Client;
  before(async () => {
    org = await createLocalOrg({
      log: (line) => lines.push(line),
      certificates: ['Signing'],
      users: ['integration@callout.example'],
    });
    client = new Client(org);
    await client.deploy(packageOf());
  });
  after(async () => {
    await closeAll();
    await org.close();
  });

  it('create, read, replace and delete a credential', async () => {
    const created = await client.post(`${PATH}/credential`, CREDENTIAL);
    expect(created.status, created.text).to.equal(201);
    expect(created.body).to.include({ authenticationStatus: 'Configured' });
    const again = await client.post(`${PATH}/credential`, CREDENTIAL);
    expect(again.status).to.equal(409);
    expect(again.text).to.contain('"errorCode":"CONFLICT"').and.contain('Use the PUT method');
    expect((await client.call('PUT', `${PATH}/credential`, CREDENTIAL)).status).to.equal(200);
    const query = 'externalCredential=Erp&principalName=Integration&principalType=NamedPrincipal';
    const read = await client.get(`${PATH}/credential?${query}`);
    expect(read.text).to.contain(CLIENT.id).and.not.contain(CLIENT.secret);
    expect((await client.get(`${PATH}/external-credentials/Erp`)).body).to.include({
      developerName: 'Erp',
      authenticationStatus: 'Configured',
    });
    expect((await client.delete(`${PATH}/credential?${query}`)).status).to.equal(204);
    expect((await client.get(`${PATH}/external-credentials`)).text).to.contain(
      '"authenticationStatus":"NotConfigured"',
    );
  });

  it('refuse by name what is deployed as metadata, other actions and bodies that are no JSON', async () => {
    expect((await client.post(`${PATH}/external-credentials`, {})).text).to.contain(
      'deploy named and external credentials',
    );
    expect((await client.post(`${PATH}/credential?action=Explode`, CREDENTIAL)).status).to.equal(400);
    expect(
      (await client.call('POST', `${PATH}/credential`, '{', { 'content-type': 'application/json' })).status,
    ).to.equal(400);
    expect((await fetch(`${org.url}/services/data/v66.0${PATH}/external-credentials`)).status).to.equal(401);
  });

  it('refresh a credential through a route of the org', async () => {
    const system = await external();
    await client.call('PUT', '/callout/routes', [{ from: 'https://login.example.com/token', to: system.tokenUrl }]);
    await client.call('PUT', `${PATH}/credential`, CREDENTIAL);
    const refreshed = await client.post(`${PATH}/credential?action=Refresh`, {
      externalCredential: 'Erp',
      principalName: 'Integration',
      principalType: 'NamedPrincipal',
    });
    expect(refreshed.status, refreshed.text).to.equal(201);
    expect(system.summary()).to.include({ tokensIssued: 1 });
  });

  it('end a browser login where it was begun, without a session', async () => {
    const idp = await external();
    idp.registerClient({ ...CLIENT, redirectUris: [`${org.url}/services/authcallback/Idp`] });
    const tag = 'externalAuthIdentityProviderParameters';
    const parameter = (type: string, text: string): string =>
      `<${tag}><parameterName>${type}</parameterName><parameterType>${type}</parameterType><parameterValue>${text}</parameterValue></${tag}>`;
    const reference = ecParameter(
      'ExternalAuthIdentityProvider',
      'ExternalAuthIdentityProvider',
      '<externalAuthIdentityProvider>Idp</externalAuthIdentityProvider>',
    );
    await client.deploy({
      'package.xml': packageXml({ ExternalAuthIdentityProvider: ['Idp'], ExternalCredential: ['Login'] }),
      'externalAuthIdentityProviders/Idp.externalAuthIdentityProvider': `<?xml version="1.0" encoding="UTF-8"?><ExternalAuthIdentityProvider xmlns="http://soap.sforce.com/2006/04/metadata"><authenticationFlow>AuthorizationCode</authenticationFlow><authenticationProtocol>OAuth</authenticationProtocol>${parameter('AuthorizeUrl', idp.authorizeUrl)}${parameter('TokenUrl', idp.tokenUrl)}<label>Idp</label></ExternalAuthIdentityProvider>`,
      'externalCredentials/Login.externalCredential': externalCredential(
        'Login',
        'Oauth',
        reference + ecParameter('AuthParameter', 'Scope', value('api')) + NAMED,
      ).content,
    });
    const provided = await client.post(`${PATH}/external-auth-identity-provider-credentials/Idp`, {
      credentials: [
        { credentialName: 'clientId', credentialValue: CLIENT.id },
        { credentialName: 'clientSecret', credentialValue: CLIENT.secret },
      ],
    });
    expect(provided.status, provided.text).to.equal(201);
    const login = { externalCredential: 'Login', principalName: 'Integration', principalType: 'NamedPrincipal' };
    const { body } = await client.post(`${PATH}/credential/auth-url/o-auth`, login);
    expect(body).to.have.property('authenticationUrl').that.is.a('string');
    const { authenticationUrl } = body as { authenticationUrl: string };
    const ended = await fetch(authenticationUrl);
    expect(ended.status).to.equal(200);
    expect(await ended.text()).to.contain('The login is done');
    expect((await client.get(`${PATH}/external-credentials/Login`)).body).to.include({
      authenticationStatus: 'Configured',
    });
    expect((await fetch(`${org.url}/services/authcallback/Idp?state=x&code=y`)).status).to.equal(400);
  });

  it('settings of what is not documented can be read and changed while the org runs', async () => {
    const path = '/callout/settings/credentials';
    expect((await client.get(path)).body).to.include({ parallelRefresh: 'race' });
    expect((await client.patch(path, { parallelRefresh: 'shared' })).body).to.include({ parallelRefresh: 'shared' });
    const wrong = await client.patch(path, { parallelRefresh: 'never' });
    expect(wrong.status).to.equal(400);
    expect(wrong.text).to.contain('parallelRefresh');
  });

  it('give the public key of a certificate that exists', async () => {
    expect((await client.get('/callout/certificates/signing')).text).to.contain('BEGIN PUBLIC KEY');
    expect((await client.get('/callout/certificates/Other')).status).to.equal(404);
  });

  it('ask for rights that permission sets give (1.5.2)', async () => {
    const [user] = await client.rows("SELECT Id FROM User WHERE Username = 'integration@callout.example'");
    const session = await client.post('/callout/sessions', { username: 'integration@callout.example' });
    const { accessToken } = session.body as { accessToken: string };
    const integration = new Client(org, accessToken);
    const refused = await integration.call('PUT', `${PATH}/credential`, CREDENTIAL);
    expect(refused.status).to.equal(403);
    expect(refused.text).to.contain('INSUFFICIENT_ACCESS');
    const right = (name: string): string => `<${name}>true</${name}>`;
    await client.deploy({
      'package.xml': packageXml({ PermissionSet: ['Erp_Credential'] }),
      'permissionsets/Erp_Credential.permissionset': `<?xml version="1.0" encoding="UTF-8"?><PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata"><externalCredentialPrincipalAccesses><enabled>true</enabled><externalCredentialPrincipal>Erp-Integration</externalCredentialPrincipal></externalCredentialPrincipalAccesses><label>Erp</label><objectPermissions>${['allowCreate', 'allowDelete', 'allowEdit', 'allowRead', 'modifyAllRecords'].map(right).join('')}<object>UserExternalCredential</object>${right('viewAllRecords')}</objectPermissions></PermissionSet>`,
    });
    const [set] = await client.rows("SELECT Id FROM PermissionSet WHERE Name = 'Erp_Credential'");
    await client.insert('PermissionSetAssignment', {
      AssigneeId: (user as { Id: string }).Id,
      PermissionSetId: (set as { Id: string }).Id,
    });
    expect((await integration.call('PUT', `${PATH}/credential`, CREDENTIAL)).status).to.equal(200);
  });

  it('leave no secret in the log', () => {
    expect(lines.join('\n')).to.contain('/named-credentials/credential').and.not.contain(CLIENT.secret);
  });
});

describe('PLATFORM 1.6: secrets and deployments', function () {
  this.timeout(60_000);

  it('a deployment without the principal deletes its secret, also in an org that was just started; the journal has none', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'org-secrets-'));
    const inOrg = async <T>(work: (client: Client) => Promise<T>): Promise<T> => {
      const org = await createLocalOrg({ dataDir });
      try {
        return await work(new Client(org));
      } finally {
        await org.close();
      }
    };
    const status = async (client: Client): Promise<unknown> =>
      (await client.get(`${PATH}/external-credentials/Erp`)).body;
    try {
      await inOrg(async (client) => {
        await client.deploy(packageOf());
        await client.post(`${PATH}/credential`, CREDENTIAL);
      });
      await inOrg(async (client) => {
        expect(await status(client)).to.include({ authenticationStatus: 'Configured' });
      });
      await inOrg(async (client) => {
        await client.deploy(packageOf(NAMED.replaceAll('Integration', 'Renamed')));
        await client.deploy(packageOf());
        expect(await status(client)).to.include({ authenticationStatus: 'NotConfigured' });
      });
      expect(readFileSync(join(dataDir, 'org.ndjson'), 'utf8')).not.to.contain(CLIENT.secret);
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
});
