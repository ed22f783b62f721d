import { expect } from 'chai';
import { field, object } from './metadata.js';
import { runComponentTests } from '../../../local-org/src/apex/test-runner/index.js';
import { apex, run } from './run.js';

describe('Merging records', () => {
  const LOSERS = `trigger Losers on Contact (before delete, after delete) {
    for (Contact gone : Trigger.old) System.debug(Trigger.operationType + ' ' + (gone.MasterRecordId == null ? 'alone' : 'merged'));
  }`;

  it('moves children, deletes the others and tells their after trigger the master', () => {
    const lines = run(
      `Contact master = new Contact(LastName = 'A'); Contact other = new Contact(LastName = 'B'); Contact third = new Contact(LastName = 'C');
       insert new List<Contact>{ master, other, third };
       Task task = new Task(Subject = 'x', WhoId = other.Id);
       insert task;
       Database.MergeResult result = Database.merge(master, other.Id);
       System.debug(result.isSuccess() + ' ' + (result.getId() == master.Id) + ' ' + result.getMergedRecordIds().size() + ' ' + result.getUpdatedRelatedIds().contains(task.Id));
       System.debug([SELECT WhoId FROM Task].WhoId == master.Id);
       System.debug([SELECT MasterRecordId FROM Contact WHERE IsDeleted = true ALL ROWS].MasterRecordId == master.Id);
       System.debug(Database.merge(master, new List<Contact>{ third }).size());
       System.debug([SELECT COUNT() FROM Contact]);`,
      LOSERS,
    );
    expect(lines).to.deep.equal([
      'BEFORE_DELETE alone',
      'AFTER_DELETE merged',
      'true true 1 true',
      'true',
      'true',
      'BEFORE_DELETE alone',
      'AFTER_DELETE merged',
      '1',
      '1',
    ]);
  });

  it('that fails is taken back, and is a result where not all must succeed', () => {
    const lines = run(
      `Account master = new Account(Name = 'A'); Account other = new Account(Name = 'B');
       insert new List<Account>{ master, other };
       insert new Contact(LastName = 'x', AccountId = other.Id);
       Database.MergeResult result = Database.merge(master, other, false);
       System.debug(result.isSuccess() + ' ' + result.getErrors()[0].getMessage());
       System.debug([SELECT Account.Name FROM Contact].Account.Name);
       try { merge master other; } catch (DmlException e) { System.debug(e.getMessage().substringBefore('.') + ' ' + e.getDmlMessage(0)); }`,
      `trigger Keep on Account (before delete) { for (Account gone : Trigger.old) gone.addError('keep'); }`,
    );
    expect(lines).to.deep.equal(['false keep', 'B', 'Merge failed keep']);
  });
});

describe('Converting leads', () => {
  const CONVERT = `Database.LeadConvert conversion = new Database.LeadConvert();
    conversion.setLeadId(lead.Id);
    conversion.setConvertedStatus([SELECT MasterLabel FROM LeadStatus WHERE IsConverted = true].MasterLabel);`;

  it('makes an account, a contact and an opportunity from the lead, and moves its activities', () => {
    const lines = run(
      `Lead lead = new Lead(FirstName = 'Ann', LastName = 'Lee', Company = 'Acme', Email = 'ann@acme.example', City = 'Bonn', LeadSource = 'Web');
       insert lead;
       insert new Task(Subject = 'Call', WhoId = lead.Id);
       ${CONVERT}
       Database.LeadConvertResult result = Database.convertLead(conversion);
       System.debug(result.isSuccess());
       Account account = [SELECT Name, BillingCity, AccountSource FROM Account WHERE Id = :result.getAccountId()];
       System.debug(account.Name + ' ' + account.BillingCity + ' ' + account.AccountSource);
       Contact contact = [SELECT Name, Email, MailingCity, AccountId FROM Contact WHERE Id = :result.getContactId()];
       System.debug(contact.Name + ' ' + contact.Email + ' ' + contact.MailingCity + ' ' + (contact.AccountId == account.Id));
       Opportunity deal = [SELECT Name, StageName, CloseDate, (SELECT IsPrimary FROM OpportunityContactRoles) FROM Opportunity WHERE Id = :result.getOpportunityId()];
       System.debug(deal.Name + ' ' + deal.StageName + ' ' + (deal.CloseDate >= Date.today()) + ' ' + deal.OpportunityContactRoles[0].IsPrimary);
       lead = [SELECT IsConverted, Status, ConvertedDate, ConvertedContactId FROM Lead];
       System.debug(lead.IsConverted + ' ' + lead.Status + ' ' + (lead.ConvertedDate == Date.today()) + ' ' + (lead.ConvertedContactId == contact.Id));
       System.debug([SELECT WhoId FROM Task].WhoId == contact.Id);`,
    );
    expect(lines).to.deep.equal([
      'true',
      'Acme Bonn Web',
      'Ann Lee ann@acme.example Bonn true',
      'Acme Prospecting true true',
      'true Closed - Converted true true',
      'true',
    ]);
  });

  it('takes existing records and leaves the deal out where it is told to', () => {
    const lines = run(
      `Account account = new Account(Name = 'Known'); insert account;
       Lead lead = new Lead(LastName = 'Lee', Company = 'Acme'); insert lead;
       ${CONVERT}
       conversion.setAccountId(account.Id);
       conversion.setDoNotCreateOpportunity(true);
       Database.LeadConvertResult result = Database.convertLead(new List<Database.LeadConvert>{ conversion })[0];
       System.debug((result.getAccountId() == account.Id) + ' ' + result.getOpportunityId() + ' ' + [SELECT COUNT() FROM Opportunity]);`,
    );
    expect(lines).to.deep.equal(['true null 0']);
  });

  it('is refused for a status of leads that are not converted, and leaves nothing behind', () => {
    const lines = run(
      `Lead lead = new Lead(LastName = 'Lee', Company = 'Acme'); insert lead;
       ${CONVERT}
       conversion.setConvertedStatus('Working - Contacted');
       Database.LeadConvertResult result = Database.convertLead(conversion, false);
       System.debug(result.isSuccess() + ' ' + result.getErrors()[0].getStatusCode());
       try { Database.convertLead(conversion); } catch (DmlException e) { System.debug(e.getMessage().substringBefore('.')); }
       System.debug([SELECT COUNT() FROM Account]);`,
    );
    expect(lines).to.deep.equal(['false INVALID_STATUS', 'ConvertLead failed', '0']);
  });
});

describe('Statuses', () => {
  it('can be queried in tests that do not see the data of the org', async () => {
    const result = await runComponentTests(
      [
        apex(
          `@IsTest private class StatusTest { @IsTest static void sees() { Assert.areEqual(1, [SELECT COUNT() FROM LeadStatus WHERE IsConverted = true]); } }`,
        ),
      ],
      {},
    );
    expect(result.tests.map(({ outcome }) => outcome)).to.deep.equal(['pass']);
  });

  it('are rows that tell what records with them are', () => {
    const lines = run(
      `System.debug([SELECT MasterLabel FROM TaskStatus WHERE IsClosed = true].MasterLabel + ' ' + [SELECT MasterLabel FROM CaseStatus WHERE IsClosed = true].MasterLabel);
       OpportunityStage won = [SELECT MasterLabel, DefaultProbability, ForecastCategoryName FROM OpportunityStage WHERE IsWon = true];
       System.debug(won.MasterLabel + ' ' + won.DefaultProbability + ' ' + won.ForecastCategoryName);`,
    );
    expect(lines).to.deep.equal(['Completed Closed', 'Closed Won 100 Closed']);
  });

  it('of a deal that change take probability and forecast category along, unless the save says them', () => {
    const lines = run(
      `Opportunity deal = new Opportunity(Name = 'x', StageName = 'Prospecting', CloseDate = Date.today());
       insert deal;
       deal.StageName = 'Negotiation/Review';
       update deal;
       Opportunity now = [SELECT Probability, ForecastCategory, ForecastCategoryName FROM Opportunity];
       System.debug(now.Probability + ' ' + now.ForecastCategory + ' ' + now.ForecastCategoryName);
       update new Opportunity(Id = deal.Id, StageName = 'Closed Won', Probability = 95);
       System.debug([SELECT Probability FROM Opportunity].Probability);`,
    );
    expect(lines).to.deep.equal(['90 BestCase Best Case', '95']);
  });
});

describe('Metadata relationships to objects and fields', () => {
  it('hold names, which code may set', () => {
    const bucket = object(
      'Bucket__mdt',
      field('Object__c', 'MetadataRelationship', '<referenceTo>EntityDefinition</referenceTo>') +
        field(
          'Field__c',
          'MetadataRelationship',
          '<metadataRelationshipControllingField>Bucket__mdt.Object__c</metadataRelationshipControllingField><referenceTo>FieldDefinition</referenceTo>',
        ),
    );
    const lines = run(
      `SObject read = (SObject) JSON.deserialize('{"attributes":{"type":"Bucket__mdt"},"Field__c":"Industry"}', SObject.class);
       read.put('Object__c', 'Account');
       System.debug(read.get('Field__c') + ' ' + read.get('Object__c'));`,
      bucket,
    );
    expect(lines).to.deep.equal(['Industry Account']);
  });
});

describe('Texts', () => {
  it('of a street lose what is blank around them, long ones only what is blank at their end', () => {
    const lines = run(
      `insert new Account(Name = ' x ', BillingStreet = ' Main  Street ', Description = '  y  ');
       Account account = [SELECT Name, BillingStreet, Description FROM Account];
       System.debug('[' + account.Name + '][' + account.BillingStreet + '][' + account.Description + ']');`,
    );
    expect(lines).to.deep.equal(['[x][Main  Street][  y]']);
  });
});
