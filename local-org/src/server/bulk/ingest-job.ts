import { z } from 'zod';
import type { ApexRuntime } from '../../apex/runtime/index.js';
import type { DmlOutcome, RecordError, SObject } from '../../data/index.js';
import type { LiveOrg, Section } from '../../platform/live/index.js';
import { ApiError } from '../api-error.js';
import { saveAll } from '../rest/data/index.js';
import { asApiError } from '../rest/errors.js';
import { csvFormat, CsvError, lineEndingProblem, readCsv } from './csv.js';
import { columnsOf, recordFromRow, UnknownColumn } from './csv-record.js';

/** Records of one transaction (Bulk API 2.0: Processing of job data): triggers get them together. */
const CHUNK = 200;

export const ingestState = z.enum(['Open', 'UploadComplete', 'InProgress', 'JobComplete', 'Failed', 'Aborted']);
export type IngestState = z.infer<typeof ingestState>;

/** What the org keeps of a job, besides its data and its results. */
export const ingestJobInfo = csvFormat.extend({
  id: z.string(),
  object: z.string(),
  operation: z.enum(['insert', 'update', 'upsert', 'delete']),
  externalIdFieldName: z.string().optional(),
  apiVersion: z.number(),
  createdById: z.string(),
  /** Milliseconds since 1970. */
  createdAt: z.number(),
  changedAt: z.number(),
  state: ingestState,
  errorMessage: z.string().optional(),
  processed: z.number(),
  failed: z.number(),
  milliseconds: z.number(),
});
export type IngestJobInfo = z.infer<typeof ingestJobInfo>;

/** What became of one row: Id, whether it is new, and what was wrong. */
const rowResult = z.tuple([z.string().nullable(), z.boolean(), z.string().nullable()]);
export type RowResult = z.infer<typeof rowResult>;
const chunkResults = z.array(rowResult);

/** A job that changes records from CSV. Everything about it is in a section of the org, so that it goes on after a restart. */
export class IngestJob {
  private readonly waiting: (() => void)[] = [];
  private content: string | undefined;
  private readonly results: RowResult[][];

  constructor(
    private readonly live: LiveOrg,
    private readonly section: Section,
    private current: IngestJobInfo,
    kept: Readonly<Record<string, unknown>> = {},
  ) {
    this.content = z.string().optional().parse(kept[this.contentKey]);
    this.results = [];
    for (let at = 0; kept[this.resultKey(at)] !== undefined; at++)
      this.results.push(chunkResults.parse(kept[this.resultKey(at)]));
    this.save();
  }

  get info(): IngestJobInfo {
    return this.current;
  }

  /** The CSV as it was sent. */
  get data(): string {
    return this.content ?? '';
  }

  get isOver(): boolean {
    return ['JobComplete', 'Failed', 'Aborted'].includes(this.current.state);
  }

  /** Takes the data, once. @throws ApiError when the job has some already or is not open */
  upload(content: string): void {
    if (this.current.state !== 'Open')
      throw new ApiError(
        400,
        'INVALIDJOBSTATE',
        `Data cannot be uploaded to a job in the state ${this.current.state}.`,
      );
    if (this.content !== undefined)
      throw new ApiError(400, 'INVALIDJOB', 'The job has data already: data can be uploaded only once.');
    this.content = content;
    this.section.put(this.contentKey, content);
    this.live.flush();
  }

  /** Lets the job run. @throws ApiError */
  start(): void {
    if (this.current.state !== 'Open')
      throw new ApiError(400, 'INVALIDJOBSTATE', `A job in the state ${this.current.state} cannot be started.`);
    this.change({ state: 'UploadComplete' });
    this.live.flush();
    this.run();
  }

  /** Stops the job between two transactions. @throws ApiError when it is over */
  abort(): void {
    if (this.isOver)
      throw new ApiError(400, 'INVALIDJOBSTATE', `A job in the state ${this.current.state} cannot be aborted.`);
    this.finish({ state: 'Aborted' });
  }

  /** Goes on with a job that a restart interrupted. */
  resume(): void {
    if (this.current.state === 'UploadComplete' || this.current.state === 'InProgress') this.run();
  }

  /** Forgets the job. @throws ApiError while it runs */
  remove(): void {
    if (!this.isOver && this.current.state !== 'Open')
      throw new ApiError(400, 'INVALIDJOBSTATE', 'A job cannot be deleted while it is processed.');
    for (const at of this.results.keys()) this.section.remove(this.resultKey(at));
    this.section.remove(this.contentKey);
    this.section.remove(this.infoKey);
  }

  /** Resolves when the job is over, or after that many milliseconds. */
  wait(milliseconds: number): Promise<void> {
    if (this.isOver || this.current.state === 'Open') return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** The header, then each row with what became of it; undefined for rows that were not processed. */
  async *rows(): AsyncGenerator<{ readonly cells: readonly string[]; readonly result: RowResult | undefined }> {
    let at = -1;
    for await (const cells of readCsv(this.content ?? '', this.current)) {
      const result = at < 0 ? undefined : this.results[Math.floor(at / CHUNK)]?.[at % CHUNK];
      yield { cells, result };
      at++;
    }
  }

  private get infoKey(): string {
    return `job/${this.current.id}`;
  }

  private get contentKey(): string {
    return `content/${this.current.id}`;
  }

  private resultKey(chunk: number): string {
    return `results/${this.current.id}/${chunk}`;
  }

  private save(): void {
    this.section.put(this.infoKey, this.current);
  }

  private change(change: Partial<IngestJobInfo>): void {
    this.current = { ...this.current, ...change, changedAt: this.live.clock.now() };
    this.save();
  }

  private finish(change: Partial<IngestJobInfo>): void {
    this.change(change);
    this.live.flush();
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  private run(): void {
    void this.process().catch((error: unknown) => this.finish({ state: 'Failed', errorMessage: failureOf(error) }));
  }

  private async process(): Promise<void> {
    this.change({ state: 'InProgress' });
    const problem = lineEndingProblem(this.content ?? '', this.current);
    if (problem !== undefined) throw new CsvError(problem);
    let header: readonly string[] | undefined;
    let chunk: (readonly string[])[] = [];
    let number = 0;
    for await (const row of readCsv(this.content ?? '', this.current)) {
      if (header === undefined) {
        header = row;
        continue;
      }
      chunk.push(row);
      if (chunk.length < CHUNK) continue;
      if (!(await this.step(number++, header, chunk))) return;
      chunk = [];
    }
    if (header !== undefined && chunk.length > 0 && !(await this.step(number, header, chunk))) return;
    this.finish({ state: 'JobComplete' });
  }

  /** One transaction; false when the job was aborted. Others get their turn before it. */
  private async step(
    number: number,
    header: readonly string[],
    rows: readonly (readonly string[])[],
  ): Promise<boolean> {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.current.state !== 'InProgress') return false;
    if (this.results[number] !== undefined) return true;
    const started = performance.now();
    try {
      this.live.execute(this.current.createdById, (runtime, tx) => {
        const results = this.save200(runtime, header, rows);
        tx.afterCommit.push(() => this.note(number, results, started));
      });
    } catch (error) {
      const known = asApiError(error);
      if (!(known instanceof ApiError)) throw error;
      this.note(
        number,
        rows.map((): RowResult => [null, false, `${known.code}:${known.message}:--`]),
        started,
      );
    }
    return true;
  }

  private save200(runtime: ApexRuntime, header: readonly string[], rows: readonly (readonly string[])[]): RowResult[] {
    const object = runtime.schema.object(this.current.object);
    if (object === undefined) throw new UnknownColumn(this.current.object);
    const columns = columnsOf(runtime, object, header);
    const read = rows.map((cells) => recordFromRow(object, columns, cells));
    const records = read.flatMap((entry): readonly SObject[] => ('record' in entry ? [entry.record] : []));
    const outcomes = saveAll(runtime, this.current.operation, records, false, this.current.externalIdFieldName ?? null);
    const byRecord = new Map(records.map((record, at) => [record, outcomes[at]]));
    return read.map((entry) =>
      'error' in entry ? failedRow(null, [entry.error]) : resultOf(byRecord.get(entry.record)),
    );
  }

  /** Written together with the records of the transaction, so that a restart does not repeat it. */
  private note(number: number, results: RowResult[], started: number): void {
    this.results[number] = results;
    this.section.put(this.resultKey(number), results);
    this.change({
      processed: this.current.processed + results.length,
      failed: this.current.failed + results.filter(([, , error]) => error !== null).length,
      milliseconds: this.current.milliseconds + Math.round(performance.now() - started),
    });
  }
}

function resultOf(outcome: DmlOutcome | undefined): RowResult {
  if (outcome === undefined) throw new Error('A record has no outcome.');
  return outcome.success ? [outcome.id, outcome.created, null] : failedRow(outcome.id, outcome.errors);
}

/** `REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --` */
function failedRow(id: string | null, errors: readonly RecordError[]): RowResult {
  const [first] = errors;
  return [id, false, `${first?.statusCode ?? ''}:${first?.message ?? ''}:${(first?.fields ?? []).join(',')} --`];
}

function failureOf(error: unknown): string {
  if (error instanceof CsvError && !error.message.startsWith('ClientInputError'))
    return `InvalidBatch : Failed to parse CSV. ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}
