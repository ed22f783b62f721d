import { z } from 'zod';
import { API_VERSION } from '../../package/index.js';
import { ApiError, notFound, notSupported } from '../api-error.js';
import { bodyBytes, bodyJson, objectOf, requireWritable } from '../rest/data/index.js';
import { NO_CONTENT, ok, type RestAnswer, type RestCall, type RestRoute } from '../rest/route.js';
import { STATUS_HOLD_MILLISECONDS } from '../services.js';
import { csvFormat, CsvError, writeCsv } from './csv.js';
import type { IngestJob, RowResult } from './ingest-job.js';
import type { IngestJobs } from './ingest-jobs.js';
import { JOB_PREFIX, timeText } from './job-text.js';

const PATH = '/jobs/ingest';

const createBody = csvFormat.extend({
  object: z.string(),
  operation: z.enum(['insert', 'update', 'upsert', 'delete', 'hardDelete']),
  externalIdFieldName: z.string().optional(),
  contentType: z.literal('CSV').optional(),
  assignmentRuleId: z.string().optional(),
});
const stateBody = z.object({ state: z.enum(['UploadComplete', 'Aborted']) });

function jobOf(call: RestCall, jobs: IngestJobs): IngestJob {
  const job = jobs.find(call.params['id'] ?? '');
  if (job === undefined || job.info.createdById !== call.user.id) throw notFound();
  return job;
}

/** A job as the API shows it; the numbers are part of it once it was asked for by its Id. */
function show({ version }: RestCall, { info }: IngestJob, withNumbers: boolean): object {
  const { id, operation, object, state, createdById, columnDelimiter, lineEnding, apiVersion } = info;
  return {
    id,
    operation,
    object,
    createdById,
    createdDate: timeText(info.createdAt),
    systemModstamp: timeText(info.changedAt),
    state,
    ...(info.externalIdFieldName === undefined ? {} : { externalIdFieldName: info.externalIdFieldName }),
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion,
    jobType: 'V2Ingest',
    ...(state === 'Open' ? { contentUrl: `services/data/${version}${PATH}/${id}/batches` } : {}),
    lineEnding,
    columnDelimiter,
    ...(withNumbers
      ? {
          retries: 0,
          totalProcessingTime: info.milliseconds,
          apiActiveProcessingTime: info.milliseconds,
          apexProcessingTime: 0,
          numberRecordsProcessed: info.processed,
          numberRecordsFailed: info.failed,
          ...(info.errorMessage === undefined ? {} : { errorMessage: info.errorMessage }),
        }
      : {}),
  };
}

function create(call: RestCall, jobs: IngestJobs): RestAnswer {
  const type = call.request.headers['content-type'];
  if (typeof type === 'string' && type.startsWith('multipart/'))
    throw notSupported('bulk jobs with their data in one multipart request');
  const parsed = createBody.safeParse(bodyJson(call));
  if (!parsed.success)
    throw new ApiError(
      400,
      'INVALIDJOB',
      `The job needs an object and an operation: ${parsed.error.issues[0]?.message ?? ''}`,
    );
  const { operation, object: name, externalIdFieldName, assignmentRuleId, columnDelimiter, lineEnding } = parsed.data;
  if (operation === 'hardDelete') throw notSupported('the bulk operation hardDelete');
  if (assignmentRuleId !== undefined) throw notSupported('assignment rules in bulk jobs');
  const object = call.read((runtime) => {
    const found = objectOf(runtime, name);
    requireWritable(found, operation);
    const field = found.fields.get(externalIdFieldName?.toLowerCase() ?? '');
    if (operation === 'upsert' && !(field?.externalId === true || field?.type === 'id'))
      throw new ApiError(
        400,
        'INVALIDJOB',
        `InvalidJob : Field name provided, ${externalIdFieldName ?? ''} does not match an External ID for ${found.name}`,
      );
    return found.name;
  });
  const now = call.live.clock.now();
  const job = jobs.create({
    id: call.services.store.ids.next(JOB_PREFIX),
    object,
    operation,
    ...(operation === 'upsert' ? { externalIdFieldName } : {}),
    columnDelimiter,
    lineEnding,
    apiVersion: Number(API_VERSION),
    createdById: call.user.id,
    createdAt: now,
    changedAt: now,
    state: 'Open',
    processed: 0,
    failed: 0,
    milliseconds: 0,
  });
  return ok(show(call, job, false));
}

function upload(call: RestCall, jobs: IngestJobs): RestAnswer {
  jobOf(call, jobs).upload(bodyBytes(call).toString('utf8'));
  return { status: 201 };
}

function change(call: RestCall, jobs: IngestJobs): RestAnswer {
  const job = jobOf(call, jobs);
  const parsed = stateBody.safeParse(bodyJson(call));
  if (!parsed.success) throw new ApiError(400, 'INVALIDJOB', 'Only the states UploadComplete and Aborted can be set.');
  if (parsed.data.state === 'Aborted') job.abort();
  else job.start();
  return ok(show(call, job, false));
}

async function status(call: RestCall, jobs: IngestJobs): Promise<RestAnswer> {
  const job = jobOf(call, jobs);
  await job.wait(STATUS_HOLD_MILLISECONDS);
  return ok(show(call, job, true));
}

function remove(call: RestCall, jobs: IngestJobs): RestAnswer {
  jobs.remove(jobOf(call, jobs));
  return NO_CONTENT;
}

/** Which rows a result has, and what stands before their own columns. */
interface ResultKind {
  readonly header: readonly string[];
  /** The first cells of a row; undefined for a row that is not part of the result. */
  readonly lead: (result: RowResult | undefined) => readonly string[] | undefined;
}

const RESULTS: Readonly<Record<string, ResultKind>> = {
  successfulResults: {
    header: ['sf__Id', 'sf__Created'],
    lead: (result) => (result === undefined || result[2] !== null ? undefined : [result[0] ?? '', String(result[1])]),
  },
  failedResults: {
    header: ['sf__Id', 'sf__Error'],
    lead: (result) => (result === undefined || result[2] === null ? undefined : [result[0] ?? '', result[2]]),
  },
  unprocessedrecords: { header: [], lead: (result) => (result === undefined ? [] : undefined) },
};

async function results(call: RestCall, jobs: IngestJobs, { header, lead }: ResultKind): Promise<RestAnswer> {
  const job = jobOf(call, jobs);
  if (!job.isOver)
    throw new ApiError(400, 'INVALIDJOBSTATE', `A job in the state ${job.info.state} has no results yet.`);
  const rows: (readonly string[])[] = [];
  let isHeader = true;
  try {
    for await (const { cells, result } of job.rows()) {
      const first = isHeader ? header : lead(result);
      isHeader = false;
      if (first !== undefined) rows.push([...first, ...cells]);
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // Data that cannot be read has no rows to show: it comes back as it was sent.
    return csvAnswer(header.length === 0 ? job.data : writeCsv(rows, job.info));
  }
  return csvAnswer(writeCsv(rows, job.info));
}

export function csvAnswer(csv: string, headers: Readonly<Record<string, string>> = {}): RestAnswer {
  return { status: 200, body: Buffer.from(csv, 'utf8'), headers: { 'content-type': 'text/csv', ...headers } };
}

/** Records from CSV (Bulk API 2.0 Developer Guide: Ingest). */
export function ingestRoutes(jobs: IngestJobs): readonly RestRoute[] {
  return [
    { method: 'POST', path: PATH, run: (call) => create(call, jobs) },
    {
      method: 'GET',
      path: PATH,
      run: (call) => {
        const own = jobs.all().filter(({ info }) => info.createdById === call.user.id);
        return ok({ done: true, records: own.map((job) => show(call, job, false)), nextRecordsUrl: null });
      },
    },
    { method: 'PUT', path: `${PATH}/:id/batches`, run: (call) => upload(call, jobs) },
    { method: 'PATCH', path: `${PATH}/:id`, run: (call) => change(call, jobs) },
    { method: 'GET', path: `${PATH}/:id`, run: (call) => status(call, jobs) },
    { method: 'DELETE', path: `${PATH}/:id`, run: (call) => remove(call, jobs) },
    ...Object.entries(RESULTS).map(([name, kind]): RestRoute => ({
      method: 'GET',
      path: `${PATH}/:id/${name}`,
      run: (call) => results(call, jobs, kind),
    })),
  ];
}
