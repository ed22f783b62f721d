import { flush } from '../library/index.js';
import {
  ApexThrowable,
  asThrowable,
  codeId,
  exceptionText,
  inCodeUnit,
  isVisibleInTests,
  methodMemberOf,
  runWithoutWaiting,
  stackTrace,
  Unsupported,
  type ApexRuntime,
  type TestState,
} from '../runtime/index.js';
import type { MethodSymbol } from '../types/symbols.js';
import type { ApexEngine } from './engine.js';
import type { TestMethodResult, UnitCoverage } from './results.js';
import type { TestClass } from './select-tests.js';

function newState(test: TestClass, method: MethodSymbol): TestState {
  return {
    phase: 'before',
    mocks: new Map(),
    seeAllData: test.seeAllData,
    className: test.symbol.name,
    methodName: method.name,
    outerLimits: undefined,
  };
}

function callStatic(runtime: ApexRuntime, method: MethodSymbol): void {
  runWithoutWaiting(runtime.callStatic(method.owner, methodMemberOf(method), []));
}

/** Follows the tests of a class. */
export interface TestWatcher {
  /** A method begins, @TestSetup ones too. */
  readonly begins?: () => void;
  /** A @TestSetup method has ended. */
  readonly setUp?: (result: TestMethodResult) => void;
  readonly ended: (result: TestMethodResult) => void;
}

/**
 * Runs a class's tests on a view of the org that is thrown away afterwards. Every method starts from what @TestSetup left (Apex Developer
 * Guide: Isolation of Test Data; Using Test Setup Methods).
 * @param userId who runs them; by default the administrator
 */
export function runTestClass(engine: ApexEngine, test: TestClass, watcher: TestWatcher, userId?: string): void {
  const { runtime } = engine;
  const run = { runtime, test, watcher, userId: userId ?? runtime.options.identity.adminId };
  const view = runtime.data.store.fork((name) => test.seeAllData || isVisibleInTests(name));
  const leave = runtime.data.enter(view);
  try {
    const setupError = runSetup(run);
    for (const method of test.methods) {
      const start = view.savepoint();
      watcher.ended(
        setupError === undefined ? resultOf(run, method, execute(run, method)) : failed(test, method, setupError, 0),
      );
      view.rollbackTo(start);
    }
  } finally {
    leave();
  }
}

/** One run of a class's tests. */
interface ClassRun {
  readonly runtime: ApexRuntime;
  readonly test: TestClass;
  readonly watcher: TestWatcher;
  readonly userId: string;
}

/** How a method ended. */
interface Ended {
  readonly error: ApexThrowable | Error | undefined;
  readonly milliseconds: number;
}

function runSetup(run: ClassRun): ApexThrowable | Error | undefined {
  for (const method of run.test.setup) {
    const ended = execute(run, method);
    run.watcher.setUp?.(resultOf(run, method, ended));
    if (ended.error !== undefined) return ended.error;
  }
  return undefined;
}

function resultOf({ test }: ClassRun, method: MethodSymbol, { error, milliseconds }: Ended): TestMethodResult {
  if (error !== undefined) return failed(test, method, error, milliseconds);
  return {
    className: test.symbol.name,
    methodName: method.name,
    outcome: 'pass',
    message: undefined,
    stackTrace: undefined,
    milliseconds,
  };
}

/** Runs one method in a transaction; jobs and events that nobody flushed run at its end, as without stopTest. */
function execute({ runtime, test, watcher, userId }: ClassRun, method: MethodSymbol): Ended {
  const state = newState(test, method);
  watcher.begins?.();
  const start = performance.now();
  try {
    runtime.transact('RUNTEST_SYNC', 'sync', userId, state, () => {
      inCodeUnit(
        runtime,
        () => ({
          id: codeId(runtime.data.store, 'ApexClass', test.symbol.name),
          name: `${test.symbol.name}.${method.name}()`,
        }),
        () => {
          callStatic(runtime, method);
          if (state.phase !== 'after') flush(runtime, state);
        },
      );
    });
    return { error: undefined, milliseconds: performance.now() - start };
  } catch (error) {
    return { error: asThrowable(error), milliseconds: performance.now() - start };
  } finally {
    runtime.jobs.dropTest(state);
    runtime.events.dropTest(state);
    runtime.options.flows?.dropTest(state);
  }
}

function failed(
  test: TestClass,
  method: MethodSymbol,
  error: ApexThrowable | Error,
  milliseconds: number,
): TestMethodResult {
  const base = { className: test.symbol.name, methodName: method.name, milliseconds };
  if (error instanceof ApexThrowable)
    return { ...base, outcome: 'fail', message: exceptionText(error), stackTrace: stackTrace(error) };
  if (error instanceof Unsupported)
    return { ...base, outcome: 'refused', message: error.message, stackTrace: undefined };
  return { ...base, outcome: 'fail', message: `Internal error: ${error.message}`, stackTrace: error.stack };
}

/** Forgets which lines ran. */
export function forgetCoverage({ runtime }: ApexEngine): void {
  for (const { coverage } of runtime.program.units.values()) coverage.fill(0);
}

/** Lines that ran since the code was loaded or its coverage was forgotten, of every class that is no test and every trigger. */
export function coverageOf(engine: ApexEngine): readonly UnitCoverage[] {
  const { checked, runtime } = engine;
  return checked.results.flatMap(({ source, unit }) => {
    const loaded = unit === undefined ? undefined : runtime.program.units.get(unit.name.toLowerCase());
    if (loaded === undefined || checked.types.get(source.name.toLowerCase())?.isTest === true) return [];
    const lines = [...loaded.unit.executableLines].toSorted((left, right) => left - right);
    return [
      {
        name: source.name,
        kind: source.kind,
        fileName: source.fileName,
        coveredLines: lines.filter((line) => loaded.coverage[line] === 1),
        uncoveredLines: lines.filter((line) => loaded.coverage[line] !== 1),
      },
    ];
  });
}
