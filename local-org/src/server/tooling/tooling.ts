import { ApexLogs, LogRecorder } from '../../platform/debug-log/index.js';
import type { LiveOrg } from '../../platform/live/index.js';
import { accessOf } from '../../access/index.js';
import { toId18 } from '../../data/index.js';
import { ApiError } from '../api-error.js';
import { asApiError } from '../rest/errors.js';
import { executeAnonymous, type AnonymousRequest, type AnonymousResult } from './execute-anonymous.js';
import { PlatformRows } from './rows.js';
import { CoverageRows } from './tests/coverage.js';
import type { SyncTestResult } from './tests/sync-result.js';
import { TestRuns } from './tests/test-runs.js';
import { readTestRequest } from './tests/test-request.js';

export interface ToolingOptions {
  readonly live: LiveOrg;
  /** Told the Id of each debug log that is kept. */
  readonly onLog: (id: string) => void;
  /** Told the Id of a test run when something of it has changed. */
  readonly onTestRun: (id: string) => void;
  /** Told of errors of the local org itself that no client is told of. */
  readonly onInternalError: (error: unknown) => void;
}

/** What the Tooling API does with the live org. */
export class Tooling {
  private readonly live: LiveOrg;
  private readonly logs: ApexLogs;
  private readonly recorder: LogRecorder;
  private readonly tests: TestRuns;
  private readonly leave: readonly (() => void)[];

  constructor({ live, onLog, onTestRun, onInternalError }: ToolingOptions) {
    this.live = live;
    const store = (): ReturnType<LiveOrg['rows']> => live.rows();
    const rows = new PlatformRows(store, () => live.clock.now());
    const coverage = new CoverageRows(rows);
    this.logs = new ApexLogs(store);
    this.recorder = new LogRecorder({ store, clock: live.clock, logs: this.logs });
    this.tests = new TestRuns({ live, rows, recorder: this.recorder, coverage, announce: onTestRun, onInternalError });
    this.leave = [
      live.traces.join(this.recorder),
      live.onDeployed(() => coverage.forgetChanged()),
      this.logs.onSaved(onLog),
    ];
  }

  /** Runs a block as a user who may write Apex. Throws ApiError, also when the org's Apex does not compile. */
  async executeAnonymous(
    request: AnonymousRequest,
  ): Promise<{ readonly result: AnonymousResult; readonly log: string | undefined }> {
    this.requirePermission(request.userId, 'AuthorApex');
    try {
      return await executeAnonymous(this.live, this.recorder, request);
    } catch (error) {
      throw asApiError(error);
    }
  }

  /** Text of a debug log, for its own user and for those who may see all data; undefined when there is none of that Id for the user. */
  logBody(id: string, userId: string): string | undefined {
    const owner = this.live.rows().rowOfId(toId18(id) ?? id)?.row.values['LogUserId'];
    const mayRead = owner === userId || accessOf(this.live.rows(), userId).hasUserPermission('ViewAllData');
    return mayRead ? this.logs.body(id) : undefined;
  }

  /** Queues a test run and returns its Id. Throws ApiError, and InvalidApexError when the org's Apex does not compile. */
  startTests(body: unknown, userId: string): string {
    this.requirePermission(userId, 'ViewSetup');
    return this.tests.start(readTestRequest(body), userId);
  }

  /** Runs tests while the client waits. Throws ApiError, and InvalidApexError when the org's Apex does not compile. */
  async runTests(body: unknown, userId: string): Promise<SyncTestResult> {
    this.requirePermission(userId, 'ViewSetup');
    return this.tests.runNow(readTestRequest(body), userId);
  }

  /** What the platform asks of who runs anonymous blocks and tests (Apex Developer Guide: Anonymous Blocks; help: Run Apex Tests). */
  private requirePermission(userId: string, permission: 'AuthorApex' | 'ViewSetup'): void {
    if (!accessOf(this.live.rows(), userId).hasUserPermission(permission))
      throw new ApiError(403, 'INSUFFICIENT_ACCESS', `The user needs the permission ${permission}.`);
  }

  async close(): Promise<void> {
    for (const leave of this.leave) leave();
    await this.tests.close();
  }
}
