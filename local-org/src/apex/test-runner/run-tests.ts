import { flush } from '../library/index.js';
import {
  ApexThrowable,
  asThrowable,
  codeId,
  exceptionText,
  inCodeUnit,
  isVisibleInTests,
  methodMemberOf,
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
  const member: unknown = Reflect.get(runtime.classOf(method.owner), methodMemberOf(method));
  if (typeof member === 'function') Reflect.apply(member, undefined, []);
}

/**
 * Runs a class's tests on a view of the org that is thrown away afterwards. Every method starts from what @TestSetup left (Apex Developer
 * Guide: Isolation of Test Data; Using Test Setup Methods).
 */
export function runTestClass(engine: ApexEngine, test: TestClass, report: (result: TestMethodResult) => void): void {
  const { runtime } = engine;
  const view = runtime.data.store.fork((name) => test.seeAllData || isVisibleInTests(name));
  const leave = runtime.data.enter(view);
  try {
    const setupError = runSetup(runtime, test);
    for (const method of test.methods) {
      const start = view.savepoint();
      report(setupError === undefined ? runMethod(runtime, test, method) : failed(test, method, setupError, 0));
      view.rollbackTo(start);
    }
  } finally {
    leave();
  }
}

function runSetup(runtime: ApexRuntime, test: TestClass): ApexThrowable | Error | undefined {
  for (const method of test.setup) {
    const error = execute(runtime, test, method);
    if (error !== undefined) return error;
  }
  return undefined;
}

function runMethod(runtime: ApexRuntime, test: TestClass, method: MethodSymbol): TestMethodResult {
  const start = performance.now();
  const error = execute(runtime, test, method);
  const milliseconds = performance.now() - start;
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
function execute(runtime: ApexRuntime, test: TestClass, method: MethodSymbol): ApexThrowable | Error | undefined {
  const state = newState(test, method);
  try {
    runtime.transact('RUNTEST_SYNC', 'sync', runtime.options.identity.adminId, state, () => {
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
    return undefined;
  } catch (error) {
    return asThrowable(error);
  } finally {
    runtime.jobs.dropTest(state);
    runtime.events.dropTest(state);
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

/** Lines that ran since the code was loaded, of every class that is no test and every trigger. */
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
