import { isTestClass, type TestRunner } from '../deployment/index.js';

/**
 * Runs the tests of a deployment. The Apex engine is loaded with the first deployment that has tests to run: a level
 * that selects all local tests needs none when the org has no test class.
 */
export const runTests: TestRunner = async (request) => {
  if (request.level !== 'RunSpecifiedTests' && !request.org.components('ApexClass').some(isTestClass)) return NO_TESTS;
  return (await import('./run-tests.js')).runTests(request);
};

const NO_TESTS = {
  numTestsRun: 0,
  numFailures: 0,
  totalTime: 0,
  successes: [],
  failures: [],
  codeCoverage: [],
  codeCoverageWarnings: [],
} as const;
