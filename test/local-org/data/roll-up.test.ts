import { expect } from 'chai';

import { ApexDate, ApexDecimal } from '../../../local-org/src/data/index.js';
import { testOrg, type TestOrg } from './org.js';

const field = (name: string, type: string, more = ''): string =>
  `<fields><fullName>${name}</fullName><label>${name}</label><type>${type}</type>${more}</fields>`;
const summary = (name: string, operation: string, summarized = '', filters = ''): string =>
  field(
    name,
    'Summary',
    `<summaryForeignKey>Line__c.Order__c</summaryForeignKey><summaryOperation>${operation}</summaryOperation>${summarized === '' ? '' : `<summarizedField>Line__c.${summarized}</summarizedField>`}${filters}`,
  );
const OPEN =
  '<summaryFilterItems><field>Line__c.Status__c</field><operation>equals</operation><value>Open, New</value></summaryFilterItems>';
const RULE =
  '<validationRules><fullName>Max</fullName><active>true</active><errorConditionFormula>Total__c &gt; 1000</errorConditionFormula><errorMessage>too much</errorMessage></validationRules>';

const ORDER = `<CustomObject><label>Order</label>${summary('Lines__c', 'count')}${summary('Open__c', 'count', '', OPEN)}${summary('Total__c', 'sum', 'Amount__c')}${summary('Last__c', 'max', 'Day__c')}${RULE}</CustomObject>`;
const LINE = `<CustomObject><label>Line</label>${field('Order__c', 'MasterDetail', '<referenceTo>Order__c</referenceTo><relationshipName>Lines</relationshipName>')}${field('Amount__c', 'Number', '<precision>9</precision><scale>2</scale>')}${field('Status__c', 'Text', '<length>20</length>')}${field('Day__c', 'Date')}</CustomObject>`;

function org(): TestOrg {
  return testOrg({ Order__c: ORDER, Line__c: LINE });
}

function summaries(of: TestOrg, id: string): string {
  const [row] = of.query(`SELECT Lines__c, Open__c, Total__c, Last__c FROM Order__c WHERE Id = '${id}'`);
  return ['Lines__c', 'Open__c', 'Total__c', 'Last__c'].map((name) => String(row?.get(name))).join(' ');
}

// Salesforce Help: Roll-Up Summary Field; Apex Developer Guide: Triggers and Order of Execution, "parent record".
describe('roll-up summaries', () => {
  it('follow every change of the children', () => {
    const of = org();
    const [first = '', second = ''] = of.insert('Order__c', {}, {});
    expect(summaries(of, first)).to.equal('0 0 0.00 null');
    const day = ApexDate.of(2026, 5, 1);
    const [a = '', b = ''] = of.insert(
      'Line__c',
      { Order__c: first, Amount__c: ApexDecimal.of('10.50'), Status__c: 'open', Day__c: day },
      { Order__c: first, Amount__c: ApexDecimal.of('2'), Status__c: 'Done' },
    );
    expect(summaries(of, first)).to.equal('2 1 12.50 2026-05-01 00:00:00');
    of.dml('update', [of.make('Line__c', { Id: a, Order__c: second })]);
    expect(summaries(of, first)).to.equal('1 0 2.00 null');
    expect(summaries(of, second)).to.equal('1 1 10.50 2026-05-01 00:00:00');
    of.dml('delete', [of.make('Line__c', { Id: b })]);
    expect(summaries(of, first)).to.equal('0 0 0.00 null');
    of.dml('undelete', [of.make('Line__c', { Id: b })]);
    expect(summaries(of, first)).to.equal('1 0 2.00 null');
  });

  it('save the parent: its triggers run, and its rules can refuse the child', () => {
    const of = org();
    const [parent = ''] = of.insert('Order__c', {});
    of.calls.length = 0;
    of.insert('Line__c', { Order__c: parent, Amount__c: ApexDecimal.of('5') });
    expect(of.calls).to.include('before update Order__c x1');
    const [outcome] = of.dml('insert', [of.make('Line__c', { Order__c: parent, Amount__c: ApexDecimal.of('2000') })]);
    expect(outcome?.errors.map((error) => error.message)).to.deep.equal(['too much']);
    expect(summaries(of, parent)).to.equal('1 0 5.00 null');
  });
});
