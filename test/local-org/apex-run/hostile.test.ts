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
];

describe('code that runs away', () => {
  // Apex Developer Guide: Execution Governors and Limits.
  for (const [name, body, ending, source] of RUNAWAYS)
    it(`ends: ${name}`, () => {
      const engine = engineOf([apex(source ?? 'public class Nothing {}')], [], { cpuTime: 1000 });
      expect(endingOf(() => runAnonymous(engine, body))).to.match(ending);
    });

  // Apex Reference Guide: Decimal Class.
  it('cannot ask for Decimals without end', () => {
    const engine = engineOf([apex('public class Nothing {}')], []);
    for (const call of ['pow(32768)', 'pow(-1)', 'setScale(34)', 'divide(3, -34)'])
      expect(endingOf(() => runAnonymous(engine, `Decimal d = 2; d.${call};`))).to.match(/^System.MathException: /);
  });
});
