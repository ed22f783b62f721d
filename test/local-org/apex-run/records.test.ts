import { expect } from 'chai';
import { runComponentTests } from '../../../local-org/src/apex/test-runner/index.js';
import { field, metadataRecord, object } from './metadata.js';
import { apex, run, value } from './run.js';

const LOG = object('Log__c', '<nameField><label>Name</label><type>Text</type></nameField>');
const SETTING = object('Setting__c', '<customSettingsType>Hierarchy</customSettingsType>');

describe('records', () => {
  it('that leave the recycle bin cannot be undeleted, though ALL ROWS still sees them', () => {
    const lines =
      run(`Account a = new Account(Name = 'a'); insert a; insert new Contact(LastName = 'c', AccountId = a.Id);
      System.debug(Database.emptyRecycleBin(a).getErrors()[0].getMessage());
      delete a;
      System.debug(Database.emptyRecycleBin(new List<Account>{ a })[0].isSuccess());
      System.debug(Limits.getDmlStatements());
      System.debug([SELECT IsDeleted FROM Account ALL ROWS].IsDeleted);
      System.debug(Database.emptyRecycleBin(a).isSuccess());
      System.debug(Database.undelete(a, false).getErrors()[0].getStatusCode());`);
    expect(lines).to.deep.equal(['Entity is not in the recycle bin', 'true', '5', 'true', 'false', 'UNDELETE_FAILED']);
  });

  it('of a custom object are called like their Id when nobody names them', () => {
    expect(
      run('Log__c log = new Log__c(); insert log; System.debug([SELECT Name FROM Log__c].Name == log.Id);', LOG),
    ).to.deep.equal(['true']);
  });

  it('of a custom setting can be inserted again once their Id is gone', () => {
    expect(
      run(
        `insert Setting__c.getOrgDefaults();
         Setting__c mine = Setting__c.getOrgDefaults(); mine.Id = null; mine.SetupOwnerId = UserInfo.getUserId(); insert mine;
         System.debug([SELECT COUNT() FROM Setting__c]);`,
        SETTING,
      ),
    ).to.deep.equal(['2']);
  });

  // Apex Developer Guide: sObjects That Cannot Be Used Together in DML Operations.
  it('of other objects can be saved beside a new group', () => {
    expect(
      run(
        `insert new Group(Name = 'q', DeveloperName = 'q', Type = 'Queue'); insert new Account(Name = 'a'); System.debug('saved');`,
      ),
    ).to.deep.equal(['saved']);
  });

  it('without a value are found by an empty text', () => {
    expect(
      run(
        `insert new Account(Name = 'a'); String none = ''; System.debug([SELECT COUNT() FROM Account WHERE Site = :none AND Site = '']);`,
      ),
    ).to.deep.equal(['1']);
  });

  it('with any value are greater than an empty text', () => {
    expect(
      run(
        `insert new Account(Name = 'a', Site = 'x'); insert new Account(Name = 'b'); System.debug([SELECT COUNT() FROM Account WHERE Name > '' AND Site > '']);`,
      ),
    ).to.deep.equal(['1']);
  });
});

describe('formulas', () => {
  // Salesforce help: Tips for Working with Text and Picklist Fields.
  it('take texts and picklists without a value as empty texts', () => {
    const log = object(
      'Log__c',
      `<nameField><label>Name</label><type>Text</type></nameField>
       ${field('A__c', 'Text', '<length>20</length>')}${field('B__c', 'Text', '<length>20</length>')}
       ${field('P__c', 'Picklist', '<valueSet><valueSetDefinition><sorted>false</sorted><value><fullName>x</fullName><default>false</default><label>x</label></value></valueSetDefinition></valueSet>')}
       ${field('Both__c', 'Text', '<formula>A__c + B__c</formula>')}${field('None__c', 'Checkbox', '<formula>ISPICKVAL(P__c, "")</formula>')}`,
    );
    expect(
      run(
        `insert new Log__c(A__c = 'a'); Log__c one = [SELECT Both__c, None__c FROM Log__c]; System.debug(one.Both__c + ' ' + one.None__c);`,
        log,
      ),
    ).to.deep.equal(['a true']);
  });
});

describe('metadata relationships', () => {
  it('to fields read the definition of the field that the controlling object has', () => {
    const type = object(
      'Map__mdt',
      `${field('Object__c', 'MetadataRelationship', '<referenceTo>EntityDefinition</referenceTo><relationshipName>A</relationshipName>')}
       ${field('City__c', 'MetadataRelationship', '<metadataRelationshipControllingField>Map__mdt.Object__c</metadataRelationshipControllingField><referenceTo>EntityParticle</referenceTo><relationshipName>B</relationshipName>')}`,
    );
    const row = metadataRecord('Map.One', { Object__c: 'Contact', City__c: 'MailingCity' });
    expect(
      run('System.debug([SELECT City__r.QualifiedApiName FROM Map__mdt].City__r.QualifiedApiName);', type, row),
    ).to.deep.equal(['MailingCity']);
  });
});

describe('Datetimes', () => {
  // salesforce.stackexchange.com, question 234824: a value that was stored is still equal.
  it('are equal in assertions whatever their milliseconds, and ordered by them', () => {
    const lines =
      run(`Datetime exact = Datetime.newInstance(1700000000123L), stored = Datetime.newInstance(1700000000000L);
      Assert.areEqual(exact, stored); System.debug(stored < exact);`);
    expect(lines).to.deep.equal(['true']);
  });

  it('are made from milliseconds by valueOf', () => {
    expect(value('Datetime.valueOf(1700000000123L).getTime()')).to.equal('1700000000123');
  });
});

describe('an org that runs tests', () => {
  it('names the Automated Process by the Id of the organisation', () => {
    expect(value("[SELECT COUNT() FROM User WHERE Username = :('autoproc@' + UserInfo.getOrganizationId())]")).to.equal(
      '1',
    );
  });

  it('runs the batch that the finish of another one starts, before stopTest returns', async () => {
    const test = apex(`@IsTest private class ChainTest {
      public class Link implements Database.Batchable<SObject> {
        Integer left;
        public Link(Integer left) { this.left = left; }
        public Iterable<SObject> start(Database.BatchableContext c) { return new List<SObject>{ new Account() }; }
        public void execute(Database.BatchableContext c, List<SObject> rows) { insert new Account(Name = 'link ' + left); }
        public void finish(Database.BatchableContext c) { if (left > 1) Database.executeBatch(new Link(left - 1)); }
      }
      @IsTest static void chains() {
        Test.startTest(); Database.executeBatch(new Link(3)); Test.stopTest();
        Assert.areEqual(3, [SELECT COUNT() FROM Account]);
      }
      @IsTest static void endless() { Test.startTest(); Database.executeBatch(new Link(1000)); Test.stopTest(); }
    }`);
    const { tests } = await runComponentTests([test], {});
    expect(tests.map(({ outcome }) => outcome)).to.deep.equal(['pass', 'refused']);
    expect(tests[1]?.message).to.match(/^A chain of more than 50 jobs in a test is not supported by the local org/);
  });
});
