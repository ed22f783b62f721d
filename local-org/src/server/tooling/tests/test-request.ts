import { z } from 'zod';
import { ApiError, notSupported } from '../../api-error.js';

/** A class of a test run, and which of its methods; all when none are named. */
export interface WantedClass {
  /** Name or Id. */
  readonly reference: string;
  readonly methods: readonly string[];
}

/** Which tests to run, and how. */
export interface TestRequest {
  /** Undefined: all tests of the org. */
  readonly classes: readonly WantedClass[] | undefined;
  readonly hasCoverage: boolean;
  /** No further method starts once more than so many have failed. */
  readonly maxFailedTests: number;
}

const list = z.union([z.string().transform((text) => text.split(',').map((item) => item.trim())), z.array(z.string())]);
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);
const item = z.object({
  className: z.string().optional(),
  classId: z.string().optional(),
  namespace: z.string().nullish(),
  testMethods: z.array(z.string()).optional(),
});

/** Bodies and query strings of runTestsAsynchronous and runTestsSynchronous (Tooling API Developer Guide), names in lower case. */
const request = z.object({
  tests: z.array(item).nullish(),
  classnames: list.nullish(),
  classids: list.nullish(),
  suitenames: list.nullish(),
  suiteids: list.nullish(),
  category: z.array(z.string()).nullish(),
  testlevel: z.enum(['RunSpecifiedTests', 'RunLocalTests', 'RunAllTestsInOrg']).nullish(),
  maxfailedtests: z
    .union([
      z.number().int(),
      z
        .string()
        .regex(/^-?\d+$/)
        .transform(Number),
    ])
    .nullish(),
  skipcodecoverage: flag.nullish(),
});

/** What the platform says when a request names nothing to run. */
const NOTHING = 'Always provide a classes, suites, tests, or testLevel property';

/** Reads a request for a test run: an array is short for its `tests`. Throws ApiError. */
export function readTestRequest(body: unknown): TestRequest {
  const named = Array.isArray(body) ? { tests: body } : body;
  if (typeof named !== 'object' || named === null) throw new ApiError(400, 'INVALID_INPUT', NOTHING);
  const entries = Object.entries(named).map(([name, value]): [string, unknown] => [name.toLowerCase(), value]);
  const parsed = request.safeParse(Object.fromEntries(entries));
  if (!parsed.success)
    throw new ApiError(
      400,
      'JSON_PARSER_ERROR',
      `The request for a test run is malformed: ${z.prettifyError(parsed.error)}`,
    );
  const { data } = parsed;
  if ((data.suitenames ?? data.suiteids ?? []).some((name) => name !== '')) throw notSupported('Apex test suites');
  if (data.category?.some((category) => category.toLowerCase() !== 'apex') === true)
    throw notSupported('tests other than those of Apex');
  return {
    classes: classesOf(data),
    hasCoverage: data.skipcodecoverage !== true,
    maxFailedTests:
      data.maxfailedtests === null || data.maxfailedtests === undefined || data.maxfailedtests < 0
        ? Infinity
        : data.maxfailedtests,
  };
}

function classesOf({ tests, classnames, classids, testlevel }: z.infer<typeof request>): TestRequest['classes'] {
  const whole = [...(classnames ?? []), ...(classids ?? [])]
    .filter((reference) => reference !== '')
    .map((reference): WantedClass => ({ reference, methods: [] }));
  const items = (tests ?? []).map(({ className, classId, testMethods }): WantedClass => {
    const reference = className ?? classId;
    if (reference === undefined) throw new ApiError(400, 'INVALID_INPUT', 'Each test needs a className or a classId.');
    return { reference, methods: testMethods ?? [] };
  });
  const classes = [...whole, ...items];
  if (classes.length > 0) return classes;
  if (testlevel === 'RunLocalTests' || testlevel === 'RunAllTestsInOrg') return undefined;
  throw new ApiError(400, 'INVALID_INPUT', NOTHING);
}
