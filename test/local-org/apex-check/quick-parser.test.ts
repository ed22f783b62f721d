import { ApexLexer, ApexParserFactory, CaseInsensitiveInputStream, type ApexParser } from '@apexdevtools/apex-parser';
import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseQuickly, VisibleTokens } from '../../../local-org/src/apex/syntax/quick/index.js';

type Rule = (parser: ApexParser) => { toStringTree(rules: string[], parser: ApexParser): string };

const tokensOf = (source: string) => {
  const tokens = ApexParserFactory.createTokenStream(new ApexLexer(new CaseInsensitiveInputStream(source, false)));
  tokens.fill();
  return tokens;
};

/** What the quick parser makes of a text; undefined where it leaves it to the grammar's own prediction. */
const quickTree = (source: string, rule: Rule): string | undefined =>
  parseQuickly(new VisibleTokens(tokensOf(source)), (parser) => rule(parser).toStringTree(parser.ruleNames, parser));

const wholeTree = (source: string, rule: Rule): string => {
  const parser = ApexParserFactory.createParser(tokensOf(source), true);
  return rule(parser).toStringTree(parser.ruleNames, parser);
};

const expectSameTree = (source: string, rule: Rule): void => {
  expect(quickTree(source, rule)).to.equal(wholeTree(source, rule));
};

const classesOf = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.cls'))
    .map((name) => join(folder, name));

/** Texts in which a few tokens could mislead. */
const STATEMENTS: readonly string[] = [
  'a < b > c;',
  'a.b<c, d>.e f = g;',
  'Boolean x = a < b;',
  'x = a < b && c > d;',
  'x = a << b >> c >>> d;',
  'x = a >= b ? c <= d : e;',
  'Set<Id> set = new Set<Id>();',
  'Map<Id, List<List<A>>> m = new Map<Id, List<List<A>>>{ a => b };',
  'A[] b = new A[5];',
  'a[0] = b[1][2];',
  'a[0].b++;',
  'A.B c;',
  'a.b.c();',
  'a?.b?.c();',
  'a.class.getName();',
  'Type t = List<A>.class;',
  'Type t = Map<String, List<A.B>>.class;',
  'Type t = A.B.class;',
  'Object o = void.class;',
  'x = (A) b;',
  'x = (A.B<C>) d;',
  'x = (List<A>) new List<B>();',
  "x = (String) 'a';",
  'x = (a) + b;',
  'x = (a) - b;',
  'x = (a) * b;',
  'x = (a);',
  'x = (a).b;',
  'x = (a)[0];',
  'x = ((A) b).c;',
  'x = (A) (b);',
  'x = (A) (B) c;',
  'x = (A) !b;',
  'x = (A) [SELECT Id FROM A];',
  'x = (a) instanceof B;',
  'x = a instanceof B && c;',
  'x = a instanceof List<B> || c;',
  'x = -a - -b + +c;',
  'x = a++ + ++b;',
  'x = !a == b != c === d;',
  'x = a ?? b ?? c;',
  'x = y = z += 1;',
  'x = a ? b : c ? d : e;',
  'x = a & b | c ^ d;',
  'this.a = super.b();',
  'get(set).group = order;',
  'Integer limit = 1, order = 2;',
  'limit = offset + first;',
  'switch on a { when 1, -2 { b(); } when A c { } when else { } }',
  'transient = 1;',
  'final Integer a = 1;',
  'insert as user a;',
  'upsert a B__c;',
  'upsert (a) B__c;',
  'merge a b;',
  'if (a) if (b) c(); else d();',
  'for (A b : c) { }',
  'for (Integer i = 0, j = 1; i < j; i++, j--) { }',
  'for (;;) break;',
  'for (a = 1, b = 2; a < b; a++) { }',
  'for (final Integer i = 0; ; ) { }',
  'x = new A { };',
  'x = new List<A>{ b };',
  'x = new List<A>{ b(c, d), e };',
  'x = new Set<A>{ new Map<B, C>{ d => e } };',
  'x = new Map<A, B>{ c(d, e) => f, new G{ } => h[i] };',
  'x = [SELECT Id FROM A WHERE B = 1 OR (C = 2 AND D = 3) OR E = 4];',
  'x = [SELECT Id FROM A WHERE (B = 1 OR C = 2) AND D IN (SELECT E FROM F WHERE G = 1 OR H = 2)];',
  'x = [SELECT Id FROM A WHERE NOT (B = 1 OR C = 2)];',
  'x = [SELECT Id FROM A WHERE NOT B = 1];',
  'x = [SELECT B, COUNT(Id) FROM A WHERE C = 1 GROUP BY B HAVING COUNT(Id) > 1 OR COUNT(Id) < 5];',
  'System.runAs(a) { b(); }',
  "x = [SELECT Id, (SELECT Id FROM B) FROM A WHERE (C = :(d) AND E IN :f.g) AND (NOT H LIKE 'i') LIMIT :j];",
  "x = [FIND 'a' IN ALL FIELDS RETURNING A(Id), B];",
  'try { a(); } catch (A.B c) { throw c; } finally { }',
  'do { a(); } while (b);',
];

/** Texts whose first tokens say the opposite of what they are. */
const LEFT_TO_PREDICTION: readonly string[] = ['merge a (b);', 'merge a [SELECT Id FROM A];', 'a = (B) instanceof;'];

describe('The quick parser of Apex', () => {
  for (const statement of STATEMENTS)
    it(`reads ${statement}`, () => {
      expectSameTree(statement, (parser) => parser.statement());
    });

  for (const statement of LEFT_TO_PREDICTION)
    it(`leaves ${statement} to the grammar's own prediction`, () => {
      expect(quickTree(statement, (parser) => parser.statement())).to.equal(undefined);
      expect(wholeTree(statement, (parser) => parser.statement())).to.be.a('string');
    });

  for (const file of [...classesOf('test/local-org/apex-check/good'), ...classesOf('force-app/main/callout-runtime/classes').slice(0, 5)])
    it(`reads ${file}`, () => {
      expectSameTree(readFileSync(file, 'utf8'), (parser) => parser.compilationUnit());
    });

  it('finds what a type is behind its annotations', () => {
    const rule: Rule = (parser) => parser.compilationUnit();
    expectSameTree("@A(b = 1, d = 'enum') public with sharing class E { }", rule);
    expectSameTree('@A @B private enum C { D, E }', rule);
    expectSameTree('global interface A extends B, C<D> { void e(); }', rule);
    expectSameTree('class A { transient B c; transient List<B> d { get; set; } static { } { } A() { } void e() { } }', rule);
  });

  it('understands no text with a syntax error', () => {
    expect(quickTree('x = ;', (parser) => parser.statement())).to.equal(undefined);
    expect(quickTree('class A { void b( { } }', (parser) => parser.compilationUnit())).to.equal(undefined);
  });
});
