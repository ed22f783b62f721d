import { expect } from 'chai';

import { runComponentTests } from '../../../local-org/src/apex/test-runner/index.js';
import { apex, run } from './run.js';

// SOQL and SOSL Reference: FIND {SearchQuery}, IN SearchGroup, RETURNING FieldSpec.
describe('SOSL', () => {
  const DATA =
    "insert new List<Account>{ new Account(Name = 'Acme Berlin', Phone = '030 1234'), new Account(Name = 'Other', Description = 'sells to acme') }; insert new Contact(LastName = 'Acmeson', Email = 'a@acme.example');";
  const names = (search: string): string =>
    run(
      `${DATA} List<List<SObject>> found = ${search}; List<String> names = new List<String>(); for (List<SObject> rows : found) { names.add(String.valueOf(rows.size())); for (SObject row : rows) names.add((String) row.get('Name')); } System.debug(String.join(names, ','));`,
    ).join();

  it('finds words in the fields of the group, per object of RETURNING', () => {
    expect(names("[FIND 'acme' RETURNING Account(Name ORDER BY Name), Contact(Name)]")).to.equal(
      '2,Acme Berlin,Other,1,Acmeson',
    );
    expect(names("[FIND 'acme' IN NAME FIELDS RETURNING Account(Name), Contact(Name)]")).to.equal('1,Acme Berlin,0');
    expect(names("[FIND '030' IN PHONE FIELDS RETURNING Account(Name)]")).to.equal('1,Acme Berlin');
  });

  it('knows wildcards, phrases and logical operators, and binds', () => {
    expect(names("[FIND 'acme*' IN NAME FIELDS RETURNING Contact(Name)]")).to.equal('1,Acmeson');
    expect(names(`[FIND '"acme berlin"' RETURNING Account(Name)]`)).to.equal('1,Acme Berlin');
    expect(names("[FIND 'acme AND NOT berlin' RETURNING Account(Name)]")).to.equal('1,Other');
    expect(names("[FIND '(other OR berlin)' RETURNING Account(Name ORDER BY Name LIMIT 1)]")).to.equal('1,Acme Berlin');
    expect(
      run(`${DATA} String text = 'berlin'; System.debug([FIND :text RETURNING Account(Id)][0].size());`),
    ).to.deep.equal(['1']);
    expect(names("Search.query('FIND {berlin} RETURNING Account(Name WHERE Phone != null)')")).to.equal(
      '1,Acme Berlin',
    );
  });

  it('refuses a term of one character', () => {
    expect(
      run(
        "try { Search.query('FIND {a} RETURNING Account'); } catch (QueryException e) { System.debug(e.getMessage()); }",
      ),
    ).to.deep.equal(['search term must be longer than one character: a']);
  });

  // Apex Developer Guide: Adding SOSL Queries to Unit Tests.
  it('finds in tests what the test has fixed, and nothing else', async () => {
    const result = await runComponentTests(
      [
        apex(`@IsTest private class SearchTest { @IsTest static void fixed() {
        Account a = new Account(Name = 'x'); Account b = new Account(Name = 'y'); insert new List<Account>{ a, b };
        Assert.areEqual(0, [FIND 'xx' RETURNING Account(Id)][0].size());
        Test.setFixedSearchResults(new List<Id>{ a.Id, b.Id });
        Assert.areEqual(1, [FIND 'xx' RETURNING Account(Id WHERE Name = 'y')][0].size());
        Assert.areEqual(a.Id, Search.find('FIND {xx} RETURNING Account(Name)').get('Account')[0].getSObject().Id); } }`),
      ],
      {},
    );
    expect(result.tests.map((test) => test.message)).to.deep.equal([undefined]);
  });
});
