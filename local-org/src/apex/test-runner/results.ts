import type { CompileError } from '../engine/index.js';

/** What happened to one test method. */
export interface TestMethodResult {
  readonly className: string;
  readonly methodName: string;
  /** `refused`: the test used something that the local org does not implement; `message` names it. */
  readonly outcome: 'pass' | 'fail' | 'refused';
  /** Exception text of a failed test. */
  readonly message: string | undefined;
  /** Apex frames, one per line. */
  readonly stackTrace: string | undefined;
  readonly milliseconds: number;
}

/** Line coverage of a class or trigger. */
export interface UnitCoverage {
  readonly name: string;
  readonly kind: 'class' | 'trigger';
  readonly fileName: string;
  readonly coveredLines: readonly number[];
  readonly uncoveredLines: readonly number[];
}

export interface TestRunResult {
  readonly tests: readonly TestMethodResult[];
  /** Empty unless coverage was asked for. Test classes are not in it. */
  readonly coverage: readonly UnitCoverage[];
  /** Things that a real org would have done and this one does not do yet. */
  readonly notices: readonly string[];
  /** Not empty: nothing ran. */
  readonly compileErrors: readonly CompileError[];
  readonly timings: { readonly compileMs: number; readonly runMs: number };
}
