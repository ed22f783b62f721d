import { registry } from '@salesforce/source-deploy-retrieve';
import { expect } from 'chai';
import { checkMetadata, componentTypes, describeChildren } from '../../../local-org/src/metadata/index.js';
import type { Component } from '../../../local-org/src/model/index.js';
import { catalog, components, orgOf, packageOf, readFiles } from './kit.js';

const base = readFiles(new URL('./fixtures/base/', import.meta.url));
const messages = (all: readonly Component[], apiVersion = '66.0'): readonly string[] =>
  checkMetadata({ apiVersion, components: all, deletions: [] }, orgOf(), catalog).map(
    ({ fileName, line, message }) => `${fileName}:${line} ${message}`,
  );

const component = (type: string, fullName: string, fileName: string, content = ''): Component => ({
  type,
  fullName,
  fileName,
  content,
  metaXml: undefined,
});

describe('package checks', () => {
  it('refuse a metadata type that the local org does not have, by name', () => {
    expect(messages([component('FlexiPage', 'Home', 'flexipages/Home.flexipage')])).to.deep.equal([
      'flexipages/Home.flexipage:1 Metadata type FlexiPage is not supported by the local org',
    ]);
  });

  it('refuse settings that the local org does not act on, by name', () => {
    expect(messages([component('Settings', 'Case', 'settings/Case.settings')])).to.deep.equal([
      'settings/Case.settings:1 Case settings are not supported by the local org',
    ]);
  });

  it('refuse code without its metadata file', () => {
    expect(messages([component('ApexClass', 'A', 'classes/A.cls', 'class A {}')])).to.deep.equal([
      'classes/A.cls:1 File classes/A.cls-meta.xml is missing',
    ]);
  });

  it('refuse a component twice', () => {
    const [label] = components(new Map([['labels/CustomLabels.labels', base.get('labels/CustomLabels.labels') ?? '']]));
    if (label === undefined) throw new Error('no label file');
    expect(messages([label, label])).to.deep.equal([
      'labels/CustomLabels.labels:1 Duplicate component in the package: CustomLabels',
    ]);
  });

  for (const version of ['66', '12.0', '99.0', 'x', '66.5']) {
    it(`refuse API version ${version}`, () => {
      expect(messages([], version)).to.deep.equal([`package.xml:1 Invalid version specified: ${version}`]);
    });
  }

  it('report a problem of a field as the field’s, with its place in the object file', () => {
    const object = (base.get('objects/Token__c.object') ?? '').replace('<type>DateTime<', '<type>Picklist<');
    const files = new Map(base).set('objects/Token__c.object', object);
    const [first] = checkMetadata(packageOf(files), orgOf(), catalog);
    expect(first).to.deep.include({
      type: 'CustomField',
      fullName: 'Token__c.Seen_At__c',
      fileName: 'objects/Token__c.object',
      line: 5,
      message: "Must specify 'valueSet' for a CustomField of type Picklist",
    });
  });

  it('do not blame other files for what an unreadable one may hold', () => {
    const files = new Map(base).set('objects/Order__c.object', '<CustomObject');
    const found = checkMetadata(packageOf(files), orgOf(), catalog);
    expect(new Set(found.map(({ fileName }) => fileName))).to.deep.equal(new Set(['objects/Order__c.object']));
  });

  it('refuse a field whose object does not exist', () => {
    const field = '<fields><fullName>A__c</fullName><label>A</label><type>Date</type></fields>';
    const xml = `<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">${field}</CustomObject>`;
    expect(messages([component('CustomObject', 'Nope__c', 'objects/Nope__c.object', xml)])).to.deep.equal([
      "objects/Nope__c.object:1 Entity of type 'CustomObject' named 'Nope__c' cannot be found",
    ]);
  });

  it('accept a field that is added to an object of the org', () => {
    const field = '<fields><fullName>A__c</fullName><label>A</label><type>Date</type></fields>';
    const xml = `<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">${field}</CustomObject>`;
    const added = component('CustomObject', 'Order__c', 'objects/Order__c.object', xml);
    const pkg = { apiVersion: '66.0', components: [added], deletions: [] };
    expect(checkMetadata(pkg, orgOf(base), catalog)).to.deep.equal([]);
  });
});

describe('component types', () => {
  it('know the folder and suffix of each type, and which have code beside their XML', () => {
    expect(componentTypes.get('PermissionSet')).to.include({ folder: 'permissionsets', suffix: 'permissionset' });
    const code = [...componentTypes.values()].filter(({ metaXml }) => metaXml).map(({ type }) => type);
    expect(code).to.have.members(['ApexClass', 'ApexTrigger', 'Certificate']);
  });

  it('agree with the registry that the SF CLI converts projects with', () => {
    const known = Object.values(registry.types);
    for (const { type, folder, suffix, children } of componentTypes.values()) {
      const entry = known.find(({ name }) => name === type);
      expect(entry, type).to.include({ directoryName: folder, suffix });
      const names = Object.values(entry?.children?.types ?? {}).map(({ name }) => name);
      expect(names, type).to.include.members(children.map((child) => child.type));
    }
  });

  it('list what is inside an object and inside the labels', () => {
    const all = components(base).flatMap((one) =>
      describeChildren(one).map(({ type, fullName }) => `${type} ${fullName}`),
    );
    expect(all).to.include.members([
      'CompactLayout Order__c.Main',
      'CustomField Order__c.Status__c',
      'CustomLabel Greeting',
      'FieldSet Order__c.Summary',
      'ListView Order__c.Open_Orders',
      'ValidationRule Order__c.Done_Needs_Amount',
    ]);
  });

  it('list nothing for a file that cannot be read', () => {
    expect(describeChildren(component('CustomObject', 'A__c', 'objects/A__c.object', '<'))).to.deep.equal([]);
  });
});

describe('access to a credential', () => {
  const file = 'permissionsets/Caller.permissionset';
  const readOnly = (base.get(file) ?? '').replace('<modifyAllRecords>true<', '<modifyAllRecords>false<');
  const warnings = (change: (credential: string) => string): number => {
    const credential = change(base.get('externalCredentials/Api.externalCredential') ?? '');
    const files = new Map(base).set(file, readOnly).set('externalCredentials/Api.externalCredential', credential);
    return checkMetadata(packageOf(files), orgOf(), catalog).filter(({ severity }) => severity === 'Warning').length;
  };

  it('needs Modify All where a shared OAuth token is refreshed, and only there', () => {
    expect(warnings((credential) => credential)).to.equal(1);
    expect(warnings((credential) => credential.replaceAll('NamedPrincipal', 'PerUserPrincipal'))).to.equal(0);
    expect(warnings((credential) => credential.replace('>Oauth<', '>Basic<'))).to.equal(0);
  });
});
