import { expect } from 'chai';

import { field, object } from './metadata.js';
import { run } from './run.js';

describe('queries of Apex', () => {
  it('give parents their Id, whatever else is asked of them', () => {
    const shown = run(
      `Account a = new Account(Name = 'x'); insert a; insert new Contact(LastName = 'y', AccountId = a.Id);
      System.debug([SELECT Account.Name FROM Contact].Account.Id == a.Id);`,
    );
    expect(shown).to.deep.equal(['true']);
  });

  // Tooling API Developer Guide: its objects are no part of the data API, nor of Apex.
  it('do not know objects that only the Tooling API has', () => {
    const shown = run(
      `try { Database.query('SELECT Id FROM ApexCodeCoverage'); } catch (QueryException e) { System.debug(e.getMessage().left(48)); }
      System.debug(Schema.getGlobalDescribe().containsKey('TraceFlag') + ' ' + (Type.forName('TraceFlag') == null));
      System.debug(Database.query('SELECT QualifiedApiName FROM EntityDefinition LIMIT 1').size());`,
    );
    expect(shown).to.deep.equal(["sObject type 'ApexCodeCoverage' is not supported", 'false true', '1']);
  });

  // SOQL and SOSL Reference: FIELDS(), "Apex (inline and dynamic): unbounded queries are not supported".
  it('know FIELDS(STANDARD) only', () => {
    const shown = run(
      `System.debug([SELECT FIELDS(STANDARD) FROM Organization LIMIT 1].NamespacePrefix);
      try { Database.query('SELECT FIELDS(ALL) FROM Account LIMIT 1'); } catch (QueryException e) { System.debug(e.getMessage()); }`,
    );
    expect(shown).to.deep.equal([
      'null',
      'The SOQL FIELDS function is not supported with an unbounded set of fields in this API',
    ]);
    expect(() => run('List<Account> rows = [SELECT FIELDS(CUSTOM) FROM Account LIMIT 1];')).to.throw(
      'unbounded set of fields',
    );
    expect(() => run('List<Account> rows = [SELECT Name, Name FROM Account];')).to.throw(
      'duplicate field selected: Name',
    );
    expect(() => run('List<AggregateResult> rows = [SELECT MAX(Name) FROM Account LIMIT 1];')).to.throw(
      'cannot also use LIMIT',
    );
  });

  // SOQL and SOSL Reference: Considerations When Using GROUP BY; a number of a custom field cannot be grouped by, whatever its scale.
  it('do not compile when a custom field cannot stand in a clause', () => {
    const lane = object(
      'Row__c',
      field('Lane__c', 'Number', '<precision>3</precision><scale>0</scale>') + field('Tags__c', 'MultiselectPicklist'),
    );
    const refused = (soql: string, message: string): void => {
      expect(() => run(`List<SObject> rows = [${soql}];`, lane)).to.throw(message);
    };
    refused('SELECT Lane__c FROM Row__c GROUP BY Lane__c', "field 'Lane__c' can not be grouped in a query call");
    refused('SELECT Id FROM Row__c ORDER BY Tags__c', "field 'Tags__c' can not be sorted in a query call");
  });

  it('bind variables, not calls, in dynamic queries', () => {
    const shown = run(
      `Map<Id, Account> accounts = new Map<Id, Account>();
      try { Database.query('SELECT Id FROM Account WHERE Id IN :accounts.keySet()'); } catch (QueryException e) { System.debug(e.getMessage()); }`,
    );
    expect(shown).to.deep.equal(["unexpected token: '('"]);
  });

  // Object Reference: System Fields, "CreatedById".
  it('see who made the rows that every org has', () => {
    const shown = run(
      `for (String name : new List<String>{ 'Organization', 'Profile', 'User', 'Group', 'BusinessHours', 'PermissionSet' }) {
        SObject row = Database.query('SELECT CreatedBy.Name, CreatedDate, LastModifiedById FROM ' + name + ' LIMIT 1');
        System.debug(name + ' ' + row.getSObject('CreatedBy').get('Name') + ' ' + (row.get('CreatedDate') != null) + ' ' + (row.get('LastModifiedById') == UserInfo.getUserId()));
      }`,
    );
    expect(shown.map((line) => line.replace(/^\w+ /, ''))).to.deep.equal(
      Array.from({ length: 6 }, () => `${run('System.debug(UserInfo.getName());')[0]} true true`),
    );
  });
});
