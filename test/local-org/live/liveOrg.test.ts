import { expect } from 'chai';
import { compileOnce, type ApexSource } from '../../../local-org/src/apex/index.js';
import type { TraceSink } from '../../../local-org/src/apex/runtime/index.js';
import { ApexDecimal } from '../../../local-org/src/data/index.js';
import { InvalidApexError } from '../../../local-org/src/platform/live/index.js';
import { OrgStore } from '../../../local-org/src/store/index.js';
import { testOrg } from '../support/deploying.js';
import { field, files, liveOrg, OBJECT } from './kit.js';

const TEXT = '<length>20</length>';
const NAMER = (name: string): string =>
  `trigger Namer on Account (before insert) { for (Account a : Trigger.new) a.Description = '${name}'; }`;

describe('base data of a live org', () => {
  it('has the users, the organisation and the profiles of the org', () => {
    const store = new OrgStore({ adminUsername: 'admin@test.example', usernames: ['integration@test.example'] });
    const { query } = liveOrg({ deployments: testOrg({ check: () => [], store }) });
    expect(query('SELECT Id FROM User').map(({ Id }) => Id)).to.have.members(store.state.users.map(({ id }) => id));
    expect(query('SELECT Id FROM Organization')).to.deep.equal([{ Id: store.org.id }]);
    expect(query("SELECT Name, Email FROM User WHERE Username = 'integration@test.example'")).to.deep.equal([
      { Name: 'Integration', Email: 'integration@test.example' },
    ]);
    expect(query("SELECT Id FROM User WHERE Profile.Name = 'System Administrator'")[0]).to.deep.equal({
      Id: store.admin.id,
    });
  });

  // Object Reference, PermissionSet: IsOwnedByProfile.
  it('has one permission set per profile', () => {
    const { query } = liveOrg();
    const profiles = query('SELECT COUNT() FROM Profile');
    expect(query('SELECT COUNT() FROM PermissionSet WHERE IsOwnedByProfile = true')).to.deep.equal(profiles);
    expect(query('SELECT Profile.Name FROM PermissionSet WHERE ProfileId = null')).to.deep.equal([]);
  });
});

describe('a deployment to a live org', () => {
  it('takes effect at the next request and keeps the records', async () => {
    const { deploy, insert, query } = liveOrg();
    insert('Account', { Name: 'before' });
    await deploy(files({ triggers: { Namer: NAMER('first') } }));
    insert('Account', { Name: 'middle' });
    await deploy(files({ triggers: { Namer: NAMER('second') } }));
    insert('Account', { Name: 'after' });
    expect(query('SELECT Name, Description FROM Account')).to.deep.equal([
      { Name: 'before', Description: null },
      { Name: 'middle', Description: 'first' },
      { Name: 'after', Description: 'second' },
    ]);
  });

  it('changes nothing when it brings what is there already', async () => {
    const { live, deploy } = liveOrg();
    const content = files({ triggers: { Namer: NAMER('x') }, objects: { Thing__c: OBJECT } });
    await deploy(content);
    const before = live.runtime();
    await deploy(content);
    expect(live.runtime()).to.equal(before);
  });

  it('keeps values by object and field name, and empties new checkboxes', async () => {
    const { deploy, insert, query } = liveOrg();
    await deploy(files({ objects: { Thing__c: OBJECT + field('A__c', 'Text', TEXT) + field('B__c', 'Text', TEXT) } }));
    const [id] = insert('Thing__c', { Name: 'x', A__c: 'a', B__c: '12.5' });
    await deploy(
      files({
        objects: { Thing__c: OBJECT + field('New__c', 'Checkbox', '<defaultValue>true</defaultValue>') },
        destructive: { CustomField: ['Thing__c.A__c'] },
      }),
    );
    await deploy(
      files({
        objects: {
          Thing__c:
            OBJECT + field('A__c', 'Text', TEXT) + field('B__c', 'Number', '<precision>6</precision><scale>2</scale>'),
        },
      }),
    );
    expect(query('SELECT Id, Name, A__c, B__c, New__c FROM Thing__c')).to.deep.equal([
      { Id: id, Name: 'x', A__c: null, B__c: ApexDecimal.of('12.5'), New__c: false },
    ]);
  });

  it('gives an object that is deployed again none of the records of the deleted one, and none of their Ids', async () => {
    const { deploy, insert, query } = liveOrg();
    await deploy(files({ objects: { Thing__c: OBJECT, Other__c: OBJECT } }));
    const [first] = insert('Thing__c', { Name: 'x' });
    await deploy(files({ destructive: { CustomObject: ['Thing__c'] } }));
    expect(() => query('SELECT Id FROM Thing__c')).to.throw("sObject type 'Thing__c' is not supported");
    await deploy(files({ objects: { Thing__c: OBJECT } }));
    expect(query('SELECT Id FROM Thing__c')).to.deep.equal([]);
    const [second] = insert('Thing__c', { Name: 'y' });
    expect(second?.slice(0, 3)).to.equal(first?.slice(0, 3));
    expect(second).to.not.equal(first);
  });

  it('makes rows of metadata follow it: they keep their Ids, change, and go', async () => {
    const { deploy, query, store, insert, admin } = liveOrg();
    const type = { Rate__mdt: '<label>Rate</label><pluralLabel>Rates</pluralLabel>' + field('Text__c', 'Text', TEXT) };
    const record = (text: string): string =>
      `<values><field>Text__c</field><value xsi:type="xsd:string">${text}</value></values>`;
    await deploy(
      files({
        objects: type,
        records: { 'Rate.A': record('one'), 'Rate.B': record('two') },
        classes: { Some: 'public class Some {}' },
        permissionSets: ['Operator'],
      }),
    );
    const [before] = query("SELECT Id, Text__c FROM Rate__mdt WHERE DeveloperName = 'A'");
    const [permissionSet] = query("SELECT Id, Label FROM PermissionSet WHERE Name = 'Operator'");
    expect(permissionSet).to.deep.equal({
      Id: store.state.stored('PermissionSet', 'Operator')?.id,
      Label: 'Operator label',
    });
    insert('PermissionSetAssignment', { AssigneeId: admin, PermissionSetId: permissionSet?.['Id'] ?? null });
    expect(query('SELECT Id, Name FROM ApexClass')).to.deep.equal([
      { Id: store.state.stored('ApexClass', 'Some')?.id, Name: 'Some' },
    ]);
    await deploy(
      files({
        records: { 'Rate.A': record('changed') },
        destructive: { CustomMetadata: ['Rate.B'], ApexClass: ['Some'], PermissionSet: ['Operator'] },
      }),
    );
    expect(query('SELECT Id, Text__c FROM Rate__mdt')).to.deep.equal([{ Id: before?.['Id'], Text__c: 'changed' }]);
    expect(query('SELECT Id FROM ApexClass')).to.deep.equal([]);
    expect(query('SELECT Id FROM PermissionSetAssignment WHERE PermissionSet.IsOwnedByProfile = false')).to.deep.equal(
      [],
    );
  });

  it('lets a transaction that began before it go on with its own code, on the same records', async () => {
    const { live, deploy, query, admin } = liveOrg();
    await deploy(files({ triggers: { Namer: NAMER('old') } }));
    const old = live.runtime();
    await deploy(files({ triggers: { Namer: NAMER('new') } }));
    expect(live.runtime()).to.not.equal(old);
    old.transact('REST', 'sync', admin, undefined, () =>
      old.data.dml.execute({ operation: 'insert', records: [old.record('Account', { Name: 'x' })], allOrNone: true }),
    );
    expect(query('SELECT Description FROM Account')).to.deep.equal([{ Description: 'old' }]);
  });

  it('does not wait for Apex that does not compile until some of it would run', async () => {
    const { deploy, query, insert } = liveOrg();
    await deploy(files({ classes: { Broken: 'public class Broken { Strin s; }' } }));
    expect(query('SELECT COUNT() FROM Account')).to.deep.equal([{ count: 0 }]);
    expect(() => insert('Account', { Name: 'x' })).to.throw(InvalidApexError, 'Broken.cls:1:');
  });
});

describe('a transaction of a live org', () => {
  it('is taken back as a whole when it fails, and tells those who listen', async () => {
    const { live, deploy, insert, query } = liveOrg();
    await deploy(
      files({
        triggers: {
          Refuse: "trigger Refuse on Account (after insert) { if (Trigger.new[0].Name == 'no') Integer.valueOf('x'); }",
        },
      }),
    );
    const heard: string[] = [];
    const sink: TraceSink = {
      begin: ({ quiddity }) => {
        heard.push(`begin ${quiddity}`);
        return {
          wants: () => false,
          note: () => undefined,
          code: undefined,
          end: (error) => heard.push(error === undefined ? 'committed' : 'failed'),
        };
      },
    };
    const leave = live.traces.join(sink);
    insert('Account', { Name: 'yes' });
    expect(() => insert('Account', { Name: 'no' })).to.throw('Refuse: execution of AfterInsert');
    leave();
    expect(query('SELECT Name FROM Account')).to.deep.equal([{ Name: 'yes' }]);
    expect(heard).to.deep.equal(['begin REST', 'committed', 'begin REST', 'committed']);
  });
});

describe('compiling once', () => {
  const source: ApexSource = {
    kind: 'class',
    name: 'A',
    fileName: 'A.cls',
    source: 'public class A { Thing__c t; String s() { return t.A__c; } }',
    apiVersion: 66,
    isChecked: true,
  };
  const object = (
    rest: string,
  ): { type: string; fullName: string; fileName: string; content: string; metaXml: undefined } => ({
    type: 'CustomObject',
    fullName: 'Thing__c',
    fileName: 'objects/Thing__c.object',
    content: `<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">${OBJECT}${rest}</CustomObject>`,
    metaXml: undefined,
  });
  const [text, number] = [object(field('A__c', 'Text', TEXT)), object(field('A__c', 'Number'))];

  it('gives the same program for the same sources and schema, whoever asks', () => {
    const first = compileOnce([source], [text]);
    const second = compileOnce([{ ...source, isChecked: false }], [text, text]);
    expect(second.classes).to.equal(first.classes);
    expect(second.results.map((result) => result.source.isChecked)).to.deep.equal([false]);
  });

  it('tells schemas apart that differ in the order of an object’s layers', () => {
    const errors = (components: Parameters<typeof compileOnce>[1]): number =>
      compileOnce([source], components).results.flatMap(({ findings }) => findings).length;
    expect(errors([number, text])).to.equal(0);
    expect(errors([text, number])).to.equal(1);
  });
});
