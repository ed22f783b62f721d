import { expect } from 'chai';
import { readPackage, type PackageReading } from '../../../local-org/src/package/index.js';
import { apexClass, objectFile, packageXml, zipOf, type PackageFiles } from '../support/packages.js';

const read = (files: PackageFiles): Promise<PackageReading> => readPackage(zipOf(files));
const messages = ({ problems }: PackageReading): string[] =>
  problems.map(({ fileName, fullName, message }) => `${fileName} ${fullName}: ${message}`);

describe('reading a package', () => {
  it('finds components by folder and suffix, and pairs Apex sources with their metadata', async () => {
    const reading = await read({
      'package.xml': packageXml({
        ApexClass: ['Hello'],
        Flow: ['Sync'],
        CustomObject: ['Thing__c'],
        CustomMetadata: ['Policy.A'],
      }),
      ...apexClass('Hello'),
      ...objectFile('Thing__c', ['A__c'], 'Thing'),
      'flows/Sync.flow': '<Flow/>',
      'customMetadata/Policy.A.md': '<CustomMetadata/>',
    });
    expect(messages(reading)).to.deep.equal([]);
    expect(
      reading.package.components.map(({ type, fullName, fileName }) => [type, fullName, fileName]),
    ).to.have.deep.members([
      ['ApexClass', 'Hello', 'classes/Hello.cls'],
      ['CustomObject', 'Thing__c', 'objects/Thing__c.object'],
      ['Flow', 'Sync', 'flows/Sync.flow'],
      ['CustomMetadata', 'Policy.A', 'customMetadata/Policy.A.md'],
    ]);
    const hello = reading.package.components.find(({ type }) => type === 'ApexClass');
    expect(hello?.content).to.contain('public class Hello');
    expect(hello?.metaXml).to.contain('<apiVersion>66.0</apiVersion>');
    expect(reading.package.apiVersion).to.equal('66.0');
  });

  it('accepts a package in a folder of the zip, as --metadata-dir sends it', async () => {
    const inner = { 'package.xml': packageXml({ ApexClass: ['Hello'] }), ...apexClass('Hello') };
    const reading = await read(Object.fromEntries(Object.entries(inner).map(([path, text]) => [`zip/${path}`, text])));
    expect(messages(reading)).to.deep.equal([]);
    expect(reading.root).to.equal('zip/');
    expect(reading.package.components[0]?.fileName).to.equal('classes/Hello.cls');
  });

  it('decodes percent-encoded names', async () => {
    const reading = await read({
      'package.xml': packageXml({ Layout: ['Account-Account (Sales) Layout'] }),
      'layouts/Account-Account %28Sales%29 Layout.layout': '<Layout/>',
    });
    expect(messages(reading)).to.deep.equal([]);
  });

  it('reads deletions that come first and last', async () => {
    const reading = await read({
      'package.xml': packageXml({}),
      'destructiveChanges.xml': packageXml({ ApexClass: ['A'] }),
      'destructiveChangesPost.xml': packageXml({ CustomField: ['Thing__c.B__c'] }),
    });
    expect(messages(reading)).to.deep.equal([]);
    expect(reading.package.deletions).to.deep.equal([
      { type: 'ApexClass', fullName: 'A', when: 'pre' },
      { type: 'CustomField', fullName: 'Thing__c.B__c', when: 'post' },
    ]);
  });

  it('takes a wildcard as all components of its type', async () => {
    const reading = await read({
      'package.xml': packageXml({ ApexClass: ['*'] }),
      ...apexClass('A'),
      ...apexClass('B'),
    });
    expect(messages(reading)).to.deep.equal([]);
    expect(reading.package.components).to.have.length(2);
  });

  it('lets a package name only some fields of an object', async () => {
    const reading = await read({
      'package.xml': packageXml({ CustomField: ['Thing__c.A__c'] }),
      ...objectFile('Thing__c', ['A__c']),
    });
    expect(messages(reading)).to.deep.equal([]);
    expect(reading.manifest.covers('CustomObject', 'Thing__c')).to.equal(false);
  });

  const cases: readonly (readonly [name: string, files: PackageFiles, expected: readonly string[]])[] = [
    ['no package.xml', apexClass('A'), ['package.xml package.xml: No package.xml found']],
    [
      'a malformed package.xml',
      { 'package.xml': '<Package><types></Package>' },
      ['package.xml package.xml: Error parsing file: unexpected close tag.'],
    ],
    [
      'entities in package.xml',
      { 'package.xml': '<!DOCTYPE Package [<!ENTITY x SYSTEM "file:///etc/passwd">]><Package>&x;</Package>' },
      ['package.xml package.xml: Error parsing file: A DOCTYPE declaration is not allowed.'],
    ],
    [
      'an unknown type',
      { 'package.xml': packageXml({ Nonsense: ['A'] }) },
      ["package.xml package.xml: Unknown type name 'Nonsense' specified in package.xml"],
    ],
    [
      'an API version from the future',
      { 'package.xml': packageXml({}, '99.0') },
      ['package.xml package.xml: Unsupported API version "99.0" in package.xml: the local org supports 20.0 to 66.0.'],
    ],
    ['no version', { 'package.xml': '<Package/>' }, ['package.xml package.xml: Required field is missing: version']],
    [
      'a listed component that is missing',
      { 'package.xml': packageXml({ ApexClass: ['Gone'] }) },
      [
        "package.xml Gone: An object 'Gone' of type ApexClass was named in package.xml, but was not found in zipped directory",
      ],
    ],
    [
      'a listed field that is missing',
      {
        'package.xml': packageXml({ CustomField: ['Thing__c.A__c', 'Thing__c.B__c'] }),
        ...objectFile('Thing__c', ['A__c']),
      },
      [
        "package.xml Thing__c.B__c: An object 'Thing__c.B__c' of type CustomField was named in package.xml, but was not found in zipped directory",
      ],
    ],
    [
      'a component that is not listed',
      { 'package.xml': packageXml({}), ...apexClass('A') },
      ['classes/A.cls A: Not in package.xml'],
    ],
    [
      'a field that is not listed',
      { 'package.xml': packageXml({ CustomField: ['Thing__c.A__c'] }), ...objectFile('Thing__c', ['A__c', 'B__c']) },
      ['objects/Thing__c.object Thing__c.B__c: Not in package.xml'],
    ],
    [
      'an Apex class without its metadata',
      { 'package.xml': packageXml({ ApexClass: ['A'] }), 'classes/A.cls': 'class A {}' },
      [
        'classes/A.cls A: The file "classes/A.cls-meta.xml" is missing: a component of type ApexClass consists of both.',
      ],
    ],
    [
      'metadata without its Apex class',
      { 'package.xml': packageXml({ ApexClass: ['A'] }), 'classes/A.cls-meta.xml': '<ApexClass/>' },
      [
        'classes/A.cls-meta.xml A: The file "classes/A.cls" is missing: only "classes/A.cls-meta.xml" is in the package.',
      ],
    ],
    [
      'a bundle',
      { 'package.xml': packageXml({ LightningComponentBundle: ['box'] }), 'lwc/box/box.js': 'export {}' },
      ['lwc/box box: The local org does not support the metadata type LightningComponentBundle.'],
    ],
    [
      'a file in a folder that no type has',
      { 'package.xml': packageXml({}), 'nowhere/x.txt': 'x' },
      ['nowhere/x.txt x.txt: No metadata type keeps its components in "nowhere/x.txt".'],
    ],
    [
      'a wildcard deletion',
      { 'package.xml': packageXml({}), 'destructiveChangesPost.xml': packageXml({ ApexClass: ['*'] }) },
      [
        'destructiveChangesPost.xml destructiveChangesPost.xml: Wildcards are not allowed in destructiveChangesPost.xml: name the components of type ApexClass to delete.',
      ],
    ],
  ];
  for (const [name, files, expected] of cases) {
    it(`reports ${name}`, async () => {
      expect(messages(await read(files))).to.deep.equal(expected);
    });
  }

  it('reports the place in package.xml', async () => {
    const { problems } = await read({ 'package.xml': packageXml({ ApexClass: ['Gone'] }) });
    expect(problems[0]).to.include({ line: 3, column: 10 });
  });

  it('reports files that are not text', async () => {
    const files = { 'package.xml': packageXml({ Flow: ['F'] }), 'flows/F.flow': 'x' };
    const zip = zipOf(files);
    const reading = await readPackage(zip);
    expect(messages(reading)).to.deep.equal([]);
    const { zipSync } = await import('fflate');
    const broken = Buffer.from(
      zipSync({ 'package.xml': Buffer.from(files['package.xml']), 'flows/F.flow': Uint8Array.of(0xff, 0xfe, 0x00) }),
    );
    expect(messages(await readPackage(broken))).to.deep.equal(['flows/F.flow F: The file is not UTF-8 text.']);
  });
});
