import { expect } from 'chai';
import fc from 'fast-check';

import { apex, engineOf, run, value } from './run.js';
import { runAnonymous } from '../../../local-org/src/apex/test-runner/index.js';

/** Rule, expression, what System.debug shows. */
const EXPRESSIONS: readonly (readonly [string, string, string])[] = [
  ['Integer division truncates', '-7 / 2', '-3'],
  ['Integer arithmetic wraps at 32 bits', '2147483647 + 1', '-2147483648'],
  ['Integer multiplication wraps at 32 bits', '65536 * 65536', '0'],
  ['Long arithmetic wraps at 64 bits', '9223372036854775807L + 1', '-9223372036854775808'],
  ['an Integer and a Long give a Long', '2147483647 + 1L', '2147483648'],
  ['a Decimal keeps its scale', '1.50 * 2', '3.00'],
  ['Decimals divide exactly', '10 / 4.0', '2.5'],
  ['Doubles print with a point', '3.0d', '3.0'],
  ['shifts wrap', '1 << 31', '-2147483648'],
  ['unsigned shift', '-1 >>> 28', '15'],
  ['String + null', "'a' + null", 'anull'],
  ['String + numbers', "1 + 2 + 'a' + 1 + 2", '3a12'],
  ['== on Strings ignores case', "'ABC' == 'abc'", 'true'],
  ['equals on Strings does not', "'ABC'.equals('abc')", 'false'],
  ['=== on lists is identity', 'new List<Integer>{1} === new List<Integer>{1}', 'false'],
  ['== on lists is content', 'new List<Integer>{1} == new List<Integer>{1}', 'true'],
  ['logical operators short-circuit', 'false && 1 / 0 == 1', 'false'],
  ['null coalescing', "(String) null ?? 'x'", 'x'],
  ['ternary', "1 < 2 ? 'y' : 'n'", 'y'],
  ['safe navigation skips the rest of the chain', '((String) null)?.trim().length()', 'null'],
  ['instanceof on an Object', '((Object) 5) instanceof Integer', 'true'],
  ['instanceof tells types apart', "((Object) 'x') instanceof Integer", 'false'],
  ['cast of a number truncates', '(Integer) 3.99', '3'],
  ['Date plus days', 'Date.newInstance(2024, 2, 28) + 2', '2024-03-01 00:00:00'],
  ['list prints its elements', 'new List<Object>{1, null, true}', '(1, null, true)'],
  ['map prints its entries', "new Map<String, Integer>{'a' => 1}", '{a=1}'],
  ['set keeps the first of equals', "new Set<String>{'a', 'A', 'a'}", '{a, A}'],
  ['Integer is a key equal to itself', "new Map<Object, String>{1 => 'x'}.get(1)", 'x'],
  ['Decimals of different scale are one key', 'new Set<Decimal>{1.0, 1.00}.size()', '1'],
  ['Id of 15 characters equals its 18', "Id.valueOf('001D000000IqhSL') == '001D000000IqhSLIAZ'", 'true'],
];

describe('Apex expressions', () => {
  it('make an Id of a joined text where one is expected', () => {
    expect(run("Id made = '001D000000' + 'IqhSLIAZ'; System.debug(made);")).to.deep.equal(['001D000000IqhSLIAZ']);
  });

  it('compute as the language says', () => {
    const shown = run(EXPRESSIONS.map(([, expression]) => `System.debug(${expression});`).join('\n'));
    for (const [index, [rule, expression, expected]] of EXPRESSIONS.entries())
      expect(shown[index], `${rule}: ${expression}`).to.equal(expected);
  });

  it('agree with BigInt on random Integer and Long expressions', () => {
    type Tree = number | readonly [string, Tree, Tree];
    const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.integer({ min: -(2 ** 31) + 1, max: 2 ** 31 - 1 }),
        fc.tuple(fc.constantFrom('+', '-', '*', '/'), tie('tree'), tie('tree')),
      ),
    }));
    const text = (node: Tree, suffix: string): string =>
      typeof node === 'number'
        ? `(${node}${suffix})`
        : `(${text(node[1], suffix)} ${node[0]} ${text(node[2], suffix)})`;
    const exact = (node: Tree, bits: number): bigint | undefined => {
      if (typeof node === 'number') return BigInt(node);
      const [left, right] = [exact(node[1], bits), exact(node[2], bits)];
      if (left === undefined || right === undefined || (node[0] === '/' && right === 0n)) return undefined;
      const result =
        node[0] === '+' ? left + right : node[0] === '-' ? left - right : node[0] === '*' ? left * right : left / right;
      return BigInt.asIntN(bits, result);
    };
    const trees = fc.sample(tree, { numRuns: 150, seed: 7 });
    const block = trees.map(
      (node) =>
        `try { System.debug(${text(node, '')}); } catch (MathException e) { System.debug('zero'); } try { System.debug(${text(node, 'L')}); } catch (MathException e) { System.debug('zero'); }`,
    );
    const shown = run(block.join('\n'));
    for (const [index, node] of trees.entries()) {
      expect(shown[2 * index], text(node, '')).to.equal(String(exact(node, 32) ?? 'zero'));
      expect(shown[2 * index + 1], text(node, 'L')).to.equal(String(exact(node, 64) ?? 'zero'));
    }
  });
});

describe('Apex statements', () => {
  it('loop, break and continue', () => {
    expect(
      run(`Integer sum = 0;
        for (Integer i = 0; i < 10; i++) { if (i == 3) continue; if (i == 6) break; sum += i; }
        Integer n = 3; while (n > 0) { sum += 100; n--; } do { sum += 1000; } while (false);
        for (String s : new Set<String>{'a', 'b'}) sum++;
        System.debug(sum);`),
    ).to.deep.equal(['1314']);
  });

  it('switch on values, enums and types, without fall-through', () => {
    const shown = run(
      `for (Object o : new List<Object>{1, 'x', new Account(Name = 'n'), null}) {
        switch on o { when Integer i { System.debug('int ' + (i + 1)); } when String s { System.debug('text ' + s); } when Account a { System.debug(a.Name); } when else { System.debug('else'); } }
      }
      switch on Colour.RED { when GREEN, BLUE { System.debug('no'); } when RED { System.debug('red'); } }`,
      'public enum Colour { RED, GREEN, BLUE }',
    );
    expect(shown).to.deep.equal(['int 2', 'text x', 'n', 'else', 'red']);
  });

  it('catch by type, run finally, and keep the cause', () => {
    const shown = run(
      `try { try { throw new TestException('inner'); } catch (TestException p) { throw new TestException('outer', p); } finally { System.debug('finally'); } }
      catch (Exception e) { System.debug(e.getTypeName() + ' ' + e.getMessage() + ' ' + e.getCause().getMessage()); }
      try { Integer i = null; i = i + 1; } catch (NullPointerException e) { System.debug(e.getMessage()); }
      try { new List<Integer>().get(0); } catch (ListException e) { System.debug(e.getMessage()); }
      try { Object o = 'x'; Integer i = (Integer) o; } catch (TypeException e) { System.debug(e.getMessage()); }`,
      'public class TestException extends Exception {}',
    );
    expect(shown).to.deep.equal([
      'finally',
      'TestException outer inner',
      'Attempt to de-reference a null object',
      'List index out of bounds: 0',
      'Invalid conversion from runtime type String to Integer',
    ]);
  });

  it('cannot catch a limit or a failed assertion', () => {
    const engine = engineOf([apex('public class Nothing {}')], [], { cpuTime: 300 });
    expect(() => runAnonymous(engine, 'try { while (true) {} } catch (Exception e) { System.debug(1); }')).to.satisfy(
      (f: () => void) => throwsApex(f, 'System.LimitException', 'Apex CPU time limit exceeded'),
    );
    expect(() => run('try { System.assert(false); } catch (Exception e) { System.debug(1); }')).to.satisfy(
      (f: () => void) => throwsApex(f, 'System.AssertException', 'Assertion Failed'),
    );
  });

  it('ends deep recursion and huge values in a limit exception', () => {
    const deep = 'public class Deep { public static Integer down(Integer n) { return down(n + 1) + 1; } }';
    expect(() => run('Deep.down(0);', deep)).to.satisfy((f: () => void) =>
      throwsApex(f, 'System.LimitException', 'Maximum stack depth reached: 1001'),
    );
    expect(() => run("String s = 'x'.repeat(100000000);")).to.satisfy((f: () => void) =>
      throwsApex(f, 'System.LimitException', 'heap size'),
    );
    expect(() => run('for (Integer i = 0; i < 101; i++) { List<Account> a = [SELECT Id FROM Account]; }')).to.satisfy(
      (f: () => void) => throwsApex(f, 'System.LimitException', 'Too many SOQL queries: 101'),
    );
  });
});

function throwsApex(work: () => void, type: string, message: string): boolean {
  try {
    work();
  } catch (error) {
    if (typeof error !== 'object' || error === null || !('$typeName' in error) || !('$x' in error)) throw error;
    const state = error.$x;
    return (
      error.$typeName === type &&
      typeof state === 'object' &&
      state !== null &&
      'message' in state &&
      String(state.message).includes(message)
    );
  }
  return false;
}

describe('Apex classes', () => {
  // fflib-apex-common's DerivedUnitOfWork needs its own fields when the constructor above calls it.
  it('initialise their fields and blocks before the base class, then run their constructor', () => {
    const shown = run(
      'new Derived(5);',
      `public virtual class Base { { System.debug('base block'); } public Base(Integer n) { System.debug('base ' + n); hook(); } public virtual void hook() { System.debug('base hook'); } }`,
      `public class Derived extends Base { private String s = show('field'); { System.debug('block ' + s); } public Derived(Integer n) { super(n + 1); System.debug('derived'); } public override void hook() { System.debug('derived hook ' + s); } private String show(String x) { System.debug(x); return x; } }`,
    );
    expect(shown).to.deep.equal(['field', 'block field', 'base block', 'base 6', 'derived hook field', 'derived']);
  });

  it('run static initialisers once per transaction, when the class is first used', () => {
    const shown = run(
      'System.debug(1); Counter.next(); System.debug(Counter.next());',
      `public class Counter { static Integer n = 10; static { System.debug('static'); } public static Integer next() { return ++n; } }`,
    );
    expect(shown).to.deep.equal(['1', 'static', '12']);
  });

  it('choose overloads by static type and methods by run-time type', () => {
    const shown = run(
      `Over o = new Sub(); Object x = 'text'; System.debug(o.pick(x)); System.debug(o.pick('text')); System.debug(o.pick(1)); System.debug(o.name());`,
      `public virtual class Over { public String pick(Object o) { return 'object'; } public String pick(String s) { return 'string'; } public String pick(Integer i) { return 'integer'; } public virtual String name() { return 'over'; } }`,
      `public class Sub extends Over { public override String name() { return 'sub of ' + super.name(); } }`,
    );
    expect(shown).to.deep.equal(['object', 'string', 'integer', 'sub of over']);
  });

  it('have properties with accessors, interfaces, iterators and comparables', () => {
    const shown = run(
      `Box b = new Box(); b.size = 4; System.debug(b.size); System.debug(b.doubled); b.size++; System.debug(b.size);
      List<Item> items = new List<Item>{new Item(2), new Item(1)}; items.sort(); System.debug(items[0].n);
      for (Integer i : new Range(3)) System.debug(i);
      System.debug(new Set<Item>{new Item(1), new Item(1)}.size());`,
      `public class Box { public Integer size { get { return size == null ? 0 : size; } set { size = value * 10; } } public Integer doubled { get { return size * 2; } } }`,
      `public class Item implements Comparable { public Integer n; public Item(Integer n) { this.n = n; } public Integer compareTo(Object o) { return n - ((Item) o).n; } public Boolean equals(Object o) { return o instanceof Item && ((Item) o).n == n; } public Integer hashCode() { return n; } }`,
      `public class Range implements Iterable<Integer>, Iterator<Integer> { private Integer at = 0; private Integer size; public Range(Integer size) { this.size = size; } public Iterator<Integer> iterator() { return this; } public Boolean hasNext() { return at < size; } public Integer next() { return at++; } }`,
    );
    expect(shown).to.deep.equal(['40', '80', '410', '1', '0', '1', '2', '1']);
  });

  it('implement interfaces with wider parameters, narrower results and static methods', () => {
    const shown = run(
      `Reader r = new Wide(); System.debug(r.read(new List<String>{ 'a' })); System.debug(r.make()); System.debug(r.shared());`,
      `public interface Reader { Integer read(List<String> texts); Object make(); String shared(); }`,
      `public class Wide implements Reader { public Integer read(Iterable<String> texts) { Integer n = 0; for (String t : texts) n++; return n; } public String make() { return 'made'; } public static String shared() { return 'static'; } }`,
    );
    expect(shown).to.deep.equal(['1', 'made', 'static']);
  });

  it('give final static literals their value before everything else of the class', () => {
    const shown = run(
      'System.debug(Early.SIZE);',
      "public class Early { public static final Integer SIZE = TEXT.length(); private static final String TEXT = 'four'; }",
    );
    expect(shown).to.deep.equal(['4']);
  });

  it('give stack traces with class, method and line', () => {
    const shown = run(
      'try { Shell.start(); } catch (Exception e) { System.debug(e.getStackTraceString()); }',
      "public class Shell {\n  public static void start() {\n    new Core().fail();\n  }\n  public class Core {\n    public void fail() {\n      throw new IllegalArgumentException('x');\n    }\n  }\n}",
    );
    expect(shown).to.deep.equal([
      'Class.Shell.Core.fail: line 7, column 1\nClass.Shell.start: line 3, column 1\nAnonymousBlock: line 1, column 1',
    ]);
  });

  it('name a feature that the local org does not have', () => {
    expect(() => value("Database.getUpdated('Account', System.now(), System.now())")).to.throw(
      'System.Database.getUpdated(String,Datetime,Datetime) is not supported by the local org.',
    );
  });
});
