import type { Component, DeployPackage, OrgView } from '../model/index.js';
import type { DeployOptions, OrgState, RunTestResult, TestLevel } from '../store/index.js';
import { DeploymentError } from './deployment-error.js';

/** Apex tests that a deployment asks for. */
export interface TestRequest {
  readonly level: Exclude<TestLevel, 'NoTestRun'>;
  /** Named classes, `Class` or `Class.method`; only with `RunSpecifiedTests`. */
  readonly tests: readonly string[];
  /** The org as it will be with the deployment in it. */
  readonly org: OrgState;
  readonly signal: AbortSignal;
  /** To be called with what has run so far, so that clients see progress; `total` counts test methods. */
  readonly onProgress: (soFar: RunTestResult, total: number) => void;
}

/** Runs Apex tests in a copy of the org; what they do is never kept. */
export type TestRunner = (request: TestRequest) => Promise<RunTestResult>;

const COMMENT_OR_STRING = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'/g;
const TEST_MARK = /@istest\b|\btestmethod\b/i;

/** True for an Apex class that holds tests. */
export function isTestClass(component: Component): boolean {
  return component.type === 'ApexClass' && TEST_MARK.test(component.content.replace(COMMENT_OR_STRING, ' '));
}

/**
 * Refuses a deployment whose test level needs Apex tests to run while nothing can run them. A level that selects all
 * local tests is fine as long as there are none.
 */
export function refuseTestsWithoutRunner(
  options: DeployOptions,
  pkg: DeployPackage,
  org: OrgView,
  runner: TestRunner | undefined,
): void {
  if (runner !== undefined || options.testLevel === 'NoTestRun') return;
  const found = [...pkg.components, ...org.components('ApexClass')].find(isTestClass);
  if (found === undefined && options.testLevel !== 'RunSpecifiedTests') return;
  const because = found === undefined ? options.runTests.join(', ') : found.fullName;
  throw new DeploymentError(
    'FUNCTIONALITY_NOT_ENABLED',
    `This local org does not run Apex tests, so the test level ${options.testLevel} cannot be served (test class: ${because}). Use the test level NoTestRun.`,
  );
}
