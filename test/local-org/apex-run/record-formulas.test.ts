import { expect } from 'chai';

import { field, object } from './metadata.js';
import { run } from './run.js';

const DUE = object(
  'Due__c',
  field('Day__c', 'Date') +
    field('Today__c', 'Date', '<formula>TODAY()</formula>') +
    field('Start__c', 'Date', '<defaultValue>TODAY()</defaultValue>') +
    '<validationRules><fullName>Not_Today</fullName><active>true</active><errorConditionFormula>Day__c = TODAY()</errorConditionFormula><errorMessage>today</errorMessage></validationRules>',
);

describe('formulas of records', () => {
  // Salesforce Help: Using Date, Date/Time, and Time Values in Formulas. The two zones are 25 hours apart: they never share a day.
  it('begin TODAY() in the time zone of the running user, in fields, defaults and validation rules', () => {
    const shown = run(
      `for (String zone : new List<String>{'Pacific/Kiritimati', 'Pacific/Pago_Pago'}) {
        update new User(Id = UserInfo.getUserId(), TimeZoneSidKey = zone);
        insert new Due__c(Name = zone);
        Due__c due = [SELECT Today__c, Start__c FROM Due__c WHERE Name = :zone];
        System.debug((due.Today__c == Date.today()) + ' ' + (due.Start__c == Date.today()));
        System.debug(Database.insert(new Due__c(Day__c = Date.today()), false).getErrors()[0].getMessage());
        System.debug(Database.insert(new Due__c(Day__c = Date.today() + 1), false).isSuccess());
      }`,
      DUE,
    );
    expect(shown).to.deep.equal(['true true', 'today', 'true', 'true true', 'today', 'true']);
  });

  // Salesforce Help: "Owner:User" and "Owner:Queue" in formulas of objects whose records queues may own.
  // Salesforce Help: Validation Rule Considerations: OR(ISBLANK(field__c), field__c <> 1) includes fields without a value.
  it('leave numbers of validation rules blank, so that comparing them is not true', () => {
    const inserted = (condition: string): string =>
      run(
        `try { insert new Limit__c(Name = 'x'); System.debug('saved'); } catch (DmlException e) { System.debug(e.getDmlMessage(0)); }`,
        object(
          'Limit__c',
          field('Most__c', 'Number', '<precision>5</precision><scale>0</scale>') +
            `<validationRules><fullName>Rule</fullName><active>true</active><errorConditionFormula>${condition}</errorConditionFormula><errorMessage>refused</errorMessage></validationRules>`,
        ),
      ).join();
    expect(inserted('Most__c &lt;&gt; 1')).to.equal('saved');
    expect(inserted('Most__c = 0')).to.equal('saved');
    expect(inserted('OR(ISBLANK(Most__c), Most__c &lt;&gt; 1)')).to.equal('refused');
  });

  it('name the kind of owner that they read, and read nothing of one of another kind', () => {
    const plan = object(
      'Plan__c',
      field('Mine__c', 'Checkbox', '<formula>Owner:User.Id = $User.Id</formula>') +
        field('Queue__c', 'Text', '<formula>Owner:Queue.Name &amp; &#39;a:b.c&#39;</formula>'),
    );
    expect(
      run(
        `insert new Plan__c(Name = 'x'); Plan__c plan = [SELECT Mine__c, Queue__c FROM Plan__c]; System.debug(plan.Mine__c + ' ' + plan.Queue__c);`,
        plan,
      ),
    ).to.deep.equal(['true a:b.c']);
  });
});
