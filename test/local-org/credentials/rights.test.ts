import { expect } from 'chai';
import { createLocalOrg, type LocalOrg } from '../../../local-org/src/index.js';
import { OrgClient } from '../../../generator/src/org-client/index.js';
import { Client } from '../server/client.js';
import { packageXml } from '../support/packages.js';
import { clientCredentials, namedCredential } from './components.js';
import { CLIENT, closeAll, external } from './support.js';

const USERNAME = 'integration@callout.example';
const RIGHTS = ['allowCreate', 'allowDelete', 'allowEdit', 'allowRead', 'modifyAllRecords', 'viewAllRecords'] as const;

/** Opens the principal, and the rights on stored credentials that are named. */
function permissionSet(granted: readonly (typeof RIGHTS)[number][]): string {
  const right = (name: (typeof RIGHTS)[number]): string => `<${name}>${String(granted.includes(name))}</${name}>`;
  const [create, remove, edit, read, modifyAll, viewAll] = RIGHTS.map(right);
  return `<?xml version="1.0" encoding="UTF-8"?><PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata"><externalCredentialPrincipalAccesses><enabled>true</enabled><externalCredentialPrincipal>Erp-Integration</externalCredentialPrincipal></externalCredentialPrincipalAccesses><label>Erp</label><objectPermissions>${create}${remove}${edit}${read}${modifyAll}<object>UserExternalCredential</object>${viewAll}</objectPermissions></PermissionSet>`;
}

/** Lets a user run anonymous Apex; without it nothing below could be sent. */
const AUTHOR = `<?xml version="1.0" encoding="UTF-8"?><PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata"><label>Author</label><userPermissions><enabled>true</enabled><name>AuthorApex</name></userPermissions></PermissionSet>`;

const CALL = `HttpRequest request = new HttpRequest(); request.setEndpoint('callout:Erp/x'); request.setMethod('POST'); System.assertEquals(201, new Http().send(request).getStatusCode());`;

describe('PLATFORM 1.5.2 in a whole org: rights on UserExternalCredential come from permission sets', function () {
  this.timeout(60_000);
  let org: LocalOrg;
  afterEach(async () => {
    await closeAll();
    await org.close();
  });

  it('Read alone works until the token expires; Modify All lets the same user refresh it', async () => {
    const system = await external();
    org = await createLocalOrg({ users: [USERNAME] });
    const admin = new Client(org);
    const deploySet = (granted: Parameters<typeof permissionSet>[0]) =>
      admin.deploy(
        {
          'package.xml': packageXml({ PermissionSet: ['Erp'] }),
          'permissionsets/Erp.permissionset': permissionSet(granted),
        },
        // The checks warn of exactly this.
        { ignoreWarnings: true },
      );
    await admin.deploy({
      'package.xml': packageXml({ NamedCredential: ['Erp'], ExternalCredential: ['Erp'], PermissionSet: ['Author'] }),
      'permissionsets/Author.permissionset': AUTHOR,
      'namedCredentials/Erp.namedCredential': namedCredential('Erp', system.url).content,
      'externalCredentials/Erp.externalCredential': clientCredentials('Erp', system.tokenUrl).content,
    });
    await deploySet(['allowRead', 'viewAllRecords']);
    await admin.call('PUT', '/named-credentials/credential', {
      externalCredential: 'Erp',
      principalName: 'Integration',
      principalType: 'NamedPrincipal',
      authenticationProtocol: 'OAuth',
      credentials: {
        clientId: { value: CLIENT.id, encrypted: false },
        clientSecret: { value: CLIENT.secret, encrypted: true },
      },
    });
    await admin.post('/named-credentials/credential?action=Refresh', {
      externalCredential: 'Erp',
      principalName: 'Integration',
      principalType: 'NamedPrincipal',
    });
    const user = await new OrgClient(org).as(USERNAME);
    const message = async (): Promise<unknown> => {
      const path = `/tooling/executeAnonymous?anonymousBody=${encodeURIComponent(CALL)}`;
      return Object(await user.data('GET', path)).exceptionMessage;
    };
    const id = async (object: string, field: string, value: string): Promise<unknown> =>
      Object((await admin.rows(`SELECT Id FROM ${object} WHERE ${field} = '${value}'`))[0]).Id;
    const assign = async (name: string): Promise<unknown> =>
      admin.insert('PermissionSetAssignment', {
        AssigneeId: await id('User', 'Username', USERNAME),
        PermissionSetId: await id('PermissionSet', 'Name', name),
      });
    await assign('Author');
    expect(await message(), 'no permission set for the credential yet').to.contain(
      "We couldn't access the credential(s)",
    );
    await assign('Erp');
    expect(await message()).to.equal(null);
    system.expireTokens();
    expect(await message()).to.contain('Expected: 201, Actual: 401');
    expect(system.summary()).to.include({ tokensIssued: 1 });
    await deploySet([...RIGHTS]);
    expect(await message()).to.equal(null);
    expect(system.summary()).to.include({ tokensIssued: 2 });
  });
});
