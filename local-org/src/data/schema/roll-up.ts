import type { FieldType } from './types.js';

export type RollUpOperation = 'count' | 'sum' | 'min' | 'max';

/** One condition that child records must meet to count (Metadata API: FilterItem). */
export interface RollUpFilter {
  /** Field of the child. */
  readonly field: string;
  /** `equals`, `greaterThan` ... */
  readonly operation: string;
  /** A literal, several separated by commas; empty for no value. */
  readonly value: string;
}

/** What a roll-up summary field calculates over the children of a record (Metadata API: CustomField, summary fields). */
export interface RollUp {
  readonly operation: RollUpOperation;
  readonly childObject: string;
  /** The child's master-detail field. */
  readonly childField: string;
  /** Field that is summed or compared; undefined for a count. */
  readonly summarized: string | undefined;
  readonly filters: readonly RollUpFilter[];
}

/** The type of a summary of a field of the given type: a smallest or largest date is a date, everything else is a number. */
export function rollUpType(rollUp: RollUp, summarized: FieldType | undefined): FieldType {
  const isExtreme = rollUp.operation === 'min' || rollUp.operation === 'max';
  if (isExtreme && (summarized === 'date' || summarized === 'datetime' || summarized === 'time')) return summarized;
  return summarized === 'currency' || summarized === 'percent' ? summarized : 'double';
}
