import { expect } from 'chai';
import { runComponentTests } from '../../../local-org/src/apex/test-runner/index.js';
import { apex } from './run.js';

describe('products', () => {
  // Apex Reference Guide: Test.getStandardPricebookId; Object Reference: OpportunityLineItem.
  it('have a price in the standard price book that tests ask for, and lines that follow it', async () => {
    const test = apex(`@IsTest private class LineTest {
      @IsTest static void prices() {
        Assert.areEqual(0, [SELECT COUNT() FROM Pricebook2]);
        Id book = Test.getStandardPricebookId();
        Assert.areEqual(book, Test.getStandardPricebookId());
        Product2 p = new Product2(Name = 'p', IsActive = true); insert p;
        PricebookEntry entry = new PricebookEntry(Product2Id = p.Id, Pricebook2Id = book, UnitPrice = 10, IsActive = true); insert entry;
        Opportunity o = new Opportunity(Name = 'o', StageName = 'Prospecting', CloseDate = Date.today()); insert o;
        insert new List<OpportunityLineItem>{
          new OpportunityLineItem(OpportunityId = o.Id, PricebookEntryId = entry.Id, Quantity = 4, TotalPrice = 10),
          new OpportunityLineItem(OpportunityId = o.Id, PricebookEntryId = entry.Id, Quantity = 2, UnitPrice = 10, Discount = 25)
        };
        List<OpportunityLineItem> lines = [SELECT UnitPrice, TotalPrice FROM OpportunityLineItem ORDER BY Quantity DESC];
        Assert.areEqual(2.5, lines[0].UnitPrice);
        Assert.areEqual(15, lines[1].TotalPrice);
        lines[0].UnitPrice = 5; update lines[0];
        Assert.areEqual(20, [SELECT TotalPrice FROM OpportunityLineItem WHERE Id = :lines[0].Id].TotalPrice);
      }
    }`);
    const { tests, compileErrors } = await runComponentTests([test], {});
    expect(compileErrors).to.deep.equal([]);
    expect(tests.map(({ outcome, message }) => message ?? outcome)).to.deep.equal(['pass']);
  });
});
