import { expect } from 'chai';

import { ApexDecimal } from '../../../local-org/src/data/index.js';
import { LINE, ORDER, testOrg } from './org.js';

const org = (): ReturnType<typeof testOrg> => testOrg({ Order__c: ORDER, Line__c: LINE });
const codes = (outcomes: readonly { readonly errors: readonly { readonly statusCode: string }[] }[]): string[] =>
  outcomes.map((outcome) => outcome.errors.map((error) => error.statusCode).join());

describe('DML', () => {
  it('gives a new record its Id, defaults, auto number and system fields', () => {
    const { insert, query } = org();
    const [id] = insert('Order__c', { Code__c: 'A' });
    const [row] = query('SELECT Name, Active__c, Status__c, OwnerId, CreatedDate, LastModifiedById FROM Order__c');
    expect(id).to.match(/^a0\w{16}$/);
    expect(row?.get('Name')).to.equal('O-0000');
    expect(row?.get('Active__c')).to.equal(true);
    expect(row?.get('Status__c')).to.equal('New');
    expect(row?.get('OwnerId')).to.equal('005000000000001AAA');
    expect(String(row?.get('CreatedDate'))).to.equal('2026-11-23 12:00:00');
  });

  it('refuses what the schema forbids, each with its status code', () => {
    const { make, dml, insert } = org();
    insert('Order__c', { Code__c: 'A', Key__c: 'k1' });
    const bad = [
      make('Order__c', {}),
      make('Order__c', { Code__c: 'toolong' }),
      make('Order__c', { Code__c: 'A', Key__c: 'K1' }),
      make('Order__c', { Code__c: 'A', Status__c: 'Lost' }),
      make('Order__c', { Code__c: 'A', Amount__c: ApexDecimal.of('12345') }),
      make('Order__c', { Code__c: 'A', Amount__c: ApexDecimal.of('-1') }),
      make('Order__c', { Code__c: 'A', Account__c: '003000000000001AAA' }),
      make('Order__c', { Code__c: 'A', Account__c: '001000000000009AAA' }),
      make('Order__c', { Code__c: 'A', Name: 'mine' }),
    ];
    expect(codes(dml('insert', bad, false))).to.deep.equal([
      'REQUIRED_FIELD_MISSING',
      'STRING_TOO_LONG',
      'DUPLICATE_VALUE',
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      'NUMBER_OUTSIDE_VALID_RANGE',
      'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      'FIELD_INTEGRITY_EXCEPTION',
      'INVALID_CROSS_REFERENCE_KEY',
      'INVALID_FIELD_FOR_INSERT_UPDATE',
    ]);
  });

  // Salesforce Help 000387302; Apex Reference: Decimal Class, "the scale is based on the scale of the field returned from the query".
  it('stores every digit of a number, and reads it with at least the scale of its field', () => {
    const { insert, query } = org();
    for (const amount of ['7', '7.5000', '1.239', '-0', '700'])
      insert('Order__c', { Code__c: 'A', Amount__c: ApexDecimal.of(amount) });
    const stored = query('SELECT Amount__c FROM Order__c ORDER BY Name').map((row) => String(row.get('Amount__c')));
    expect(stored).to.deep.equal(['7.00', '7.50', '1.239', '0.00', '700.00']);
    insert('Account', { Name: 'Big', AnnualRevenue: ApexDecimal.of('12345.670') });
    insert('Account', { Name: 'Whole', AnnualRevenue: ApexDecimal.of('5.0') });
    expect(
      query('SELECT AnnualRevenue FROM Account ORDER BY Name').map((row) => String(row.get('AnnualRevenue'))),
    ).to.deep.equal(['12345.67', '5']);
  });

  it('takes everything back when one record of an all-or-none request fails', () => {
    const { make, dml, count } = org();
    const outcomes = dml('insert', [make('Order__c', { Code__c: 'A' }), make('Order__c', {})]);
    expect(codes(outcomes)).to.deep.equal(['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'REQUIRED_FIELD_MISSING']);
    expect(count('SELECT COUNT() FROM Order__c')).to.equal(0);
  });

  // Apex Developer Guide: Bulk DML Exception Handling: after two retries the whole request fails.
  it('says of no record that it was saved when an after trigger goes on refusing others', () => {
    const test = org();
    test.onTrigger = ({ timing, newRecords }) => {
      if (timing !== 'after') return;
      newRecords?.at(-1)?.errors.push({ statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'no', fields: [] });
    };
    const rows = ['A', 'B', 'C', 'D'].map((code) => test.make('Order__c', { Code__c: code }));
    expect(test.dml('insert', rows, false).filter(({ success }) => success)).to.deep.equal([]);
    expect(test.count('SELECT COUNT() FROM Order__c')).to.equal(0);
  });

  it('saves the good records of a partial request, also when an after trigger refuses one', () => {
    const test = org();
    test.onTrigger = ({ timing, newRecords }) => {
      if (timing !== 'after') return;
      for (const record of newRecords ?? []) {
        if (record.get('Code__c') === 'bad')
          record.errors.push({ statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'no', fields: [] });
      }
    };
    const outcomes = test.dml(
      'insert',
      [test.make('Order__c', { Code__c: 'ok' }), test.make('Order__c', { Code__c: 'bad' })],
      false,
    );
    expect(outcomes.map((outcome) => outcome.success)).to.deep.equal([true, false]);
    expect(test.count('SELECT COUNT() FROM Order__c')).to.equal(1);
    expect(test.calls.filter((call) => call.startsWith('after'))).to.deep.equal([
      'after insert Order__c x2',
      'after insert Order__c x1',
    ]);
  });

  it('calls triggers in batches of 200 and stores what a before trigger changed', () => {
    const test = org();
    test.onTrigger = ({ timing, newRecords }) => {
      if (timing === 'before') for (const record of newRecords ?? []) record.set('Code__c', 'B');
    };
    test.insert('Order__c', ...Array.from({ length: 250 }, () => ({ Code__c: 'A' })));
    expect(test.calls).to.deep.equal([
      'before insert Order__c x200',
      'after insert Order__c x200',
      'before insert Order__c x50',
      'after insert Order__c x50',
    ]);
    expect(test.count("SELECT COUNT() FROM Order__c WHERE Code__c = 'b'")).to.equal(250);
  });

  it('updates only the fields given, and shows triggers the old and the new record', () => {
    const test = org();
    const [id = ''] = test.insert('Order__c', { Code__c: 'A', Amount__c: ApexDecimal.of('1.005') });
    let seen = '';
    test.onTrigger = ({ timing, newRecords, oldRecords }) => {
      if (timing === 'before')
        seen = `${String(oldRecords?.[0]?.get('Code__c'))}>${String(newRecords?.[0]?.get('Code__c'))} ${String(newRecords?.[0]?.get('Amount__c'))}`;
    };
    test.dml('update', [test.make('Order__c', { Id: id, Code__c: 'B' })]);
    expect(seen).to.equal('A>B 1.005');
    expect(codes(test.dml('update', [test.make('Order__c', { Code__c: 'B' })], false))).to.deep.equal([
      'MISSING_ARGUMENT',
    ]);
  });

  it('upserts by Id and by external id', () => {
    const test = org();
    test.insert('Order__c', { Code__c: 'A', Key__c: 'k1' });
    const outcomes = test.dml(
      'upsert',
      [test.make('Order__c', { Key__c: 'K1', Code__c: 'B' }), test.make('Order__c', { Key__c: 'k2', Code__c: 'C' })],
      true,
      'Key__c',
    );
    expect(outcomes.map((outcome) => outcome.created)).to.deep.equal([false, true]);
    expect(test.query('SELECT Code__c FROM Order__c ORDER BY Key__c').map((row) => row.get('Code__c'))).to.deep.equal([
      'B',
      'C',
    ]);
    expect(codes(test.dml('upsert', [test.make('Order__c', { Code__c: 'B' })], false, 'Key__c'))).to.deep.equal([
      'MISSING_ARGUMENT',
    ]);
  });

  it('cascades a deletion over master-detail, empties lookups, and brings the details back', () => {
    const test = org();
    const [account = ''] = test.insert('Account', { Name: 'Acme' });
    const [order = ''] = test.insert('Order__c', { Code__c: 'A', Account__c: account });
    test.insert('Line__c', { Name: 'L1', Order__c: order });
    test.dml('delete', [test.make('Account', { Id: account })]);
    expect(test.query('SELECT Account__c FROM Order__c')[0]?.get('Account__c')).to.equal(null);
    test.dml('delete', [test.make('Order__c', { Id: order })]);
    expect(test.count('SELECT COUNT() FROM Line__c')).to.equal(0);
    expect(test.count('SELECT COUNT() FROM Line__c ALL ROWS')).to.equal(1);
    test.dml('undelete', [test.make('Order__c', { Id: order })]);
    expect(test.count('SELECT COUNT() FROM Line__c')).to.equal(1);
    expect(codes(test.dml('delete', [test.make('Account', { Id: account })], false))).to.deep.equal([
      'ENTITY_IS_DELETED',
    ]);
  });

  it('rolls back to a savepoint, indexes included', () => {
    const test = org();
    test.insert('Order__c', { Code__c: 'A', Key__c: 'k1' });
    const savepoint = test.store.savepoint();
    test.insert('Order__c', { Code__c: 'A', Key__c: 'k2' });
    test.store.rollbackTo(savepoint);
    expect(test.query("SELECT Id FROM Order__c WHERE Key__c = 'k2'")).to.have.length(0);
    expect(test.insert('Order__c', { Code__c: 'A', Key__c: 'k2' })).to.have.length(1);
  });

  it('keeps the changes of a view to itself', () => {
    const test = org();
    test.insert('Account', { Name: 'Acme' });
    const account = test.store.schema.object('Account');
    if (account === undefined) throw new Error('no Account');
    const hidden = test.store.fork((name) => name !== 'Account');
    const view = test.store.fork(() => true);
    view.put(account, { id: '001000000000777AAA', values: { Name: 'Other' }, deleted: false });
    expect(hidden.table(account).size).to.equal(0);
    expect(view.table(account).size).to.equal(2);
    expect(test.store.table(account).size).to.equal(1);
  });
});
