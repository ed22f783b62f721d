import { performDml, type ApexRuntime, type DmlMode } from '../../../apex/runtime/index.js';
import type { DmlOperation, DmlOutcome, RecordError, SObject } from '../../../data/index.js';
import { RECORD_RULES } from './record-rules.js';

/** Does an operation with records, those that the platform's rules for their objects leave. Outcomes in the order of the records. */
export function saveRecords(
  runtime: ApexRuntime,
  operation: DmlOperation,
  records: readonly SObject[],
  mode: DmlMode,
): readonly DmlOutcome[] {
  const rulings = new Map(
    records.flatMap((record): readonly (readonly [SObject, 'done' | RecordError])[] => {
      const ruling = RECORD_RULES[record.object.name]?.(runtime, operation, record) ?? 'save';
      return ruling === 'save' ? [] : [[record, ruling]];
    }),
  );
  if (rulings.size === 0) return performDml(runtime, operation, records, mode);
  const refused = [...rulings.values()].some((ruling) => ruling !== 'done');
  const left = refused && mode.allOrNone ? [] : records.filter((record) => !rulings.has(record));
  const saved = new Map(performDml(runtime, operation, left, mode).map((outcome, at) => [left[at], outcome]));
  return records.map((record) => saved.get(record) ?? outcomeOf(record, rulings.get(record)));
}

const ROLLED_BACK: RecordError = {
  statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
  message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
  fields: [],
};

function outcomeOf({ id }: SObject, ruling: 'done' | RecordError | undefined): DmlOutcome {
  if (ruling === 'done') return { id, success: true, created: false, errors: [] };
  return { id, success: false, created: false, errors: [ruling ?? ROLLED_BACK] };
}
