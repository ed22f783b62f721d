import { XMLBuilder } from 'fast-xml-parser';
import type { TestMethodResult } from '../../../../../local-org/src/index.js';

/** Characters that XML 1.0 has no way to write. */
const UNWRITABLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Results in the XML that build servers read: a suite per class. A test that the local org cannot run is an error, not a failure. */
export function junit(tests: readonly TestMethodResult[]): string {
  const suites = [...groupByClass(tests).values()].map((suite) => ({
    '@name': suite[0]?.className ?? '',
    ...totals(suite),
    testcase: suite.map(testCase),
  }));
  const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', format: true });
  return builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    testsuites: { '@name': 'Apex', ...totals(tests), testsuite: suites },
  });
}

function groupByClass(tests: readonly TestMethodResult[]): ReadonlyMap<string, readonly TestMethodResult[]> {
  const groups = new Map<string, TestMethodResult[]>();
  for (const test of tests) {
    const group = groups.get(test.className);
    if (group === undefined) groups.set(test.className, [test]);
    else group.push(test);
  }
  return groups;
}

function totals(tests: readonly TestMethodResult[]): Readonly<Record<string, string>> {
  const count = (outcome: TestMethodResult['outcome']): string =>
    String(tests.filter((test) => test.outcome === outcome).length);
  return {
    '@tests': String(tests.length),
    '@failures': count('fail'),
    '@errors': count('refused'),
    '@time': seconds(tests.reduce((sum, { milliseconds }) => sum + milliseconds, 0)),
  };
}

function testCase(test: TestMethodResult): Readonly<Record<string, unknown>> {
  const { className, methodName, outcome, milliseconds } = test;
  const own = { '@classname': className, '@name': methodName, '@time': seconds(milliseconds) };
  if (outcome === 'pass') return own;
  return { ...own, [outcome === 'fail' ? 'failure' : 'error']: problem(test) };
}

function problem({ message, stackTrace }: TestMethodResult): Readonly<Record<string, string>> {
  const text = (message ?? '').replace(UNWRITABLE, '�');
  const stack = (stackTrace ?? '').replace(UNWRITABLE, '�');
  return { '@message': text, '#text': stack === '' ? text : `${text}\n${stack}` };
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}
