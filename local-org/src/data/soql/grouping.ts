import type { SoqlQuery } from '../../apex/syntax/ast.js';
import type { Row } from '../store/index.js';
import { ApexDecimal, type FieldValue } from '../values/index.js';

/** Rows that stand for one row of the result. */
export interface Group {
  readonly rows: readonly Row[];
  /** Names of the GROUP BY entries over which this row adds up: empty except in subtotals of ROLLUP and CUBE. */
  readonly rolledUp: ReadonlySet<string>;
}

/** One entry of GROUP BY. */
export interface GroupKey {
  readonly name: string;
  /** Rows with the same text belong together. */
  readonly read: (row: Row) => string;
}

/** One text for values that GROUP BY and COUNT_DISTINCT take as the same. */
export function valueKey(value: FieldValue): string {
  if (value === null) return '\0';
  if (typeof value === 'string') return value.toLowerCase();
  return value instanceof ApexDecimal ? value.key() : String(value);
}

/** The groups of a query, subtotals behind what they add up (SOQL and SOSL Reference: GROUP BY ROLLUP, GROUP BY CUBE). */
export function groupRows(
  keys: readonly GroupKey[],
  grouping: SoqlQuery['grouping'],
  rows: readonly Row[],
): readonly Group[] {
  if (grouping === 'rollup') return [...rollUp(keys, 0, rows)];
  if (grouping === 'cube') return cube(keys, rows);
  return plain(keys, rows, new Set());
}

function plain(keys: readonly GroupKey[], rows: readonly Row[], rolledUp: ReadonlySet<string>): readonly Group[] {
  if (keys.length === 0) return [{ rows, rolledUp }];
  return parts(rows, (row) => JSON.stringify(keys.map(({ read }) => read(row)))).map((part) => ({
    rows: part,
    rolledUp,
  }));
}

function parts(rows: readonly Row[], keyOf: (row: Row) => string): readonly (readonly Row[])[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups.values()];
}

/** Rows that agree in the first `depth` keys: their parts by the next key, then their total. */
function* rollUp(keys: readonly GroupKey[], depth: number, rows: readonly Row[]): Generator<Group> {
  const key = keys[depth];
  if (key !== undefined) for (const part of parts(rows, key.read)) yield* rollUp(keys, depth + 1, part);
  yield { rows, rolledUp: new Set(keys.slice(depth).map(({ name }) => name)) };
}

/** Every combination of keys, those of more keys first. */
function cube(keys: readonly GroupKey[], rows: readonly Row[]): readonly Group[] {
  const subsets = keys.reduceRight<readonly (readonly GroupKey[])[]>(
    (found, key) => [...found.map((subset) => [key, ...subset]), ...found],
    [[]],
  );
  return subsets
    .toSorted((left, right) => right.length - left.length)
    .flatMap((subset) => {
      const rolledUp = keys.filter((key) => !subset.includes(key)).map(({ name }) => name);
      return plain(subset, rows, new Set(rolledUp));
    });
}
