import { Args, Flags } from '@oclif/core';
import type { CompileError, TestMethodResult, UnitCoverage } from '../../../local-org/src/index.js';
import { EXIT, UserError } from '../errors/index.js';
import { makeFolders } from '../files/index.js';
import { loadMessages } from '../messages/index.js';
import { CalloutCommand } from './support/callout-command.js';
import { count } from './support/count.js';
import { wantsColour } from './support/diagnostics.js';
import { expectManyObjects } from './support/memory.js';

const messages = loadMessages('test');
const LCOV_FILE = 'coverage/lcov.info';

export interface TestResult {
  readonly passing: number;
  readonly failing: number;
  readonly tests: readonly TestMethodResult[];
  /** Those of the tests that did not pass. */
  readonly failures: readonly TestMethodResult[];
  /** Empty unless coverage was asked for. */
  readonly coverage: readonly UnitCoverage[];
  /** What a real org would have done and the local one did not. */
  readonly notices: readonly string[];
  /** Not empty: nothing ran. */
  readonly compileErrors: readonly CompileError[];
  readonly timings: { readonly compileMs: number; readonly runMs: number };
}

interface TestFlags {
  readonly filter: readonly string[];
  readonly coverage: 'text' | 'lcov' | undefined;
  readonly 'coverage-file': string | undefined;
  readonly junit: string | undefined;
}

/** `callout test`: the Apex tests of source folders, in this process. */
export default class Test extends CalloutCommand<TestResult> {
  public static override readonly summary = messages.get('summary');
  public static override readonly description = messages.get('description');
  public static override readonly examples = messages.examples('examples');
  public static override readonly args = {
    paths: Args.string({ description: messages.get('args.paths.summary'), multiple: true }),
  };
  public static override readonly flags = {
    filter: Flags.string({
      char: 'f',
      summary: messages.get('flags.filter.summary'),
      multiple: true,
      multipleNonGreedy: true,
      default: [],
    }),
    coverage: Flags.option({ summary: messages.get('flags.coverage.summary'), options: ['text', 'lcov'] as const })(),
    'coverage-file': Flags.file({ summary: messages.get('flags.coverage-file.summary') }),
    junit: Flags.file({ summary: messages.get('flags.junit.summary') }),
    watch: Flags.boolean({ char: 'w', summary: messages.get('flags.watch.summary'), exclusive: ['json'] }),
  };

  public override async run(): Promise<TestResult> {
    const { flags, args } = await this.parse(Test);
    if (flags['coverage-file'] !== undefined && flags.coverage !== 'lcov')
      throw new UserError('UsageError', messages.get('error.coverageFile'), { exitCode: EXIT.usage });
    const { testFolders } = await import('./support/test-report/index.js');
    const folders = testFolders(args.paths ?? []);
    return flags.watch ? this.#watch(folders, flags) : this.#runOnce(folders, flags);
  }

  /** Runs until the process is interrupted, or the folders can no longer be watched. */
  async #watch(folders: readonly string[], flags: TestFlags): Promise<never> {
    const { watchFolders } = await import('./support/test-report/index.js');
    const changes = watchFolders(folders);
    try {
      for (;;) {
        await this.#runReportingErrors(folders, flags);
        this.log(`\n${messages.get('info.watching', folders.join(', '))}`);
        await changes.next();
      }
    } finally {
      changes.close();
    }
  }

  /** While watching, a run that ends with an error must not end the watch: the next change may mend it. */
  async #runReportingErrors(folders: readonly string[], flags: TestFlags): Promise<void> {
    try {
      await this.#runOnce(folders, flags);
    } catch (error) {
      await this.catch(error instanceof Error ? error : new Error(String(error)));
    }
  }

  async #runOnce(folders: readonly string[], flags: TestFlags): Promise<TestResult> {
    expectManyObjects();
    const { SpecReport } = await import('./support/test-report/index.js');
    const { runApexTests } = await import('../../../local-org/src/testing/index.js');
    const report = new SpecReport({ colour: wantsColour(process.stdout), log: (line) => this.log(line) });
    const run = await runApexTests({
      paths: folders,
      filters: flags.filter,
      coverage: flags.coverage !== undefined,
      onTest: (test) => report.test(test),
    });
    if (run.tests.length === 0 && run.compileErrors.length === 0) throw nothingToRun(folders, flags.filter);
    const failures = run.tests.filter(({ outcome }) => outcome !== 'pass');
    const result = { ...run, failures, failing: failures.length, passing: run.tests.length - failures.length };
    if (run.compileErrors.length > 0) {
      report.compileErrors(run.compileErrors);
      this.log(`\n${messages.get('info.compileErrors', count(run.compileErrors.length, 'compile error'))}`);
    } else {
      report.summary(run.tests, run.timings.compileMs + run.timings.runMs);
      report.notices(run.notices);
      await this.#writeReports(result, flags);
    }
    process.exitCode = run.compileErrors.length > 0 || failures.length > 0 ? EXIT.failed : EXIT.ok;
    return result;
  }

  async #writeReports({ tests, coverage }: TestResult, flags: TestFlags): Promise<void> {
    const { coverageTable, junit, lcov } = await import('./support/test-report/index.js');
    if (flags.coverage === 'text') this.log(`\n${coverageTable(coverage)}`);
    if (flags.coverage === 'lcov') await writeReport(flags['coverage-file'] ?? LCOV_FILE, lcov(coverage));
    if (flags.junit !== undefined) await writeReport(flags.junit, junit(tests));
  }
}

async function writeReport(file: string, text: string): Promise<void> {
  const { writeFile } = await import('node:fs/promises');
  const { dirname } = await import('node:path');
  makeFolders(dirname(file));
  await writeFile(file, text);
}

/** A run without a test proves nothing, so it must not look like a success. */
function nothingToRun(folders: readonly string[], filters: readonly string[]): UserError {
  const where = folders.join(', ');
  const matching = filters.length > 0;
  return new UserError(
    'NoTestsError',
    matching
      ? messages.get('error.noMatch', where, filters.map((text) => `"${text}"`).join(' or '))
      : messages.get('error.noTests', where),
    { actions: messages.list(matching ? 'error.noMatch.actions' : 'error.noTests.actions'), exitCode: EXIT.usage },
  );
}
