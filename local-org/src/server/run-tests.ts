import { compileOnce } from '../apex/index.js';
import { runComponentTests, type TestMethodResult, type TestRunResult } from '../apex/test-runner/index.js';
import { isTestClass, type TestRequest } from '../deployment/index.js';
import type { Component, OrgFacts } from '../model/index.js';
import type { RunTestResult } from '../store/index.js';
import { ORG_PARTS } from './org-parts.js';
import { codeCoverage, coverageWarnings } from './test-coverage.js';
import { expectedTests } from './test-count.js';

type Failure = RunTestResult['failures'][number];

/** Types that the Apex engine reads: code, and what code sees of the org. */
const ENGINE_TYPES = [
  'ApexClass',
  'ApexTrigger',
  'CustomObject',
  'CustomMetadata',
  'CustomLabels',
  'CustomNotificationType',
  'CustomPermission',
  'ExternalCredential',
  'ExternalServiceRegistration',
  'Flow',
  'PermissionSet',
  'PermissionSetGroup',
] as const;

/**
 * Runs the Apex tests of an org as the Metadata API reports them. Local tests are all there are: the org has no
 * installed packages. `RunRelevantTests` runs all of them too, more than a real org would choose. What a real org would
 * have done and this one did not is among the warnings, which the SF CLI prints.
 */
export async function runTests(request: TestRequest, facts?: OrgFacts): Promise<RunTestResult> {
  const { org, level, tests: wanted, signal, onProgress } = request;
  const names = level === 'RunSpecifiedTests' ? wanted : undefined;
  const total = expectedTests(org.components('ApexClass').filter(isTestClass), names);
  const done: TestMethodResult[] = [];
  const run = await runComponentTests(componentsOf(org), {
    coverage: true,
    compile: compileOnce,
    flows: ORG_PARTS.flows,
    ...(facts === undefined ? {} : { facts }),
    filter: names === undefined ? undefined : namedTests(names),
    onTest: (test) => {
      signal.throwIfAborted();
      done.push(test);
      onProgress(outcome(request, done), Math.max(total, done.length));
    },
  });
  signal.throwIfAborted();
  const failures = [...compileFailures(request, run), ...missingTests(names ?? [], run)];
  return {
    ...outcome(request, run.tests, failures),
    codeCoverage: codeCoverage(org, run.coverage),
    codeCoverageWarnings: [...coverageWarnings(org, run.coverage), ...notices(run)],
  };
}

function componentsOf(org: TestRequest['org']): readonly Component[] {
  return ENGINE_TYPES.flatMap((type) => org.components(type));
}

/** `Class` stands for all methods of the class, `Class.method` for one. */
function namedTests(names: readonly string[]): RegExp {
  const patterns = names.map((name) => {
    const literal = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return name.includes('.') ? literal : `${literal}\\.\\w+`;
  });
  return new RegExp(`^(?:${patterns.join('|')})$`, 'i');
}

function outcome(
  { org }: TestRequest,
  tests: readonly TestMethodResult[],
  otherFailures: readonly Failure[] = [],
): RunTestResult {
  const row = ({ className, methodName, milliseconds }: TestMethodResult): RunTestResult['successes'][number] => ({
    id: org.stored('ApexClass', className)?.id ?? '',
    name: className,
    methodName,
    time: Math.round(milliseconds),
  });
  const failed = tests
    .filter((test) => test.outcome !== 'pass')
    .map((test) => ({ ...row(test), message: test.message ?? '', stackTrace: test.stackTrace, type: 'Class' }));
  const failures = [...failed, ...otherFailures];
  return {
    numTestsRun: tests.length + otherFailures.length,
    numFailures: failures.length,
    totalTime: Math.round(tests.reduce((sum, { milliseconds }) => sum + milliseconds, 0)),
    successes: tests.filter((test) => test.outcome === 'pass').map(row),
    failures,
    codeCoverage: [],
    codeCoverageWarnings: [],
  };
}

/** Classes that the org holds although they do not compile: no test can run then. */
function compileFailures({ org }: TestRequest, { compileErrors }: TestRunResult): readonly Failure[] {
  const code = [...org.components('ApexClass'), ...org.components('ApexTrigger')];
  return compileErrors.map(({ fileName, line, column, message }) => {
    const component = code.find((candidate) => candidate.fileName === fileName);
    const name = component?.fullName ?? fileName;
    const type = component?.type === 'ApexTrigger' ? 'Trigger' : 'Class';
    const id = component === undefined ? undefined : org.stored(component.type, component.fullName)?.id;
    return { id: id ?? '', name, methodName: 'compile', type, time: 0, message: `${message} (${line}:${column})` };
  });
}

/** A test that was asked for by name and is not there fails the deployment: the client relies on it. */
function missingTests(names: readonly string[], { tests, compileErrors }: TestRunResult): readonly Failure[] {
  if (compileErrors.length > 0) return [];
  const ran = new Set(
    tests.flatMap(({ className, methodName }) =>
      [className, `${className}.${methodName}`].map((name) => name.toLowerCase()),
    ),
  );
  return names
    .filter((name) => !ran.has(name.toLowerCase()))
    .map((name) => {
      const [className = name, methodName = ''] = name.split('.');
      return {
        id: '',
        name: className,
        methodName,
        type: 'Class',
        time: 0,
        message: `The org has no Apex test ${name}.`,
      };
    });
}

function notices(run: TestRunResult): RunTestResult['codeCoverageWarnings'] {
  return run.notices.map((message) => ({ id: '', message }));
}
