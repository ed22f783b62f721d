import { z } from 'zod';
import type { ApexRuntime } from '../../apex/runtime/index.js';
import { describeClientQuery, runClientQuery } from '../../apex/runtime/index.js';
import type { SelectColumn, SObject } from '../../data/index.js';
import type { LiveOrg } from '../../platform/live/index.js';
import { asApiError } from '../rest/errors.js';
import { parseClientQuery, valueToText } from '../rest/data/index.js';
import { ApiError, notSupported } from '../api-error.js';
import { csvFormat, writeCsv } from './csv.js';

export const queryJobInfo = csvFormat.extend({
  id: z.string(),
  operation: z.enum(['query', 'queryAll']),
  query: z.string(),
  object: z.string(),
  apiVersion: z.number(),
  createdById: z.string(),
  createdAt: z.number(),
  changedAt: z.number(),
  state: z.enum(['UploadComplete', 'InProgress', 'JobComplete', 'Failed', 'Aborted']),
  errorMessage: z.string().optional(),
  milliseconds: z.number(),
});
export type QueryJobInfo = z.infer<typeof queryJobInfo>;

/** One page of a result as CSV. */
export interface ResultPage {
  readonly csv: string;
  readonly count: number;
  /** Where the next page begins; undefined on the last one. */
  readonly next: number | undefined;
}

/** Jobs that are remembered; their results are in memory only. */
const REMEMBERED = 20;

type Leaf = Extract<SelectColumn, { kind: 'field' }>;
interface TextColumn {
  readonly name: string;
  readonly read: (row: SObject) => string;
}

/** The columns of a CSV: fields of the object and of its parents. @throws ApiError for what CSV cannot hold (Bulk API 2.0: SOQL Considerations) */
function textColumns(columns: readonly SelectColumn[], path: readonly string[] = []): readonly TextColumn[] {
  return columns.flatMap((column): readonly TextColumn[] => {
    switch (column.kind) {
      case 'field':
        if (column.field.type === 'address' || column.field.type === 'location')
          throw notSupported(`the compound field ${column.name} in bulk queries`);
        return [{ name: [...path, column.name].join('.'), read: (row) => textAt(row, path, column) }];
      case 'parent':
        return textColumns(column.columns, [...path, column.name]);
      case 'children':
        throw notSupported('subqueries in bulk queries');
      case 'aggregate':
        throw notSupported('GROUP BY and aggregate functions in bulk queries');
      case 'typeOf':
        throw notSupported('TYPEOF in bulk queries');
    }
  });
}

function textAt(row: SObject, path: readonly string[], column: Leaf): string {
  let at: SObject = row;
  for (const name of path) {
    const next = at.related.get(name);
    if (next === undefined || next === null || !('object' in next)) return '';
    at = next;
  }
  return valueToText(column.field, at.get(column.name));
}

/** A query whose result is fetched as CSV, page by page. It shows the records as they were when it ran. */
export class QueryJob {
  private rows: readonly (readonly string[])[] = [];
  private header: readonly string[] = [];

  constructor(
    private readonly live: LiveOrg,
    private current: QueryJobInfo,
  ) {}

  get info(): QueryJobInfo {
    return this.current;
  }

  get count(): number {
    return this.rows.length;
  }

  /** Runs it, unless it was aborted while it waited. */
  run(): void {
    if (this.current.state !== 'UploadComplete') return;
    const started = performance.now();
    try {
      this.live.read(this.current.createdById, (runtime) => this.fetch(runtime));
      this.change({ state: 'JobComplete', milliseconds: Math.round(performance.now() - started) });
    } catch (error) {
      const known = asApiError(error);
      this.change({ state: 'Failed', errorMessage: known instanceof Error ? known.message : String(known) });
    }
  }

  abort(): void {
    if (this.current.state !== 'UploadComplete')
      throw new ApiError(400, 'INVALIDJOBSTATE', `A job in the state ${this.current.state} cannot be aborted.`);
    this.change({ state: 'Aborted' });
  }

  /** Rows from a position, at most so many. */
  page(from: number, most: number): ResultPage {
    const rows = this.rows.slice(from, from + most);
    const end = from + rows.length;
    return {
      csv: writeCsv([this.header, ...rows], this.current),
      count: rows.length,
      next: end < this.rows.length ? end : undefined,
    };
  }

  private fetch(runtime: ApexRuntime): void {
    const parsed = parseClientQuery(this.current.query);
    const query = this.current.operation === 'queryAll' ? { ...parsed, allRows: true } : parsed;
    const result = runClientQuery(runtime, query);
    if (result.kind === 'count') throw notSupported('COUNT() in bulk queries');
    const columns = textColumns(describeClientQuery(runtime, query).columns);
    this.header = columns.map(({ name }) => name);
    this.rows = result.rows.map((row) => columns.map(({ read }) => read(row)));
  }

  private change(change: Partial<QueryJobInfo>): void {
    this.current = { ...this.current, ...change, changedAt: this.live.clock.now() };
  }
}

/** The bulk queries of an org since it started. */
export class QueryJobs {
  private readonly jobs = new Map<string, QueryJob>();

  constructor(private readonly live: LiveOrg) {}

  /** Newest first. */
  all(): readonly QueryJob[] {
    return [...this.jobs.values()].reverse();
  }

  find(id: string): QueryJob | undefined {
    return this.jobs.get(id);
  }

  /** Checks the query and lets it run soon. @throws ApiError, SoqlError */
  create(info: QueryJobInfo): QueryJob {
    const query = parseClientQuery(info.query);
    const object = this.live.read(info.createdById, (runtime) => {
      const described = describeClientQuery(runtime, query);
      textColumns(described.columns);
      return described.object.name;
    });
    const job = new QueryJob(this.live, { ...info, object });
    this.jobs.set(info.id, job);
    for (const id of this.jobs.keys()) {
      if (this.jobs.size <= REMEMBERED) break;
      this.jobs.delete(id);
    }
    setImmediate(() => job.run());
    return job;
  }

  remove(id: string): void {
    this.jobs.delete(id);
  }
}
