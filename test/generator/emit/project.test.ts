import { expect } from 'chai';
import { emitProject } from '../../../generator/src/emit/index.js';
import type { GeneratedFile } from '../../../generator/src/model/index.js';
import { GOLDEN_PROJECTS } from './support/golden-projects.js';
import { CUSTOM_HEADER, auth, environment, integration, project, trigger } from './support/models.js';
import { childrenOf, parseXml, textAt, type XmlNode } from './support/xml-tree.js';

const model = project(
  [
    integration({ trigger: trigger({ event: 'createOrUpdate' }) }),
    integration({
      name: 'credit-check' as ReturnType<typeof integration>['name'],
      apiName: 'CreditCheck' as ReturnType<typeof integration>['apiName'],
      auth: auth(CUSTOM_HEADER),
      trigger: undefined,
    }),
  ],
  [
    environment('local', { isDefault: true }),
    environment('production', { values: { 'account-sync': { endpointUrl: 'https://x.example' } } }),
  ],
);

describe('emit: emitProject', () => {
  const { files, replacements } = emitProject(model);
  const paths = files.map(({ path }) => path);

  it('sorts the files and wants each path once', () => {
    expect(paths).to.deep.equal([...new Set(paths)].toSorted());
  });

  it('is the same on a second run, for every golden project', () => {
    for (const golden of Object.values(GOLDEN_PROJECTS)) expect(emitProject(golden)).to.deep.equal(emitProject(golden));
  });

  it('ends every file with one line end, except what is inserted into others', () => {
    const ends = (file: GeneratedFile): boolean => /[^\n]\n$/.test(file.content) && !file.content.includes('\r');
    expect(files.filter((file) => file.header !== 'none' && !ends(file)).map(({ path }) => path)).to.deep.equal([]);
    const bare = files.filter(({ header }) => header === 'none');
    expect(bare.map(({ path }) => path)).to.deep.equal([
      'replacements/production/account-sync.endpoint.txt',
      'replacements/production/integrationUser.txt',
    ]);
    for (const { content } of bare) expect(content).to.not.match(/\s$/);
  });

  it('replaces only in files that it emits, text that stands there once', () => {
    expect(replacements).to.have.lengthOf(2);
    for (const { filename, stringToReplace, replaceWithFile } of replacements) {
      const target = files.find(({ path }) => path === filename);
      expect(target?.content.split(stringToReplace)).to.have.lengthOf(2);
      expect(paths).to.include(replaceWithFile);
    }
  });

  it('emits every Apex class that flows and permission sets name', () => {
    const documents = files
      .filter(({ path }) => /(flow|permissionset)-meta\.xml$/.test(path))
      .map(({ content }) => parseXml(content));
    const named = new Set(documents.flatMap(classesOf));
    const classes = new Set(
      paths.filter((path) => path.endsWith('.cls')).map((path) => path.slice(path.lastIndexOf('/') + 1, -4)),
    );
    expect(named.size).to.be.greaterThan(6);
    expect([...named].filter((name) => !classes.has(name)).toSorted()).to.deep.equal([]);
  });

  it('emits the trigger that the subscriber config and the handler that the policy name', () => {
    const find = (suffix: string): XmlNode => parseXml(files.find(({ path }) => path.endsWith(suffix))?.content ?? '');
    const consumer = textAt(find('.platformEventSubscriberConfig-meta.xml'), 'platformEventConsumer');
    expect(paths).to.include(`force-app/main/callout-runtime/triggers/${consumer}.trigger`);
    for (const [folder, apiName] of [
      ['account-sync', 'AccountSync'],
      ['credit-check', 'CreditCheck'],
    ] as const) {
      const handler = childrenOf(find(`CalloutPolicy.${apiName}.md-meta.xml`), 'values').find(
        (value) => textAt(value, 'field') === 'Handler__c',
      );
      expect(paths).to.include(
        `force-app/main/integrations/${folder}/classes/${textAt(handler ?? find(''), 'value')}.cls`,
      );
    }
  });
});

function classesOf(document: XmlNode): readonly string[] {
  return [
    ...childrenOf(document, 'actionCalls').map((action) => textAt(action, 'actionName') ?? ''),
    ...childrenOf(document, 'classAccesses').map((access) => textAt(access, 'apexClass') ?? ''),
  ];
}
