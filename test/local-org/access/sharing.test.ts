import { expect } from 'chai';

import type { Component } from '../../../local-org/src/model/index.js';
import { AccessOrg, customObject, permissionSet } from './kit.js';

const PRIVATE = customObject(
  'Secret__c',
  {
    Text__c: 'Text <length>20</length>',
    Account__c: 'Lookup <referenceTo>Account</referenceTo><relationshipName>Secrets</relationshipName>',
  },
  'Private',
);
const READABLE = customObject('Readable__c', { Text__c: 'Text <length>20</length>' }, 'Read');
const detail = (name: string, more = ''): ReturnType<typeof customObject> =>
  customObject(
    name,
    {
      Master__c: `MasterDetail <referenceTo>Secret__c</referenceTo><relationshipName>${name.replace('__c', '')}s</relationshipName>${more}`,
    },
    'ControlledByParent',
  );
const DETAIL = detail('Detail__c');
const LOOSE = detail('Loose__c', '<writeRequiresMasterRead>true</writeRequiresMasterRead>');
const POINTER = customObject('Pointer__c', {
  Secret__c: 'Lookup <referenceTo>Secret__c</referenceTo><relationshipName>Pointers</relationshipName>',
});
const GRANTS = permissionSet('Work', {
  objects: Object.fromEntries(
    ['Secret__c', 'Readable__c', 'Detail__c', 'Loose__c', 'Pointer__c', 'Account', 'Contact', 'Opportunity'].map(
      (name) => [name, 'RCED'],
    ),
  ),
  fields: {
    'Secret__c.Text__c': 'edit',
    'Readable__c.Text__c': 'edit',
    'Pointer__c.Secret__c': 'edit',
    'Contact.AccountId': 'edit',
    'Opportunity.AccountId': 'edit',
  },
});
const SEES = permissionSet('Sees', { objects: { Secret__c: 'RV' } });
const OWNS_ALL = permissionSet('Modifies', { objects: { Secret__c: 'RCEDVM' } });

/** Classes that do the same with each sharing declaration. */
const CLASSES = ['with sharing', 'without sharing', 'inherited sharing', ''].map((sharing) => {
  const name =
    sharing === ''
      ? 'Omitted'
      : sharing
          .split(' ')
          .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
          .join('');
  return `public ${sharing} class ${name} {
    public static Integer count() { return [SELECT Id FROM Secret__c].size(); }
    public static Integer dynamic() { return Database.query('SELECT Id FROM Secret__c').size(); }
    public static Integer through() { return Omitted.count(); }
    public static Integer inherits() { return InheritedSharing.count(); }
    public static Integer failing() { try { throw new IllegalArgumentException('x'); } catch (IllegalArgumentException e) { WithoutSharing.count(); return Omitted.count(); } }
  }`;
});

const org = (...more: readonly (Component | string)[]): AccessOrg =>
  new AccessOrg(PRIVATE, READABLE, DETAIL, LOOSE, POINTER, GRANTS, SEES, OWNS_ALL, ...CLASSES, ...more);
const caught = (statement: string, show = 'e.getMessage()'): string =>
  `try { ${statement} System.debug('done'); } catch (Exception e) { System.debug(${show}); }`;
const status = "((DmlException) e).getDmlStatusCode(0) + ': ' + ((DmlException) e).getDmlMessage(0)";
const READ_ONLY = 'INSUFFICIENT_ACCESS_OR_READONLY: insufficient access rights on object id';
const HIDDEN = 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: insufficient access rights on cross-reference id';
const COUNT = 'System.debug([SELECT COUNT() FROM Secret__c]);';

describe('Sharing of code', () => {
  // Apex Developer Guide: Use the with sharing, without sharing, and inherited sharing Keywords.
  it('counts as the class declares in which the query stands, and as the caller does where it declares nothing', () => {
    const one = org();
    one.insert('Secret__c', { Name: 'hidden' });
    const shown = one.run(
      one.user({ sets: ['Work'] }),
      ['WithSharing', 'WithoutSharing', 'InheritedSharing', 'Omitted']
        .map(
          (name) =>
            `System.debug('${name} ' + ${name}.count() + ${name}.dynamic() + ${name}.through() + ${name}.inherits() + ${name}.failing());`,
        )
        .join(''),
    );
    expect(shown).to.deep.equal([
      'WithSharing 00000',
      'WithoutSharing 11111',
      'InheritedSharing 00000',
      'Omitted 00000',
    ]);
  });

  // "Apex code that is executed with executeAnonymous ... always execute using the sharing rules of the current user".
  it('counts in anonymous blocks', () => {
    const one = org();
    one.insert('Secret__c', { Name: 'hidden' });
    expect(one.run(one.user({ sets: ['Work'] }), COUNT)).to.deep.equal(['0']);
    expect(one.run(one.admin, COUNT)).to.deep.equal(['1']);
  });

  it('is inherited from the class that a class extends, not from the class around it', () => {
    const one = org(
      'public virtual with sharing class Base { public virtual Integer count() { return 0; } }',
      'public class Derived extends Base { public override Integer count() { return WithoutSharing.count() * 10 + [SELECT Id FROM Secret__c].size(); } }',
      'public with sharing class Around { public class Within { public Integer count() { return [SELECT Id FROM Secret__c].size(); } } }',
      'public without sharing class Caller { public static Integer derived() { return new Derived().count(); } public static Integer inner() { return new Around.Within().count(); } }',
    );
    one.insert('Secret__c', { Name: 'hidden' });
    const shown = one.run(
      one.user({ sets: ['Work'] }),
      'System.debug(Caller.derived()); System.debug(Caller.inner());',
    );
    expect(shown).to.deep.equal(['10', '1']);
  });

  // "inherited sharing ... runs as with sharing when used as ... any other entry point to an Apex transaction".
  it('counts in a job whose class inherits it, and not in one that declares nothing', () => {
    const job = (name: string, sharing: string): string =>
      `public ${sharing} class ${name} implements Queueable { public void execute(QueueableContext c) { insert new Readable__c(Name = '${name}', Text__c = String.valueOf([SELECT Id FROM Secret__c].size())); } }`;
    const one = org(job('Inherits', 'inherited sharing'), job('Nothing', ''), job('Shares', 'with sharing'));
    one.insert('Secret__c', { Name: 'hidden' });
    one.run(
      one.user({ sets: ['Work'] }),
      "for (String name : new List<String>{ 'Inherits', 'Nothing', 'Shares' }) System.enqueueJob((Queueable) Type.forName(name).newInstance());",
    );
    const shown = one.run(
      one.admin,
      'for (Readable__c r : [SELECT Name, Text__c FROM Readable__c ORDER BY Name]) System.debug(r.Name + r.Text__c);',
    );
    expect(shown).to.deep.equal(['Inherits0', 'Nothing1', 'Shares0']);
  });

  // Apex Developer Guide: triggers run in system mode.
  it('does not count in triggers, nor in what they call that declares nothing', () => {
    const one = org(
      "trigger Counts on Readable__c (before insert) { Trigger.new[0].Text__c = [SELECT Id FROM Secret__c].size() + '' + Omitted.count() + WithSharing.count(); }",
    );
    one.insert('Secret__c', { Name: 'hidden' });
    const shown = one.run(
      one.user({ sets: ['Work'] }),
      'Readable__c r = new Readable__c(); insert r; System.debug([SELECT Text__c FROM Readable__c WHERE Id = :r.Id].Text__c); System.debug(WithSharing.count());',
    );
    expect(shown).to.deep.equal(['110', '0']);
  });

  // "User mode always applies sharing rules, but in system mode they're controlled by sharing keywords on the class".
  it('always counts in user mode', () => {
    const one = org(
      "public without sharing class Asks { public static String both() { return [SELECT Id FROM Secret__c WITH USER_MODE].size() + '' + [SELECT Id FROM Secret__c WITH SYSTEM_MODE].size(); } }",
    );
    one.insert('Secret__c', { Name: 'hidden' });
    expect(one.run(one.user({ sets: ['Work'] }), 'System.debug(Asks.both());')).to.deep.equal(['01']);
  });
});

describe('Sharing of records', () => {
  const roles = (one: AccessOrg): { readonly top: string; readonly middle: string; readonly low: string } => {
    const top = one.insert('UserRole', { Name: 'Top', DeveloperName: 'Top' });
    const middle = one.insert('UserRole', { Name: 'Middle', DeveloperName: 'Middle', ParentRoleId: top });
    return { top, middle, low: one.insert('UserRole', { Name: 'Low', DeveloperName: 'Low', ParentRoleId: middle }) };
  };

  // Help "Organization-Wide Sharing Defaults".
  it('shows private records to their owner, and read-only ones to everybody', () => {
    const one = org();
    const [owner, other] = [one.user({ sets: ['Work'] }), one.user({ sets: ['Work'] })];
    one.insert('Secret__c', { Name: 'mine', OwnerId: owner });
    const readable = one.insert('Readable__c', { OwnerId: owner });
    expect(one.run(owner, COUNT)).to.deep.equal(['1']);
    expect(one.run(other, COUNT)).to.deep.equal(['0']);
    const write = `System.debug([SELECT COUNT() FROM Readable__c]); ${caught(`update new Readable__c(Id = '${readable}', Text__c = 'x');`, status)}`;
    expect(one.run(other, write)).to.deep.equal(['1', READ_ONLY]);
    expect(one.run(owner, write)).to.deep.equal(['1', 'done']);
  });

  // Help "Controlling Access Using Hierarchies".
  it('gives users above in the role hierarchy what those below own', () => {
    const one = org();
    const { top, middle, low } = roles(one);
    const user = (roleId: string): string => one.user({ sets: ['Work'], roleId });
    const [boss, owner, peer, below] = [user(top), user(middle), user(middle), user(low)];
    const id = one.insert('Secret__c', { OwnerId: owner });
    const change = `${COUNT} ${caught(`update new Secret__c(Id = '${id}', Text__c = 'x');`, status)}`;
    expect(one.run(boss, change)).to.deep.equal(['1', 'done']);
    expect(one.run(peer, change)).to.deep.equal(['0', HIDDEN]);
    expect(one.run(below, change)).to.deep.equal(['0', HIDDEN]);
  });

  // Help "Queues": members own what their queue owns.
  it('gives members of a queue its records, and users above them too', () => {
    const one = org();
    const { top, middle } = roles(one);
    const [boss, member, other] = [
      one.user({ sets: ['Work'], roleId: top }),
      one.user({ sets: ['Work'], roleId: middle }),
      one.user({ sets: ['Work'] }),
    ];
    const queue = one.insert('Group', { Name: 'Queue', DeveloperName: 'Queue', Type: 'Queue' });
    one.insert('GroupMember', { GroupId: queue, UserOrGroupId: member });
    one.insert('Secret__c', { OwnerId: queue });
    expect([boss, member, other].map((user) => one.run(user, COUNT)[0])).to.deep.equal(['1', '1', '0']);
  });

  // Apex Developer Guide: Sharing a Record Using Apex; share rows for users, groups in groups, and roles.
  it('opens records by share rows, as far as they go', () => {
    const one = org();
    const { middle, low } = roles(one);
    const [reader, editor, grouped, inRole, below] = [
      one.user({ sets: ['Work'] }),
      one.user({ sets: ['Work'] }),
      one.user({ sets: ['Work'] }),
      one.user({ sets: ['Work'], roleId: middle }),
      one.user({ sets: ['Work'], roleId: low }),
    ];
    const [inner, outer] = ['Inner', 'Outer'].map((name) => one.insert('Group', { Name: name, DeveloperName: name }));
    one.insert('GroupMember', { GroupId: inner ?? '', UserOrGroupId: grouped });
    one.insert('GroupMember', { GroupId: outer ?? '', UserOrGroupId: inner ?? '' });
    const record = one.insert('Secret__c', {});
    const roleGroup = [...one.engine.runtime.data.store.table(one.object('Group')).all()].find(
      ({ values }) => values['Type'] === 'Role' && values['RelatedId'] === middle,
    );
    const share = (to: string | undefined, level: string): string =>
      one.insert('Secret__Share', { ParentId: record, UserOrGroupId: to ?? '', AccessLevel: level });
    share(reader, 'Read');
    share(editor, 'Edit');
    share(outer, 'Read');
    share(roleGroup?.id, 'Read');
    const use = `${COUNT} ${caught(`update new Secret__c(Id = '${record}', Text__c = 'x');`, status)} ${caught(`delete new Secret__c(Id = '${record}');`, status)}`;
    expect(one.run(reader, use)).to.deep.equal(['1', READ_ONLY, READ_ONLY]);
    expect(one.run(editor, use)).to.deep.equal(['1', 'done', READ_ONLY]);
    expect([grouped, inRole, below].map((user) => one.run(user, COUNT)[0])).to.deep.equal(['1', '1', '0']);
  });

  // Apex Developer Guide: Creating Apex Managed Sharing; manual shares end with a new owner, those with a reason do not.
  it('ends manual shares when a record changes hands, and keeps those with an Apex sharing reason', () => {
    const one = org();
    const [manual, managed, next] = [
      one.user({ sets: ['Work'] }),
      one.user({ sets: ['Work'] }),
      one.user({ sets: ['Work'] }),
    ];
    const record = one.insert('Secret__c', {});
    one.insert('Secret__Share', { ParentId: record, UserOrGroupId: manual, AccessLevel: 'Read' });
    one.insert('Secret__Share', { ParentId: record, UserOrGroupId: managed, AccessLevel: 'Read', RowCause: 'Team__c' });
    one.update('Secret__c', { Id: record, OwnerId: next });
    expect([manual, managed, next].map((user) => one.run(user, COUNT)[0])).to.deep.equal(['0', '1', '1']);
  });

  // Apex Developer Guide: Creating User Managed Sharing Using Apex, the error that its example expects.
  it('refuses shares that give no more than everybody has', () => {
    const one = org();
    const record = one.insert('Readable__c', {});
    const shown = one.run(
      one.admin,
      caught(
        `insert new Readable__Share(ParentId = '${record}', UserOrGroupId = '${one.user()}', AccessLevel = 'Read');`,
        status,
      ),
    );
    expect(shown[0]).to.match(/^FIELD_FILTER_VALIDATION_EXCEPTION: .*AccessLevel/);
  });

  // Help "View All and Modify All Permissions Overview".
  it('shows all records with View All, and opens them with Modify All', () => {
    const one = org();
    const record = one.insert('Secret__c', {});
    const use = `${COUNT} ${caught(`update new Secret__c(Id = '${record}');`, status)}`;
    expect(one.run(one.user({ sets: ['Sees'] }), use)).to.deep.equal(['1', READ_ONLY]);
    expect(one.run(one.user({ sets: ['Modifies'] }), use)).to.deep.equal(['1', 'done']);
  });

  // Help "Organization-Wide Default Access Settings": Controlled by Parent; Object Reference: writeRequiresMasterRead.
  it('opens details as far as their master, and for writing only where the master is editable', () => {
    const one = org();
    const user = one.user({ sets: ['Work'] });
    const [open, closed] = [one.insert('Secret__c', {}), one.insert('Secret__c', {})];
    one.insert('Secret__Share', { ParentId: open, UserOrGroupId: user, AccessLevel: 'Read' });
    for (const master of [open, closed]) one.insert('Detail__c', { Master__c: master });
    const shown = one.run(
      user,
      `System.debug([SELECT COUNT() FROM Detail__c]);
       ${caught(`insert new Detail__c(Master__c = '${open}');`, status)}
       ${caught(`insert new Loose__c(Master__c = '${open}');`, status)}
       ${caught(`insert new Loose__c(Master__c = '${closed}');`, status)}
       ${caught('update [SELECT Id FROM Detail__c];', status)}`,
    );
    expect(shown).to.deep.equal(['1', HIDDEN, 'done', HIDDEN, READ_ONLY]);
  });

  // A lookup to a record that the user cannot see is refused, and its fields read as null.
  it('neither shows nor takes references to hidden records', () => {
    const one = org();
    const user = one.user({ sets: ['Work'] });
    const hidden = one.insert('Secret__c', { Text__c: 'x' });
    one.insert('Pointer__c', { Secret__c: hidden });
    const shown = one.run(
      user,
      `Pointer__c p = [SELECT Secret__c, Secret__r.Text__c FROM Pointer__c];
       System.debug((p.Secret__c == '${hidden}') + ' ' + p.Secret__r?.Text__c);
       System.debug([SELECT COUNT() FROM Pointer__c WHERE Secret__r.Text__c = 'x']);
       ${caught(`insert new Pointer__c(Secret__c = '${hidden}');`, status)}`,
    );
    expect(shown).to.deep.equal(['true null', '0', HIDDEN]);
  });

  it('leaves hidden rows out of subqueries, semi-joins, counts and groups', () => {
    const one = org();
    const user = one.user({ sets: ['Work'] });
    const account = one.insert('Account', { Name: 'A' });
    one.insert('Secret__c', { Account__c: account });
    one.insert('Secret__c', { Account__c: account, OwnerId: user });
    const shown = one.run(
      user,
      `System.debug([SELECT (SELECT Id FROM Secrets__r) FROM Account].Secrets__r.size());
       System.debug([SELECT COUNT() FROM Account WHERE Id IN (SELECT Account__c FROM Secret__c WHERE OwnerId != '${user}')]);
       System.debug([SELECT Account__c, COUNT(Id) n FROM Secret__c GROUP BY Account__c][0].get('n'));`,
    );
    expect(shown).to.deep.equal(['1', '0', '1']);
  });

  // Help "Built-in Sharing Behavior": access to a child gives read access to its account; the account owner's role opens the children.
  it('opens accounts to owners of their opportunities, and opportunities to account owners by role', () => {
    const account = { ...customObject('Account'), content: customObject('Account', {}, 'Private').content };
    const opportunity = { ...customObject('Opportunity'), content: customObject('Opportunity', {}, 'Private').content };
    const one = org(account, opportunity);
    const roleId = one.insert('UserRole', {
      Name: 'Owners',
      DeveloperName: 'Owners',
      OpportunityAccessForAccountOwner: 'Read',
    });
    const [accountOwner, dealOwner, stranger] = [
      one.user({ sets: ['Work'], roleId }),
      one.user({ sets: ['Work'] }),
      one.user({ sets: ['Work'] }),
    ];
    const id = one.insert('Account', { Name: 'A', OwnerId: accountOwner });
    one.insert('Opportunity', {
      Name: 'O',
      StageName: 'Prospecting',
      CloseDate: one.today(),
      AccountId: id,
      OwnerId: dealOwner,
    });
    const ask = `System.debug([SELECT COUNT() FROM Account] + ' ' + [SELECT COUNT() FROM Opportunity]); ${caught(`update new Account(Id = '${id}', Site = 's');`, status)}`;
    expect(one.run(accountOwner, ask)).to.deep.equal(['1 1', 'done']);
    expect(one.run(dealOwner, ask)).to.deep.equal(['1 1', READ_ONLY]);
    expect(one.run(stranger, ask)).to.deep.equal(['0 0', HIDDEN]);
  });

  // Help "Default Organization-Wide Access Levels": contacts are controlled by their account; without one they are their owner's.
  it('opens contacts as far as their account, and those without an account to their owner', () => {
    const account = { ...customObject('Account'), content: customObject('Account', {}, 'Private').content };
    const one = org(account);
    const [owner, other] = [one.user({ sets: ['Work'] }), one.user({ sets: ['Work'] })];
    const id = one.insert('Account', { Name: 'A', OwnerId: owner });
    one.insert('Contact', { LastName: 'Of the account', AccountId: id });
    one.insert('Contact', { LastName: 'Private', OwnerId: owner });
    const ask = 'System.debug([SELECT COUNT() FROM Contact]);';
    expect([owner, other].map((user) => one.run(user, ask)[0])).to.deep.equal(['2', '0']);
  });
});
