import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readOutcomes, regressions, writeOutcome, type Outcome } from './outcome.js';
import { report } from './report.js';
import { classNames, readSuite, type Suite } from './suite.js';

const here = dirname(fileURLToPath(import.meta.url));
const CALLOUT = join(here, '../../generator/bin/callout.js');
const LIST = join(here, 'suites.yaml');
const RESULTS = join(here, 'results');

/** A suite that takes longer than this hangs. */
const TIME_LIMIT_MS = 20 * 60_000;
const MAX_OUTPUT = 512 * 1024 * 1024;

/** What `callout test --json` prints, as far as it is needed. */
const printed = z.looseObject({
  result: z
    .looseObject({
      tests: z.array(
        z.looseObject({
          className: z.string(),
          methodName: z.string(),
          outcome: z.enum(['pass', 'fail', 'refused']),
          message: z.string().optional(),
        }),
      ),
      compileErrors: z.array(z.looseObject({ fileName: z.string(), line: z.number(), message: z.string() })),
    })
    .optional(),
  message: z.string().optional(),
});

const firstLine = (text: string | undefined): string => text?.split('\n')[0] ?? '';

/** Runs a suite in a process of its own, through the command that people use. */
function run(suite: Suite): Outcome {
  const base = {
    suite: suite.name,
    ...(suite.origin === undefined ? {} : { origin: suite.origin }),
    ...(suite.commit === undefined ? {} : { commit: suite.commit }),
    tests: 0,
    passed: 0,
    failed: {},
    refused: {},
    skipped: {},
    compileErrors: [],
  };
  const child = spawnSync(process.execPath, [CALLOUT, 'test', '--json', ...suite.paths, ...suite.dependencies], {
    cwd: suite.folder,
    encoding: 'utf8',
    timeout: TIME_LIMIT_MS,
    maxBuffer: MAX_OUTPUT,
  });
  if (child.signal !== null) return { ...base, aborted: `killed by ${child.signal}` };
  const output = printed.safeParse(parseJson(child.stdout));
  if (!output.success || output.data.result === undefined)
    return { ...base, aborted: firstLine(output.data?.message ?? child.stderr) || `exit code ${String(child.status)}` };
  return { ...base, ...counted(suite, output.data.result) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Output that is no JSON does not fit the schema either; the caller reports what the process printed.
    return undefined;
  }
}

type Printed = NonNullable<z.infer<typeof printed>['result']>;

function counted(
  suite: Suite,
  result: Printed,
): Pick<Outcome, 'tests' | 'passed' | 'failed' | 'refused' | 'skipped' | 'compileErrors'> {
  const own = classNames(suite.paths);
  const failed: Record<string, string> = {};
  const refused: Record<string, string> = {};
  const skipped: Record<string, string> = {};
  let passed = 0;
  for (const test of result.tests) {
    if (!own.has(test.className.toLowerCase())) continue;
    const name = `${test.className}.${test.methodName}`;
    const reason = suite.skip.get(name.toLowerCase());
    if (reason !== undefined) skipped[name] = reason;
    else if (test.outcome === 'pass') passed++;
    else (test.outcome === 'fail' ? failed : refused)[name] = firstLine(test.message);
  }
  return {
    tests: passed + Object.keys(failed).length + Object.keys(refused).length,
    passed,
    failed,
    refused,
    skipped,
    compileErrors: result.compileErrors.map(({ fileName, line, message }) => `${fileName}:${String(line)} ${message}`),
  };
}

function main(folders: readonly string[]): number {
  if (folders.length === 0) {
    process.stderr.write('Usage: npm run conformance -- FOLDER [...]   checked-out SFDX projects\n');
    return 2;
  }
  mkdirSync(RESULTS, { recursive: true });
  const before = new Map(readOutcomes(RESULTS).map((outcome) => [outcome.suite, outcome]));
  const worse: string[] = [];
  for (const folder of folders) {
    const suite = readSuite(folder, LIST);
    for (const path of suite.repeated) process.stdout.write(`${suite.name}: ${path} repeats classes and is left out\n`);
    const outcome = run(suite);
    worse.push(...regressions(before.get(suite.name), outcome));
    writeOutcome(RESULTS, outcome);
    process.stdout.write(
      `${suite.name}: ${String(outcome.passed)} of ${String(outcome.tests)} passed, ${String(Object.keys(outcome.failed).length)} failed, ` +
        `${String(Object.keys(outcome.refused).length)} refused, ${String(outcome.compileErrors.length)} compile errors` +
        `${outcome.aborted === undefined ? '' : `, ${outcome.aborted}`}\n`,
    );
  }
  writeFileSync(join(here, 'RESULTS.md'), report(readOutcomes(RESULTS)));
  for (const test of worse) process.stdout.write(`worse than before: ${test}\n`);
  return worse.length > 0 ? 1 : 0;
}

process.exitCode = main(process.argv.slice(2));
