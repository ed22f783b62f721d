import type { EntryCondition } from '../../model/index.js';
import { noSample } from './description.js';
import type { SampleValue } from './values.js';

/**
 * Values with which a record meets all conditions of a trigger. Throws UserError `NoSampleError` when no value can be told from a condition.
 */
export function valuesForConditions(
  object: string,
  conditions: readonly EntryCondition[],
): Readonly<Record<string, SampleValue>> {
  return Object.fromEntries(conditions.flatMap((condition) => valueFor(object, condition)));
}

function valueFor(
  object: string,
  { field, operator, value }: EntryCondition,
): readonly (readonly [string, SampleValue])[] {
  switch (operator) {
    case 'equals':
    case 'greaterThanOrEqual':
    case 'lessThanOrEqual':
    case 'startsWith':
    case 'endsWith':
    case 'contains':
      return [[field, value]];
    case 'greaterThan':
    case 'lessThan':
      if (typeof value === 'number') return [[field, operator === 'greaterThan' ? value + 1 : value - 1]];
      break;
    case 'isNull':
      if (value === true) return [];
      break;
    case 'notEquals':
      break;
  }
  throw noSample(object, `no value can be told from the condition "${field} ${operator} ${String(value)}"`);
}
