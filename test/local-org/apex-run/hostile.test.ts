import { expect } from 'chai';

import { runAnonymous } from '../../../local-org/src/apex/test-runner/index.js';
import { endingOf } from './ending.js';
import { apex, engineOf } from './run.js';

const NODE = 'public class Node { public Node next; public Node(Node next) { this.next = next; } }';

/** What runs away, its code, how it ends, and a class that it needs. */
const RUNAWAYS: readonly (readonly [string, string, RegExp, string?])[] = [
  [
    'a text that doubles',
    "String s = 'x'; while (true) { s += s; }",
    /^System.LimitException: Apex heap size too large/,
  ],
  [
    'a list that doubles',
    'List<Integer> l = new List<Integer>{ 1 }; while (true) { l.addAll(l.clone()); }',
    /^System.LimitException: Apex heap size too large/,
  ],
  [
    'a Blob that grows when it is encoded',
    "String s = 'x'.repeat(100000000 / 50); while (true) { s = EncodingUtil.base64Encode(Blob.valueOf(s + s + s + s + s)); }",
    /^System.LimitException: Apex heap size too large/,
  ],
  ['a Decimal that squares itself', 'Decimal d = 7; while (true) { d = d * d; }', /^System.LimitException: Apex/],
  [
    'a pattern that backtracks',
    "Pattern.matches('(a+)+b', 'a'.repeat(40));",
    /^System.LimitException: Regex too compli/,
  ],
  [
    'a comparison that sorts',
    'new List<Again>{ new Again(), new Again() }.sort();',
    /^System.LimitException: Maximum stack depth reached/,
    'public class Again implements Comparable { public Integer compareTo(Object o) { new List<Again>{ new Again(), new Again() }.sort(); return 0; } }',
  ],
  [
    'a constructor that constructs',
    'new Again();',
    /^System.LimitException: Maximum stack depth reached/,
    'public class Again { Again next = new Again(); }',
  ],
  [
    'a loop that never leaves its finally block',
    'while (true) { try { while (true) { Integer i = 1; } } finally { continue; } }',
    /^System.LimitException: Apex CPU time limit exceeded/,
  ],
  [
    'an exception in a finally block, which replaces the first',
    "try { throw new IllegalArgumentException('a'); } finally { throw new IllegalArgumentException('b'); }",
    /^System.IllegalArgumentException: b$/,
  ],
  [
    'JSON that nests',
    "JSON.deserializeUntyped('['.repeat(200000));",
    /^System.JSONException: JSON is nested too deeply/,
  ],
  [
    'a graph that is written as JSON and holds itself',
    'Node n = new Node(null); n.next = n; JSON.serialize(n);',
    /^System.JSONException: Circular reference/,
    NODE,
  ],
  [
    'a query of parentheses',
    "Database.query('SELECT Id FROM Account WHERE ' + '('.repeat(20000) + 'Name = null' + ')'.repeat(20000));",
    /^System.QueryException: .*nested more than 100 deep/,
  ],

  [
    'recursion without a loop',
    'Again.fib(60);',
    /^System.LimitException: Apex CPU time limit exceeded/,
    'public class Again { public static Integer fib(Integer n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); } }',
  ],
  [
    'a toString that asks for its own text',
    "String s = 'x' + new Again();",
    /^System.LimitException: Maximum stack depth reached/,
    "public class Again { public override String toString() { return 'x' + this; } }",
  ],
  [
    'an equals that compares',
    'Boolean same = new Again() == new Again();',
    /^System.LimitException: Maximum stack depth reached/,
    'public class Again { public Boolean equals(Object o) { return new Again() == o; } public Integer hashCode() { return 1; } }',
  ],
  [
    'a hashCode that makes a set',
    'new Set<Again>{ new Again() };',
    /^System.LimitException: Maximum stack depth reached/,
    'public class Again { public Boolean equals(Object o) { return true; } public Integer hashCode() { return new Set<Again>{ this }.size(); } }',
  ],
  [
    'a comparator that sorts by itself',
    'new List<Again>{ new Again(), new Again() }.sort(new Again());',
    /^System.LimitException: Maximum stack depth reached/,
    'public class Again implements Comparator<Again> { public Integer compare(Again a, Again b) { new List<Again>{ a, b }.sort(this); return 0; } }',
  ],
  [
    'properties that read each other',
    'Integer i = new Again().a;',
    /^System.LimitException: Maximum stack depth reached/,
    'public class Again { public Integer a { get { return b; } } public Integer b { get { return a; } } }',
  ],
  [
    'a class that makes itself by its name',
    'new Again();',
    /^System.LimitException: Maximum stack depth reached/,
    "public class Again { public Again() { Type.forName('Again').newInstance(); } }",
  ],
  [
    'a Callable that calls itself',
    "new Again().call('x', null);",
    /^System.LimitException: Maximum stack depth reached/,
    'public class Again implements Callable { public Object call(String action, Map<String, Object> args) { return ((Callable) this).call(action, args); } }',
  ],
  [
    'a static initialiser that never ends',
    'Again.go();',
    /^System.LimitException: Apex CPU time limit exceeded/,
    'public class Again { static Integer n = 0; static { while (true) n++; } public static void go() { } }',
  ],
  [
    'a static object that has another one',
    'new Again();',
    /^System.LimitException: Maximum stack depth reached/,
    'public class Again { static Again one = new Again(); Again other = new Again(); }',
  ],
  [
    'static variables that need each other',
    'Integer i = Again.x;',
    /^System.NullPointerException: Attempt to de-reference a null object/,
    'public class Again { public static Integer x = other() + 1; static Integer other() { return x; } }',
  ],
  [
    'an iterator without end',
    'for (Integer i : new Again()) { }',
    /^System.LimitException: Apex CPU time limit exceeded/,
    'public class Again implements Iterable<Integer>, Iterator<Integer> { public Iterator<Integer> iterator() { return this; } public Boolean hasNext() { return true; } public Integer next() { return 1; } }',
  ],
  [
    'a text joined from an iterator without end',
    "String.join(new Again(), ',');",
    /^System.LimitException: Apex (?:CPU time limit exceeded|heap size too large)/,
    "public class Again implements Iterable<String>, Iterator<String> { public Iterator<String> iterator() { return this; } public Boolean hasNext() { return true; } public String next() { return 'x'; } }",
  ],
  [
    'a list that grows while it is walked over',
    'List<Integer> l = new List<Integer>{ 1 }; for (Integer i : l) l.add(i);',
    /^System.LimitException: Apex heap size too large/,
  ],
  [
    'a list that takes in itself',
    'List<Integer> l = new List<Integer>{ 1 }; while (true) l.addAll(l);',
    /^System.LimitException: Apex heap size too large/,
  ],
  [
    'a list that is searched again and again',
    'List<Integer> l = new List<Integer>(); for (Integer i = 0; i < 100000; i++) l.add(i); while (true) l.contains(-1);',
    /^System.LimitException: Apex CPU time limit exceeded/,
  ],
  [
    'a list that is sorted again and again',
    'List<Integer> l = new List<Integer>(); for (Integer i = 0; i < 100000; i++) l.add(Math.mod(i * 7919, 100003)); while (true) l.clone().sort();',
    /^System.LimitException: Apex CPU time limit exceeded/,
  ],
  [
    'a text that is read again and again',
    "String s = 'X'.repeat(2000000); while (true) s.hashCode();",
    /^System.LimitException: Apex CPU time limit exceeded/,
  ],
  [
    'a Blob that is digested again and again',
    "Blob b = Blob.valueOf('X'.repeat(500000)); while (true) Crypto.generateDigest('SHA-256', b);",
    /^System.LimitException: Apex CPU time limit exceeded/,
  ],
  [
    'the distance of long texts',
    "'x'.repeat(100000).getLevenshteinDistance('y'.repeat(100000));",
    /^System.LimitException: Apex CPU time limit exceeded/,
  ],
  [
    'replacements that grow',
    "String s = 'a'; while (true) s = s.replaceAll('a', '$0$0$0$0$0$0');",
    /^System.LimitException: (?:Apex heap size too large|Regex too complicated|Apex CPU time limit exceeded)/,
  ],
  [
    'a format that repeats its argument',
    "String.format('{0}'.repeat(100000), new List<Object>{ 'x'.repeat(1000) });",
    /^System.LimitException: Apex heap size too large/,
  ],
  [
    'an array of more than there can be',
    'Integer[] a = new Integer[2147483647];',
    /^System.LimitException: Apex heap size too large/,
  ],
  [
    'JSON objects that nest',
    'JSON.deserializeUntyped(\'{"a":\'.repeat(100000));',
    /^System.JSONException: JSON is nested too deeply/,
  ],
  [
    'a deep graph that is written as JSON',
    "Map<String, Object> m = new Map<String, Object>(); for (Integer i = 0; i < 50000; i++) m = new Map<String, Object>{ 'a' => m }; JSON.serialize(m);",
    /^System.LimitException: Maximum stack depth reached/,
  ],
  [
    'lists that hold themselves, compared',
    'List<Object> l = new List<Object>(); l.add(l); List<Object> k = new List<Object>(); k.add(k); Boolean same = l == k;',
    /^System.LimitException: Maximum stack depth reached/,
  ],
  [
    'a deep graph as the state of a job',
    'Node n; for (Integer i = 0; i < 50000; i++) n = new Node(n); System.enqueueJob(n);',
    /^System.LimitException: Maximum stack depth reached/,
    'public class Node implements Queueable { Node next; public Node(Node next) { this.next = next; } public void execute(QueueableContext c) { } }',
  ],
  [
    'a query of negations',
    "Database.query('SELECT Id FROM Account WHERE ' + 'NOT '.repeat(20000) + 'Name = null');",
    /^System.QueryException/,
  ],
  [
    'an exception in finally blocks that run for each other',
    "try { try { Integer.valueOf('x'); } finally { Integer.valueOf('y'); } } catch (TypeException e) { throw new IllegalArgumentException(e.getMessage()); } finally { Integer.valueOf('z'); }",
    /^System.TypeException: Invalid integer: z/,
  ],
];

describe('code that runs away', () => {
  // Apex Developer Guide: Execution Governors and Limits.
  for (const [name, body, ending, source] of RUNAWAYS)
    it(`ends: ${name}`, () => {
      const engine = engineOf([apex(source ?? 'public class Nothing {}')], [], { cpuTime: 500 });
      expect(endingOf(() => runAnonymous(engine, body))).to.match(ending);
    });

  it('ends normally where a value holds itself, or is merely large', () => {
    for (const body of [
      'List<Object> l = new List<Object>(); l.add(l); System.debug(l);',
      "Map<String, Object> m = new Map<String, Object>(); m.put('x', m); System.debug(m);",
      "Exception e = new IllegalArgumentException('x'); for (Integer i = 0; i < 5000; i++) { Exception f = new IllegalArgumentException('y'); f.initCause(e); e = f; } System.debug(e.getCause());",
      'List<Integer> l = new List<Integer>(); for (Integer i = 0; i < 1000000; i++) l.add(Math.mod(i * 7919, 1000003)); l.sort(); Assert.areEqual(1000000, l.size());',
      "List<Account> rows = new List<Account>(); for (Integer i = 0; i < 9000; i++) rows.add(new Account(Name = 'A' + i)); insert rows; Assert.areEqual(9000, [SELECT Id, Name FROM Account].size());",
      "Database.query('SELECT Id FROM Account WHERE ' + 'Name = null AND '.repeat(1000) + 'Name = null');",
    ])
      expect(
        endingOf(() => runAnonymous(engineOf([], []), body)),
        body,
      ).to.equal('no end');
  });

  // Apex Reference Guide: Decimal Class.
  it('cannot ask for Decimals without end', () => {
    const engine = engineOf([apex('public class Nothing {}')], []);
    for (const call of ['pow(32768)', 'pow(-1)', 'setScale(34)', 'divide(3, -34)'])
      expect(endingOf(() => runAnonymous(engine, `Decimal d = 2; d.${call};`))).to.match(/^System.MathException: /);
  });
});
