import type { SoqlComparison, SoqlCondition } from '../../apex/syntax/ast.js';
import type { FieldSchema } from '../schema/index.js';
import type { Row, Table } from '../store/index.js';
import type { FieldValue } from '../values/index.js';
import type { Source } from './context.js';
import { listOf, type ConditionScope } from './condition.js';
import { definitionRows, isDefinition } from './definition-rows.js';

/** Rows that can match a condition at all. */
export interface Candidates {
  readonly rows: Iterable<Row>;
  /** The rows come in the order of their Ids, which is that of their creation. */
  readonly inIdOrder: boolean;
}

/** Fields that are worth an index beside those that Salesforce indexes: few values, or exact texts. */
const INDEXED_TYPES: ReadonlySet<FieldSchema['type']> = new Set(['id', 'reference', 'picklist', 'string']);

/** One way to the rows through an index. */
interface IndexUse {
  readonly count: number;
  readonly rows: () => Iterable<Row>;
}

/**
 * Rows that can match the condition at all: through the index that leaves the fewest when a top-level AND asks for certain values of fields
 * that have one; otherwise every row of the object.
 */
export function candidateRows(
  scope: ConditionScope<Row>,
  source: Source,
  where: SoqlCondition | undefined,
): Candidates {
  if (isDefinition(source.object)) {
    const { schema } = scope.context.store;
    const rows = definitionRows(schema, source.object, conjuncts(where), (part) => namesIn(scope, part));
    return { rows, inIdOrder: false };
  }
  let best: IndexUse | undefined;
  for (const part of conjuncts(where)) {
    const use = indexUse(scope, source, part);
    if (use !== undefined && (best === undefined || use.count < best.count)) best = use;
  }
  if (best !== undefined) return { rows: best.rows(), inIdOrder: true };
  return { rows: scope.context.store.table(source.object).all(), inIdOrder: false };
}

function conjuncts(where: SoqlCondition | undefined): readonly SoqlComparison[] {
  if (where === undefined) return [];
  if (where.kind === 'comparison') return [where];
  return where.kind === 'and' ? where.operands.flatMap(conjuncts) : [];
}

/** The texts that a comparison asks for; undefined for another kind of comparison. */
function namesIn(scope: ConditionScope<Row>, part: SoqlComparison): readonly string[] | undefined {
  if ((part.operator !== '=' && part.operator !== 'IN') || part.value.kind === 'dateLiteral') return undefined;
  return listOf(scope, scope.operand(part.left), part.value).filter((value) => typeof value === 'string');
}

function indexUse(scope: ConditionScope<Row>, source: Source, part: SoqlComparison): IndexUse | undefined {
  const field = indexedField(source, part);
  if (field === undefined || part.value.kind === 'dateLiteral') return undefined;
  const values = listOf(scope, scope.operand(part.left), part.value);
  if (values.includes(null)) return undefined;
  const table = scope.context.store.table(source.object);
  if (field.type === 'id')
    return { count: values.length, rows: () => rowsOf(table, new Set(texts(values).toSorted())) };
  const index = table.indexOf(field);
  const count = values.reduce<number>((sum, value) => sum + index.count(value), 0);
  return { count, rows: () => rowsOf(table, idsInOrder(values.map((value) => index.find(value)))) };
}

function indexedField({ object }: Source, { left, operator }: SoqlComparison): FieldSchema | undefined {
  if (left.kind !== 'path' || (operator !== '=' && operator !== 'IN')) return undefined;
  const [first, ...rest] = left.path.segments;
  const field = first === undefined || rest.length > 0 ? undefined : object.fields.get(first.name.toLowerCase());
  if (field === undefined || field.formula !== undefined) return undefined;
  return INDEXED_TYPES.has(field.type) || field.unique || field.externalId || field.nameField ? field : undefined;
}

function texts(values: readonly FieldValue[]): readonly string[] {
  return values.filter((value) => typeof value === 'string');
}

/** One bucket of an index is in order by itself and is read only as far as somebody wants. */
function idsInOrder(sets: readonly ReadonlySet<string>[]): Iterable<string> {
  const [only] = sets;
  if (sets.length === 1 && only !== undefined) return only;
  return new Set(sets.flatMap((set) => [...set]).toSorted());
}

function* rowsOf(table: Table, ids: Iterable<string>): Generator<Row> {
  for (const id of ids) {
    const row = table.get(id);
    if (row !== undefined) yield row;
  }
}
