import type { ClassRun } from './run-class.js';

interface Success {
  readonly id: string | null;
  readonly methodName: string;
  readonly name: string;
  readonly namespace: null;
  readonly seeAllData: boolean;
  readonly time: number;
}

interface Failure extends Success {
  readonly message: string;
  readonly stackTrace: string | null;
  readonly type: 'Class';
  readonly packageName: string;
}

/** Answer of runTestsSynchronous (Tooling API Developer Guide: RunTestsResult). Coverage stands in the coverage objects. */
export interface SyncTestResult {
  readonly apexLogId: string | null;
  readonly codeCoverage: readonly [];
  readonly codeCoverageWarnings: readonly [];
  readonly numFailures: number;
  readonly numTestsRun: number;
  readonly totalTime: number;
  readonly successes: readonly Success[];
  readonly failures: readonly Failure[];
}

/** What the tests of some classes gave, as one answer. */
export function syncResult(
  runs: readonly { readonly classId: string | null; readonly seesAllData: boolean; readonly run: ClassRun }[],
): SyncTestResult {
  const tests = runs.flatMap(({ classId, seesAllData, run }) =>
    run.methods
      .filter(({ isSetup }) => !isSetup)
      .map(({ result }) => ({
        result,
        row: {
          id: classId,
          methodName: result.methodName,
          name: result.className,
          namespace: null,
          seeAllData: seesAllData,
          time: Math.round(result.milliseconds),
        } as const,
      })),
  );
  const failures = tests
    .filter(({ result }) => result.outcome !== 'pass')
    .map(({ row, result }): Failure => ({
      ...row,
      message: result.message ?? '',
      stackTrace: result.stackTrace ?? null,
      type: 'Class',
      packageName: row.name,
    }));
  return {
    apexLogId: runs.find(({ run }) => run.logId !== null)?.run.logId ?? null,
    codeCoverage: [],
    codeCoverageWarnings: [],
    numFailures: failures.length,
    numTestsRun: tests.length,
    totalTime: Math.round(tests.reduce((sum, { result }) => sum + result.milliseconds, 0)),
    successes: tests.filter(({ result }) => result.outcome === 'pass').map(({ row }) => row),
    failures,
  };
}
