import { expect } from 'chai';
import fc from 'fast-check';

import { ApexDate, ApexDatetime, ApexDecimal, type FieldValue } from '../../../local-org/src/data/index.js';
import { ORDER, testOrg, NOW } from './org.js';

const names = (rows: readonly { get(name: string): FieldValue }[], field = 'Name'): FieldValue[] =>
  rows.map((row) => row.get(field));

describe('SOQL', () => {
  function loaded(): ReturnType<typeof testOrg> {
    const org = testOrg({ Order__c: ORDER });
    const [acme = '', beta = ''] = org.insert(
      'Account',
      { Name: 'Acme', Industry: 'Banking', AnnualRevenue: ApexDecimal.of(100), NumberOfEmployees: 5 },
      { Name: 'beta', Industry: 'Energy', AnnualRevenue: ApexDecimal.of(50), NumberOfEmployees: 7 },
      { Name: 'Gamma', Industry: 'Banking' },
    );
    org.insert(
      'Contact',
      { LastName: 'Ant', AccountId: acme },
      { LastName: 'Bee', FirstName: 'Bo', AccountId: acme },
      { LastName: 'Cow', AccountId: beta },
    );
    org.insert(
      'Order__c',
      {
        Code__c: 'A',
        Account__c: acme,
        Amount__c: ApexDecimal.of('2.5'),
        Due__c: new ApexDatetime(NOW),
        Tags__c: 'x;y',
      },
      { Code__c: 'B', Due__c: new ApexDatetime(NOW - 86_400_000), Tags__c: 'y;z' },
    );
    return org;
  }

  const cases: readonly (readonly [string, string, readonly FieldValue[]])[] = [
    ['text without regard to case', "SELECT Name FROM Account WHERE name = 'ACME'", ['Acme']],
    ['LIKE with both wildcards', "SELECT Name FROM Account WHERE Name LIKE '_e%a'", ['beta']],
    ['not equal keeps nulls', 'SELECT Name FROM Account WHERE NumberOfEmployees != 5', ['beta', 'Gamma']],
    [
      'NOT, AND, OR with brackets',
      "SELECT Name FROM Account WHERE NOT (Industry = 'Energy' OR (Industry = 'Banking' AND NumberOfEmployees = null))",
      ['Acme'],
    ],
    ['IN and NOT IN', "SELECT Name FROM Account WHERE Name IN ('acme','gamma') AND Name NOT IN ('Gamma')", ['Acme']],
    ['a parent field', "SELECT LastName FROM Contact WHERE Account.Name = 'beta'", ['Cow']],
    [
      'a semi-join',
      "SELECT Name FROM Account WHERE Id IN (SELECT AccountId FROM Contact WHERE LastName = 'Bee')",
      ['Acme'],
    ],
    ['an anti-join', 'SELECT Name FROM Account WHERE Id NOT IN (SELECT AccountId FROM Contact)', ['Gamma']],
    [
      'ORDER BY with nulls first when ascending',
      'SELECT Name FROM Account ORDER BY NumberOfEmployees',
      ['Gamma', 'Acme', 'beta'],
    ],
    [
      'ORDER BY DESC NULLS FIRST',
      'SELECT Name FROM Account ORDER BY NumberOfEmployees DESC NULLS FIRST',
      ['Gamma', 'beta', 'Acme'],
    ],
    ['ORDER BY text without case', 'SELECT Name FROM Account ORDER BY Name DESC', ['Gamma', 'beta', 'Acme']],
    ['LIMIT and OFFSET', 'SELECT Name FROM Account ORDER BY Name LIMIT 1 OFFSET 1', ['beta']],
    ['a date literal', 'SELECT Name FROM Order__c WHERE Due__c = TODAY', ['O-0000']],
    ['a date literal with a number', 'SELECT Name FROM Order__c WHERE Due__c = N_DAYS_AGO:1', ['O-0001']],
    ['a datetime', 'SELECT Name FROM Order__c WHERE Due__c < 2026-11-23T00:00:00Z', ['O-0001']],
    ['INCLUDES', "SELECT Name FROM Order__c WHERE Tags__c INCLUDES ('x;y','q')", ['O-0000']],
    ['a formula field', 'SELECT Name FROM Order__c WHERE Double__c = 5', ['O-0000']],
    ['an alias', "SELECT a.Name FROM Account a WHERE a.Name = 'beta'", ['beta']],
    ['a bind', 'SELECT Name FROM Account WHERE Name IN :wanted', ['Acme']],
  ];
  for (const [title, soql, expected] of cases) {
    it(`selects by ${title}`, () => {
      const org = loaded();
      const field = soql.includes('LastName FROM') ? 'LastName' : 'Name';
      expect(names(org.query(soql, { wanted: ['ACME'] }), field)).to.deep.equal(expected);
    });
  }

  it('reads parents, children and formulas', () => {
    const org = loaded();
    const [order] = org.query("SELECT Account__r.Name, Owner_Name__c, Lines__c FROM Order__c WHERE Code__c = 'A'");
    const parent = order?.related.get('Account__r');
    expect(order?.get('Owner_Name__c')).to.equal('Acme!');
    expect(order?.get('Lines__c')).to.match(/^Acme_BR_ENCODED_O-/);
    expect(parent !== null && parent !== undefined && 'get' in parent ? parent.get('Name') : undefined).to.equal(
      'Acme',
    );
    const [account] = org.query(
      "SELECT Name, (SELECT LastName FROM Contacts ORDER BY LastName DESC LIMIT 1), (SELECT Id FROM Orders__r) FROM Account WHERE Name = 'Acme'",
    );
    const contacts = account?.related.get('Contacts');
    expect(Array.isArray(contacts) ? contacts.length : 0).to.equal(1);
    expect(account?.related.get('Orders__r')).to.have.length(1);
  });

  it('groups, counts, sums and filters groups', () => {
    const rows = loaded().query(
      'SELECT Industry, COUNT(Id) total, SUM(NumberOfEmployees), MAX(Name), AVG(AnnualRevenue) FROM Account GROUP BY Industry HAVING COUNT(Id) > 1 ORDER BY COUNT(Id)',
    );
    expect(rows).to.have.length(1);
    expect(rows[0]?.get('Industry')).to.equal('Banking');
    expect(rows[0]?.get('total')).to.equal(2);
    expect(rows[0]?.get('expr0')).to.equal(5);
    expect(rows[0]?.get('expr1')).to.equal('Gamma');
    expect(String(rows[0]?.get('expr2'))).to.equal('100');
  });

  it('groups by a date function', () => {
    const rows = loaded().query(
      'SELECT CALENDAR_YEAR(Due__c) y, COUNT(Id) n FROM Order__c GROUP BY CALENDAR_YEAR(Due__c)',
    );
    expect(rows.map((row) => [row.get('y'), row.get('n')])).to.deep.equal([[2026, 2]]);
  });

  it('names what does not exist or is refused', () => {
    const org = loaded();
    expect(() => org.query('SELECT Nmae FROM Account')).to.throw("No such column 'Nmae' on entity 'Account'");
    expect(() => org.query('SELECT Id FROM Acount')).to.throw("sObject type 'Acount' is not supported");
    expect(() => org.query('SELECT Boss.Name FROM Account')).to.throw("Didn't understand relationship 'Boss'");
    expect(() => org.query('SELECT Id FROM Account USING SCOPE mine')).to.throw(
      'USING SCOPE mine is not supported by the local org',
    );
    expect(() => org.query("SELECT Id FROM Account WHERE Id = 'nonsense'")).to.throw('invalid ID field: nonsense');
  });

  it('agrees with a naive evaluator on random filters', () => {
    const row = fc.record({
      Name: fc.constantFrom('a', 'B', 'c'),
      NumberOfEmployees: fc.option(fc.integer({ min: 0, max: 4 })),
      Industry: fc.option(fc.constantFrom('x', 'Y')),
    });
    const leaf = fc.oneof(
      fc.tuple(
        fc.constant('NumberOfEmployees'),
        fc.constantFrom('=', '!=', '<', '<=', '>', '>='),
        fc.integer({ min: 0, max: 4 }),
      ),
      fc.tuple(fc.constantFrom('Name', 'Industry'), fc.constantFrom('=', '!='), fc.constantFrom('A', 'b', 'x', 'y')),
      fc.tuple(fc.constantFrom('NumberOfEmployees', 'Industry'), fc.constantFrom('=', '!='), fc.constant(null)),
    );
    type Leaf = readonly [string, string, string | number | null];
    type Tree = readonly ['leaf', Leaf] | readonly ['and' | 'or', Tree, Tree] | readonly ['not', Tree];
    const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 3 },
        leaf.map((value): Tree => ['leaf', value]),
        fc.tuple(fc.constantFrom('and' as const, 'or' as const), tie('tree'), tie('tree')),
        fc.tuple(fc.constant('not' as const), tie('tree')),
      ),
    }));
    const text = (node: Tree): string => {
      if (node[0] === 'leaf')
        return `${node[1][0]} ${node[1][1]} ${typeof node[1][2] === 'string' ? `'${node[1][2]}'` : String(node[1][2])}`;
      return node[0] === 'not'
        ? `(NOT ${text(node[1])})`
        : `(${text(node[1])} ${node[0].toUpperCase()} ${text(node[2])})`;
    };
    const naive = (node: Tree, values: Readonly<Record<string, string | number | null>>): boolean => {
      if (node[0] === 'not') return !naive(node[1], values);
      if (node[0] !== 'leaf')
        return node[0] === 'and'
          ? naive(node[1], values) && naive(node[2], values)
          : naive(node[1], values) || naive(node[2], values);
      const [name, operator, wanted]: Leaf = node[1];
      const lower = (value: string | number | null | undefined): string | number | null =>
        typeof value === 'string' ? value.toLowerCase() : (value ?? null);
      const [actual, expected] = [lower(values[name]), lower(wanted)];
      if (operator === '=') return actual === expected;
      if (operator === '!=') return actual !== expected;
      if (actual === null || expected === null) return false;
      return operator === '<'
        ? actual < expected
        : operator === '<='
          ? actual <= expected
          : operator === '>'
            ? actual > expected
            : actual >= expected;
    };
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), tree, (rows, condition) => {
        const org = testOrg();
        const ids = rows.length === 0 ? [] : org.insert('Account', ...rows);
        const found = org.query(`SELECT Id FROM Account WHERE ${text(condition)}`).map((record) => record.id);
        const expected = ids.filter((_, index) => naive(condition, rows[index] ?? {}));
        expect(found).to.deep.equal(expected);
      }),
      { numRuns: 150 },
    );
  });

  it('finds the first rows in the order of auto numbers, whatever became of the rows meanwhile', () => {
    const job = `<?xml version="1.0" encoding="UTF-8"?>
<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">
<fields><fullName>Kind__c</fullName><label>Kind</label><type>Text</type><length>20</length></fields>
<label>Job</label><pluralLabel>Jobs</pluralLabel><deploymentStatus>Deployed</deploymentStatus><sharingModel>ReadWrite</sharingModel>
<nameField><displayFormat>J-{000000000}</displayFormat><label>Number</label><type>AutoNumber</type></nameField>
</CustomObject>`;
    const kind = fc.constantFrom('a', 'b');
    const change = fc.tuple(fc.nat({ max: 11 }), kind);
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), fc.nat({ max: 6 }), (changes, limit) => {
        const org = testOrg({ Job__c: job });
        const kinds = Array.from({ length: 12 }, () => 'a');
        const ids = org.insert('Job__c', ...kinds.map((value) => ({ Kind__c: value })));
        for (const [at, value] of changes) {
          kinds[at] = value;
          org.dml('update', [org.make('Job__c', { Id: ids[at] ?? '', Kind__c: value })]);
        }
        const found = org.query(`SELECT Id FROM Job__c WHERE Kind__c = 'A' ORDER BY Name LIMIT ${limit}`);
        const expected = ids.filter((_, at) => kinds[at] === 'a').slice(0, limit);
        expect(found.map((record) => record.id)).to.deep.equal(expected);
      }),
      { numRuns: 50 },
    );
  });

  it('compares dates with date literals by the day', () => {
    const org = testOrg();
    org.insert(
      'Contact',
      { LastName: 'Old', Birthdate: ApexDate.of(2000, 1, 1) },
      { LastName: 'New', Birthdate: ApexDate.of(2026, 11, 23) },
    );
    expect(names(org.query('SELECT LastName FROM Contact WHERE Birthdate = THIS_MONTH'), 'LastName')).to.deep.equal([
      'New',
    ]);
    expect(names(org.query('SELECT LastName FROM Contact WHERE Birthdate < LAST_N_DAYS:7'), 'LastName')).to.deep.equal([
      'Old',
    ]);
  });
});
