import { expect } from 'chai';

import { CalloutFailure, stackTrace, ApexThrowable, exceptionText } from '../../../local-org/src/apex/runtime/index.js';
import { echo, engineWith, HeldCallouts, response, runBlock, settle } from './run-suspendable.js';

const CALL = `public class Call {
  public static String get(String name) {
    HttpRequest request = new HttpRequest();
    request.setEndpoint('https://api.example/' + name);
    request.setMethod('GET');
    return new Http().send(request).getBody();
  }
}`;

async function shown(body: string, ...sources: readonly string[]): Promise<readonly string[]> {
  const lines: string[] = [];
  await runBlock(engineWith([CALL, ...sources], lines, { callouts: echo }), body);
  return lines;
}

async function thrownBy(run: Promise<unknown>): Promise<ApexThrowable> {
  const error: unknown = await run.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (error instanceof ApexThrowable) return error;
  throw error instanceof Error ? error : new Error('Nothing was thrown.');
}

describe('a transaction that waits at callouts', () => {
  it('keeps the meaning of expressions and statements around the wait', async () => {
    expect(
      await shown(`
        List<String> seen = new List<String>{Call.get('a') + Call.get('b'), Call.get('c')};
        System.debug(seen);
        Map<String, String> byKey = new Map<String, String>{Call.get('k') => Call.get('v')};
        System.debug(byKey);
        for (String name : new List<String>{'x', 'y'}) { if (Call.get(name) == 'x') continue; System.debug(name); }
        Integer i = 0; while (Call.get('n' + i) != 'n2') i++; System.debug(i);
        do { i--; } while (Call.get('m' + i) != 'm0'); System.debug(i);
        for (Integer j = Call.get('ab').length(); j < Call.get('abcd').length(); j += Call.get('1').length()) System.debug(j);
        System.debug(Call.get('p') == 'p' ? Call.get('yes') : Call.get('no'));
        String none = null; System.debug(none?.replace('a', Call.get('never')) == null);
        System.debug(none ?? Call.get('instead'));
        switch on Call.get('two') { when 'one' { System.debug(1); } when 'two' { System.debug(Call.get('second')); } when else { System.debug(3); } }
        String text = 'a'; text += Call.get('b') + text; System.debug(text);
        System.debug(Call.get('q') == 'r' && Call.get('never') == '' || Call.get('s') == 's');
        Account row = new Account(Name = Call.get('row')); System.debug(row.Name);
        String[] cells = new String[2]; cells[Call.get('z').length()] = Call.get('cell'); System.debug(cells);`),
    ).to.deep.equal([
      '(ab, c)',
      '{k=v}',
      'y',
      '2',
      '0',
      '2',
      '3',
      'yes',
      'true',
      'instead',
      'second',
      'aba',
      'true',
      'row',
      '(null, cell)',
    ]);
  });

  it('waits in constructors, initialisers, properties, overrides, interfaces and Callable', async () => {
    const base =
      "public abstract class Base { public String first = Call.get('field'); public String second; { second = Call.get('block'); } public Base() { this(Call.get('arg')); } public Base(String third) { System.debug(first + ' ' + second + ' ' + third); } public abstract String work(); public virtual String both() { return 'base ' + work(); } }";
    const derived =
      "public class Derived extends Base implements Callable, Worker { public Derived() { super(); System.debug(lazy + lazy); } public override String work() { return Call.get('work'); } public override String both() { return super.both() + ' ' + Call.get('over'); } public String lazy { get { if (lazy == null) lazy = Call.get('lazy'); return lazy; } set; } public Object call(String action, Map<String, Object> args) { return Call.get(action); } }";
    const worker = 'public interface Worker { String work(); }';
    const plain = "public class Plain implements Worker { public String work() { return 'plain'; } }";
    expect(
      await shown(
        `Derived one = new Derived(); System.debug(one.both());
        for (Worker each : new List<Worker>{one, new Plain()}) System.debug(each.work());
        Callable c = one; System.debug(c.call('named', null));
        Base viaBase = one; System.debug(viaBase.work());`,
        base,
        derived,
        worker,
        plain,
      ),
    ).to.deep.equal(['field block arg', 'lazylazy', 'base work over', 'work', 'plain', 'named', 'work']);
  });

  it('lets a block implement an interface of the org with code that waits', async () => {
    const worker = 'public interface Worker { String work(); }';
    const boss = "public class Boss { public static String run(Worker w) { return 'did ' + w.work(); } }";
    expect(
      await shown(
        "class Mine implements Worker { public String work() { return Call.get('mine'); } } System.debug(Boss.run(new Mine()));",
        worker,
        boss,
      ),
    ).to.deep.equal(['did mine']);
  });

  it('runs catch and finally blocks as if it had not waited, and throws where the callout stands', async () => {
    const lines: string[] = [];
    const engine = engineWith(
      [
        CALL,
        `public class Steps {
  public static void outer() {
    try {
      Call.get('ok');
      inner();
    } catch (CalloutException e) {
      System.debug(e.getMessage() + ' ' + e.getLineNumber() + ' ' + e.getStackTraceString().split('\\n').size());
      System.debug(e.getStackTraceString());
    } finally {
      System.debug('finally ' + Call.get('after'));
    }
  }
  static void inner() {
    Call.get('fails');
  }
}`,
      ],
      lines,
      {
        callouts: (request) =>
          request.endpoint.endsWith('fails')
            ? Promise.reject(new CalloutFailure('Read timed out'))
            : Promise.resolve(response('fine')),
      },
    );
    await runBlock(engine, 'Steps.outer();');
    expect(lines).to.deep.equal([
      'Read timed out 6 4',
      'Class.Call.get: line 6, column 1\nClass.Steps.inner: line 14, column 1\nClass.Steps.outer: line 5, column 1\nAnonymousBlock: line 1, column 1',
      'finally fine',
    ]);
  });

  it('gives an uncaught exception the stack of the code that went on', async () => {
    const engine = engineWith(
      [
        CALL,
        "public class Late {\n  public static void run() {\n    Call.get('x');\n    String s = null;\n    s.length();\n  }\n}",
      ],
      [],
      { callouts: echo },
    );
    const error = await thrownBy(runBlock(engine, '\nLate.run();'));
    expect(exceptionText(error)).to.equal('System.NullPointerException: Attempt to de-reference a null object');
    expect(stackTrace(error)).to.equal('Class.Late.run: line 5, column 1\nAnonymousBlock: line 2, column 1');
  });

  it('keeps statics, limits, the running user and the depth of several transactions apart', async () => {
    const lines: string[] = [];
    const held = new HeldCallouts();
    const engine = engineWith(
      [
        CALL,
        "public class Counter { static Integer n = 0; public static void go(String name) { n++; for (Integer i = 0; i < 2; i++) { Integer c = [SELECT COUNT() FROM Account]; } String answer = Call.get(name); n++; System.debug(name + ' ' + answer + ' ' + n + ' ' + Limits.getQueries() + ' ' + Limits.getCallouts()); insert new Account(Name = answer); } }",
      ],
      lines,
      { callouts: held.port },
    );
    const runs = [runBlock(engine, "Counter.go('one');"), runBlock(engine, "Counter.go('two');")];
    expect(held.requests.map((request) => request.endpoint)).to.deep.equal([
      'https://api.example/one',
      'https://api.example/two',
    ]);
    held.answer('first');
    await settle();
    held.answer('second');
    await Promise.all(runs);
    expect(lines).to.deep.equal(['one first 2 2 1', 'two second 2 2 1']);
    lines.length = 0;
    await runBlock(engine, 'System.debug([SELECT COUNT() FROM Account]);');
    expect(lines).to.deep.equal(['2']);
  });

  it('takes back only its own changes when it fails after a wait', async () => {
    const lines: string[] = [];
    const held = new HeldCallouts();
    const engine = engineWith([CALL], lines, { callouts: held.port });
    const failing = runBlock(engine, "Call.get('a'); insert new Account(Name = 'lost'); Integer.valueOf('x');");
    const other = runBlock(engine, "insert new Account(Name = 'kept');");
    held.answer('');
    await other;
    await thrownBy(failing);
    await runBlock(engine, 'for (Account a : [SELECT Name FROM Account]) System.debug(a.Name);');
    expect(lines).to.deep.equal(['kept']);
  });

  it('counts the lines of both colours', async () => {
    const engine = engineWith([CALL], [], { callouts: echo });
    await runBlock(engine, "Call.get('x');");
    const loaded = engine.runtime.program.units.get('call');
    expect([...(loaded?.unit.executableLines ?? [])].map((line) => loaded?.coverage[line])).to.deep.equal([1, 1, 1, 1]);
  });

  it('refuses by name where nobody can wait', async () => {
    const engine = engineWith(
      [
        CALL,
        "public class Eager { public static final String V = Call.get('static'); }",
        "public class Sorted implements Comparable { public Integer compareTo(Object other) { Call.get('cmp'); return 0; } }",
      ],
      [],
      { callouts: echo },
    );
    for (const block of ['System.debug(Eager.V);', 'new List<Sorted>{new Sorted(), new Sorted()}.sort();']) {
      const refusal = await runBlock(engine, block).then(
        () => 'nothing',
        (error: unknown) => (error instanceof Error ? error.message : 'Apex'),
      );
      expect(refusal).to.match(/^An HTTP callout from a static initialiser, or from code that the platform calls/);
    }
  });
});
