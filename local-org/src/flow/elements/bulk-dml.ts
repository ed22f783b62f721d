import type { DmlOperation, DmlOutcome, SObject } from '../../data/index.js';
import { performDml, type DmlMode } from '../../apex/runtime/index.js';
import type { FlowElement } from '../../metadata/index.js';
import { FlowFault } from '../fault.js';
import type { FlowOrg } from '../org.js';
import { faultOf, type BulkCall } from '../run/bulk.js';

/** The records that one interview brings to a bulk operation. */
export interface BulkRecords<E extends FlowElement = FlowElement> {
  readonly call: BulkCall<E>;
  readonly records: readonly SObject[];
}

/** How fault messages name what the flow tried. */
const VERBS: Readonly<Record<DmlOperation, string>> = {
  insert: 'create',
  update: 'update',
  upsert: 'create or update',
  delete: 'delete',
  undelete: 'restore',
};

/** How often records whose interviews did not fail are saved (Salesforce Help: Flow Bulkification in Transactions). */
const MAX_ATTEMPTS = 3;

/** The fault of a record that could not be saved, in the platform's words. */
export function dmlFault(operation: DmlOperation, outcome: DmlOutcome): FlowFault {
  const texts = outcome.errors.map(({ statusCode, message }) => `${statusCode}: ${message}`);
  return new FlowFault(
    `This error occurred when the flow tried to ${VERBS[operation]} records: ${texts.join(', ')}. You can look up ExceptionCode values in the SOAP API Developer Guide.`,
    outcome.errors[0]?.statusCode,
  );
}

/**
 * Saves or deletes the records of all interviews together. An interview whose records do not all succeed fails with all of them; the others'
 * are saved.
 */
export function bulkDml<E extends FlowElement>(
  { runtime }: FlowOrg,
  operation: DmlOperation,
  groups: readonly BulkRecords<E>[],
  externalId: string | null = null,
): void {
  const mode: DmlMode = {
    allOrNone: false,
    externalId,
    userMode: groups.some(({ call }) => call.interview.userMode),
  };
  for (const wave of waves(groups)) {
    let remaining = wave;
    for (let attempt = 1; remaining.length > 0 && attempt <= MAX_ATTEMPTS; attempt++) {
      const takeBack = runtime.data.dml.mark();
      const records = remaining.flatMap((group) => group.records);
      const outcomes = guarded(remaining, () => performDml(runtime, operation, records, mode));
      if (outcomes === undefined) break;
      const torn = markFailures(operation, remaining, outcomes);
      if (!torn) break;
      takeBack();
      remaining = remaining.filter(({ call }) => call.fault === undefined);
      for (const record of remaining.flatMap((group) => group.records))
        if (operation === 'insert') record.values.delete('Id');
    }
  }
}

/** An exception of the whole operation, such as mixed DML, is the fault of every interview in it. */
function guarded(groups: readonly BulkRecords[], work: () => readonly DmlOutcome[]): readonly DmlOutcome[] | undefined {
  try {
    return work();
  } catch (error) {
    const fault = faultOf(error);
    for (const { call } of groups) call.fault = fault;
    return undefined;
  }
}

/** Gives the interviews of failed records their faults. True when such an interview has other records that were saved. */
function markFailures(
  operation: DmlOperation,
  groups: readonly BulkRecords[],
  outcomes: readonly DmlOutcome[],
): boolean {
  let at = 0;
  let torn = false;
  for (const { call, records } of groups) {
    const own = outcomes.slice(at, at + records.length);
    at += records.length;
    const failed = own.find((outcome) => !outcome.success);
    if (failed === undefined) continue;
    call.fault = dmlFault(operation, failed);
    torn ||= own.some((outcome) => outcome.success);
  }
  return torn;
}

/** One operation cannot hold a record twice: interviews that change the same record come after each other. */
function waves<E extends FlowElement>(groups: readonly BulkRecords<E>[]): readonly (readonly BulkRecords<E>[])[] {
  const result: { readonly ids: Set<string>; readonly groups: BulkRecords<E>[] }[] = [];
  for (const group of groups) {
    if (group.records.length === 0) continue;
    const ids = group.records.flatMap((record) => record.id ?? []);
    let wave = result.find((candidate) => ids.every((id) => !candidate.ids.has(id)));
    if (wave === undefined) {
      wave = { ids: new Set(), groups: [] };
      result.push(wave);
    }
    wave.groups.push(group);
    for (const id of ids) wave.ids.add(id);
  }
  return result.map((wave) => wave.groups);
}
