import { isTestClass, type TestRequest } from '../deployment/index.js';
import type { OrgFacts } from '../model/index.js';
import type { RunTestResult } from '../store/index.js';

/**
 * Runs the tests of a deployment. The Apex engine is loaded with the first deployment that has tests to run: a level
 * that selects all local tests needs none when the org has no test class.
 * @param facts the org's users and its own identity; without them the tests see a made-up administrator
 */
export async function runTests(request: TestRequest, facts?: OrgFacts): Promise<RunTestResult> {
  if (request.level !== 'RunSpecifiedTests' && !request.org.components('ApexClass').some(isTestClass)) return NO_TESTS;
  return (await import('./run-tests.js')).runTests(request, facts);
}

const NO_TESTS = {
  numTestsRun: 0,
  numFailures: 0,
  totalTime: 0,
  successes: [],
  failures: [],
  codeCoverage: [],
  codeCoverageWarnings: [],
} as const;
