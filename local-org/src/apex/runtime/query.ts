import {
  describeQuery,
  executeQuery,
  SoqlAccessError,
  NullCollectionError,
  SoqlError,
  SObject,
  type FieldValue,
  isFieldValue,
  noObjectMessage,
  type ObjectSchema,
  type QueryContext,
  type QueryResult,
} from '../../data/index.js';
import { isToolingObject } from '../platform-types/index.js';
import { parseSoql, soqlText } from '../syntax/index.js';
import type { Expression, SoqlQuery } from '../syntax/ast.js';
import type { ApexType } from '../types/types.js';
import { ApexList, ApexMap, ApexSet } from './collections.js';
import { apexError, nullPointer, Unsupported } from './exceptions.js';
import { toDecimal } from './operators.js';
import { readAccess, recordAccess, type AccessMode } from './access.js';
import { currentLine } from './stack.js';
import type { ApexRuntime } from './runtime.js';
import { ApexDouble, ApexEnum } from './values.js';

/** A bound value as SOQL takes it: rows by their Id, collections by their elements. */
function bindValue(value: unknown): FieldValue | readonly FieldValue[] {
  if (value instanceof ApexList) return value.items.map(single);
  if (value instanceof ApexSet) return [...value.values()].map(single);
  if (value instanceof ApexMap) return [...value.keys()].map(single);
  return single(value);
}

function single(value: unknown): FieldValue {
  if (value === undefined) return null;
  if (value instanceof SObject) return value.id;
  if (value instanceof ApexDouble) return toDecimal(value);
  if (value instanceof ApexEnum) return value.name;
  if (isFieldValue(value)) return value;
  throw apexError('QueryException', 'Invalid bind expression type');
}

/** What the rows of a query count towards: those of query locators and cursors have limits of their own. */
export type RowLimit = 'queryRows' | 'queryLocatorRows' | 'batchRows' | 'cursorRows' | 'paginationRows';

/**
 * Runs a query and counts it.
 * @param mode how it is held to the running user, unless the query says so itself
 * @param rowLimit what its rows count towards
 * @throws System.QueryException
 */
export function runQuery(
  runtime: ApexRuntime,
  query: SoqlQuery,
  bind: (expression: Expression) => unknown,
  mode: AccessMode = 'system',
  rowLimit: RowLimit = 'queryRows',
): QueryResult {
  const { limits } = runtime.tx;
  countQuery(runtime, query);
  if (query.forClauses.includes('update')) runtime.tx.holdsRowLocks = true;
  const noteEnd = noteQuery(runtime, query);
  const result = execute(runtime, query, bind, query.mode ?? mode);
  noteEnd(result.kind === 'count' ? result.count : countRows(result.rows));
  limits.count(rowLimit, usedRows(query, result));
  return result;
}

/**
 * Counts a query, and each subquery of its select list besides. Those of custom metadata types are not limited unless they ask for long text
 * (Apex Developer Guide: Execution Governors and Limits; Salesforce Help: Custom Metadata Types Limitations).
 */
function countQuery(runtime: ApexRuntime, query: SoqlQuery): void {
  const { limits } = runtime.tx;
  const from = query.from[0]?.path.at(-1)?.name ?? '';
  const object = runtime.schema.object(from);
  if (object?.kind !== 'customMetadata' || asksForLongText(object, query)) limits.count('queries');
  const subqueries = query.select.filter((item) => item.kind === 'subquery').length;
  if (subqueries > 0) limits.count('aggregateQueries', subqueries);
}

/** Longest text of a field that is no long text. */
const SHORT_TEXT = 255;

function asksForLongText({ fields }: ObjectSchema, { select }: SoqlQuery): boolean {
  return select.some((item) => {
    const name = item.kind === 'path' ? item.path.segments.at(-1)?.name : undefined;
    const field = name === undefined ? undefined : fields.get(name.toLowerCase());
    return field?.type === 'textarea' && (field.length ?? 0) > SHORT_TEXT;
  });
}

/** Aggregate functions that use up no more rows than they give (Release Notes Summer '19: SOQL Count() Function). */
const FREE: ReadonlySet<string> = new Set(['COUNT', 'GROUPING']);

/** Rows that count towards the limit: those of the result and of its subqueries, or those that an aggregate function adds up. */
function usedRows(query: SoqlQuery, result: QueryResult): number {
  if (result.kind === 'count') return 1;
  const addsUp = query.select.some((item) => item.kind === 'aggregate' && !FREE.has(item.call.name));
  return addsUp && result.grouped !== undefined ? result.grouped : countRows(result.rows);
}

/** Notes that a query begins; what it returns notes the end, which a query that fails never sees. */
function noteQuery(runtime: ApexRuntime, query: SoqlQuery): (rows: number) => void {
  if (!runtime.traces('Database', 'INFO')) return () => undefined;
  const line = currentLine();
  const note = (event: string, ...parts: readonly string[]): void =>
    runtime.trace({ category: 'Database', level: 'INFO', event, line, parts });
  const aggregations = query.select.filter((item) => item.kind === 'subquery').length;
  note('SOQL_EXECUTE_BEGIN', `Aggregations:${aggregations}`, soqlText(query));
  return (rows) => note('SOQL_EXECUTE_END', `Rows:${rows}`);
}

/**
 * Runs one query for several sets of bound values, by the names of the binds: what flows do for interviews that stop at an element together.
 * It counts as one query.
 */
export function runQueries(
  runtime: ApexRuntime,
  text: string,
  bindSets: readonly ReadonlyMap<string, unknown>[],
  userMode: boolean,
): readonly (readonly SObject[])[] {
  const query = parseQuery(text);
  const { limits } = runtime.tx;
  countQuery(runtime, query);
  const end = noteQuery(runtime, query);
  const answers = bindSets.map((binds) => {
    const bind = (expression: Expression): unknown =>
      expression.kind === 'name' ? binds.get(expression.name.toLowerCase()) : undefined;
    const result = execute(runtime, query, bind, userMode ? 'user' : 'system');
    return result.kind === 'rows' ? result.rows : [];
  });
  const rows = answers.reduce((sum, answer) => sum + answer.length, 0);
  limits.count('queryRows', rows);
  end(rows);
  return answers;
}

function execute(
  runtime: ApexRuntime,
  query: SoqlQuery,
  bind: (expression: Expression) => unknown,
  mode: AccessMode,
): QueryResult {
  try {
    return executeBound(query, contextOf(runtime, bind, mode));
  } catch (error) {
    if (error instanceof NullCollectionError) throw nullPointer();
    if (!(error instanceof SoqlError)) throw error;
    const thrown = apexError('QueryException', error.message);
    if (error instanceof SoqlAccessError) thrown.$x.inaccessibleFields = error.inaccessible;
    throw thrown;
  }
}

/** What every query of the running transaction depends on. */
export function contextOf(
  runtime: ApexRuntime,
  bind: (expression: Expression) => unknown,
  mode: AccessMode,
): QueryContext {
  return {
    store: runtime.data.store,
    now: runtime.now,
    timeZone: runtime.timeZone,
    userId: runtime.userId,
    unboundFields: false,
    bind: (expression) => bindValue(bind(expression)),
    formulas: runtime.data.formulas,
    access: readAccess(runtime, mode),
    records: recordAccess(runtime, mode),
  };
}

/** @throws SoqlError; Unsupported for what the local org does not do */
function executeBound(query: SoqlQuery, context: QueryContext): QueryResult {
  try {
    return executeQuery(context, query);
  } catch (error) {
    if (error instanceof SoqlError && error.message.endsWith('is not supported by the local org.'))
      throw new Unsupported(error.message.replace(/ is not supported by the local org\.$/, ''));
    throw error;
  }
}

/**
 * Runs a query that an API client sent, with the rights of the running user. The limits of Apex do not count it.
 * @throws SoqlError; Unsupported for what the local org does not do
 */
export function runClientQuery(runtime: ApexRuntime, query: SoqlQuery): QueryResult {
  return executeBound(query, { ...contextOf(runtime, refuseBind, 'user'), unboundFields: true });
}

/** The object that a client's query reads, and the columns of its result. @throws SoqlError */
export function describeClientQuery(runtime: ApexRuntime, query: SoqlQuery): ReturnType<typeof describeQuery> {
  return describeQuery(contextOf(runtime, refuseBind, 'user'), query);
}

function refuseBind(): never {
  throw new SoqlError('Bind variables only allowed in Apex code');
}

function countRows(rows: readonly SObject[]): number {
  let count = rows.length;
  for (const row of rows)
    for (const related of row.related.values()) if (Array.isArray(related)) count += related.length;
  return count;
}

/**
 * `[SELECT ...]`: a list of rows, or a number for `SELECT COUNT()`.
 * @param isHeld the code gets all rows at once; a loop over a query gets them as the platform fetches them
 */
export function staticQuery(
  runtime: ApexRuntime,
  query: SoqlQuery,
  binds: readonly Expression[],
  values: readonly unknown[],
  element: ApexType | null,
  mode: AccessMode,
  isHeld: boolean,
): unknown {
  const byExpression = new Map(binds.map((expression, index) => [expression, values[index]]));
  const result = runQuery(runtime, query, (expression) => byExpression.get(expression), mode);
  if (result.kind === 'count') return result.count;
  runtime.thread.rows(result.rows, isHeld);
  return new ApexList(element ?? { kind: 'sobject', name: 'SObject' }, [...result.rows]);
}

const parsed = new Map<string, SoqlQuery>();

/** Parses the text of a dynamic query. @throws System.QueryException with the parser's message */
export function parseQuery(text: string): SoqlQuery {
  let query = parsed.get(text);
  if (query === undefined) {
    const result = parseSoql(text);
    if (!result.ok) throw apexError('QueryException', result.problems[0]?.message ?? 'unexpected token');
    query = result.value;
    if (parsed.size > 1000) parsed.clear();
    parsed.set(text, query);
  }
  return query;
}

/** `Database.query`: binds are names, looked up in `scope`. */
export function dynamicQuery(
  runtime: ApexRuntime,
  text: string,
  scope: (name: string) => unknown,
  mode: AccessMode = 'system',
  rowLimit: RowLimit = 'queryRows',
): { readonly result: QueryResult; readonly query: SoqlQuery } {
  const query = parseQuery(text);
  const object = query.from[0]?.path.at(-1)?.name ?? '';
  if (isToolingObject(object)) throw apexError('QueryException', noObjectMessage(object));
  const bind = (expression: Expression): unknown => {
    if (expression.kind === 'call') throw apexError('QueryException', "unexpected token: '('");
    if (expression.kind !== 'name')
      throw apexError('QueryException', 'Only variable references are allowed in dynamic SOQL/SOSL.');
    const value = scope(expression.name.toLowerCase());
    if (value === undefined) throw apexError('QueryException', `Variable does not exist: ${expression.name}`);
    return value;
  };
  return { result: runQuery(runtime, query, bind, mode, rowLimit), query };
}
