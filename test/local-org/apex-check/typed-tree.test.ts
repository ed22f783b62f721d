import { expect } from 'chai';
import { ProjectSchema, compileProgram, parseSoql } from '../../../local-org/src/apex/index.js';
import type { Expression, Statement } from '../../../local-org/src/apex/syntax/index.js';
import { typeName } from '../../../local-org/src/apex/types/index.js';
import { SCHEMA } from './schema.js';

const program = compileProgram([], new ProjectSchema(SCHEMA));

function statements(source: string): readonly Statement[] {
  const result = program.compileAnonymous(source, 66);
  if (!result.ok) throw new Error(JSON.stringify(result.findings));
  const { declaration } = result.unit;
  return declaration.kind === 'anonymous' ? declaration.statements : [];
}

/** The initialiser of the last variable of a block. */
function value(source: string): Expression {
  const last = statements(source).at(-1);
  const initializer = last?.kind === 'variable' ? last.declarators[0]?.initializer : undefined;
  if (initializer === undefined) throw new Error('the last statement declares no variable');
  return initializer;
}

describe('The typed tree of Apex', () => {
  it('tells string concatenation from addition', () => {
    expect(value("String s = 'a' + 1;")).to.include({ kind: 'arithmetic', arithmetic: 'concat' });
    expect(value('Integer i = 1 + 2;')).to.include({ kind: 'arithmetic', arithmetic: 'integer' });
    expect(value('Date d = Date.today() + 2;')).to.include({ kind: 'arithmetic', arithmetic: 'dateAddDays' });
  });

  it('promotes the operands of mixed arithmetic', () => {
    const sum = value('Long l = 5; Decimal d = l * 1.5;');
    if (sum.kind !== 'arithmetic') throw new Error(sum.kind);
    expect([sum.arithmetic, sum.left.conversion, sum.right.conversion]).to.deep.equal(['decimal', 'longToDecimal', undefined]);
  });

  it('converts a value where the language does it by itself', () => {
    expect(value('Decimal d = 1;').conversion).to.equal('integerToDecimal');
    expect(value("Id i = '001000000000001';").conversion).to.equal('stringToId');
    expect(value('Datetime t = Date.today();').conversion).to.equal('dateToDatetime');
    expect(value('Account a = [SELECT Id FROM Account];').conversion).to.equal('singleRow');
    expect(value('List<Account> a = [SELECT Id FROM Account];').conversion).to.equal(undefined);
  });

  it('says how == compares', () => {
    const kind = (source: string): unknown => {
      const expression = value(source);
      return expression.kind === 'equality' ? expression.equality : expression.kind;
    };
    expect(kind("Boolean b = 'a' == 'A';")).to.equal('text');
    expect(kind('Id i; String s; Boolean b = i == s;')).to.equal('id');
    expect(kind('Boolean b = 1 == 1.0;')).to.equal('number');
    expect(kind('Object o; Boolean b = o == 1;')).to.equal('value');
    expect(kind("Boolean b = 'a' === 'A';")).to.equal('identity');
  });

  it('reads (a) - b as a cast, as the platform does', () => {
    const result = program.compileAnonymous('Integer a = 9; Integer c = (a) - 2;', 66);
    expect(result.ok ? [] : result.findings).to.deep.equal([{ line: 1, column: 28, message: 'Invalid type: a' }]);
    expect(value('Integer c = (Integer) -3;')).to.include({ kind: 'cast' });
  });

  it('chooses the overload by the static types of the arguments', () => {
    const call = value("String s = String.valueOf(Date.today());");
    if (call.kind !== 'call' || call.target === undefined) throw new Error(call.kind);
    const { method } = call.target;
    expect(method.origin === 'platform' ? method.key : method.name).to.equal('System.String.valueOf(Date)');
    expect(call.target.dispatch).to.equal('static');
  });

  it('substitutes the type arguments of collections', () => {
    const call = value('Map<Id, List<Account>> m = new Map<Id, List<Account>>(); List<Account> l = m.get(null);');
    expect(typeName(call.type)).to.equal('List<Account>');
  });

  it('resolves relationships, tokens and describes', () => {
    const target = (source: string): unknown => {
      const expression = value(source);
      return expression.kind === 'field' ? expression.target.kind : expression.kind;
    };
    expect(target('Parcel__c p; Account a = p.Account__r;')).to.equal('sobjectParent');
    expect(target('Account a; List<Parcel__c> p = a.Parcels__r;')).to.equal('sobjectChildren');
    expect(target('Schema.SObjectField f = Parcel__c.Weight__c;')).to.equal('sobjectFieldToken');
    expect(target('Schema.SObjectType t = Parcel__c.SObjectType;')).to.equal('sobjectType');
    expect(target('Schema.DescribeFieldResult f = SObjectType.Account.fields.Name;')).to.equal('describeField');
    expect(target('String s = Label.Greeting;')).to.equal('label');
  });

  it('tells how a for-each walks', () => {
    const walk = (source: string): unknown => {
      const last = statements(source).at(-1);
      return last?.kind === 'forEach' ? last.iteration : last?.kind;
    };
    expect(walk('for (Account a : [SELECT Id FROM Account]) { }')).to.equal('queryRows');
    expect(walk('for (List<Account> a : [SELECT Id FROM Account]) { }')).to.equal('queryBatches');
    expect(walk('for (Integer i : new Set<Integer>{ 1 }) { }')).to.equal('set');
  });

  it('resolves the paths of a query', () => {
    const query = value('List<Contact> c = [SELECT Account.Owner.Name FROM Contact];');
    if (query.kind !== 'soql') throw new Error(query.kind);
    const [item] = query.query.select;
    const resolved = item?.kind === 'path' ? item.path.resolved : undefined;
    expect(resolved?.parents).to.deep.equal(['Account', 'Owner']);
    expect(resolved?.field.name).to.equal('Name');
  });

  it('gives the members of a class their place in its initialisation', () => {
    const source = 'public class A { Integer a = 1; { a = 2; } static Integer b = 3; static { b = 4; } }';
    const { classes } = compileProgram([{ kind: 'class', name: 'A', fileName: 'A.cls', source, apiVersion: 66, isChecked: true }], new ProjectSchema([]));
    const declaration = classes.get('a')?.declaration;
    const kinds = declaration?.kind === 'class' ? declaration.members.map((member) => member.kind) : [];
    expect(kinds).to.deep.equal(['field', 'initializer', 'field', 'initializer']);
  });
});

describe('Dynamic SOQL', () => {
  it('parses into the same tree', () => {
    const result = parseSoql("select id, count(id) c from account where name like 'a%' group by id order by name desc nulls last limit 5");
    expect(result.ok && result.value.limit).to.deep.equal({ kind: 'literal', value: 5 });
    expect(result.ok && result.value.orderBy[0]).to.include({ descending: true, nulls: 'last' });
  });

  it('refuses what follows a query', () => {
    const result = parseSoql('SELECT Id FROM Account; DELETE');
    expect(result.ok).to.equal(false);
  });
});
