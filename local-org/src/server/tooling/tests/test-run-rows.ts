import type { ApexDatetime } from '../../../data/index.js';
import type { PlatformRows } from '../rows.js';
import type { ClassRun, MethodRun } from './run-class.js';

/** A class that waits in a run: a row of ApexTestQueueItem. */
export interface QueuedClass {
  readonly id: string;
  readonly classId: string | null;
  readonly userId: string;
}

const RUN = 'ApexTestRunResult';
const ITEM = 'ApexTestQueueItem';
const RESULT = 'ApexTestResult';
const JOB = 'AsyncApexJob';

const OUTCOMES = { pass: 'Pass', fail: 'Fail', refused: 'Fail' } as const;

/** The rows of asynchronous test runs (Object Reference: ApexTestRunResult, ApexTestQueueItem, ApexTestResult, AsyncApexJob). */
export class TestRunRows {
  constructor(private readonly rows: PlatformRows) {
    this.abandon();
  }

  /** Runs that were under way when the org stopped never go on. */
  private abandon(): void {
    for (const status of ['Queued', 'Processing']) {
      for (const { id } of this.rows.find(ITEM, 'Status', status))
        this.rows.update(ITEM, id, { Status: 'Aborted', ExtendedStatus: 'The org was stopped.' });
      for (const { values } of this.rows.find(RUN, 'Status', status)) this.finish(String(values['AsyncApexJobId']));
    }
  }

  /** A new run whose classes wait. The run's Id is that of its job. */
  queue(
    classes: readonly { readonly classId: string | null; readonly methods: number }[],
    { userId, isAllTests }: { readonly userId: string; readonly isAllTests: boolean },
  ): { readonly id: string; readonly classes: readonly QueuedClass[] } {
    const { rows } = this;
    const id = rows.insert(JOB, userId, { JobType: 'TestRequest', Status: 'Queued', NumberOfErrors: 0 });
    const runId = rows.insert(RUN, userId, {
      AsyncApexJobId: id,
      Status: 'Queued',
      Source: 'Tooling API',
      UserId: userId,
      IsAllTests: isAllTests,
      StartTime: rows.timestamp(),
      ClassesEnqueued: classes.length,
      ClassesCompleted: 0,
      MethodsEnqueued: classes.reduce((sum, { methods }) => sum + methods, 0),
      MethodsCompleted: 0,
      MethodsFailed: 0,
      TestTime: 0,
      TestSetupTime: 0,
    });
    const queued = classes.map(({ classId }): QueuedClass => {
      const itemId = rows.insert(ITEM, userId, {
        ApexClassId: classId,
        ParentJobId: id,
        TestRunResultId: runId,
        Status: 'Queued',
      });
      return { id: itemId, classId, userId };
    });
    return { id, classes: queued };
  }

  begin(id: string): void {
    this.rows.update(JOB, id, { Status: 'Processing' });
    this.change(id, () => ({ Status: 'Processing' }));
  }

  /** A class's turn has come. False when it was aborted meanwhile. */
  take(itemId: string): boolean {
    if (this.rows.get(ITEM, itemId)?.values['Status'] !== 'Queued') return false;
    this.rows.update(ITEM, itemId, { Status: 'Processing' });
    return true;
  }

  /** Takes a class out of the queue. Clients do it by setting the status themselves. */
  abort(itemId: string): void {
    this.rows.update(ITEM, itemId, { Status: 'Aborted' });
  }

  /** A class could not be run at all. */
  fail(id: string, { id: itemId }: QueuedClass, reason: string): void {
    this.rows.update(ITEM, itemId, { Status: 'Failed', ExtendedStatus: reason.slice(0, 1000) });
    this.change(id, (values) => ({ ClassesCompleted: count(values['ClassesCompleted']) + 1 }));
  }

  /** The same for a class that has not ended; what has ended stays. */
  giveUp(id: string, queued: QueuedClass, reason: string): void {
    const status = this.rows.get(ITEM, queued.id)?.values['Status'];
    if (status === 'Queued' || status === 'Processing') this.fail(id, queued, reason);
  }

  finishClass(id: string, item: QueuedClass, run: ClassRun): void {
    const runRow = this.runRow(id);
    for (const method of run.methods) this.insertResult(id, runRow?.id ?? null, item, method, run.logId);
    const tests = run.methods.filter(({ isSetup }) => !isSetup);
    const failed = tests.filter(({ result }) => result.outcome !== 'pass').length;
    this.rows.update(ITEM, item.id, {
      Status: 'Completed',
      ExtendedStatus: `(${tests.length - failed}/${tests.length})`,
    });
    const setUp = run.methods.filter(({ isSetup }) => isSetup);
    this.change(id, (values) => ({
      ClassesCompleted: count(values['ClassesCompleted']) + 1,
      MethodsCompleted: count(values['MethodsCompleted']) + tests.length,
      MethodsFailed: count(values['MethodsFailed']) + failed,
      TestTime: count(values['TestTime']) + time(tests),
      TestSetupTime: count(values['TestSetupTime']) + time(setUp),
    }));
  }

  /** The run is over: aborted when a class was, failed when a test was. */
  finish(id: string): void {
    const items = this.rows.find(ITEM, 'ParentJobId', id).map(({ values }) => values['Status']);
    const failed = count(this.runRow(id)?.values['MethodsFailed']) > 0 || items.includes('Failed');
    const status = items.includes('Aborted') ? 'Aborted' : failed ? 'Failed' : 'Completed';
    this.change(id, () => ({ Status: status, EndTime: this.rows.timestamp() }));
    this.rows.update(JOB, id, {
      Status: status === 'Aborted' ? 'Aborted' : 'Completed',
      CompletedDate: this.rows.timestamp(),
    });
  }

  private insertResult(
    id: string,
    runId: string | null,
    { id: itemId, classId, userId }: QueuedClass,
    { result, isSetup }: MethodRun,
    logId: string | null,
  ): void {
    this.rows.insert(RESULT, userId, {
      ApexClassId: classId,
      ApexLogId: logId,
      ApexTestRunResultId: runId,
      AsyncApexJobId: id,
      QueueItemId: itemId,
      IsTestSetup: isSetup,
      MethodName: result.methodName,
      TestName: `${result.className}.${result.methodName}`,
      Outcome: OUTCOMES[result.outcome],
      Message: result.message ?? null,
      StackTrace: result.stackTrace ?? null,
      RunTime: Math.round(result.milliseconds),
      TestTimestamp: this.rows.timestamp(),
    });
  }

  private runRow(id: string): ReturnType<PlatformRows['find']>[number] | undefined {
    return this.rows.find(RUN, 'AsyncApexJobId', id)[0];
  }

  private change(
    id: string,
    values: (before: Readonly<Record<string, unknown>>) => Readonly<Record<string, string | number | ApexDatetime>>,
  ): void {
    const row = this.runRow(id);
    if (row !== undefined) this.rows.update(RUN, row.id, values(row.values));
  }
}

const count = (value: unknown): number => (typeof value === 'number' ? value : 0);

function time(methods: readonly MethodRun[]): number {
  return Math.round(methods.reduce((sum, { result }) => sum + result.milliseconds, 0));
}
