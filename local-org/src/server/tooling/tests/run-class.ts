import {
  coverageOf,
  forgetCoverage,
  runTestClass,
  type ApexEngine,
  type TestClass,
  type TestMethodResult,
  type UnitCoverage,
} from '../../../apex/test-runner/index.js';
import type { LogRecorder } from '../../../platform/debug-log/index.js';
import { unite } from './unite-coverage.js';

/** How a method of a class ended. */
export interface MethodRun {
  readonly result: TestMethodResult;
  readonly isSetup: boolean;
  /** Classes and triggers that it reached; empty unless coverage was asked for. */
  readonly coverage: readonly UnitCoverage[];
}

/** How a class's tests ended. */
export interface ClassRun {
  readonly methods: readonly MethodRun[];
  /** Every class and trigger, with the lines that the methods reached; empty unless coverage was asked for. */
  readonly coverage: readonly UnitCoverage[];
  /** Id of the debug log; null when the user has no trace flag. */
  readonly logId: string | null;
}

/** Runs a class's tests on a view of the live org, with one debug log for all of them when a trace flag of the user wants one. */
export function runClass(
  engine: ApexEngine,
  test: TestClass,
  recorder: LogRecorder,
  {
    userId,
    hasCoverage,
    operation,
  }: { readonly userId: string; readonly hasCoverage: boolean; readonly operation: string },
): ClassRun {
  const methods: MethodRun[] = [];
  let coverage: readonly UnitCoverage[] = [];
  const note = (result: TestMethodResult, isSetup: boolean): void => {
    const units = hasCoverage ? coverageOf(engine) : [];
    coverage = unite(coverage, units);
    methods.push({ result, isSetup, coverage: units.filter(({ coveredLines }) => coveredLines.length > 0) });
  };
  const logId = recorder.during({ userId, operation }, ({ save }) => {
    runTestClass(
      engine,
      test,
      {
        begins: () => forgetCoverage(engine),
        setUp: (result) => note(result, true),
        ended: (result) => note(result, false),
      },
      userId,
    );
    return save();
  });
  return { methods, coverage, logId };
}
