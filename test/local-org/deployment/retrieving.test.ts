import { expect } from 'chai';
import { strFromU8, unzipSync } from 'fflate';
import { listComponents, RetrieveService } from '../../../local-org/src/deployment/index.js';
import { parseXml, readManifestElement } from '../../../local-org/src/package/index.js';
import { testOrg, type TestOrg } from '../support/deploying.js';
import { apexClass, objectFile, packageXml } from '../support/packages.js';

describe('retrieving', () => {
  let org: TestOrg;
  beforeEach(async () => {
    org = testOrg();
    await org.deploy({
      'package.xml': packageXml({ ApexClass: ['*'], CustomObject: ['Thing__c'], CustomField: ['Account.Level__c'] }),
      ...apexClass('Hello'),
      ...apexClass('World'),
      ...objectFile('Thing__c', ['A__c', 'B__c'], 'Thing'),
      ...objectFile('Account', ['Level__c']),
    });
  });

  function retrieve(
    members: Readonly<Record<string, readonly string[]>>,
    root = 'unpackaged/',
  ): { files: Record<string, string>; messages: readonly { problem: string }[] } {
    const service = new RetrieveService(org.store);
    const { manifest } = readManifestElement(parseXml(packageXml(members)));
    const { zip, messages } = service.result(service.start(manifest, root));
    return {
      files: Object.fromEntries(Object.entries(unzipSync(zip)).map(([path, bytes]) => [path, strFromU8(bytes)])),
      messages,
    };
  }

  it('returns what was deployed, byte for byte', () => {
    const { files, messages } = retrieve({ ApexClass: ['Hello'], CustomObject: ['Thing__c'] });
    expect(messages).to.deep.equal([]);
    expect(Object.keys(files).sort()).to.deep.equal([
      'unpackaged/classes/Hello.cls',
      'unpackaged/classes/Hello.cls-meta.xml',
      'unpackaged/objects/Thing__c.object',
      'unpackaged/package.xml',
    ]);
    expect(files['unpackaged/classes/Hello.cls']).to.equal(apexClass('Hello')['classes/Hello.cls']);
    expect(files['unpackaged/objects/Thing__c.object']).to.equal(
      objectFile('Thing__c', ['A__c', 'B__c'], 'Thing')['objects/Thing__c.object'],
    );
    expect(files['unpackaged/package.xml']).to.contain('<members>Thing__c.A__c</members>');
  });

  it('takes wildcards as all of a type, and of objects only the custom ones', () => {
    expect(Object.keys(retrieve({ ApexClass: ['*'] }, '').files)).to.have.members([
      'classes/Hello.cls',
      'classes/Hello.cls-meta.xml',
      'classes/World.cls',
      'classes/World.cls-meta.xml',
      'package.xml',
    ]);
    expect(Object.keys(retrieve({ CustomObject: ['*'] }, '').files)).to.have.members([
      'objects/Thing__c.object',
      'package.xml',
    ]);
    expect(retrieve({ Flow: ['*'] }).messages).to.deep.equal([]);
  });

  it('returns single fields inside their object', () => {
    const { files } = retrieve({ CustomField: ['Thing__c.B__c'] }, '');
    expect(files['objects/Thing__c.object']).to.contain('B__c').and.not.contain('A__c').and.not.contain('pluralLabel');
  });

  it('says what cannot be found', () => {
    const { messages } = retrieve({ ApexClass: ['Nobody'], CustomField: ['Thing__c.Z__c'] });
    expect(messages.map(({ problem }) => problem)).to.deep.equal([
      "Entity of type 'ApexClass' named 'Nobody' cannot be found",
      "Entity of type 'CustomField' named 'Thing__c.Z__c' cannot be found",
    ]);
  });

  it('lists components and their children', () => {
    expect(
      listComponents(org.store.state, 'ApexClass').map(({ fullName, fileName }) => [fullName, fileName]),
    ).to.deep.equal([
      ['Hello', 'classes/Hello.cls'],
      ['World', 'classes/World.cls'],
    ]);
    expect(listComponents(org.store.state, 'CustomField').map(({ fullName }) => fullName)).to.have.members([
      'Thing__c.A__c',
      'Thing__c.B__c',
      'Account.Level__c',
    ]);
  });
});
