import { ApexDatetime, type SObject } from '../../data/index.js';
import type { TestState, TimerPort } from '../../apex/runtime/index.js';
import type { FlowRecordStart, FlowScheduledPath } from '../../metadata/index.js';
import type { FlowCatalog, StartedFlow } from '../catalog.js';
import { orgZone, type FlowOrg } from '../org.js';
import { sameValue, fromField, type FlowValue } from '../values/index.js';
import { dueTime, minuteOf } from './due-time.js';
import type { ChangedRecord, EntryVerdict } from './entry.js';
import { ASYNC_PATH, keyOf, PATH_TIMER, timerOf, type LaterPath } from './later-path.js';
import type { LaterPaths } from './record-triggered.js';

/** An asynchronous path that waits for the end of a test. */
interface TestPath {
  readonly test: TestState;
  readonly later: LaterPath;
}

/**
 * Schedules the paths that run after the save: nothing before the transaction has committed. Scheduled paths do not run in tests
 * (PLATFORM 2.6); asynchronous ones do at stopTest.
 */
export class PathScheduler implements LaterPaths {
  private readonly ofTests: TestPath[] = [];

  constructor(
    private readonly org: FlowOrg,
    private readonly catalog: FlowCatalog,
  ) {}

  judged(
    { definition, start }: StartedFlow<FlowRecordStart>,
    change: ChangedRecord,
    verdict: EntryVerdict,
    again: boolean,
  ): void {
    const starts = start.changedToMeet ? verdict.newly : verdict.meets;
    if (start.asyncPath !== undefined && starts && !again) this.queueAsync(definition.name, change.record);
    for (const path of start.paths) {
      // Paths that count from the save have been scheduled when the flow started.
      if (again && verdict.meets && path.recordField === undefined) continue;
      if (!verdict.meets) this.cancel(definition.name, path.name, change.record);
      else this.consider(definition.name, path, start, change, verdict);
    }
  }

  deleted(record: SObject): void {
    for (const { definition, start } of this.catalog.onRecord(record.object.name, 'afterSave'))
      for (const { name } of start.paths) this.cancel(definition.name, name, record);
  }

  /** The asynchronous paths that a test has queued since the last time. */
  takeTest(test: TestState): readonly LaterPath[] {
    const own = this.ofTests.filter((entry) => entry.test === test);
    this.ofTests.splice(0, this.ofTests.length, ...this.ofTests.filter((entry) => entry.test !== test));
    return own.map(({ later }) => later);
  }

  /**
   * PLATFORM 2.2: a path that counts from a field is scheduled when the record comes to meet the criteria, and again whenever the field changes
   * while it meets them, whatever the flow says about records that met them before. One that counts from the save is scheduled whenever the
   * flow starts.
   */
  private consider(
    flow: string,
    path: FlowScheduledPath,
    start: FlowRecordStart,
    change: ChangedRecord,
    { newly }: EntryVerdict,
  ): void {
    const { record, prior } = change;
    const moved =
      path.recordField === undefined ? !start.changedToMeet : !sameValue(anchorOf(record, path), anchorOf(prior, path));
    if (!newly && !moved) return;
    const { runtime } = this.org;
    const anchor = path.recordField === undefined ? new ApexDatetime(runtime.now) : anchorOf(record, path);
    const due = dueTime(path, anchor, orgZone(this.org));
    // A field that moves to the past schedules nothing (Salesforce Help: Scheduled Paths); what is due in this minute runs in it.
    if (due === undefined || (!newly && due < minuteOf(runtime.now))) {
      this.cancel(flow, path.name, record);
      return;
    }
    this.queue(flow, path, record, Math.max(due, runtime.now));
  }

  private queue(flow: string, path: FlowScheduledPath, record: SObject, dueAt: number): void {
    const { runtime } = this.org;
    const recordId = record.id ?? '';
    const later: LaterPath = { flow, path: path.name, recordId, userId: runtime.tx.userId, change: '', attempt: 0 };
    if (runtime.traces('Workflow', 'FINER')) {
      const parts = [path.name, recordId, recordId, String(path.offset), path.unit, new Date(dueAt).toISOString()];
      runtime.trace({ category: 'Workflow', level: 'FINER', event: 'FLOW_SCHEDULED_PATH_QUEUED', parts });
    }
    this.whenCommitted((timers) => timers.schedule(timerOf(later, dueAt)));
  }

  private queueAsync(flow: string, record: SObject): void {
    const { runtime } = this.org;
    const { tx } = runtime;
    // Every change runs the path; an Id that is never given twice tells them apart.
    const change = runtime.data.store.nextId(runtime.object('FlowInterview'));
    const recordId = record.id ?? '';
    const later: LaterPath = { flow, path: ASYNC_PATH, recordId, userId: tx.userId, change, attempt: 0 };
    const { test } = tx;
    if (test !== undefined) tx.afterCommit.push(() => void this.ofTests.push({ test, later }));
    else this.whenCommitted((timers) => timers.schedule(timerOf(later, runtime.now)));
  }

  /** Forgets what waits; nothing waits for a record that is new. */
  private cancel(flow: string, path: string, { id }: SObject): void {
    if (id !== null) this.whenCommitted((timers) => timers.cancel(PATH_TIMER, keyOf(flow, path, id)));
  }

  private whenCommitted(work: (timers: TimerPort) => unknown): void {
    const { runtime } = this.org;
    if (runtime.tx.test !== undefined) return;
    runtime.tx.afterCommit.push(() => {
      const { timers } = runtime.asyncHost;
      if (timers !== undefined) work(timers);
    });
  }
}

function anchorOf(record: SObject | undefined, path: FlowScheduledPath): FlowValue {
  const field = record?.field(path.recordField ?? '');
  return record === undefined || field === undefined ? null : fromField(record.get(field.name));
}
