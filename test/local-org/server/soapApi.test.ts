import { expect } from 'chai';
import { strFromU8, unzipSync } from 'fflate';
import { createLocalOrg, type LocalOrg } from '../../../local-org/src/index.js';
import { testCheck } from '../support/deploying.js';
import { soap, tag, type Answer } from '../support/http.js';
import { apexClass, packageXml, zipOf, type PackageFiles } from '../support/packages.js';

const OPTIONS =
  '<DeployOptions><rollbackOnError>true</rollbackOnError><singlePackage>true</singlePackage></DeployOptions>';

describe('the SOAP form of the Metadata API', () => {
  let org: LocalOrg;
  before(async () => {
    org = await createLocalOrg({ check: testCheck });
  });
  after(() => org.close());

  const ask = (operation: string): Promise<Answer> => soap(org, org.token, operation);
  const deploy = (files: PackageFiles, options = OPTIONS): Promise<Answer> =>
    ask(`<deploy><ZipFile>${zipOf(files).toString('base64')}</ZipFile>${options}</deploy>`);
  const status = (id: string | undefined): Promise<Answer> =>
    ask(
      `<checkDeployStatus><asyncProcessId>${id ?? ''}</asyncProcessId><includeDetails>true</includeDetails></checkDeployStatus>`,
    );
  const hello = { 'package.xml': packageXml({ ApexClass: ['Hello'] }), ...apexClass('Hello') };

  it('deploys, reports and retrieves', async () => {
    const started = await deploy(hello);
    expect(started.status).to.equal(200);
    expect(tag(started, 'state')).to.equal('Queued');
    const done = await status(tag(started, 'id'));
    expect(tag(done, 'status')).to.equal('Succeeded');
    expect(done.text).to.contain(
      '<componentType>ApexClass</componentType><fullName>Hello</fullName><fileName>classes/Hello.cls</fileName>',
    );
    const retrieval = await ask(
      '<retrieve><request><apiVersion>66.0</apiVersion><unpackaged><types><members>*</members><name>ApexClass</name></types><version>66.0</version></unpackaged></request></retrieve>',
    );
    const result = await ask(
      `<checkRetrieveStatus><asyncProcessId>${tag(retrieval, 'id') ?? ''}</asyncProcessId></checkRetrieveStatus>`,
    );
    const files = unzipSync(Buffer.from(tag(result, 'zipFile') ?? '', 'base64'));
    expect(strFromU8(files['unpackaged/classes/Hello.cls']!)).to.equal(
      hello['classes/Hello.cls' as keyof typeof hello],
    );
  });

  it('escapes what it answers', async () => {
    const started = await deploy({ 'package.xml': packageXml({ ApexClass: ['A&lt;b&gt;&amp;'] }) });
    const done = await status(tag(started, 'id'));
    expect(done.text).to.contain('An object &apos;A&lt;b&gt;&amp;&apos; of type ApexClass');
  });

  it('lists and describes', async () => {
    await deploy(hello).then((started) => status(tag(started, 'id')));
    const list = await ask(
      '<listMetadata><queries><type>ApexClass</type></queries><asOfVersion>66.0</asOfVersion></listMetadata>',
    );
    expect(list.text).to.contain('<fullName>Hello</fullName>');
    const described = await ask('<describeMetadata><asOfVersion>66.0</asOfVersion></describeMetadata>');
    expect(described.text)
      .to.contain('<childXmlNames>CustomField</childXmlNames>')
      .and.contain('<xmlName>NamedCredential</xmlName>');
  });

  const faults: readonly (readonly [name: string, operation: string, code: string, message: RegExp])[] = [
    [
      'an operation that the local org has not',
      '<createMetadata/>',
      'sf:FUNCTIONALITY_NOT_ENABLED',
      /operation createMetadata/,
    ],
    [
      'an operation that nobody has',
      '<dance/>',
      'soapenv:Client',
      /No operation available for request \{http:\/\/soap\.sforce\.com\/2006\/04\/metadata\}dance/,
    ],
    ['an operation named like a property of objects', '<constructor/>', 'soapenv:Client', /No operation available/],
    ['a zip that is no base64', `<deploy><ZipFile>%%%</ZipFile>${OPTIONS}</deploy>`, 'sf:INVALID_TYPE', /not base64/],
    [
      'a zip that is none',
      `<deploy><ZipFile>${Buffer.from('hello').toString('base64')}</ZipFile>${OPTIONS}</deploy>`,
      'sf:INVALID_ZIP_FILE',
      /cannot be read/,
    ],
    ['no zip', `<deploy>${OPTIONS}</deploy>`, 'sf:INVALID_FIELD', /deploy needs ZipFile/],
    [
      'an unknown deploy option',
      '<deploy><ZipFile>AAAA</ZipFile><DeployOptions><sideways>true</sideways></DeployOptions></deploy>',
      'sf:INVALID_FIELD',
      /no deploy option "sideways"/,
    ],
    [
      'a deploy option that it does not act on',
      '<deploy><ZipFile>AAAA</ZipFile><DeployOptions><allowMissingFiles>true</allowMissingFiles></DeployOptions></deploy>',
      'sf:FUNCTIONALITY_NOT_ENABLED',
      /allowMissingFiles/,
    ],
    [
      'a flag that is neither true nor false',
      '<deploy><ZipFile>AAAA</ZipFile><DeployOptions><checkOnly>maybe</checkOnly></DeployOptions></deploy>',
      'sf:INVALID_TYPE',
      /checkOnly must be true or false/,
    ],
    [
      'an unknown test level',
      '<deploy><ZipFile>AAAA</ZipFile><DeployOptions><testLevel>Some</testLevel></DeployOptions></deploy>',
      'sf:INVALID_TYPE',
      /test level "Some"/,
    ],
    [
      'named tests without their level',
      '<deploy><ZipFile>AAAA</ZipFile><DeployOptions><runTests>A</runTests><testLevel>RunLocalTests</testLevel></DeployOptions></deploy>',
      'sf:INVALID_OPERATION',
      /RunSpecifiedTests/,
    ],
    [
      'an unknown deployment',
      '<checkDeployStatus><asyncProcessId>0Af000000000000AAA</asyncProcessId></checkDeployStatus>',
      'sf:INVALID_CROSS_REFERENCE_KEY',
      /invalid cross reference id/,
    ],
    [
      'cancelling an unknown deployment',
      '<cancelDeploy><id>0Af000000000000AAA</id></cancelDeploy>',
      'sf:INVALID_CROSS_REFERENCE_KEY',
      /invalid cross reference id/,
    ],
    [
      'an unknown retrieval',
      '<checkRetrieveStatus><asyncProcessId>09S000000000000AAA</asyncProcessId></checkRetrieveStatus>',
      'sf:INVALID_LOCATOR',
      /never existed/,
    ],
    [
      'a retrieval of an unknown type',
      '<retrieve><request><unpackaged><types><members>*</members><name>Nonsense</name></types></unpackaged></request></retrieve>',
      'sf:INVALID_TYPE',
      /Unknown type name 'Nonsense'/,
    ],
    [
      'a retrieval of packages',
      '<retrieve><request><packageNames>P</packageNames></request></retrieve>',
      'sf:FUNCTIONALITY_NOT_ENABLED',
      /packageNames/,
    ],
    [
      'a list of an unknown type',
      '<listMetadata><queries><type>Nonsense</type></queries></listMetadata>',
      'sf:INVALID_TYPE',
      /Nonsense/,
    ],
  ];
  for (const [name, operation, code, message] of faults) {
    it(`answers ${name} with a fault`, async () => {
      const answer = await ask(operation);
      expect(answer.status).to.equal(500);
      expect(tag(answer, 'faultcode')).to.equal(code);
      expect(tag(answer, 'faultstring')).to.match(message);
    });
  }

  it('answers an invalid session with the fault that clients look for', async () => {
    for (const token of [undefined, '', 'x', `${org.token}x`, org.token.slice(0, -1)]) {
      const answer = await soap(org, token, '<describeMetadata/>');
      expect(answer.status).to.equal(500);
      expect(answer.text).to.match(/<faultcode>sf:INVALID_SESSION_ID<\/faultcode>/);
    }
  });

  it('refuses API versions and SOAP APIs that it does not have', async () => {
    expect(tag(await soap(org, org.token, '<describeMetadata/>', '/services/Soap/m/99.0'), 'faultcode')).to.equal(
      'sf:UNSUPPORTED_API_VERSION',
    );
    expect(tag(await soap(org, org.token, '<create/>', '/services/Soap/u/66.0'), 'faultstring')).to.contain(
      'SOAP API "u"',
    );
  });
});
