import { expect } from 'chai';

import { run, value } from './run.js';

describe('Visualforce classes', () => {
  // Apex Reference Guide: PageReference Class.
  it('build addresses with parameters in the order of their names', () => {
    const shown = run(
      `PageReference page = new PageReference('/apex/Order?id=1#top'); page.getParameters().put('a b', 'c&d'); System.debug(page.getUrl() + ' ' + page.getAnchor());
      System.debug(new PageReference('/001').setRedirect(true).getRedirect());`,
    );
    expect(shown).to.deep.equal(['/apex/Order?a+b=c%26d&id=1#top top', 'true']);
  });

  // Apex Reference Guide: ApexPages Class, StandardController Class.
  it('keep page messages, and save the record of a controller', () => {
    const shown = run(
      `ApexPages.addMessage(new ApexPages.Message(ApexPages.Severity.WARNING, 'careful'));
      try { insert new Account(); } catch (DmlException e) { ApexPages.addMessages(e); }
      for (ApexPages.Message m : ApexPages.getMessages()) System.debug(m.getSeverity() + ' ' + m.getSummary());
      System.debug(ApexPages.hasMessages(ApexPages.Severity.ERROR) + ' ' + ApexPages.hasMessages(ApexPages.Severity.FATAL));
      ApexPages.StandardController c = new ApexPages.StandardController(new Account(Name = 'x')); PageReference saved = c.save(); System.debug(saved.getUrl() == '/' + c.getId());`,
    );
    expect(shown).to.deep.equal(['WARNING careful', 'ERROR Required fields are missing: [Name]', 'true false', 'true']);
  });

  it('page through a set of records', () => {
    const shown = run(
      `List<Account> rows = new List<Account>(); for (Integer i = 0; i < 45; i++) rows.add(new Account(Name = 'A' + i)); insert rows;
      ApexPages.StandardSetController c = new ApexPages.StandardSetController(Database.getQueryLocator('SELECT Name FROM Account')); c.setPageSize(20);
      c.last(); System.debug(c.getPageNumber() + ' ' + c.getRecords().size() + ' ' + c.getHasNext() + ' ' + c.getResultSize());`,
    );
    expect(shown).to.deep.equal(['3 5 false 45']);
  });

  it('give the summary of a message that has no details for them', () => {
    expect(value("new ApexPages.Message(ApexPages.Severity.ERROR, 'Pick one').getDetail()")).to.equal('Pick one');
    expect(value("new ApexPages.Message(ApexPages.Severity.ERROR, 'Pick one', 'of two').getDetail()")).to.equal(
      'of two',
    );
  });
});

describe('records and fields', () => {
  // Apex Developer Guide: Trigger Exceptions, addError on a field.
  it('take an error on a field', () => {
    const shown = run(
      "Database.SaveResult r = Database.insert(new Account(Name = 'x'), false); System.debug(r.getErrors()[0].getMessage() + ' ' + r.getErrors()[0].getFields());",
      "trigger Refuse on Account (before insert) { Trigger.new[0].Name.addError('bad name'); }",
    );
    expect(shown).to.deep.equal(['bad name (Name)']);
  });

  // Apex Reference Guide: BusinessHours Class, Location Class.
  it('know business hours and distances', () => {
    const shown = run(
      `Id hours = [SELECT Id FROM BusinessHours WHERE IsDefault = true].Id; Datetime start = Datetime.newInstanceGmt(2026, 1, 1, 0, 0, 0);
      System.debug(BusinessHours.add(hours, start, 7200000L).getTime() - start.getTime()); System.debug(BusinessHours.diff(hours, start, start.addDays(2)) + ' ' + BusinessHours.isWithin(hours, start));
      System.debug(Location.getDistance(Location.newInstance(52.52, 13.405), Location.newInstance(48.137, 11.575), 'km').intValue());`,
    );
    expect(shown).to.deep.equal(['7200000', '172800000 true', '504']);
  });
});
