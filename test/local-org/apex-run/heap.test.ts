import { expect } from 'chai';

import { runAnonymous } from '../../../local-org/src/apex/test-runner/index.js';
import { orgOf } from '../kernel/kit.js';
import { endingOf } from './ending.js';
import { apex, engineOf, run } from './run.js';

/** How a block ends that runs synchronously, after an insert of the given accounts by another transaction. */
function ending(body: string, ...sources: readonly string[]): string {
  const engine = engineOf(sources.map(apex), []);
  return endingOf(() => runAnonymous(engine, body));
}

const heapSizes = (body: string, ...sources: readonly string[]): readonly number[] => run(body, ...sources).map(Number);

/** How a queueable with that body ends. */
async function asyncEnding(body: string): Promise<string> {
  const org = orgOf([`public class Job implements Queueable { public void execute(QueueableContext c) { ${body} } }`]);
  await org.run('System.enqueueJob(new Job());');
  const [status = ''] = await org.ask('System.debug([SELECT ExtendedStatus FROM AsyncApexJob].ExtendedStatus);');
  return status.split('\n')[0] ?? '';
}

const TOO_LARGE = /^System\.LimitException: Apex heap size too large: \d{7,8}$/;
const HOLDER =
  "public class Holder { public static List<String> kept = new List<String>(); public List<String> own = new List<String>(); public void keep(Integer n) { for (Integer i = 0; i < n; i++) own.add(i + 'x'.repeat(100000)); } }";

/** What keeps ten megabytes. */
const KEEPING: readonly (readonly [string, string, ...(readonly string[])])[] = [
  [
    'a list of a local variable',
    "List<String> l = new List<String>(); for (Integer i = 0; i < 100; i++) l.add('x'.repeat(100000));",
  ],
  [
    'a map',
    "Map<Integer, String> m = new Map<Integer, String>(); for (Integer i = 0; i < 100; i++) m.put(i, 'x'.repeat(100000));",
  ],
  ['a set', "Set<String> s = new Set<String>(); for (Integer i = 0; i < 100; i++) s.add(i + 'x'.repeat(100000));"],
  ['a static variable', "for (Integer i = 0; i < 100; i++) Holder.kept.add(i + 'x'.repeat(100000));", HOLDER],
  ['an object that only its own method knows', 'new Holder().keep(100);', HOLDER],
  [
    'the fields of records',
    "List<Account> l = new List<Account>(); for (Integer i = 0; i < 400; i++) l.add(new Account(Description = 'x'.repeat(25000)));",
  ],
  ['a text that grows', "String s = ''; for (Integer i = 0; i < 100; i++) s += 'x'.repeat(100000);"],
  [
    'texts that a growing one leaves behind',
    "List<String> l = new List<String>(); String s = ''; for (Integer i = 0; i < 1500; i++) { s += '1234567890'; l.add(s); }",
  ],
  [
    'Blobs',
    "List<Blob> l = new List<Blob>(); for (Integer i = 0; i < 100; i++) l.add(Blob.valueOf('x'.repeat(100000)));",
  ],
  [
    'many small objects',
    'List<Small> l = new List<Small>(); for (Integer i = 0; i < 400000; i++) l.add(new Small());',
    'public class Small { public Integer a; public Integer b; public Integer c; public Integer d; }',
  ],
  [
    'a tree that recursion without a loop builds',
    'Tree t = new Tree(18);',
    "public class Tree { Tree left; Tree right; String name; public Tree(Integer depth) { name = '12345678901234567890'; if (depth > 0) { left = new Tree(depth - 1); right = new Tree(depth - 1); } } }",
  ],
  [
    'a list of two million Integers',
    'List<Integer> l = new List<Integer>(); for (Integer i = 0; i < 2000000; i++) l.add(i);',
  ],
];

describe('the heap of a transaction', () => {
  // Apex Developer Guide: Execution Governors and Limits (total heap size 6 MB, 12 MB asynchronously).
  for (const [name, body, ...sources] of KEEPING)
    it(`is too small for ten megabytes in ${name}`, () => {
      expect(ending(body, ...sources)).to.match(TOO_LARGE);
    });

  it('holds ten megabytes, and not twenty, in an asynchronous transaction', async () => {
    const keep = (times: number): string =>
      `List<String> l = new List<String>(); for (Integer i = 0; i < ${times}; i++) l.add('x'.repeat(100000));`;
    expect(await asyncEnding(keep(100))).to.equal('null');
    expect(await asyncEnding(keep(200))).to.match(TOO_LARGE);
  });

  it('does not count what nobody keeps', () => {
    const bodies = [
      "for (Integer i = 0; i < 1000; i++) { String s = 'x'.repeat(100000); }",
      "String s; for (Integer i = 0; i < 1000; i++) s = i + 'x'.repeat(100000);",
      "for (Integer i = 0; i < 300000; i++) { Account a = new Account(Name = 'A' + i); }",
      "for (Integer i = 0; i < 100; i++) { List<String> l = 'x,y'.repeat(3000).split(','); }",
      'for (Integer i = 0; i < 100; i++) { Make.keep(); }',
      'for (Integer i = 0; i < 100; i++) { try { Make.fail(); } catch (IllegalArgumentException e) { continue; } }',
    ];
    const make =
      "public class Make { public static List<String> make() { List<String> l = new List<String>(); for (Integer i = 0; i < 20; i++) l.add('x'.repeat(100000)); return l; } public static void keep() { List<String> l = make(); } public static void fail() { List<String> l = make(); throw new IllegalArgumentException(); } }";
    for (const body of bodies) expect(ending(body, make), body).to.equal('no end');
  });

  it('lets go of the variables of a block, a loop and a method that ended', () => {
    const four = "'x'.repeat(4000000)";
    for (const body of [
      `if (true) { String a = ${four}; } String b = ${four}; Limits.getHeapSize();`,
      `for (Integer i = 0; i < 2; i++) { String a = ${four}; if (i == 1) break; } String b = ${four}; Limits.getHeapSize();`,
      `while (true) { String a = ${four}; break; } String b = ${four};`,
      `do { String a = ${four}; } while (false); String b = ${four};`,
      `for (String a : new List<String>{ ${four} }) { } String b = ${four};`,
      `try { String a = ${four}; Integer.valueOf('x'); } catch (TypeException e) { String b = ${four}; }`,
      `switch on 1 { when 1 { String a = ${four}; } } String b = ${four};`,
      `Four.make(); String b = ${four};`,
      `String a = ${four}; a = null; String b = ${four};`,
    ])
      expect(ending(body, `public class Four { public static void make() { String a = ${four}; } }`), body).to.equal(
        'no end',
      );
  });

  it('counts a long text once, however many variables share it', () => {
    expect(
      ending(
        "String s = 'x'.repeat(1000000); List<String> l = new List<String>(); for (Integer i = 0; i < 100; i++) l.add(s); Integer n = Limits.getHeapSize();",
      ),
    ).to.equal('no end');
  });

  it('grows with what is kept, and falls when it is given up', () => {
    const [first = 0, second = 0, third = 0] = heapSizes(
      "System.debug(Limits.getHeapSize()); List<String> l = new List<String>(); for (Integer i = 0; i < 10; i++) l.add('x'.repeat(100000)); System.debug(Limits.getHeapSize()); l.clear(); String s = 'x'.repeat(200000); System.debug(Limits.getHeapSize());",
    );
    expect(first).to.be.within(0, 10_000);
    expect(second).to.be.within(1_000_000, 1_200_000);
    expect(third).to.be.within(200_000, 300_000);
  });

  it('weighs values as documented', () => {
    const weight = (code: string): number => {
      const [before = 0, after = 0] = heapSizes(
        `Object o; String pad = 'x'.repeat(10); Integer a = Limits.getHeapSize(); ${code} Integer b = Limits.getHeapSize(); System.debug(0); System.debug(b - a);`,
      );
      return after - before;
    };
    expect(weight("o = 'x'.repeat(1000);")).to.be.within(1000, 1010);
    expect(
      weight('List<Integer> l = new List<Integer>(); for (Integer i = 0; i < 1000; i++) l.add(i); o = l;'),
    ).to.be.within(4000, 4100);
    expect(weight("o = Blob.valueOf('x'.repeat(1000));")).to.be.within(1000, 2100);
  });

  it('holds the rows of a query, but not those that a loop over it fetches', () => {
    const engine = engineOf([apex('public class Nothing {}')], []);
    const insert =
      "List<Account> rows = new List<Account>(); for (Integer i = 0; i < 150; i++) rows.add(new Account(Name = 'A', Description = 'x'.repeat(30000))); insert rows;";
    for (let at = 0; at < 2; at++) expect(endingOf(() => runAnonymous(engine, insert))).to.equal('no end');
    const query = '[SELECT Description FROM Account]';
    expect(endingOf(() => runAnonymous(engine, `List<Account> all = ${query};`))).to.match(TOO_LARGE);
    expect(endingOf(() => runAnonymous(engine, `Database.query('${query.slice(1, -1)}');`))).to.match(TOO_LARGE);
    expect(
      endingOf(() => runAnonymous(engine, `for (Account a : ${query}) { String s = a.Description + 'x'; }`)),
    ).to.equal('no end');
  });

  it('ends by an exception that no catch block gets and after which no finally block runs', () => {
    const lines: string[] = [];
    const engine = engineOf([], lines);
    const body =
      "try { String s = 'x'; while (true) s += s; } catch (Exception e) { System.debug('caught'); } finally { System.debug('finally'); }";
    expect(endingOf(() => runAnonymous(engine, body))).to.match(TOO_LARGE);
    expect(lines).to.deep.equal([]);
  });

  it('ends huge texts in the exception, however they are built', () => {
    for (const expression of [
      "'x'.repeat(7000000)",
      "'x'.repeat(2000000000)",
      "'xy'.repeat(',', 5000000)",
      "String.join(new List<String>{ 'x'.repeat(5000000), 'y'.repeat(5000000) }, ',')",
      "'x'.repeat(1000).replace('x', 'y'.repeat(10000))",
      "'x'.repeat(1000).replaceAll('x', 'y'.repeat(10000))",
      "'x'.leftPad(9000000)",
      "'x'.rightPad(9000000)",
      "'x'.center(9000000)",
      "EncodingUtil.base64Encode(Blob.valueOf('x'.repeat(5000000)))",
      "EncodingUtil.urlEncode('%'.repeat(3000000), 'UTF-8')",
      "JSON.serialize(new List<String>{ '\"'.repeat(4000000) })",
      "String.format('{0}{0}', new List<Object>{ 'x'.repeat(5000000) })",
      "'x'.repeat(5000000) + 'y'.repeat(5000000)",
    ])
      expect(ending(`String s = ${expression};`), expression).to.match(
        /^System\.LimitException: Apex heap size too large: \d+$/,
      );
  });

  it('is that of each transaction', async () => {
    const four = "'x'.repeat(4000000)";
    const org = orgOf([
      `public class Job implements Queueable { public static String kept; public void execute(QueueableContext c) { kept = ${four}; System.debug('done'); } }`,
    ]);
    await org.run(`String s = ${four}; System.enqueueJob(new Job()); System.enqueueJob(new Job());`);
    expect(org.lines).to.deep.equal(['done', 'done']);
  });

  // Rows of a trigger have every field of their object.
  it('does not count empty fields of records', () => {
    const rows =
      'List<Account> rows = new List<Account>(); for (Integer i = 0; i < 200; i++) rows.add(new Account(Name = String.valueOf(i))); insert rows;';
    const [size = 0] = heapSizes(
      rows,
      'public class Keep { public static List<List<Account>> kept = new List<List<Account>>(); }',
      'trigger Keeping on Account (after insert) { for (Integer i = 0; i < 10; i++) Keep.kept.add(Trigger.new.deepClone(true, true, true)); System.debug(Limits.getHeapSize()); }',
    );
    expect(size).to.be.within(200_000, 1_500_000);
  });

  it('counts what is read from JSON, and rows that a loop over a query keeps', () => {
    const engine = engineOf([], []);
    const insert =
      "List<Account> rows = new List<Account>(); for (Integer i = 0; i < 180; i++) rows.add(new Account(Name = 'A', Description = 'x'.repeat(30000))); insert rows;";
    for (let at = 0; at < 2; at++) expect(endingOf(() => runAnonymous(engine, insert))).to.equal('no end');
    const keep =
      'List<Account> kept = new List<Account>(); for (Account a : [SELECT Description FROM Account]) kept.add(a); Limits.getHeapSize();';
    expect(endingOf(() => runAnonymous(engine, keep))).to.match(TOO_LARGE);
    const read = `List<Object> l = new List<Object>(); String s = JSON.serialize(new List<String>{ 'x'.repeat(100000) }); for (Integer i = 0; i < 100; i++) l.add(JSON.deserializeUntyped(s));`;
    expect(ending(read)).to.match(TOO_LARGE);
  });

  it('counts what objects behind a platform interface and request objects hold', () => {
    expect(
      ending(
        "List<HttpRequest> l = new List<HttpRequest>(); for (Integer i = 0; i < 100; i++) { HttpRequest r = new HttpRequest(); r.setBody(i + 'x'.repeat(100000)); l.add(r); }",
      ),
    ).to.match(TOO_LARGE);
  });
});
