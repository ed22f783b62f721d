import type { SoqlCount, SoqlOrder } from '../../apex/syntax/ast.js';
import { compareFieldValues, type FieldValue } from '../values/index.js';
import { SoqlError, type QueryContext } from './context.js';

export interface SortKey<Item> {
  readonly read: (item: Item) => FieldValue;
  readonly order: SoqlOrder;
}

/** Sorts by all keys; equal items keep their order. Nulls come first unless written otherwise (SOQL and SOSL Reference: ORDER BY). */
export function sorted<Item>(items: Item[], keys: readonly SortKey<Item>[]): Item[] {
  if (keys.length === 0) return items;
  const decorated = items.map((item) => ({ item, values: keys.map((key) => key.read(item)) }));
  decorated.sort((left, right) => {
    for (let at = 0; at < keys.length; at++) {
      const key = keys[at];
      const order = key === undefined ? 0 : compareKey(key.order, left.values[at] ?? null, right.values[at] ?? null);
      if (order !== 0) return order;
    }
    return 0;
  });
  return decorated.map(({ item }) => item);
}

function compareKey(order: SoqlOrder, left: FieldValue, right: FieldValue): number {
  if (left === null || right === null) {
    if (left === right) return 0;
    const nullsFirst = order.nulls !== 'last';
    return (left === null) === nullsFirst ? -1 : 1;
  }
  const compared = compareFieldValues(left, right) ?? 0;
  return order.descending ? -compared : compared;
}

/** Applies OFFSET and LIMIT. */
export function paged<Item>(
  context: QueryContext,
  items: readonly Item[],
  limit: SoqlCount | undefined,
  offset: SoqlCount | undefined,
): readonly Item[] {
  const from = countOf(context, offset) ?? 0;
  const size = countOf(context, limit);
  if (from > 2000) throw new SoqlError('Maximum SOQL offset allowed is 2000');
  return from === 0 && size === undefined ? items : items.slice(from, size === undefined ? undefined : from + size);
}

/** Number of a LIMIT or OFFSET; undefined when there is none. */
export function countOf(context: QueryContext, count: SoqlCount | undefined): number | undefined {
  if (count === undefined) return undefined;
  const value = count.kind === 'literal' ? count.value : context.bind(count.expression);
  const number = typeof value === 'bigint' ? Number(value) : value;
  if (typeof number !== 'number' || number < 0)
    throw new SoqlError('Invalid query locator: LIMIT and OFFSET need a number that is not negative');
  return number;
}
