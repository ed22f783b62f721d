import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { createLocalOrg, InvalidCertificateNameError, type LocalOrg } from '../../../local-org/src/index.js';
import { soap, tag, type Answer } from '../support/http.js';
import { packageXml, zipOf, type PackageFiles } from '../support/packages.js';

const CREDENTIAL = readFileSync(
  new URL(
    '../../generator/emit/golden/jwt-bearer/force-app/main/integrations/account-sync/externalCredentials/AccountSync.externalCredential-meta.xml',
    import.meta.url,
  ),
  'utf8',
);
const PACKAGE: PackageFiles = {
  'package.xml': packageXml({ ExternalCredential: ['AccountSync'] }),
  'externalCredentials/AccountSync.externalCredential': CREDENTIAL,
};
const DELETION: PackageFiles = {
  'package.xml': packageXml({}),
  'destructiveChangesPost.xml': packageXml({ Certificate: ['Erp_Signing'] }),
};

describe('the certificates of a local org', function () {
  this.timeout(20_000);
  let org: LocalOrg | undefined;
  afterEach(() => org?.close());

  const start = async (certificates?: readonly string[]): Promise<LocalOrg> => {
    org = await createLocalOrg(certificates === undefined ? {} : { certificates });
    return org;
  };
  const deploy = async (target: LocalOrg, files: PackageFiles): Promise<Answer> => {
    const zip = zipOf(files).toString('base64');
    const started = await soap(
      target,
      target.token,
      `<deploy><ZipFile>${zip}</ZipFile><DeployOptions><rollbackOnError>true</rollbackOnError></DeployOptions></deploy>`,
    );
    const status = `<checkDeployStatus><asyncProcessId>${tag(started, 'id') ?? ''}</asyncProcessId><includeDetails>true</includeDetails></checkDeployStatus>`;
    for (;;) {
      const answer = await soap(target, target.token, status);
      if (tag(answer, 'done') === 'true') return answer;
    }
  };

  it('let a credential that signs with one be deployed', async () => {
    const answer = await deploy(await start(['erp_signing', 'Other']), PACKAGE);
    expect(tag(answer, 'status'), answer.text).to.equal('Succeeded');
  });

  it('are missed by name when they do not exist', async () => {
    const answer = await deploy(await start(), PACKAGE);
    expect(tag(answer, 'status')).to.equal('Failed');
    expect(tag(answer, 'problem')).to.contain('no Certificate named Erp_Signing found');
  });

  it('were not deployed: nothing lists, retrieves or deletes them', async () => {
    const target = await start(['Erp_Signing']);
    const list = await soap(
      target,
      target.token,
      '<listMetadata><queries><type>Certificate</type></queries><asOfVersion>66.0</asOfVersion></listMetadata>',
    );
    expect(list.status).to.equal(200);
    expect(list.text).not.to.contain('Erp_Signing');
    expect(tag(await deploy(target, DELETION), 'problem')).to.equal('No Certificate named: Erp_Signing found');
  });

  it('have developer names', async () => {
    for (const name of ['', 'a b', '1st', 'a__b', 'a_', '../x', `a${'b'.repeat(64)}`]) {
      const refused = await createLocalOrg({ certificates: [name] }).then(
        (started) => started.close(),
        (error: unknown) => error,
      );
      expect(refused, name).to.be.instanceOf(InvalidCertificateNameError);
    }
  });
});
