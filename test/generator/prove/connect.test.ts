import { expect } from 'chai';
import { emitMetadata } from '../../../generator/src/emit/index.js';
import { OrgClient } from '../../../generator/src/org-client/index.js';
import { connectExternal } from '../../../generator/src/prove/index.js';
import {
  createLocalOrg,
  startExternalSystem,
  type ExternalSystem,
  type LocalOrg,
} from '../../../local-org/src/index.js';
import { Client } from '../../local-org/server/client.js';
import { packageXml, type PackageFiles } from '../../local-org/support/packages.js';
import { GOLDEN_PROJECTS } from '../emit/support/golden-projects.js';

type Project = Parameters<typeof emitMetadata>[0];

/** Emitted folders that a callout needs, with their metadata type. */
const NEEDED: Readonly<Record<string, string>> = {
  authproviders: 'AuthProvider',
  externalAuthIdentityProviders: 'ExternalAuthIdentityProvider',
  externalCredentials: 'ExternalCredential',
  namedCredentials: 'NamedCredential',
};

/** One for each way to authenticate that the configuration language has. */
const PROJECTS = [
  'client-credentials-body',
  'client-credentials-basic',
  'custom-header',
  'custom-header-prefix',
  'basic-auth',
  'browser-auth-provider',
  'browser-identity-provider',
  'jwt-bearer',
  'legacy-browser',
  'legacy-jwt',
  'per-user',
] as const;

/** What the project emits for its credentials, and permission sets that open them. */
function packageOf(project: Project): PackageFiles {
  const files: Record<string, string> = {};
  const members: Record<string, string[]> = { PermissionSet: ['Callout_Integration_User', 'Callout_User'] };
  for (const { path, content } of emitMetadata(project)) {
    const [folder = '', file = ''] = path.split('/').slice(-2);
    const type = NEEDED[folder];
    if (type === undefined) continue;
    files[`${folder}/${file.replace('-meta.xml', '')}`] = content;
    (members[type] ??= []).push(file.split('.')[0] ?? '');
  }
  for (const name of ['Callout_Integration_User', 'Callout_User'])
    files[`permissionsets/${name}.permissionset`] = permissionSet('');
  for (const { apiName, auth } of project.integrations) {
    files[`permissionsets/${apiName}_User.permissionset`] = permissionSet('');
    members['PermissionSet']?.push(`${apiName}_User`);
    const opens = auth.credentialStyle === 'secured' ? principal(`${apiName}-${auth.principal.name}`) : '';
    files[`permissionsets/${apiName}_Credential.permissionset`] = permissionSet(opens);
    members['PermissionSet']?.push(`${apiName}_Credential`);
  }
  return { ...files, 'package.xml': packageXml(members) };
}

const principal = (name: string): string =>
  `<externalCredentialPrincipalAccesses><enabled>true</enabled><externalCredentialPrincipal>${name}</externalCredentialPrincipal></externalCredentialPrincipalAccesses>`;

const permissionSet = (inner: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata">${inner}<label>Test</label></PermissionSet>`;

describe('connecting a local org with an external system', function () {
  this.timeout(60_000);
  let org: LocalOrg;
  let system: ExternalSystem;
  afterEach(async () => {
    await org.close();
    await system.close();
  });

  for (const name of PROJECTS) {
    it(`lets the callouts of ${name} through`, async () => {
      const project = GOLDEN_PROJECTS[name];
      const [integration] = project?.integrations ?? [];
      if (project === undefined || integration === undefined) throw new Error(`there is no project ${name}`);
      const { method } = integration.auth;
      org = await createLocalOrg({ certificates: method.type === 'jwtBearer' ? [method.certificate] : [] });
      system = await startExternalSystem();
      const client = new Client(org);
      await client.deploy(packageOf(project));
      // The administrator plays the integration user: anonymous Apex runs as whoever sends it.
      const options = { org, receiver: system, integrations: project.integrations, integrationUser: org.username };
      await connectExternal(options);
      const body = `HttpRequest request = new HttpRequest(); request.setEndpoint('callout:${integration.apiName}/ping'); request.setMethod('GET'); System.assertEquals(200, new Http().send(request).getStatusCode());`;
      const run = await new OrgClient(org).data(
        'GET',
        `/tooling/executeAnonymous?anonymousBody=${encodeURIComponent(body)}`,
      );
      expect(run).to.include({ compiled: true, exceptionMessage: null, success: true });
      expect(system.summary()).to.include({ received: 1, applied: 1, status401: 0 });
    });
  }
});
