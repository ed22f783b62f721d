import type { SoqlComparison, SoqlCondition, SoqlQuery } from '../../apex/syntax/ast.js';
import { isAggregateQuery, isCountQuery, soqlProblems, type SoqlProblem } from '../../apex/syntax/soql-rules.js';
import { isSortable, type FieldSchema, type ObjectSchema } from '../schema/index.js';
import type { SObject } from '../sobject.js';
import type { Row } from '../store/index.js';
import type { FieldValue } from '../values/index.js';
import { checkReadAccess } from './access-check.js';
import { aggregateRows } from './aggregate.js';
import { candidateRows, type Candidates } from './candidates.js';
import { compileCondition, type ConditionScope, type Operand } from './condition.js';
import {
  objectOf,
  requireObject,
  SoqlError,
  sourceOf,
  type QueryContext,
  type QueryResult,
  type Source,
} from './context.js';
import { functionReader } from './functions.js';
import { countOf, paged, sorted } from './ordering.js';
import { pathReader, resolvePath } from './paths.js';
import { childRelationshipName, rowBuilder } from './select.js';

/**
 * Runs a query against the store.
 * @throws SoqlError for names that do not exist, values that do not fit, and clauses that the local org refuses
 */
export function executeQuery(context: QueryContext, query: SoqlQuery): QueryResult {
  checkRules(context, query);
  refuseUnsupported(query);
  if (context.access !== undefined) checkReadAccess(context, context.access, query);
  const source = sourceOf(query, objectOf(context, query));
  if (isCountQuery(query)) return { kind: 'count', count: pagedMatches(context, source).length };
  if (!isAggregateQuery(query)) return { kind: 'rows', rows: runRows(context, source, undefined) };
  const grouped = matches(context, source, { paged: false });
  return { kind: 'rows', rows: aggregateRows(scopeOf(context, source), source, grouped), grouped: grouped.length };
}

/** The rows that a query gives out of these instead of all rows of its object. */
export function executeRows(context: QueryContext, query: SoqlQuery, from: Iterable<Row>): readonly SObject[] {
  refuseUnsupported(query);
  return runRows(context, sourceOf(query, objectOf(context, query)), from);
}

/** Problems of queries by what they may ask for; a query is looked at once. */
const problems = {
  bounded: new WeakMap<SoqlQuery, readonly SoqlProblem[]>(),
  unbounded: new WeakMap<SoqlQuery, readonly SoqlProblem[]>(),
};

function checkRules(context: QueryContext, query: SoqlQuery): void {
  const known = context.unboundFields ? problems.unbounded : problems.bounded;
  let found = known.get(query);
  if (found === undefined) {
    found = soqlProblems(query, context.unboundFields);
    known.set(query, found);
  }
  const [problem] = found;
  if (problem !== undefined) throw new SoqlError(problem.message, 'MALFORMED_QUERY', problem.range);
}

function refuseUnsupported(query: SoqlQuery): void {
  if (query.with !== undefined)
    throw new SoqlError('WITH DATA CATEGORY and other WITH filters are not supported by the local org.');
}

function scopeOf(context: QueryContext, source: Source): ConditionScope<Row> {
  return {
    context,
    operand: (left: SoqlComparison['left']): Operand<Row> => {
      if (left.kind === 'function') return functionReader(context, source, left);
      const path = resolvePath(context, source, left.path);
      return { read: pathReader(context, source.object, path), field: path.field, type: path.field.type };
    },
    subquery: (value, outer) => semiJoinValues(context, value.query, outer),
  };
}

/** Values of the only column of a semi-join's query (SOQL and SOSL Reference: Semi-Joins with IN and Anti-Joins with NOT IN). */
function semiJoinValues(context: QueryContext, query: SoqlQuery, outer: FieldSchema): readonly FieldValue[] {
  const column = query.select[0];
  if (query.select.length !== 1 || column?.kind !== 'path')
    throw new SoqlError('A semi-join sub-select must select exactly one field.');
  if (hasSemiJoin(query.where))
    throw new SoqlError('Nesting of semi join sub-selects is not supported', 'MALFORMED_QUERY', query.range);
  const source = sourceOf(query, objectOf(context, query));
  const path = resolvePath(context, source, column.path);
  if (!areIds(path.field, outer))
    throw new SoqlError(
      `The selected field '${path.field.name}' in the subquery and the left operand field '${outer.name}' in the where expression in the outer query should point to the same object type`,
      'MALFORMED_QUERY',
      column.path.range,
    );
  const read = pathReader(context, source.object, path);
  return pagedMatches(context, source)
    .map(read)
    .filter((value) => value !== null);
}

function hasSemiJoin(condition: SoqlCondition | undefined): boolean {
  if (condition === undefined) return false;
  if (condition.kind === 'comparison') return condition.value.kind === 'subquery';
  return condition.kind === 'not' ? hasSemiJoin(condition.operand) : condition.operands.some(hasSemiJoin);
}

/** What a semi-join compares are Ids on both sides; of which objects is not looked at. */
function areIds(...fields: readonly FieldSchema[]): boolean {
  return fields.every(({ type }) => type === 'id' || type === 'reference');
}

/** @param paged only the rows that LIMIT and OFFSET leave are wanted: where the rows come in the order asked for, the rest is not looked at */
function matches(context: QueryContext, source: Source, { preset, paged: isPaged }: Wanted): Row[] {
  const { query } = source;
  const scope = scopeOf(context, source);
  const test = query.where === undefined ? undefined : compileCondition(scope, query.where);
  const visible = context.records?.visibleRows(source.object);
  const inScope = scopeTest(context, source);
  const rows: Row[] = [];
  const candidates =
    preset === undefined ? candidateRows(scope, source, query.where) : { rows: preset, inIdOrder: false };
  const most = isPaged && isOrdered(source, candidates) ? lastWanted(context, query) : undefined;
  for (const row of candidates.rows) {
    if (rows.length === most) break;
    if (row.deleted && !query.allRows) continue;
    if (inScope?.(row) !== false && test?.(row) !== false && visible?.(row) !== false) rows.push(row);
  }
  return rows;
}

/** Which rows `USING SCOPE` leaves; undefined for all of them (SOQL and SOSL Reference: USING SCOPE). */
function scopeTest({ userId }: QueryContext, { query, object }: Source): ((row: Row) => boolean) | undefined {
  const scope = query.scope?.toLowerCase() ?? 'everything';
  if (scope === 'everything') return undefined;
  if (scope !== 'mine' || !object.fields.has('ownerid'))
    throw new SoqlError(`USING SCOPE ${query.scope ?? ''} is not supported by the local org.`);
  return (row) => row.values['OwnerId'] === userId;
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
    source.query.orderBy.map((order) => {
      const { read, field } = operand(order.by);
      if (order.by.kind === 'path' && !isSortable(field))
        throw new SoqlError(
          `field '${field.name}' can not be sorted in a query call`,
          'INVALID_FIELD',
          order.by.path.range,
        );
      return { read, order };
    }),
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
  const source = sourceOf(query, requireObject(context, relation.object));
  const field = source.object.fields.get(relation.field.toLowerCase());
  if (field === undefined) return [];
  const table = context.store.table(source.object);
  const rows = [...table.indexOf(field).find(parentId)].toSorted().flatMap((id) => table.get(id) ?? []);
  return runRows(context, source, rows);
}
