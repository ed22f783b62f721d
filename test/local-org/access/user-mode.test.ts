import { expect } from 'chai';

import { AccessOrg, customObject, permissionSet } from './kit.js';

const VAULT = customObject('Vault__c', { Secret__c: 'Text <length>20</length>', Open__c: 'Text <length>20</length>' });
const NOTE = customObject('Note__c', {
  Vault__c:
    'MasterDetail <referenceTo>Vault__c</referenceTo><relationshipName>Notes</relationshipName><relationshipLabel>Notes</relationshipLabel>',
});
const SEES = permissionSet('Sees', { objects: { Vault__c: 'R' }, fields: { 'Vault__c.Open__c': 'read' } });
const WRITES = permissionSet('Writes', {
  objects: { Vault__c: 'RCED', Note__c: 'RCED' },
  fields: { 'Vault__c.Open__c': 'edit' },
});

const org = (): AccessOrg => new AccessOrg(VAULT, NOTE, SEES, WRITES);
const caught = (statement: string, show = "e.getTypeName() + ': ' + e.getMessage()"): string =>
  `try { ${statement} System.debug('done'); } catch (Exception e) { System.debug(${show}); }`;

describe('User mode', () => {
  // Apex Developer Guide: Enforce User Mode for Database Operations; apex-recipes SOQLRecipes_Tests.
  it('hides objects from queries as if they did not exist', () => {
    const one = org();
    const shown = one.run(
      one.user(),
      caught('List<Vault__c> rows = [SELECT Id FROM Vault__c WITH USER_MODE];') +
        caught("Database.query('SELECT Id FROM Vault__c', AccessLevel.USER_MODE);") +
        caught("Database.countQuery('SELECT COUNT() FROM Vault__c', AccessLevel.USER_MODE);") +
        caught('List<Vault__c> rows = [SELECT Id FROM Vault__c WITH SYSTEM_MODE];'),
    );
    for (const line of shown.slice(0, 3))
      expect(line).to.match(/^System.QueryException: sObject type 'Vault__c' is not supported\./);
    expect(shown[3]).to.equal('done');
  });

  it('tells the fields of a hidden object that a query asked for', () => {
    const one = org();
    const show = '((QueryException) e).getInaccessibleFields()';
    const query = 'List<Vault__c> rows = [SELECT Id, Open__c, Name FROM Vault__c WITH USER_MODE];';
    expect(one.run(one.user(), caught(query, show))).to.deep.equal(['{Vault__c={Open__c, Name}}']);
  });

  // "WITH USER_MODE processes all clauses", "finds all FLS errors", QueryException.getInaccessibleFields().
  it('checks every clause of a query, and tells all fields that it refuses', () => {
    const one = org();
    const show = "e.getMessage().substringBefore('.') + ' ' + ((QueryException) e).getInaccessibleFields()";
    const shown = one.run(
      one.user({ sets: ['Sees'] }),
      caught('List<Vault__c> r = [SELECT Open__c FROM Vault__c WITH USER_MODE];', show) +
        caught("List<Vault__c> r = [SELECT Open__c FROM Vault__c WHERE Secret__c = 'x' WITH USER_MODE];", show) +
        caught('List<Vault__c> r = [SELECT Open__c FROM Vault__c WITH USER_MODE ORDER BY Secret__c];', show) +
        caught(
          'List<AggregateResult> r = [SELECT Secret__c, COUNT(Id) n FROM Vault__c WITH USER_MODE GROUP BY Secret__c ORDER BY COUNT(Id)];',
          show,
        ),
    );
    const refused = "No such column 'Secret__c' on entity 'Vault__c' {Vault__c={Secret__c}}";
    expect(shown).to.deep.equal(['done', refused, refused, refused]);
  });

  it('checks parents, children and semi-joins of a query', () => {
    const one = org();
    const user = one.user({ sets: ['Sees'] });
    const shown = one.run(
      user,
      caught('List<Vault__c> r = [SELECT (SELECT Id FROM Notes__r) FROM Vault__c WITH USER_MODE];', 'e.getMessage()') +
        caught(
          'List<Vault__c> r = [SELECT Id FROM Vault__c WHERE Id IN (SELECT Vault__c FROM Note__c) WITH USER_MODE];',
          'e.getMessage()',
        ),
    );
    expect(shown[0]).to.match(/^Didn't understand relationship 'Notes__r' in FROM part of query call\./);
    expect(shown[1]).to.match(/^sObject type 'Note__c' is not supported\./);
    const parents = one.run(
      one.user({ sets: ['Writes'] }),
      caught('List<Note__c> r = [SELECT Vault__r.Open__c FROM Note__c WITH USER_MODE];', 'e.getMessage()') +
        caught('List<Note__c> r = [SELECT Vault__r.Secret__c FROM Note__c WITH USER_MODE];', 'e.getMessage()'),
    );
    expect(parents[0]).to.equal('done');
    expect(parents[1]).to.match(/^No such column 'Secret__c' on entity 'Vault__c'/);
  });

  // Apex Developer Guide: Filter SOQL Queries Using WITH SECURITY_ENFORCED.
  it('checks only SELECT and FROM with SECURITY_ENFORCED, and names nothing', () => {
    const one = org();
    const user = one.user({ sets: ['Sees'] });
    const shown = one.run(
      user,
      caught("List<Vault__c> r = [SELECT Open__c FROM Vault__c WHERE Secret__c = 'x' WITH SECURITY_ENFORCED];") +
        caught('List<Vault__c> r = [SELECT Secret__c FROM Vault__c WITH SECURITY_ENFORCED];'),
    );
    expect(shown).to.deep.equal([
      'done',
      'System.QueryException: Insufficient permissions: secure query included inaccessible field',
    ]);
  });

  // SOQL and SOSL Reference: FIELDS().
  it('leaves fields that the user may not read out of FIELDS(CUSTOM)', () => {
    const one = org();
    one.insert('Vault__c', { Open__c: 'o', Secret__c: 's' });
    const [row] = one.clientRows(one.user({ sets: ['Sees'] }), 'SELECT FIELDS(CUSTOM) FROM Vault__c LIMIT 1');
    expect([row?.get('Open__c'), row?.values.has('Secret__c')]).to.deep.equal(['o', false]);
  });

  // Apex Developer Guide: Using Permission Sets to Enforce Security (the SecurityException names the object).
  it('refuses DML on objects with a SecurityException', () => {
    const one = org();
    const id = one.insert('Vault__c', { Open__c: 'o' });
    const statements = [
      'insert as user new Vault__c();',
      `update as user new Vault__c(Id = '${id}');`,
      `delete as user new Vault__c(Id = '${id}');`,
      'Database.insert(new Vault__c(), false, AccessLevel.USER_MODE);',
    ];
    const shown = one.run(one.user({ sets: ['Sees'] }), statements.map((statement) => caught(statement)).join(''));
    expect(shown).to.deep.equal(statements.map(() => "System.SecurityException: Access to entity 'Vault__c' denied"));
  });

  // Apex Developer Guide: Enforce User Mode for Database Operations, example.
  it('refuses fields with a DmlException that names them', () => {
    const one = org();
    const shown = one.run(
      one.user({ sets: ['Writes'] }),
      caught(
        "insert as user new Vault__c(Open__c = 'o', Secret__c = 's');",
        "e.getMessage() + ' ' + ((DmlException) e).getDmlFieldNames(0)",
      ) +
        `Database.SaveResult[] results = Database.insert(new List<Vault__c>{ new Vault__c(Secret__c = 's'), new Vault__c(Open__c = 'o') }, false, AccessLevel.USER_MODE);
         System.debug(results[0].isSuccess() + ' ' + results[0].getErrors()[0].getFields() + ' ' + results[1].isSuccess());
         insert as system new Vault__c(Secret__c = 's');`,
    );
    expect(shown).to.deep.equal([
      'Operation failed due to fields being inaccessible on Sobject Vault__c, check errors on Exception or Result! (Secret__c)',
      'false (Secret__c) true',
    ]);
  });

  it('holds an upsert to what it does with each record', () => {
    const one = new AccessOrg(
      VAULT,
      permissionSet('Creates', { objects: { Vault__c: 'RC' }, fields: { 'Vault__c.Open__c': 'edit' } }),
    );
    const id = one.insert('Vault__c', { Open__c: 'o' });
    const shown = one.run(
      one.user({ sets: ['Creates'] }),
      caught("upsert as user new Vault__c(Open__c = 'new');") + caught(`upsert as user new Vault__c(Id = '${id}');`),
    );
    expect(shown).to.deep.equal(['done', "System.SecurityException: Access to entity 'Vault__c' denied"]);
  });

  // Master-detail fields that cannot be reparented are not updateable, so that a row that holds one cannot be updated in user mode.
  it('refuses the update of a master-detail field that cannot be reparented', () => {
    const one = org();
    one.insert('Note__c', { Vault__c: one.insert('Vault__c', {}) });
    const shown = one.run(
      one.admin,
      caught(
        'update as user [SELECT Id, Vault__c FROM Note__c];',
        "e.getMessage().substringBefore(',') + ' ' + ((DmlException) e).getDmlFieldNames(0)",
      ) + caught('update as user [SELECT Id, Name, CreatedDate FROM Note__c];'),
    );
    expect(shown).to.deep.equal([
      'Operation failed due to fields being inaccessible on Sobject Note__c (Vault__c)',
      'done',
    ]);
  });

  // PLATFORM 0: from API 67 on, operations run in user mode and classes share unless they say otherwise.
  it('is the default of classes of API version 67', () => {
    const source = `public class Reader {
      public static Integer fixed() { return [SELECT Id FROM Vault__c].size(); }
      public static Integer dynamic() { return Database.query('SELECT Id FROM Vault__c').size(); }
      public static void write() { insert new Vault__c(); }
      public static Integer explicit() { return [SELECT Id FROM Vault__c WITH SYSTEM_MODE].size(); }
    }`;
    const version = (number: string): AccessOrg =>
      new AccessOrg(VAULT, {
        type: 'ApexClass',
        fullName: 'Reader',
        fileName: 'Reader.cls',
        content: source,
        metaXml: `<ApexClass><apiVersion>${number}</apiVersion></ApexClass>`,
      });
    const block = ['fixed', 'dynamic', 'write', 'explicit']
      .map((name) => caught(`Reader.${name}();`, 'e.getTypeName()'))
      .join('');
    const [older, newer] = [version('66.0'), version('67.0')];
    expect(older.run(older.user(), block)).to.deep.equal(['done', 'done', 'done', 'done']);
    expect(newer.run(newer.user(), block)).to.deep.equal([
      'System.QueryException',
      'System.QueryException',
      'System.SecurityException',
      'done',
    ]);
  });
});

describe('Security.stripInaccessible', () => {
  // Apex Developer Guide: Enforce Security With the stripInaccessible Method.
  it('takes away the fields that the user may not read, and tells which', () => {
    const one = org();
    one.insert('Vault__c', { Open__c: 'o', Secret__c: 's' });
    const shown = one.run(
      one.user({ sets: ['Sees'] }),
      `SObjectAccessDecision d = Security.stripInaccessible(AccessType.READABLE, [SELECT Open__c, Secret__c FROM Vault__c]);
       Vault__c v = (Vault__c) d.getRecords()[0];
       System.debug(v.Open__c + ' ' + d.getRemovedFields() + ' ' + d.getModifiedIndexes());
       ${caught('System.debug(v.Secret__c);', 'e.getMessage()')}`,
    );
    expect(shown).to.deep.equal([
      'o {Vault__c={Secret__c}} {0}',
      'SObject row was retrieved via SOQL without querying the requested field: Vault__c.Secret__c',
    ]);
  });

  it('refuses records of an object without the right that the access type asks for, unless told not to', () => {
    const one = org();
    const shown = one.run(
      one.user({ sets: ['Sees'] }),
      caught('Security.stripInaccessible(AccessType.CREATABLE, new List<Vault__c>{ new Vault__c() });') +
        caught('Security.stripInaccessible(AccessType.CREATABLE, new List<Vault__c>{ new Vault__c() }, false);') +
        caught('Security.stripInaccessible(AccessType.READABLE, new List<Account>{ new Account() });'),
    );
    expect(shown).to.deep.equal([
      'System.NoAccessException: No access to entity: Vault__c',
      'done',
      'System.NoAccessException: No access to entity: Account',
    ]);
  });

  it('strips children, and takes away those whose object the user may not read', () => {
    const one = new AccessOrg(
      permissionSet('Accounts', { objects: { Account: 'R' }, fields: { 'Account.Phone': 'read' } }),
      permissionSet('Contacts', { objects: { Contact: 'R' } }),
    );
    const account = one.insert('Account', { Name: 'A', Phone: '1' });
    one.insert('Contact', { LastName: 'C', Email: 'c@example.com', AccountId: account });
    const block = `SObjectAccessDecision d = Security.stripInaccessible(AccessType.READABLE, [SELECT Phone, (SELECT LastName, Email FROM Contacts) FROM Account]);
      Account a = (Account) d.getRecords()[0];
      ${caught("System.debug(a.Contacts.size() + ' ' + a.Contacts[0].isSet('Email'));", 'e.getTypeName()')}`;
    expect(one.run(one.user({ sets: ['Accounts'] }), block)).to.deep.equal(['System.SObjectException']);
    expect(one.run(one.user({ sets: ['Accounts', 'Contacts'] }), block)).to.deep.equal(['1 false', 'done']);
  });
});
