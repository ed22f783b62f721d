import { type SObject, type DmlOperation } from '../../data/index.js';
import type { ApexMap } from '../runtime/index.js';
import type { SoqlQuery } from '../syntax/ast.js';
import {
  apexError,
  ApexList,
  currentLine,
  dmlException,
  dynamicQuery,
  type RowLimit,
  failuresOf,
  performDml,
  PlatformObject,
  PropertyObject,
  rowsOf,
  type ApexRuntime,
  type LibraryModule,
  type LibraryTable,
  type DmlMode,
} from '../runtime/index.js';
import { platform } from '../types/types.js';
import { AccessLevelObject, accessMode, type Level } from './access-level.js';
import { required, text } from './arguments.js';
import { bean } from './bean.js';
import { CursorObject, cursorModules, type CursorType } from './cursor.js';
import { truncates } from './dml-options.js';
import { FieldToken } from './schema-tokens.js';
import { convertLeadMethod } from './lead-conversion.js';
import { mergeMethod } from './merging.js';
import { QueryLocatorObject, queryLocatorModules } from './query-locator.js';
import { errorList, resultOf, RESULT_TYPES } from './results.js';

class SavepointObject extends PlatformObject {
  override readonly typeName = 'System.Savepoint';
  constructor(readonly key: string) {
    super();
  }
}

/** Does one of the arguments ask for texts to be cut? */
const asksToCut = (args: readonly unknown[]): boolean =>
  args.some((argument) => argument instanceof PropertyObject && truncates(argument));

/** Reads what follows the rows of a Database method: allOrNone or DMLOptions, external id field, access level. */
function modeOf(args: readonly unknown[]): DmlMode {
  let mode: DmlMode = { allOrNone: true, externalId: null, userMode: false };
  for (const argument of args) {
    if (typeof argument === 'boolean') mode = { ...mode, allOrNone: argument };
    else if (argument instanceof PropertyObject) mode = { ...mode, allOrNone: argument.get('OptAllOrNone') === true };
    else if (argument instanceof FieldToken) mode = { ...mode, externalId: argument.field.name };
    else if (argument instanceof AccessLevelObject) mode = { ...mode, userMode: argument.user };
  }
  return mode;
}

const allOrNoneOf = (args: readonly unknown[]): boolean => modeOf(args).allOrNone;

/** Ids, rows, or lists of either; a delete may name records by Id. */
function dmlRows(runtime: ApexRuntime, value: unknown): readonly SObject[] {
  const items = value instanceof ApexList ? value.items : [value];
  return rowsOf(
    new ApexList(
      platform('Object'),
      items.map((item) => (typeof item === 'string' ? rowOfId(runtime, item) : item)),
    ),
  );
}

function rowOfId(runtime: ApexRuntime, id: string): SObject {
  const object = runtime.schema.objectOfId(id);
  if (object === undefined) throw apexError('StringException', `Invalid id: ${id}`);
  return runtime.record(object.name, { Id: id });
}

function dmlMethod(runtime: ApexRuntime, operation: DmlOperation): (value: unknown, ...rest: unknown[]) => unknown {
  return (value, ...rest) => {
    const mode = modeOf(rest);
    const rows = dmlRows(runtime, required(value));
    if (asksToCut(rest)) for (const row of rows) row.truncates = true;
    const outcomes = performDml(runtime, operation, rows, mode);
    const failures = failuresOf(outcomes);
    if (mode.allOrNone && failures.length > 0)
      throw dmlException(operation.charAt(0).toUpperCase() + operation.slice(1), failures);
    const results = outcomes.map((outcome) => resultOf(runtime, operation, outcome));
    return value instanceof ApexList ? new ApexList(platform(RESULT_TYPES[operation]), results) : (results[0] ?? null);
  };
}

/** Counts as a DML statement with its rows, and reports every record's outcome without an exception. */
function emptyRecycleBin(runtime: ApexRuntime, value: unknown): unknown {
  const { tx } = runtime;
  const rows = dmlRows(runtime, value);
  tx.limits.count('dmlStatements');
  tx.limits.count('dmlRows', rows.length);
  tx.pendingWork = true;
  const type = 'Database.EmptyRecycleBinResult';
  const results = runtime.data.dml
    .emptyRecycleBin(rows)
    .map(({ success, id, errors }) => bean(runtime, type, { success, id, errors: errorList(runtime, errors) }));
  return value instanceof ApexList ? new ApexList(platform(type), results) : (results[0] ?? null);
}

function rollback(runtime: ApexRuntime, savepoint: SavepointObject): void {
  const { tx } = runtime;
  const saved = tx.savepoints.get(savepoint.key);
  if (saved === undefined)
    throw apexError('TypeException', 'Savepoint is invalid: it was released or lies behind one that was rolled back');
  tx.limits.count('dmlStatements');
  runtime.data.store.rollbackTo(saved.position);
  noteSavepoint(runtime, 'SAVEPOINT_ROLLBACK', savepoint.key);
  tx.pendingWork = saved.pendingWork;
  // A rollback drops the jobs that were enqueued and the events that were published after the savepoint (PLATFORM 3.3, 3.5).
  tx.afterCommit.length = Math.min(tx.afterCommit.length, saved.afterCommit);
  let isLater = false;
  for (const key of tx.savepoints.keys()) {
    if (isLater) tx.savepoints.delete(key);
    if (key === savepoint.key) isLater = true;
  }
}

let savepointSequence = 0;

function noteSavepoint(runtime: ApexRuntime, event: string, key: string): void {
  if (!runtime.traces('Database', 'INFO')) return;
  runtime.trace({ category: 'Database', level: 'INFO', event, line: currentLine(), parts: [key] });
}

export const databaseModule: LibraryModule = {
  owner: 'System.Database',
  members: (runtime) => ({
    insert: dmlMethod(runtime, 'insert'),
    update: dmlMethod(runtime, 'update'),
    upsert: dmlMethod(runtime, 'upsert'),
    delete: dmlMethod(runtime, 'delete'),
    undelete: dmlMethod(runtime, 'undelete'),
    merge: mergeMethod(runtime, allOrNoneOf),
    convertLead: convertLeadMethod(runtime, allOrNoneOf),
    ...queryMethods(runtime),
    emptyRecycleBin: (value: unknown) => emptyRecycleBin(runtime, required(value)),
    setSavepoint: () => {
      const { tx } = runtime;
      tx.limits.count('savepoints');
      tx.limits.count('dmlStatements');
      const key = `SP${++savepointSequence}`;
      tx.savepoints.set(key, {
        position: runtime.data.store.savepoint(),
        pendingWork: tx.pendingWork,
        afterCommit: tx.afterCommit.length,
      });
      noteSavepoint(runtime, 'SAVEPOINT_SET', key);
      return new SavepointObject(key);
    },
    rollback: (savepoint: SavepointObject | null) => rollback(runtime, required(savepoint)),
    releaseSavepoint: (savepoint: SavepointObject | null) => {
      runtime.tx.savepoints.delete(required(savepoint).key);
    },
  }),
};

/** A list of rows is one of the queried object, also where there are none: `Database.query(...).getSObjectType()`. */
function rowTypeOf(runtime: ApexRuntime, { from }: SoqlQuery): string {
  return runtime.schema.object(from[0]?.path.at(-1)?.name ?? '')?.name ?? 'SObject';
}

/** @param rowLimit what the rows count towards; the code holds only those that count as rows of queries */
function rowsResult(
  runtime: ApexRuntime,
  query: string | null,
  scope: (name: string) => unknown,
  level: Level,
  rowLimit: RowLimit = 'queryRows',
): ApexList {
  const { result, query: parsed } = dynamicQuery(runtime, text(query), scope, accessMode(level), rowLimit);
  if (result.kind === 'count')
    throw apexError('QueryException', 'Queries that return a count need Database.countQuery');
  const name =
    result.rows[0]?.object.name ?? (result.grouped === undefined ? rowTypeOf(runtime, parsed) : 'AggregateResult');
  runtime.thread.rows(result.rows, rowLimit === 'queryRows');
  return new ApexList({ kind: 'sobject', name }, [...result.rows]);
}

function countResult(
  runtime: ApexRuntime,
  query: string | null,
  scope: (name: string) => unknown,
  level: Level,
): number {
  const { result } = dynamicQuery(runtime, text(query), scope, accessMode(level));
  if (result.kind !== 'count') throw apexError('QueryException', 'Database.countQuery needs SELECT COUNT()');
  return result.count;
}

const mapScope = (binds: ApexMap | null) => {
  const values = new Map([...required(binds, 2).entries()].map(([key, value]) => [String(key).toLowerCase(), value]));
  return (name: string): unknown => values.get(name);
};

function locatorOf(
  runtime: ApexRuntime,
  query: unknown,
  scope: (name: string) => unknown,
  level: Level,
): QueryLocatorObject {
  if (query instanceof ApexList) return new QueryLocatorObject('', query);
  const source = text(typeof query === 'string' ? query : null);
  // The start of a batch may locate 50 million rows (Apex Developer Guide: Execution Governors and Limits).
  const rowLimit = runtime.tx.quiddity === 'BATCH_APEX' ? 'batchRows' : 'queryLocatorRows';
  return new QueryLocatorObject(source, rowsResult(runtime, source, scope, level, rowLimit));
}

function cursorOf(
  runtime: ApexRuntime,
  type: CursorType,
  query: string | null,
  scope: (name: string) => unknown,
  level: Level,
): CursorObject {
  const isPaged = type === 'Database.PaginationCursor';
  runtime.tx.limits.count(isPaged ? 'paginationCursors' : 'cursors');
  return new CursorObject(type, rowsResult(runtime, query, scope, level, isPaged ? 'paginationRows' : 'cursorRows'));
}

function queryMethods(runtime: ApexRuntime): LibraryTable {
  const scope = (name: string): unknown => runtime.bindScope(name);
  return {
    query: (query: string | null, level?: Level) => rowsResult(runtime, query, scope, level),
    queryWithBinds: (query: string | null, binds: ApexMap | null, level: Level) =>
      rowsResult(runtime, query, mapScope(binds), level),
    countQuery: (query: string | null, level?: Level) => countResult(runtime, query, scope, level),
    countQueryWithBinds: (query: string | null, binds: ApexMap | null, level: Level) =>
      countResult(runtime, query, mapScope(binds), level),
    getQueryLocator: (query: unknown, level?: Level) => locatorOf(runtime, query, scope, level),
    getQueryLocatorWithBinds: (query: unknown, binds: ApexMap | null, level: Level) =>
      locatorOf(runtime, query, mapScope(binds), level),
    getCursor: (query: string | null, level?: Level) => cursorOf(runtime, 'Database.Cursor', query, scope, level),
    getCursorWithBinds: (query: string | null, binds: ApexMap | null, level: Level) =>
      cursorOf(runtime, 'Database.Cursor', query, mapScope(binds), level),
    getPaginationCursor: (query: string | null, level?: Level) =>
      cursorOf(runtime, 'Database.PaginationCursor', query, scope, level),
    getPaginationCursorWithBinds: (query: string | null, binds: ApexMap | null, level: Level) =>
      cursorOf(runtime, 'Database.PaginationCursor', query, mapScope(binds), level),
  };
}

export const databaseTypeModules: readonly LibraryModule[] = [
  ...queryLocatorModules,
  ...cursorModules,
  {
    owner: 'System.AccessLevel',
    members: () => {
      const [system, user] = [new AccessLevelObject(false), new AccessLevelObject(true)];
      return { SYSTEM_MODE: () => system, USER_MODE: () => user };
    },
  },
];
