import { codeId } from '../../../apex/runtime/index.js';
import type { ApexEngine, UnitCoverage } from '../../../apex/test-runner/index.js';
import type { LogRecorder } from '../../../platform/debug-log/index.js';
import { InvalidApexError, type LiveOrg } from '../../../platform/live/index.js';
import { ApiError } from '../../api-error.js';
import type { PlatformRows } from '../rows.js';
import { chooseTests, currentTest, type ChosenClass } from './choose-tests.js';
import type { CoverageRows } from './coverage.js';
import { runClass, type ClassRun } from './run-class.js';
import { syncResult, type SyncTestResult } from './sync-result.js';
import { unite } from './unite-coverage.js';
import { TestRunRows, type QueuedClass } from './test-run-rows.js';
import type { TestRequest } from './test-request.js';

export interface TestRunsOptions {
  readonly live: LiveOrg;
  readonly rows: PlatformRows;
  readonly recorder: LogRecorder;
  readonly coverage: CoverageRows;
  /** Told the Id of an asynchronous run when something of it has changed. */
  readonly announce: (runId: string) => void;
  /** Told of errors of the local org itself that end an asynchronous run. */
  readonly onInternalError: (error: unknown) => void;
}

/** A run that waits or is under way. */
interface Run {
  readonly id: string;
  readonly userId: string;
  readonly request: TestRequest;
  readonly classes: readonly { readonly chosen: ChosenClass; readonly queued: QueuedClass }[];
}

const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

/**
 * Runs Apex tests for the Tooling API on views of the live org, one class at a time, so that the server answers in between. Asynchronous runs
 * go one after the other and can be followed in the rows of ApexTestRunResult, ApexTestQueueItem and ApexTestResult.
 */
export class TestRuns {
  private readonly runRows: TestRunRows;
  private last: Promise<void> = Promise.resolve();
  private isClosed = false;

  constructor(private readonly options: TestRunsOptions) {
    this.runRows = new TestRunRows(options.rows);
  }

  /** Queues a run and returns its Id. Throws ApiError when there is nothing to run. */
  start(request: TestRequest, userId: string): string {
    const engine = this.engine();
    const chosen = this.choose(engine, request);
    const counts = chosen.map((one) => currentTest(engine, one)?.methods.length ?? 0);
    const { id, classes } = this.runRows.queue(
      chosen.map(({ className }, at) => ({ classId: this.classId(className), methods: counts[at] ?? 0 })),
      { userId, isAllTests: request.classes === undefined },
    );
    const run: Run = {
      id,
      userId,
      request,
      classes: chosen.flatMap((one, at) => {
        const queued = classes[at];
        return queued === undefined ? [] : [{ chosen: one, queued }];
      }),
    };
    this.last = this.last.then(() => this.run(run)).catch((error: unknown) => this.giveUp(run, error));
    return id;
  }

  /** Runs tests while the client waits. Throws ApiError when there is nothing to run. */
  async runNow(request: TestRequest, userId: string): Promise<SyncTestResult> {
    const runs: { readonly classId: string | null; readonly seesAllData: boolean; readonly run: ClassRun }[] = [];
    let failed = 0;
    for (const chosen of this.choose(this.engine(), request)) {
      const ended =
        failed > request.maxFailedTests ? undefined : this.runOne(chosen, request, userId, 'runTestsSynchronous');
      if (ended !== undefined) {
        runs.push({ classId: this.classId(chosen.className), ...ended });
        failed += ended.run.methods.filter(({ result }) => result.outcome !== 'pass').length;
      }
      await nextTurn();
    }
    this.noteCoverage(
      request,
      runs.map(({ classId, run }) => ({ classId, run })),
      userId,
    );
    return syncResult(runs);
  }

  /** Starts no further class. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.last;
  }

  private async run({ id, userId, request, classes }: Run): Promise<void> {
    const { announce } = this.options;
    const done: { readonly classId: string | null; readonly run: ClassRun }[] = [];
    this.runRows.begin(id);
    let failed = 0;
    for (const { chosen, queued } of classes) {
      await nextTurn();
      if (this.isClosed) return;
      if (failed > request.maxFailedTests) this.runRows.abort(queued.id);
      if (!this.runRows.take(queued.id)) continue;
      const ended = this.runOne(chosen, request, userId, 'ApexTestHandler');
      if (ended === undefined) this.runRows.fail(id, queued, `The class ${chosen.className} is gone.`);
      else {
        this.runRows.finishClass(id, queued, ended.run);
        done.push({ classId: queued.classId, run: ended.run });
        failed += ended.run.methods.filter(({ result, isSetup }) => !isSetup && result.outcome !== 'pass').length;
      }
      announce(id);
    }
    this.noteCoverage(request, done, userId);
    this.runRows.finish(id);
    announce(id);
  }

  /** Ends a run that cannot go on, so that its client does not wait for ever. */
  private giveUp({ id, classes }: Run, error: unknown): void {
    const reason = error instanceof InvalidApexError ? error.message : 'The local org failed; its log says more.';
    for (const { queued } of classes) this.runRows.giveUp(id, queued, reason);
    this.runRows.finish(id);
    this.options.announce(id);
    if (!(error instanceof InvalidApexError)) this.options.onInternalError(error);
  }

  private runOne(
    chosen: ChosenClass,
    { hasCoverage }: TestRequest,
    userId: string,
    operation: string,
  ): { readonly seesAllData: boolean; readonly run: ClassRun } | undefined {
    const engine = this.engine();
    const test = currentTest(engine, chosen);
    if (test === undefined) return undefined;
    const run = runClass(engine, test, this.options.recorder, { userId, hasCoverage, operation });
    return { seesAllData: test.seeAllData, run };
  }

  private noteCoverage(
    { hasCoverage }: TestRequest,
    runs: readonly { readonly classId: string | null; readonly run: ClassRun }[],
    userId: string,
  ): void {
    if (!hasCoverage || runs.length === 0) return;
    const { coverage } = this.options;
    for (const { classId, run } of runs)
      if (classId !== null)
        for (const { result, coverage: units } of run.methods)
          coverage.noteMethod(classId, result.methodName, units, userId);
    const reached = runs.reduce<readonly UnitCoverage[]>((before, { run }) => unite(before, run.coverage), []);
    coverage.addUp(reached, userId);
  }

  private choose(engine: ApexEngine, request: TestRequest): readonly ChosenClass[] {
    const chosen = chooseTests(engine, request, (id) => {
      const name = this.options.rows.get('ApexClass', id)?.values['Name'];
      return typeof name === 'string' ? name : undefined;
    });
    if (chosen.length > 0) return chosen;
    throw new ApiError(
      400,
      'INVALID_INPUT',
      'Always provide a classes, suites, tests, or testLevel property, and an org with Apex tests.',
    );
  }

  private engine(): ApexEngine {
    const { live } = this.options;
    return { checked: live.program(), runtime: live.runtime() };
  }

  private classId(className: string): string | null {
    return codeId(this.options.rows.store(), 'ApexClass', className);
  }
}
