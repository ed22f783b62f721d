import { expect } from 'chai';
import { run } from './run.js';

describe('A record', () => {
  it('carries its DML options, and without any has none', () => {
    const lines = run(
      `Account account = new Account(Name = 'x');
       System.debug(account.getOptions());
       Database.DMLOptions options = new Database.DMLOptions();
       options.OptAllOrNone = true;
       account.setOptions(options);
       System.debug(account.getOptions().OptAllOrNone);
       insert account;
       System.debug([SELECT COUNT() FROM Account]);`,
    );
    expect(lines).to.deep.equal(['null', 'true', '1']);
  });

  it('has texts that are too long cut where its options or those of the operation ask for it', () => {
    const lines = run(
      `Database.DMLOptions options = new Database.DMLOptions();
       options.AllowFieldTruncation = true;
       Account own = new Account(Name = 'x'.repeat(300));
       own.setOptions(options);
       insert own;
       System.debug([SELECT Name FROM Account WHERE Id = :own.Id].Name.length());
       Account given = new Account(Name = 'y'.repeat(300));
       System.debug(Database.insert(given, options).isSuccess());
       System.debug(Database.insert(new Account(Name = 'z'.repeat(300)), false).isSuccess());`,
    );
    expect(lines).to.deep.equal(['255', 'true', 'false']);
  });

  it('knows in its transaction what it is a clone of', () => {
    const lines = run(
      `Account account = new Account(Name = 'x');
       System.debug(account.isClone() + ' ' + account.getCloneSourceId());
       insert account;
       Account copy = account.clone();
       System.debug(copy.isClone() + ' ' + (copy.getCloneSourceId() == account.Id));
       insert copy;`,
      `trigger Clones on Account (before insert) {
         for (Account account : Trigger.new) System.debug('in trigger ' + account.isClone());
       }`,
    );
    expect(lines).to.deep.equal(['false null', 'in trigger false', 'true true', 'in trigger true']);
  });
});

describe('Deleting in part', () => {
  it('keeps the records that an after trigger refuses, and deletes the others', () => {
    const lines = run(
      `List<Account> rows = new List<Account>{ new Account(Name = 'keep'), new Account(Name = 'go') };
       insert rows;
       List<Database.DeleteResult> results = Database.delete(rows, false);
       System.debug(results[0].isSuccess() + ' ' + results[0].getErrors()[0].getMessage() + ' ' + results[1].isSuccess());
       System.debug([SELECT Name FROM Account].Name);`,
      `trigger Keep on Account (after delete) { for (Account gone : Trigger.old) if (gone.Name == 'keep') gone.addError('kept'); }`,
    );
    expect(lines).to.deep.equal(['false kept true', 'keep']);
  });
});

describe('A row of a query', () => {
  it('has no children of a relationship that was not queried beside another one', () => {
    const lines = run(
      `insert new Account(Name = 'x');
       Account account = [SELECT Id, (SELECT Id FROM Contacts) FROM Account];
       System.debug(account.Opportunities.isEmpty());
       account = [SELECT Id FROM Account];
       try { System.debug(account.Opportunities.isEmpty()); } catch (SObjectException e) { System.debug(e.getMessage()); }`,
    );
    expect(lines).to.deep.equal([
      'true',
      'SObject row was retrieved via SOQL without querying the requested field: Account.Opportunities',
    ]);
  });
});

describe('A checkbox', () => {
  it('that is set to null is not ticked', () => {
    expect(run(`Contact contact = new Contact(DoNotCall = null); System.debug(contact.DoNotCall);`)).to.deep.equal([
      'false',
    ]);
  });
});

describe('A query', () => {
  it('de-references a bound collection that is null', () => {
    const lines = run(
      `List<Id> ids;
       try { System.debug([SELECT COUNT() FROM Account WHERE Id IN :ids]); } catch (NullPointerException e) { System.debug(e.getMessage()); }`,
    );
    expect(lines).to.deep.equal(['Attempt to de-reference a null object']);
  });

  it('compares with each value of a bound collection', () => {
    const lines = run(
      `insert new List<Account>{ new Account(Name = 'a'), new Account(Name = 'b'), new Account(Name = 'c') };
       Set<String> names = new Set<String>{ 'a', 'b' };
       System.debug([SELECT COUNT() FROM Account WHERE Name = :names] + ' ' + [SELECT COUNT() FROM Account WHERE Name != :names]);
       List<Id> none = new List<Id>();
       System.debug([SELECT COUNT() FROM Account WHERE Id = :none]);`,
    );
    expect(lines).to.deep.equal(['2 1', '0']);
  });
});

describe('A query that is made at run time', () => {
  // Volunteers-for-Salesforce: VOL_CTRL_VolunteersBulkEnterHours.
  it('binds variables of blocks that have ended', () => {
    const lines = run(
      `insert new List<Account>{ new Account(Name = 'a', NumberOfEmployees = 1), new Account(Name = 'b', NumberOfEmployees = 5) };
       for (Integer round = 0; round < 2; round++) {
         String query = 'SELECT Name FROM Account WHERE Name != null';
         if (round == 0) {
           Integer least = 3;
           query += ' AND NumberOfEmployees >= :least';
         } else {
           String name = 'a', unused;
           query += ' AND Name = :name';
         }
         List<Account> found = Database.query(query);
         System.debug(found.size() + ' ' + found[0].Name);
       }`,
    );
    expect(lines).to.deep.equal(['1 b', '1 a']);
  });
});

describe('AuraHandledException', () => {
  it('tells Apex only what setMessage was told: the text of its constructor is for the component', () => {
    const lines = run(
      `System.debug(new AuraHandledException('Not here').getMessage());
       AuraHandledException error = new AuraHandledException('Not here');
       error.setMessage('Here');
       System.debug(error.getMessage());`,
    );
    expect(lines).to.deep.equal(['Script-thrown exception', 'Here']);
  });
});
