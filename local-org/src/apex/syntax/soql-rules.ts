import type { SoqlCondition, SoqlFunction, SoqlPath, SoqlQuery, SoqlSelectItem } from './ast-soql.js';
import type { SourceRange } from './source.js';

/** What is wrong with a query whatever the objects and fields are that it names. */
export interface SoqlProblem {
  readonly range: SourceRange;
  readonly message: string;
}

type Named = SoqlQuery['groupBy'][number];

/** Names of the functions that work on groups of rows. */
export const AGGREGATE_FUNCTIONS: ReadonlySet<string> = new Set([
  'COUNT',
  'COUNT_DISTINCT',
  'SUM',
  'AVG',
  'MIN',
  'MAX',
  'GROUPING',
]);

/** Functions that may stand in SELECT for a field of one row; the others there need groups. */
const FIELD_FUNCTIONS: ReadonlySet<string> = new Set(['TOLABEL', 'FORMAT', 'CONVERTCURRENCY', 'DISTANCE', 'FIELDS']);

/** Limits of relationship queries (SOQL and SOSL Reference: Understanding Relationship Query Limitations). */
const MOST_PARENTS = 5;
const MOST_SUBQUERIES = 20;
const MOST_LEVELS = 5;

/** True for `COUNT(Id)` and for `FORMAT(MAX(Amount))`, which need groups of rows. */
export function isAggregate(call: SoqlFunction): boolean {
  return (
    AGGREGATE_FUNCTIONS.has(call.name) ||
    call.args.some((argument) => argument.kind === 'function' && isAggregate(argument))
  );
}

/** True for queries whose result are AggregateResult rows. */
export function isAggregateQuery(query: SoqlQuery): boolean {
  return query.groupBy.length > 0 || query.select.some((item) => item.kind === 'aggregate' && isAggregate(item.call));
}

/** True for `SELECT COUNT()`, whose result is a number. */
export function isCountQuery(query: SoqlQuery): boolean {
  const [only] = query.select;
  return (
    query.select.length === 1 &&
    only?.kind === 'aggregate' &&
    only.call.name === 'COUNT' &&
    only.call.args.length === 0 &&
    only.alias === undefined &&
    query.groupBy.length === 0
  );
}

/** A path as written, in lower case. */
export function pathKey(path: SoqlPath): string {
  return path.segments.map((segment) => segment.name.toLowerCase()).join('.');
}

/** One text for a field or function that is named in several clauses. */
export function namedKey(named: Named): string {
  if (named.kind === 'path') return pathKey(named.path);
  const args = named.args.map((argument) => {
    if (argument.kind === 'path') return pathKey(argument.path);
    return argument.kind === 'function' ? namedKey(argument) : argument.kind;
  });
  return `${named.name}(${args.join(',')})`;
}

const spelled = (path: SoqlPath): string => path.segments.map((segment) => segment.name).join('.');
const rangeOfNamed = (named: Named): SourceRange => (named.kind === 'path' ? named.path.range : named.range);
const spelledNamed = (named: Named): string => {
  if (named.kind === 'path') return spelled(named.path);
  const [argument] = named.args;
  return `${named.name}(${argument?.kind === 'path' ? spelled(argument.path) : ''})`;
};

/**
 * Rules about the parts of a query that need no schema, in the order in which the platform looks at them.
 * @param unboundFields whether FIELDS(ALL) and FIELDS(CUSTOM) may be asked for: in the API, never in Apex
 */
export function soqlProblems(query: SoqlQuery, unboundFields: boolean): readonly SoqlProblem[] {
  return [...problemsOf(query, unboundFields, 1)];
}

function* problemsOf(query: SoqlQuery, unboundFields: boolean, level: number): Generator<SoqlProblem> {
  yield* repeated(query);
  if (isAggregateQuery(query)) yield* aggregateProblems(query);
  else for (const item of query.select) yield* rowProblems(item);
  for (const item of query.select)
    if (item.kind === 'aggregate' && item.call.name === 'FIELDS') yield* fieldsProblem(query, item.call, unboundFields);
  yield* deepPaths(query);
  const subqueries = query.select.flatMap((item) => (item.kind === 'subquery' ? [item.query] : []));
  if (subqueries.length > MOST_SUBQUERIES)
    yield { range: query.range, message: `The maximum number of sub-queries in a query is ${String(MOST_SUBQUERIES)}` };
  for (const subquery of subqueries) {
    if (level === MOST_LEVELS)
      yield {
        range: subquery.range,
        message: `A query may have no more than ${String(MOST_LEVELS)} levels of relationships`,
      };
    else yield* problemsOf(subquery, unboundFields, level + 1);
  }
}

/** A field can be selected once; so can the name of a column. */
function* repeated(query: SoqlQuery): Generator<SoqlProblem> {
  const isGrouped = isAggregateQuery(query);
  const seen = new Set<string>();
  for (const item of query.select) {
    if (item.kind !== 'path') continue;
    const key = isGrouped ? (item.alias ?? item.path.segments.at(-1))?.name.toLowerCase() : pathKey(item.path);
    if (key === undefined) continue;
    if (seen.has(key))
      yield isGrouped
        ? {
            range: item.path.range,
            message: `duplicate alias: ${(item.alias ?? item.path.segments.at(-1))?.name ?? ''}`,
          }
        : { range: item.path.range, message: `duplicate field selected: ${spelled(item.path)}` };
    seen.add(key);
  }
}

function* rowProblems(item: SoqlSelectItem): Generator<SoqlProblem> {
  if (item.kind === 'path' && item.alias !== undefined)
    yield { range: item.alias.range, message: 'Only aggregate expressions use field aliasing' };
  if (item.kind === 'aggregate' && !FIELD_FUNCTIONS.has(item.call.name))
    yield { range: item.call.range, message: `Field must be grouped or aggregated: ${spelledNamed(item.call)}` };
}

/** In an aggregate query every plain field of SELECT and ORDER BY is grouped by. */
function* aggregateProblems(query: SoqlQuery): Generator<SoqlProblem> {
  const grouped = new Set(query.groupBy.map(namedKey));
  const columns = new Set<string>();
  for (const item of query.select) {
    if (item.kind === 'subquery' || item.kind === 'typeOf') {
      const range = item.kind === 'subquery' ? item.query.range : item.path.range;
      yield { range, message: 'Grouped queries cannot select relationships' };
      continue;
    }
    if (item.alias !== undefined) columns.add(item.alias.name.toLowerCase());
    const named: Named = item.kind === 'path' ? { kind: 'path', path: item.path } : item.call;
    if (!isGroupedNamed(named, grouped))
      yield { range: rangeOfNamed(named), message: `Field must be grouped or aggregated: ${spelledNamed(named)}` };
  }
  for (const { by } of query.orderBy) {
    if (isGroupedNamed(by, grouped) || (by.kind === 'path' && columns.has(pathKey(by.path)))) continue;
    yield { range: rangeOfNamed(by), message: `Ordered field must be grouped or aggregated: ${spelledNamed(by)}` };
  }
  if (query.groupBy.length === 0 && query.limit !== undefined && !isCountQuery(query))
    yield {
      range: query.range,
      message: 'Non-grouped query that uses overall aggregate functions cannot also use LIMIT',
    };
}

function isGroupedNamed(named: Named, grouped: ReadonlySet<string>): boolean {
  return (
    grouped.has(namedKey(named)) || (named.kind === 'function' && (isAggregate(named) || wrapsGrouped(named, grouped)))
  );
}

/** `FORMAT(Amount)` and `toLabel(Status)` of a field that is grouped by. */
function wrapsGrouped(call: SoqlFunction, grouped: ReadonlySet<string>): boolean {
  return (
    FIELD_FUNCTIONS.has(call.name) &&
    call.args.some(
      (argument) => (argument.kind === 'path' || argument.kind === 'function') && isGroupedNamed(argument, grouped),
    )
  );
}

/** SOQL and SOSL Reference: FIELDS(). */
function* fieldsProblem(query: SoqlQuery, call: SoqlFunction, unboundFields: boolean): Generator<SoqlProblem> {
  const [which] = call.args;
  if (which?.kind !== 'word' || which.text === 'STANDARD') return;
  if (!unboundFields)
    yield {
      range: call.range,
      message: 'The SOQL FIELDS function is not supported with an unbounded set of fields in this API',
    };
  else if ((query.limit?.kind !== 'literal' || query.limit.value > 200) && !namesIds(query.where))
    yield { range: call.range, message: 'The SOQL FIELDS function must have a LIMIT of at most 200' };
}

/** `WHERE Id IN (...)` with no more Ids than FIELDS allows rows. */
function namesIds(where: SoqlCondition | undefined): boolean {
  if (where?.kind !== 'comparison' || where.left.kind !== 'path' || pathKey(where.left.path) !== 'id') return false;
  if (where.operator === '=') return true;
  return where.operator === 'IN' && where.value.kind === 'list' && where.value.values.length <= 200;
}

function* deepPaths(query: SoqlQuery): Generator<SoqlProblem> {
  const alias = query.from[0]?.alias?.name.toLowerCase();
  for (const item of query.select) {
    if (item.kind !== 'path') continue;
    const isAliased = item.path.segments[0]?.name.toLowerCase() === alias;
    if (item.path.segments.length - 1 - (isAliased ? 1 : 0) > MOST_PARENTS)
      yield {
        range: item.path.range,
        message: `SOQL relationship path exceeds the maximum of ${String(MOST_PARENTS)} levels: ${spelled(item.path)}`,
      };
  }
}
