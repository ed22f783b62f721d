import { expect } from 'chai';
import fc from 'fast-check';

import { ApexDate, ApexDatetime, ApexDecimal, type FieldValue } from '../../../local-org/src/data/index.js';
import { LINE, NOTE, NOW, ORDER, PLACE, testOrg } from './org.js';

const names = (rows: readonly { get(name: string): FieldValue }[], field = 'Name'): FieldValue[] =>
  rows.map((row) => row.get(field));

describe('SOQL', () => {
  function loaded(): ReturnType<typeof testOrg> {
    const org = testOrg({ Order__c: ORDER, Line__c: LINE, Place__c: PLACE, Note__c: NOTE });
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
      'ORDER BY with nulls first when descending',
      'SELECT Name FROM Account ORDER BY NumberOfEmployees DESC',
      ['Gamma', 'beta', 'Acme'],
    ],
    [
      'ORDER BY DESC NULLS LAST',
      'SELECT Name FROM Account ORDER BY NumberOfEmployees DESC NULLS LAST',
      ['beta', 'Acme', 'Gamma'],
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
    expect(order?.get('Lines__c')).to.match(/^Acme<br>O-/);
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

  // SOQL and SOSL Reference: GROUP BY ROLLUP, GROUP BY CUBE, GROUPING(fieldName).
  it('adds up subtotals with ROLLUP and CUBE, and GROUPING tells them from groups of nulls', () => {
    const org = loaded();
    const shown = (soql: string): string[] =>
      org
        .query(soql)
        .map((row) =>
          ['Industry', 'Name', 'g', 'n'].map((name) => String(row.values.has(name) ? row.get(name) : '')).join(' '),
        );
    const select = 'SELECT Industry, Name, GROUPING(Name) g, COUNT(Id) n FROM Account GROUP BY';
    expect(shown(`${select} ROLLUP(Industry, Name)`)).to.deep.equal([
      'Banking Acme 0 1',
      'Banking Gamma 0 1',
      'Banking null 1 2',
      'Energy beta 0 1',
      'Energy null 1 1',
      'null null 1 3',
    ]);
    expect(shown(`${select} CUBE(Industry, Name)`)).to.deep.equal([
      'Banking Acme 0 1',
      'Energy beta 0 1',
      'Banking Gamma 0 1',
      'Banking null 1 2',
      'Energy null 1 1',
      'null Acme 0 1',
      'null beta 0 1',
      'null Gamma 0 1',
      'null null 1 3',
    ]);
    expect(
      shown(
        'SELECT Industry, GROUPING(Industry) g, COUNT(Id) n FROM Account GROUP BY ROLLUP(Industry) HAVING GROUPING(Industry) = 1',
      ),
    ).to.deep.equal(['null  1 3']);
  });

  // SOQL and SOSL Reference: FORMAT(), toLabel(), convertTimezone(), DISTANCE(), USING SCOPE, Alias Notation.
  it('formats, labels, shifts and measures', () => {
    const org = loaded();
    const first = (soql: string, ...names: string[]): FieldValue[] => {
      const [row] = org.query(soql);
      return names.map((name) => row?.get(name) ?? null);
    };
    expect(
      first("SELECT FORMAT(Amount__c) a, FORMAT(Due__c) d FROM Order__c WHERE Code__c = 'A'", 'a', 'd'),
    ).to.deep.equal(['2.50', '11/23/2026, 12:00 PM']);
    expect(first('SELECT FORMAT(MAX(AnnualRevenue)) m FROM Account', 'm')).to.deep.equal(['$100']);
    org.dml('update', [
      org.make('Order__c', {
        Id: String(org.query("SELECT Id FROM Order__c WHERE Code__c = 'A'")[0]?.id),
        Status__c: 'Done',
      }),
    ]);
    expect(
      first("SELECT toLabel(Status__c), toLabel(Status__c) l FROM Order__c WHERE Code__c = 'A'", 'Status__c', 'l'),
    ).to.deep.equal(['Finished', 'Finished']);
    expect(
      first(
        "SELECT HOUR_IN_DAY(convertTimezone(Due__c)) h, COUNT(Id) n FROM Order__c WHERE Code__c = 'A' GROUP BY HOUR_IN_DAY(convertTimezone(Due__c))",
        'h',
      ),
    ).to.deep.equal([12]);
    org.insert(
      'Place__c',
      { Name: 'near', Spot__Latitude__s: ApexDecimal.of('37.8'), Spot__Longitude__s: ApexDecimal.of('-122.4') },
      { Name: 'far', Spot__Latitude__s: ApexDecimal.of(48), Spot__Longitude__s: ApexDecimal.of(11) },
      { Name: 'nowhere' },
    );
    const here = "DISTANCE(Spot__c, GEOLOCATION(37.775, -122.418), 'mi')";
    expect(names(org.query(`SELECT Name FROM Place__c WHERE ${here} < 20`))).to.deep.equal(['near']);
    expect(names(org.query(`SELECT Name, ${here} d FROM Place__c ORDER BY ${here} DESC`))).to.deep.equal([
      'nowhere',
      'far',
      'near',
    ]);
  });

  it('reads the records of the running user in the scope "mine"', () => {
    const org = loaded();
    const [, other = ''] = org.insert(
      'User',
      { Username: 'first@x', LastName: 'First' },
      { Username: 'o@x', LastName: 'Other' },
    );
    org.dml('update', [
      org.make('Account', {
        Id: String(org.query("SELECT Id FROM Account WHERE Name = 'beta'")[0]?.id),
        OwnerId: other,
      }),
    ]);
    expect(names(org.query('SELECT Name FROM Account USING SCOPE Mine'))).to.deep.equal(['Acme', 'Gamma']);
    expect(names(org.query('SELECT Name FROM Account USING SCOPE everything'))).to.have.length(3);
  });

  it('reads parents that the FROM clause gives an alias', () => {
    const rows = loaded().query(
      "SELECT c.LastName, a.Name FROM Contact c, c.Account a WHERE a.Name = 'Acme' ORDER BY c.LastName DESC",
    );
    expect(rows.map((row) => row.get('LastName'))).to.deep.equal(['Bee', 'Ant']);
    const parent = rows[0]?.related.get('Account');
    expect(parent !== null && parent !== undefined && 'get' in parent ? parent.get('Name') : undefined).to.equal(
      'Acme',
    );
  });

  // SOQL and SOSL Reference; messages as clients of real orgs report them.
  const malformed: readonly (readonly [string, string, string])[] = [
    ['a field twice', 'SELECT Name, name FROM Account', 'duplicate field selected: name'],
    [
      'two columns of one name',
      'SELECT Account.Name, Name FROM Contact GROUP BY Account.Name, Name',
      'duplicate alias: Name',
    ],
    ['an alias of a plain field', 'SELECT Name n FROM Account', 'Only aggregate expressions use field aliasing'],
    [
      'a field that is not grouped by',
      'SELECT Name, COUNT(Id) FROM Account',
      'Field must be grouped or aggregated: Name',
    ],
    [
      'an order that is not grouped by',
      'SELECT Industry FROM Account GROUP BY Industry ORDER BY Name',
      'Ordered field must be grouped or aggregated: Name',
    ],
    [
      'a date function of single rows',
      'SELECT CALENDAR_YEAR(Due__c) FROM Order__c',
      'Field must be grouped or aggregated: CALENDAR_YEAR(Due__c)',
    ],
    [
      'LIMIT of an aggregate over all rows',
      'SELECT MAX(Name) FROM Account LIMIT 1',
      'Non-grouped query that uses overall aggregate functions cannot also use LIMIT',
    ],
    [
      'FIELDS(ALL) without a limit',
      'SELECT FIELDS(ALL) FROM Account',
      'The SOQL FIELDS function must have a LIMIT of at most 200',
    ],
    [
      'FIELDS(CUSTOM) with more than 200 rows',
      'SELECT FIELDS(CUSTOM) FROM Account LIMIT 201',
      'The SOQL FIELDS function must have a LIMIT of at most 200',
    ],
    ['six parent levels', 'SELECT Account.Parent.Parent.Parent.Parent.Parent.Name FROM Contact', 'maximum of 5 levels'],
    [
      '21 subqueries',
      `SELECT ${Array.from({ length: 21 }, () => '(SELECT Id FROM Contacts)').join(', ')} FROM Account`,
      'maximum number of sub-queries in a query is 20',
    ],
    [
      'a filter on long text',
      "SELECT Id FROM Note__c WHERE Long__c = 'x'",
      "field 'Long__c' can not be filtered in a query call",
    ],
    [
      'an order by long text',
      'SELECT Id FROM Note__c ORDER BY Long__c',
      "field 'Long__c' can not be sorted in a query call",
    ],
    [
      'an order by many picks',
      'SELECT Id FROM Order__c ORDER BY Tags__c',
      "field 'Tags__c' can not be sorted in a query call",
    ],
    [
      'groups of numbers',
      'SELECT Amount__c, COUNT(Id) FROM Order__c GROUP BY Amount__c',
      "field 'Amount__c' can not be grouped in a query call",
    ],
    [
      'groups of auto numbers',
      'SELECT Name, COUNT(Id) FROM Order__c GROUP BY Name',
      "field 'Name' can not be grouped in a query call",
    ],
    [
      'groups of a text formula',
      'SELECT Owner_Name__c FROM Order__c GROUP BY Owner_Name__c',
      "field 'Owner_Name__c' can not be grouped in a query call",
    ],
    ['a sum of text', 'SELECT SUM(Name) FROM Account', 'field Name does not support aggregate operator SUM'],
    [
      'text against a number',
      "SELECT Id FROM Order__c WHERE Amount__c = '5'",
      "value of filter criterion for field 'Amount__c' must be of type double and should not be enclosed in quotes",
    ],
    [
      'a number against text',
      'SELECT Id FROM Account WHERE Name IN (5)',
      "value of filter criterion for field 'Name' must be of type string and should be enclosed in quotes",
    ],
    [
      'a day against an instant',
      'SELECT Id FROM Order__c WHERE Due__c > 2026-01-01',
      "value of filter criterion for field 'Due__c' must be of type dateTime and should not be enclosed in quotes",
    ],
    [
      'a semi-join in a semi-join',
      'SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact WHERE AccountId IN (SELECT Id FROM Account))',
      'Nesting of semi join sub-selects is not supported',
    ],
    [
      'a semi-join over text',
      'SELECT Id FROM Account WHERE Id IN (SELECT LastName FROM Contact)',
      "The selected field 'LastName' in the subquery and the left operand field 'Id'",
    ],
    ['an offset of 2001', 'SELECT Id FROM Account LIMIT 1 OFFSET 2001', 'Maximum SOQL offset allowed is 2000'],
    ['WHERE without a condition', 'SELECT Id FROM Account WHERE', "unexpected token: '<EOF>'"],
    [
      'words that are no operator',
      'SELECT Id FROM Account WHERE StageName Equals Won',
      "unexpected token: 'StageName Equals'",
    ],
  ];
  for (const [title, soql, message] of malformed) {
    it(`refuses ${title}`, () => {
      expect(() => loaded().query(soql)).to.throw(message);
    });
  }

  it('allows a limit for COUNT(), FIELDS(STANDARD) without one, and five levels of parents and children', () => {
    const org = loaded();
    expect(org.count('SELECT COUNT() FROM Account LIMIT 2')).to.equal(2);
    expect(org.query('SELECT FIELDS(STANDARD) FROM Account')).to.have.length(3);
    expect(org.query('SELECT FIELDS(ALL) FROM Account LIMIT 200')).to.have.length(3);
    expect(org.query('SELECT Account.Parent.Parent.Parent.Parent.Name FROM Contact')).to.have.length(3);
    const [account] = org.query(
      "SELECT (SELECT Id, (SELECT Id FROM Lines__r) FROM Orders__r) FROM Account WHERE Name = 'Acme'",
    );
    const orders = account?.related.get('Orders__r');
    expect(
      Array.isArray(orders)
        ? orders.map((order: { related: ReadonlyMap<string, unknown> }) => order.related.get('Lines__r'))
        : undefined,
    ).to.deep.equal([[]]);
  });

  it('names what does not exist or is refused', () => {
    const org = loaded();
    expect(() => org.query('SELECT Nmae FROM Account')).to.throw("No such column 'Nmae' on entity 'Account'");
    expect(() => org.query('SELECT Id FROM Acount')).to.throw("sObject type 'Acount' is not supported");
    expect(() => org.query('SELECT Boss.Name FROM Account')).to.throw("Didn't understand relationship 'Boss'");
    expect(() => org.query('SELECT Id FROM Account USING SCOPE team')).to.throw(
      'USING SCOPE team is not supported by the local org',
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
