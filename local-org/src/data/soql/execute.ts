import type { SoqlComparison, SoqlQuery } from '../../apex/syntax/ast.js';
import type { ObjectSchema } from '../schema/index.js';
import type { SObject } from '../sobject.js';
import type { Row } from '../store/index.js';
import type { FieldValue } from '../values/index.js';
import { checkReadAccess } from './access-check.js';
import { aggregateRows, isAggregateQuery } from './aggregate.js';
import { candidateRows, type Candidates } from './candidates.js';
import { compileCondition, type ConditionScope, type Operand } from './condition.js';
import { requireObject, SoqlError, type QueryContext, type QueryResult, type Source } from './context.js';
import { functionReader } from './functions.js';
import { countOf, paged, sorted } from './ordering.js';
import { pathReader, resolvePath } from './paths.js';
import { childRelationshipName, rowBuilder } from './select.js';

/**
 * Runs a query against the store.
 * @throws SoqlError for names that do not exist, values that do not fit, and clauses that the local org refuses
 */
export function executeQuery(context: QueryContext, query: SoqlQuery): QueryResult {
  refuseUnsupported(query);
  if (context.access !== undefined) checkReadAccess(context, context.access, query);
  const source = sourceOf(context, query, fromName(query));
  if (isCountQuery(query)) return { kind: 'count', count: pagedMatches(context, source).length };
  return { kind: 'rows', rows: runRows(context, source, undefined) };
}

/** The rows that a query gives out of these instead of all rows of its object. */
export function executeRows(context: QueryContext, query: SoqlQuery, from: Iterable<Row>): readonly SObject[] {
  refuseUnsupported(query);
  return runRows(context, sourceOf(context, query, fromName(query)), from);
}

/** True for `SELECT COUNT()`, whose result is a number. */
export function isCountQuery(query: SoqlQuery): boolean {
  const only = query.select[0];
  return (
    query.select.length === 1 &&
    only?.kind === 'aggregate' &&
    only.call.name === 'COUNT' &&
    only.call.args.length === 0 &&
    only.alias === undefined &&
    query.groupBy.length === 0
  );
}

function refuseUnsupported(query: SoqlQuery): void {
  if (query.scope !== undefined && query.scope.toLowerCase() !== 'everything')
    throw new SoqlError(`USING SCOPE ${query.scope} is not supported by the local org.`);
  if (query.with !== undefined)
    throw new SoqlError('WITH DATA CATEGORY and other WITH filters are not supported by the local org.');
  if (query.from.length > 1)
    throw new SoqlError('A FROM clause with more than one name is not supported by the local org.');
  for (const clause of query.forClauses)
    if (clause !== 'update') throw new SoqlError(`FOR ${clause.toUpperCase()} is not supported by the local org.`);
}

function fromName(query: SoqlQuery): string {
  return query.from[0]?.path.map((part) => part.name).join('.') ?? '';
}

function sourceOf(context: QueryContext, query: SoqlQuery, objectName: string): Source {
  const object = requireObject(context, objectName);
  return { query, object, alias: query.from[0]?.alias?.name.toLowerCase() };
}

function scopeOf(context: QueryContext, source: Source): ConditionScope<Row> {
  return {
    context,
    operand: (left: SoqlComparison['left']): Operand<Row> => {
      if (left.kind === 'function') return functionReader(context, source, left);
      const path = resolvePath(context, source, left.path);
      return { read: pathReader(context, source.object, path), field: path.field, type: path.field.type };
    },
    subquery: (value) => semiJoinValues(context, value.query),
  };
}

/** Values of the only column of a semi-join's query. */
function semiJoinValues(context: QueryContext, query: SoqlQuery): readonly FieldValue[] {
  const column = query.select[0];
  if (query.select.length !== 1 || column?.kind !== 'path')
    throw new SoqlError('A semi-join sub-select must select exactly one field.');
  const source = sourceOf(context, query, fromName(query));
  const read = pathReader(context, source.object, resolvePath(context, source, column.path));
  return pagedMatches(context, source)
    .map(read)
    .filter((value) => value !== null);
}

/** @param paged only the rows that LIMIT and OFFSET leave are wanted: where the rows come in the order asked for, the rest is not looked at */
function matches(context: QueryContext, source: Source, { preset, paged: isPaged }: Wanted): Row[] {
  const { query } = source;
  const scope = scopeOf(context, source);
  const test = query.where === undefined ? undefined : compileCondition(scope, query.where);
  const visible = context.records?.visibleRows(source.object);
  const rows: Row[] = [];
  const candidates =
    preset === undefined ? candidateRows(scope, source, query.where) : { rows: preset, inIdOrder: false };
  const most = isPaged && isOrdered(source, candidates) ? lastWanted(context, query) : undefined;
  for (const row of candidates.rows) {
    if (rows.length === most) break;
    if ((!row.deleted || query.allRows) && (test === undefined || test(row)) && (visible === undefined || visible(row)))
      rows.push(row);
  }
  return rows;
}

/** Rows of a parent instead of those that a condition leads to, and whether LIMIT and OFFSET apply to the matches themselves. */
interface Wanted {
  readonly preset?: Iterable<Row> | undefined;
  readonly paged: boolean;
}

function lastWanted(context: QueryContext, { limit, offset }: SoqlQuery): number | undefined {
  const size = countOf(context, limit);
  return size === undefined ? undefined : size + (countOf(context, offset) ?? 0);
}

/** Numbers of this many digits do not run out, so that their texts sort as the numbers do. */
const ENOUGH_DIGITS = /\{0{8,}\}/;

/** True when the candidates come in the order that the query asks for: none, that of the Ids, or that of auto numbers, which grow with the Ids. */
function isOrdered({ query, object }: Source, { inIdOrder }: Candidates): boolean {
  const [order, ...others] = query.orderBy;
  if (order === undefined) return true;
  if (!inIdOrder || others.length > 0 || order.descending || order.by.kind !== 'path') return false;
  const [first, ...rest] = order.by.path.segments;
  const field = first === undefined || rest.length > 0 ? undefined : object.fields.get(first.name.toLowerCase());
  return field?.type === 'id' || ENOUGH_DIGITS.test(field?.autoNumber ?? '');
}

function pagedMatches(context: QueryContext, source: Source): readonly Row[] {
  return paged(
    context,
    ordered(context, source, matches(context, source, { paged: true })),
    source.query.limit,
    source.query.offset,
  );
}

function ordered(context: QueryContext, source: Source, rows: Row[]): Row[] {
  const { operand } = scopeOf(context, source);
  return sorted(
    rows,
    source.query.orderBy.map((order) => ({ read: operand(order.by).read, order })),
  );
}

function runRows(context: QueryContext, source: Source, preset: Iterable<Row> | undefined): readonly SObject[] {
  const { query } = source;
  if (isAggregateQuery(query))
    return aggregateRows(scopeOf(context, source), source, matches(context, source, { preset, paged: false }));
  const build = rowBuilder(context, source, (child, parent, parentId) => runChildren(context, child, parent, parentId));
  return paged(
    context,
    ordered(context, source, matches(context, source, { preset, paged: true })),
    query.limit,
    query.offset,
  ).map(build);
}

/** Rows of a subquery of the select list: the children of one parent. */
function runChildren(
  context: QueryContext,
  query: SoqlQuery,
  parent: ObjectSchema,
  parentId: string,
): readonly SObject[] {
  const name = childRelationshipName(parent, query);
  const relation = parent.children.get(name.toLowerCase());
  if (relation === undefined) return [];
  const source = sourceOf(context, query, relation.object);
  const field = source.object.fields.get(relation.field.toLowerCase());
  if (field === undefined) return [];
  const table = context.store.table(source.object);
  const rows = [...table.indexOf(field).find(parentId)].toSorted().flatMap((id) => table.get(id) ?? []);
  return runRows(context, source, rows);
}
