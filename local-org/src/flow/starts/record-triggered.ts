import type { RecordError, SObject, TriggerBatch } from '../../data/index.js';
import { apexError } from '../../apex/runtime/index.js';
import type { FlowRecordStart } from '../../metadata/index.js';
import type { FlowCatalog, StartedFlow } from '../catalog.js';
import { Interview } from '../interview/index.js';
import type { FlowOrg } from '../org.js';
import { runBatch, type BatchMember } from '../run/batch.js';
import type { FlowRun } from '../run/bulk.js';
import { driveInTransaction } from '../run/drive.js';
import { judge, type ChangedRecord, type EntryVerdict } from './entry.js';
import { RecursionGuard } from './recursion.js';

/** Told which records met or failed the criteria of an after-save flow, for the paths that run later. */
export interface LaterPaths {
  /** @param again the record is saved again within the save that started the flow for it: its paths follow it, and the flow does not start */
  judged(flow: StartedFlow<FlowRecordStart>, change: ChangedRecord, verdict: EntryVerdict, again: boolean): void;
  deleted(record: SObject): void;
}

/** How deep saves may start each other (Apex Developer Guide: Execution Governors and Limits, trigger depth). */
const MAX_DEPTH = 16;

/** Starts record-triggered flows at their point of the order of execution, inside the transaction of the save. */
export class RecordTriggers {
  private readonly guard = new RecursionGuard();

  constructor(
    private readonly org: FlowOrg,
    private readonly catalog: FlowCatalog,
    private readonly later: LaterPaths,
  ) {}

  beforeSave(batch: TriggerBatch): void {
    if (batch.operation === 'delete') {
      this.start(batch, 'beforeDelete', changesOf(batch.oldRecords, undefined));
      return;
    }
    this.guard.enter(batch.newRecords ?? []);
    this.start(batch, 'beforeSave', changesOf(batch.newRecords, batch.oldRecords));
  }

  afterSave(batch: TriggerBatch): void {
    if (batch.operation === 'delete') {
      for (const record of batch.oldRecords ?? []) this.later.deleted(record);
      return;
    }
    // Nothing starts a flow when a record comes back from the recycle bin (Salesforce Help: Flow Types).
    if (batch.operation === 'undelete') return;
    this.start(batch, 'afterSave', changesOf(batch.newRecords, batch.oldRecords));
  }

  saveEnded(records: readonly SObject[]): void {
    this.guard.leave(records);
  }

  private start(batch: TriggerBatch, timing: FlowRecordStart['timing'], changes: readonly ChangedRecord[]): void {
    for (const flow of this.catalog.onRecord(batch.object.name, timing)) {
      if (batch.operation === 'undelete' || !flow.start.operations.has(batch.operation)) continue;
      const sound = changes.filter(({ record }) => record.errors.length === 0);
      this.startFlow(flow, sound);
    }
  }

  private startFlow(flow: StartedFlow<FlowRecordStart>, changes: readonly ChangedRecord[]): void {
    const { definition, start } = flow;
    const free = new Set(
      this.guard.free(
        definition.name,
        changes.map(({ record }) => record),
      ),
    );
    const starting = changes.filter((change) => {
      const again = !free.has(change.record);
      if (again && start.timing !== 'afterSave') return false;
      const verdict = judge(this.org, definition, start, change);
      if (start.timing === 'afterSave') this.later.judged(flow, change, verdict, again);
      return !again && (start.changedToMeet ? verdict.newly : verdict.meets);
    });
    if (starting.length === 0 || start.next === undefined) return;
    if (this.guard.depth > MAX_DEPTH) {
      for (const { record } of starting)
        record.errors.push(failed(definition.label, 'Maximum trigger depth exceeded.'));
      return;
    }
    for (const { record } of starting) this.guard.note(definition.name, record);
    this.run(flow, starting);
  }

  private run({ definition, start }: StartedFlow<FlowRecordStart>, changes: readonly ChangedRecord[]): void {
    const interviews = changes.map(
      ({ record, prior }) =>
        new Interview(this.org, definition, {
          record: start.timing === 'beforeSave' ? record : ownCopy(record),
          prior,
          isNew: prior === undefined && start.timing !== 'beforeDelete',
        }),
    );
    const members = driveInSave(runBatch(this.org, interviews, start.next));
    for (const [index, member] of members.entries()) {
      const target = changes[index]?.record;
      if (target !== undefined) target.errors.push(...errorsOf(member));
    }
  }
}

function changesOf(
  records: readonly SObject[] | undefined,
  priors: readonly SObject[] | undefined,
): readonly ChangedRecord[] {
  const byId = new Map(priors?.map((prior) => [prior.id, prior] as const));
  return (records ?? []).map((record) => ({ record, prior: byId.get(record.id) }));
}

/** After the save a flow works on values of its own: only Update Records writes them back (Salesforce Help: Global Variables in Flows, $Record). */
function ownCopy(record: SObject): SObject {
  const copy = record.copy(true);
  // Its values are all there, as if it had been queried: writing it back leaves read-only fields alone.
  copy.queried = true;
  return copy;
}

/** Runs a path inside the save, where callouts are refused (PLATFORM 2.2). */
function driveInSave<T>(run: FlowRun<T>): T {
  const steps = driveInTransaction(run);
  let step = steps.next();
  while (step.done !== true)
    step = steps.throw(apexError('CalloutException', 'Callout from triggers are currently not supported.'));
  return step.value;
}

/** Custom errors and the fault that no fault path took, as errors of the record whose save they prevent. */
function errorsOf({ interview, fault }: BatchMember): readonly RecordError[] {
  const custom = interview.errors.map(({ message, field }): RecordError => ({
    statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    message,
    fields: field === undefined ? [] : [field],
  }));
  return fault === undefined ? custom : [...custom, failed(interview.definition.label, fault.message)];
}

function failed(label: string, message: string): RecordError {
  return {
    statusCode: 'CANNOT_EXECUTE_FLOW_TRIGGER',
    message: `We can't save this record because the “${label}” process failed. Give your Salesforce admin these details. ${message}`,
    fields: [],
  };
}
