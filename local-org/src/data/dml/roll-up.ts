import type { FormulaEngine } from '../formula/index.js';
import type { FieldSchema, ObjectSchema, RollUp, RollUpFilter } from '../schema/index.js';
import type { Row, Store } from '../store/index.js';
import {
  ApexDate,
  ApexDatetime,
  ApexDecimal,
  compareFieldValues,
  storedDecimal,
  type FieldValue,
} from '../values/index.js';

/** A child's row before and after a change; undefined where it did not exist, or was deleted. */
export interface RowPair {
  readonly before: Row | undefined;
  readonly after: Row | undefined;
}

/** New values of the summary fields of one parent. */
export interface ParentChange {
  readonly object: ObjectSchema;
  readonly id: string;
  readonly values: ReadonlyMap<string, FieldValue>;
}

/** What the summary fields above changed children have to be, where that is not what they are. */
export function parentChanges(
  store: Store,
  formulas: FormulaEngine,
  child: ObjectSchema,
  changes: readonly RowPair[],
): readonly ParentChange[] {
  const found = new Map<string, { object: ObjectSchema; id: string; values: Map<string, FieldValue> }>();
  for (const { parent, field, rollUp } of store.schema.summariesOf(child.name)) {
    const table = store.table(parent);
    for (const id of parentIds(changes, rollUp.childField)) {
      const row = table.get(id);
      if (row === undefined || row.deleted) continue;
      const value = shown(field, summaryOf(store, formulas, child, rollUp, id));
      if (same(row.values[field.name] ?? null, value)) continue;
      const change = found.get(id) ?? { object: parent, id, values: new Map<string, FieldValue>() };
      change.values.set(field.name, value);
      found.set(id, change);
    }
  }
  return [...found.values()];
}

/** Value of a summary field of a record without children. */
export function emptySummary(field: FieldSchema): FieldValue {
  const operation = field.rollUp?.operation;
  return operation === 'count' || operation === 'sum' ? shown(field, ApexDecimal.ZERO) : null;
}

function shown(field: FieldSchema, value: FieldValue): FieldValue {
  return value instanceof ApexDecimal ? storedDecimal(field, value) : value;
}

function parentIds(changes: readonly RowPair[], field: string): ReadonlySet<string> {
  const ids = changes.flatMap(({ before, after }) => [before?.values[field], after?.values[field]]);
  return new Set(ids.filter((id) => typeof id === 'string'));
}

function same(left: FieldValue, right: FieldValue): boolean {
  if (left === null || right === null) return left === right;
  return compareFieldValues(left, right) === 0;
}

function summaryOf(
  store: Store,
  formulas: FormulaEngine,
  child: ObjectSchema,
  rollUp: RollUp,
  parentId: string,
): FieldValue {
  const link = child.fields.get(rollUp.childField.toLowerCase());
  const summarized = rollUp.summarized === undefined ? undefined : child.fields.get(rollUp.summarized.toLowerCase());
  if (link === undefined) return null;
  const table = store.table(child);
  const rows = [...table.indexOf(link).find(parentId)]
    .flatMap((id) => table.get(id) ?? [])
    .filter((row) => !row.deleted && rollUp.filters.every((filter) => meets(formulas, child, filter, row)));
  if (rollUp.operation === 'count') return ApexDecimal.of(rows.length);
  const values = rows
    .map((row) => (summarized === undefined ? null : formulas.valueOf(child, summarized, row)))
    .filter((value) => value !== null);
  if (rollUp.operation === 'sum')
    return values.reduce<ApexDecimal>((total, value) => total.add(decimal(value)), ApexDecimal.ZERO);
  const wanted = rollUp.operation === 'min' ? -1 : 1;
  return values.reduce<FieldValue>(
    (best, value) => (best === null || (compareFieldValues(value, best) ?? 0) * wanted > 0 ? value : best),
    null,
  );
}

function decimal(value: FieldValue): ApexDecimal {
  if (value instanceof ApexDecimal) return value;
  return typeof value === 'number' || typeof value === 'bigint' ? ApexDecimal.of(value) : ApexDecimal.ZERO;
}

type Test = (actual: FieldValue, wanted: FieldValue) => boolean;
const ordered =
  (test: (order: number) => boolean): Test =>
  (actual, wanted) => {
    const order = actual === null || wanted === null ? undefined : compareFieldValues(actual, wanted);
    return order !== undefined && test(order);
  };
const text = (value: FieldValue): string => String(value ?? '').toLowerCase();

/** Operations on one value; those that begin with `not` hold when none of the values is met. */
const TESTS: Readonly<Record<string, Test>> = {
  equals: same,
  lessThan: ordered((order) => order < 0),
  greaterThan: ordered((order) => order > 0),
  lessOrEqual: ordered((order) => order <= 0),
  greaterOrEqual: ordered((order) => order >= 0),
  contains: (actual, wanted) => text(actual).includes(text(wanted)),
  startsWith: (actual, wanted) => text(actual).startsWith(text(wanted)),
  includes: (actual, wanted) => text(actual).split(';').includes(text(wanted)),
};
const NEGATED: Readonly<Record<string, string>> = { notEqual: 'equals', notContain: 'contains', excludes: 'includes' };

function meets(formulas: FormulaEngine, child: ObjectSchema, filter: RollUpFilter, row: Row): boolean {
  const field = child.fields.get(filter.field.toLowerCase());
  const positive = NEGATED[filter.operation];
  const test = TESTS[positive ?? filter.operation];
  if (field === undefined || test === undefined) return false;
  const actual = formulas.valueOf(child, field, row);
  const wanted = filter.value === '' ? [null] : filter.value.split(',').map((part) => literal(field, part.trim()));
  const isMet = wanted.some((value) => test(actual, value));
  return positive === undefined ? isMet : !isMet;
}

/** The text of a filter as a value of its field. */
function literal(field: FieldSchema, written: string): FieldValue {
  switch (field.type) {
    case 'boolean':
      return /^(true|1)$/i.test(written);
    case 'int':
    case 'double':
    case 'currency':
    case 'percent':
      return ApexDecimal.parse(written) ?? null;
    case 'date':
      return ApexDate.parseIso(written) ?? null;
    case 'datetime':
      return ApexDatetime.parseIso(written) ?? null;
    default:
      return written;
  }
}
