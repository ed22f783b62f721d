import type { TestRunner } from '../deployment/index.js';

/** Runs the tests of a deployment. The Apex engine is loaded with the first deployment that asks for tests. */
export const runTests: TestRunner = async (request) => (await import('./run-tests.js')).runTests(request);
