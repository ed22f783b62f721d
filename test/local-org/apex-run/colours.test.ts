import { expect } from 'chai';
import fc from 'fast-check';

import {
  asThrowable,
  ApexThrowable,
  exceptionText,
  stackTrace,
  type TestState,
} from '../../../local-org/src/apex/runtime/index.js';
import {
  createEngine,
  runAnonymousSuspendable,
  type ApexEngine,
} from '../../../local-org/src/apex/test-runner/index.js';
import { methodMemberOf } from '../../../local-org/src/apex/runtime/index.js';
import { debugLines } from '../../support/debug-lines.js';
import { apex } from './run.js';
import { echo } from './run-suspendable.js';

/** Waits in an org, and asks a mock in a test: the same number comes back. */
const WAIT = `public class Wait implements HttpCalloutMock {
  public static Integer next(Integer n) {
    HttpRequest r = new HttpRequest(); r.setEndpoint('https://x.example/' + n); r.setMethod('GET');
    return Integer.valueOf(new Http().send(r).getBody());
  }
  public HttpResponse respond(HttpRequest r) { HttpResponse a = new HttpResponse(); a.setBody(r.getEndpoint().substringAfterLast('/')); return a; }
}`;

const WORKER = `public abstract class Worker {
  public abstract Integer work(Integer n);
  public class Quick extends Worker { public override Integer work(Integer n) { return n + 1; } }
  public class Slow extends Worker { public override Integer work(Integer n) { return Wait.next(n) + 1; } }
}`;

/** Variables are named by the depth of their block, since an inner one must not have the name of an outer one. */
const deeper = (block: string): string => block.replace(/@(\d+)@/g, (_, depth) => `@${Number(depth) + 1}@`);

const { statement } = fc.letrec<{ expression: string; statement: string; block: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.integer({ min: -9, max: 9 }).map(String),
    fc.constantFrom('a', 'b', 'c'),
    fc
      .tuple(tie('expression'), fc.constantFrom('+', '-', '*'), tie('expression'))
      .map(([l, o, r]) => `(${l} ${o} ${r})`),
    tie('expression').map((e) => `Wait.next(${e})`),
    fc.tuple(fc.constantFrom('quick', 'slow'), tie('expression')).map(([w, e]) => `${w}.work(${e})`),
    fc.tuple(tie('expression'), tie('expression'), tie('expression')).map(([c, x, y]) => `(${c} > 0 ? ${x} : ${y})`),
    tie('expression').map((e) => `(100 / ${e})`),
    tie('expression').map((e) => `(nothing ?? ${e})`),
    tie('expression').map((e) => `new List<Integer>{${e}, 1}[0]`),
    fc.tuple(fc.constantFrom('a', 'b'), tie('expression')).map(([v, e]) => `(${v} += ${e})`),
    fc.constantFrom('a++', '--b'),
  ),
  statement: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('expression').map((e) => `System.debug(${e});`),
    fc.tuple(fc.constantFrom('a', 'b', 'c'), tie('expression')).map(([v, e]) => `${v} = ${e};`),
    fc.tuple(tie('expression'), tie('block'), tie('block')).map(([c, t, e]) => `if (${c} > 0) ${t} else ${e}`),
    fc
      .tuple(fc.integer({ min: 0, max: 3 }), tie('block'))
      .map(([n, s]) => `for (Integer @0@ = Wait.next(0); @0@ < Wait.next(${n}); @0@++) ${deeper(s)}`),
    tie('block').map((s) => `for (Integer @0@ : new List<Integer>{1, Wait.next(2)}) ${deeper(s)}`),
    fc
      .tuple(tie('expression'), tie('block'), tie('block'))
      .map(([e, s, d]) => `switch on ${e} { when 0, 1 ${s} when else ${d} }`),
    fc
      .tuple(tie('block'), tie('block'), tie('block'))
      .map(
        ([t, c, f]) =>
          `try ${t} catch (MathException @0@) { System.debug(@0@.getLineNumber()); ${deeper(c)} } finally ${f}`,
      ),
    tie('expression').map((e) => `if (${e} == 3) return a;`),
    fc.constant("if (a > 1000000) throw new IllegalArgumentException('large');"),
  ),
  block: fc.array(tie('statement'), { maxLength: 3 }).map((all) => `{\n${all.join('\n')}\n}`),
}));

/** The body of a class that runs some statements; `@name@` stands for the class. */
const program = fc
  .array(statement, { minLength: 1, maxLength: 6 })
  .map((all) =>
    `public class @name@ {\n  public static Integer run() {\n    Integer a = 1, b = 2, c = 3; Integer nothing = null; Worker quick = new Worker.Quick(); Worker slow = new Worker.Slow();\n${all.join('\n')}\n    return a + b + c;\n  }\n}`.replace(
      /@(\d+)@/g,
      'v$1',
    ),
  );

/** What a run shows: debug lines, and the result or the exception with its stack. */
interface Outcome {
  readonly lines: readonly string[];
  readonly end: string;
}

const nameOf = (at: number): string => `Program${at}`;

function engineFor(programs: readonly string[], lines: string[]): ApexEngine {
  const sources = programs.map((source, at) => source.replaceAll('@name@', nameOf(at)));
  const result = createEngine({
    components: [WAIT, WORKER, ...sources].map(apex),
    callouts: echo,
    traces: debugLines((text) => lines.push(text)),
  });
  if (result.ok) return result.engine;
  throw new Error(result.errors.map(({ fileName, line, message }) => `${fileName}:${line}: ${message}`).join('\n'));
}

function failure(caught: unknown): string {
  const error = asThrowable(caught);
  // The block that starts the program has no counterpart in the other colour.
  return error instanceof ApexThrowable
    ? `${exceptionText(error)}\n${stackTrace(error).replace(/\n?AnonymousBlock: .*$/, '')}`
    : error.message;
}

/** The plain functions, in a transaction of a test whose mock answers. */
function plain({ runtime }: ApexEngine, lines: string[], name: string): Outcome {
  const [main, mock] = [name, 'Wait'].map((wanted) => runtime.options.findClass(wanted));
  const method = main?.methods.get('run')?.[0];
  if (main === undefined || mock === undefined || method === undefined) throw new Error('The program is not there.');
  const test: TestState = {
    phase: 'during',
    mocks: new Map([['system.httpcalloutmock', runtime.classOf(mock).$info.allocate()]]),
    seeAllData: false,
    className: name,
    methodName: 'run',
    outerLimits: undefined,
  };
  try {
    const result: unknown = runtime.transact('RUNTEST_SYNC', 'sync', runtime.options.identity.adminId, test, () => {
      const member: unknown = Reflect.get(runtime.classOf(main), methodMemberOf(method));
      return typeof member === 'function' ? Reflect.apply(member, undefined, []) : undefined;
    });
    return { lines: lines.splice(0), end: `result ${String(result)}` };
  } catch (error) {
    return { lines: lines.splice(0), end: failure(error) };
  }
}

/** The generators, in a transaction that is suspended at each callout. */
async function suspendable(engine: ApexEngine, lines: string[], name: string): Promise<Outcome> {
  try {
    await runAnonymousSuspendable(engine, `System.debug('result ' + ${name}.run());`);
    return { end: lines.pop() ?? '', lines: lines.splice(0) };
  } catch (error) {
    return { lines: lines.splice(0), end: failure(error) };
  }
}

describe('the two colours of compiled Apex', () => {
  it('give the same results, exceptions and stack traces for the same program', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(program, { minLength: 15, maxLength: 15 }), async (programs) => {
        const lines: string[] = [];
        const engine = engineFor(programs, lines);
        for (const at of programs.keys()) {
          const name = nameOf(at);
          expect(await suspendable(engine, lines, name)).to.deep.equal(plain(engine, lines, name));
        }
      }),
      { seed: 20260302, numRuns: 4 },
    );
  });
});
