import { describeClientQuery, runClientQuery, type ApexRuntime } from '../../../apex/runtime/index.js';
import { parseSoql } from '../../../apex/index.js';
import { SoqlError } from '../../../data/index.js';
import { ApiError, notSupported } from '../../api-error.js';
import { ok, type RestAnswer, type RestCall, type RestRoute } from '../route.js';
import type { Cursors } from './cursors.js';
import type { Api } from './api.js';
import { requireQueryable } from './objects.js';
import { columnMetadata } from './query-columns.js';
import { rowToJson } from './query-json.js';

type ParsedQuery = Extract<ReturnType<typeof parseSoql>, { ok: true }>['value'];

/** Records per page: the default, and what a client may ask for (REST API Developer Guide: Query Options Header). */
const DEFAULT_BATCH = 2000;
const LEAST_BATCH = 200;

/** Parses a client's query. @throws SoqlError with the line and the column, as the platform words it */
export function parseClientQuery(soql: string): ParsedQuery {
  const parsed = parseSoql(soql);
  if (parsed.ok) return parsed.value;
  const [problem] = parsed.problems;
  throw new SoqlError(markedMessage(soql, problem, problem?.message ?? 'unexpected token'));
}

/** Does something with a client's query; the message of an error shows where in the query it is. */
function marking<T>(soql: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof SoqlError) || error.at === undefined) throw error;
    throw new SoqlError(markedMessage(soql, error.at, error.message), error.code);
  }
}

/** Characters of the line that are shown before and after the place, up to the ends of the names there. */
const AROUND = 30;

/** A message below the part of the query that it is about, with a marker. */
function markedMessage(
  soql: string,
  place: { readonly line: number; readonly column: number } | undefined,
  message: string,
): string {
  if (place === undefined) return message;
  const line = soql.split('\n')[place.line - 1] ?? '';
  const at = place.column - 1;
  const start = /[^\s,]*$/.exec(line.slice(0, Math.max(0, at - AROUND)))?.[0].length ?? 0;
  const end = /^[^\s,]*/.exec(line.slice(at + AROUND))?.[0].length ?? 0;
  const from = Math.max(0, at - AROUND) - start;
  const shown = line.slice(from, at + AROUND + end);
  return `\n${shown}\n${' '.repeat(at - from)}^\nERROR at Row:${place.line}:Column:${place.column}\n${message}`;
}

function parameter(call: RestCall): string {
  const soql = call.query.get('q');
  if (soql === null || soql.trim() === '')
    throw new ApiError(400, 'MALFORMED_QUERY', 'A query string has to be specified');
  return soql;
}

/** `Sforce-Query-Options: batchSize=200`. A size outside of the limits counts as the nearest one inside. */
function batchSize(call: RestCall): number {
  const header = call.request.headers['sforce-query-options'];
  const wanted = /batchSize\s*=\s*(\d+)/i.exec(typeof header === 'string' ? header : '')?.[1];
  return wanted === undefined ? DEFAULT_BATCH : Math.min(DEFAULT_BATCH, Math.max(LEAST_BATCH, Number(wanted)));
}

export interface QueryAnswer {
  readonly totalSize: number;
  readonly records: readonly Readonly<Record<string, unknown>>[];
}

/** Runs a query and gives its rows as JSON. */
export function queryRecords(runtime: ApexRuntime, query: ParsedQuery, base: string): QueryAnswer {
  const result = runClientQuery(runtime, query);
  if (result.kind === 'count') return { totalSize: result.count, records: [] };
  const { columns } = describeClientQuery(runtime, query);
  const context = { base, store: runtime.data.store };
  const records = result.rows.map((row) => rowToJson(context, columns, row));
  return { totalSize: records.length, records };
}

function baseOf(call: RestCall, api: Api): string {
  return `/services/data/${call.version}${api === 'tooling' ? '/tooling' : ''}`;
}

function run(call: RestCall, cursors: Cursors, api: Api, withDeleted: boolean): RestAnswer {
  if (call.query.has('explain')) throw notSupported('query plans');
  const soql = parameter(call);
  const parsed = parseClientQuery(soql);
  const query = withDeleted ? { ...parsed, allRows: true } : parsed;
  const path = query.from[0]?.path ?? [];
  marking(soql, () => requireQueryable(path.map(({ name }) => name).join('.'), api, path[0]?.range));
  return call.read((runtime) => marking(soql, () => answer(call, cursors, runtime, query, baseOf(call, api))));
}

function answer(call: RestCall, cursors: Cursors, runtime: ApexRuntime, query: ParsedQuery, base: string): RestAnswer {
  if (call.query.get('columns') === 'true') {
    const { object, columns } = describeClientQuery(runtime, query);
    return ok(columnMetadata(object, columns));
  }
  const { totalSize, records } = queryRecords(runtime, query, base);
  const page = cursors.open(call.user.id, records, batchSize(call));
  return ok(pageBody(base, totalSize, page));
}

function pageBody(
  base: string,
  totalSize: number,
  page: { readonly records: readonly unknown[]; readonly next: string | undefined },
): object {
  return {
    totalSize,
    done: page.next === undefined,
    ...(page.next === undefined ? {} : { nextRecordsUrl: `${base}/query/${page.next}` }),
    records: page.records,
  };
}

function nextPage(call: RestCall, cursors: Cursors, api: Api): RestAnswer {
  const page = cursors.read(call.user.id, call.params['locator'] ?? '');
  return ok(pageBody(baseOf(call, api), page.totalSize, page));
}

/** Queries over records and over tooling objects: one engine answers both. */
export function queryRoutes(cursors: Cursors): readonly RestRoute[] {
  const resource = (path: string, api: Api, withDeleted: boolean): readonly RestRoute[] => [
    { method: 'GET', path, run: (call) => run(call, cursors, api, withDeleted) },
    { method: 'GET', path: `${path}/:locator`, run: (call) => nextPage(call, cursors, api) },
  ];
  return [
    ...resource('/query', 'data', false),
    ...resource('/queryAll', 'data', true),
    ...resource('/tooling/query', 'tooling', false),
  ];
}
