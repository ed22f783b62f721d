import type { SoqlComparison, SoqlCondition } from '../../apex/syntax/ast.js';
import type { Row } from '../store/index.js';
import type { FieldValue } from '../values/index.js';
import type { Source } from './context.js';
import { listOf, type ConditionScope } from './condition.js';
import { definitionRows, isDefinition } from './definition-rows.js';

/**
 * Rows that can match the condition at all: through an index when a top-level AND asks for certain values of an Id, a reference, a unique
 * or external id, or a Name; otherwise every row of the object.
 */
export function candidateRows(
  scope: ConditionScope<Row>,
  source: Source,
  where: SoqlCondition | undefined,
): Iterable<Row> {
  if (isDefinition(source.object)) {
    const { schema } = scope.context.store;
    return definitionRows(schema, source.object, conjuncts(where), (part) => namesIn(scope, part));
  }
  const table = scope.context.store.table(source.object);
  for (const part of conjuncts(where)) {
    const rows = indexed(scope, source, part);
    if (rows !== undefined) return rows;
  }
  return table.all();
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

function indexed(scope: ConditionScope<Row>, source: Source, part: SoqlComparison): readonly Row[] | undefined {
  if (
    part.left.kind !== 'path' ||
    (part.operator !== '=' && part.operator !== 'IN') ||
    part.value.kind === 'dateLiteral'
  )
    return undefined;
  const segments = part.left.path.segments;
  const first = segments[0];
  if (segments.length !== 1 || first === undefined) return undefined;
  const field = source.object.fields.get(first.name.toLowerCase());
  if (field === undefined || field.formula !== undefined) return undefined;
  if (!(field.type === 'id' || field.type === 'reference' || field.unique || field.externalId || field.nameField))
    return undefined;
  const values = listOf(scope, scope.operand(part.left), part.value);
  if (values.includes(null)) return undefined;
  return field.type === 'id' ? byId(scope, source, values) : byIndex(scope, source, field.name, values);
}

function byId(scope: ConditionScope<Row>, source: Source, ids: readonly FieldValue[]): readonly Row[] {
  const table = scope.context.store.table(source.object);
  return inOrder([...new Set(ids)].flatMap((id) => (typeof id === 'string' ? (table.get(id) ?? []) : [])));
}

function byIndex(
  scope: ConditionScope<Row>,
  source: Source,
  fieldName: string,
  values: readonly FieldValue[],
): readonly Row[] {
  const table = scope.context.store.table(source.object);
  const field = source.object.fields.get(fieldName.toLowerCase());
  if (field === undefined) return [];
  const index = table.indexOf(field);
  const ids = new Set(values.flatMap((value) => [...index.find(value)]));
  return inOrder([...ids].flatMap((id) => table.get(id) ?? []));
}

/** The order in which the rows were created, which Ids follow. */
function inOrder(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted((left, right) => (left.id < right.id ? -1 : left.id > right.id ? 1 : 0));
}
