import type { SObject } from '../../data/index.js';
import type { FlowDefinition, FlowEntry, FlowFilter, FlowRecordStart } from '../../metadata/index.js';
import { FlowFault } from '../fault.js';
import { formulaHolds, hasChanged, Interview, logicHolds, operandValue, pathValue } from '../interview/index.js';
import type { FlowOrg } from '../org.js';
import { comparisons, isNullValue } from '../values/index.js';

/** A record that may start a flow, with what it was before the save. */
export interface ChangedRecord {
  readonly record: SObject;
  /** Absent for a new record. */
  readonly prior: SObject | undefined;
}

/** Whether a record meets entry criteria; without any it does. */
export function meetsEntry(interview: Interview, entry: FlowEntry): boolean {
  switch (entry.kind) {
    case 'always':
      return true;
    case 'formula':
      return formulaHolds(interview, entry.expression);
    case 'filters': {
      const { logic, filters } = entry.filters;
      return logicHolds(logic, (index) => {
        const filter = filters[index];
        return filter !== undefined && filterHolds(interview, filter);
      });
    }
  }
}

function filterHolds(interview: Interview, { field, operator, value }: FlowFilter): boolean {
  const path = ['$Record', ...field.split('.')] as const;
  const wanted = operandValue(interview, value);
  switch (operator) {
    case 'IsChanged':
      return hasChanged(interview, path) === (wanted !== false);
    case 'IsNull':
      return isNullValue(pathValue(interview, path)) === (wanted !== false);
    case 'HasError':
    case 'IsBlank':
    case 'IsEmpty':
    case 'WasSelected':
    case 'WasSet':
    case 'WasVisited':
      throw new FlowFault(`The operator ${operator} can't be used in entry conditions.`);
    default:
      return comparisons[operator](pathValue(interview, path), wanted);
  }
}

/** What a save means to a flow. */
export interface EntryVerdict {
  /** The record meets the criteria now. */
  readonly meets: boolean;
  /** It did not meet them before, or is new. */
  readonly newly: boolean;
}

/** Judges a record before and after the save. A new record meets the criteria newly (Salesforce Help: Record-Triggered Flow Considerations). */
export function judge(
  org: FlowOrg,
  definition: FlowDefinition,
  start: FlowRecordStart,
  { record, prior }: ChangedRecord,
): EntryVerdict {
  const meets = meetsEntry(new Interview(org, definition, { record, prior, isNew: prior === undefined }), start.entry);
  if (!meets || prior === undefined) return { meets, newly: meets };
  return { meets, newly: !meetsEntry(new Interview(org, definition, { record: prior }), start.entry) };
}
