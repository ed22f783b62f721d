import { z } from 'zod';
import { API_VERSION } from '../../package/index.js';
import { ApiError, notFound } from '../api-error.js';
import { bodyJson } from '../rest/data/index.js';
import { NO_CONTENT, ok, type RestAnswer, type RestCall, type RestRoute } from '../rest/route.js';
import { csvFormat } from './csv.js';
import { csvAnswer } from './ingest-routes.js';
import { JOB_PREFIX, timeText } from './job-text.js';
import type { QueryJob, QueryJobs } from './query-jobs.js';

const PATH = '/jobs/query';
/** Records per page when the client does not say. */
const DEFAULT_PAGE = 50_000;

const createBody = csvFormat.extend({
  operation: z.enum(['query', 'queryAll']),
  query: z.string(),
  contentType: z.literal('CSV').optional(),
});
const stateBody = z.object({ state: z.literal('Aborted') });

function jobOf(call: RestCall, jobs: QueryJobs): QueryJob {
  const job = jobs.find(call.params['id'] ?? '');
  if (job === undefined || job.info.createdById !== call.user.id) throw notFound();
  return job;
}

function show(job: QueryJob, withNumbers: boolean): object {
  const { id, operation, object, createdById, state, apiVersion, lineEnding, columnDelimiter } = job.info;
  return {
    id,
    operation,
    object,
    createdById,
    createdDate: timeText(job.info.createdAt),
    systemModstamp: timeText(job.info.changedAt),
    state,
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion,
    jobType: 'V2Query',
    lineEnding,
    columnDelimiter,
    ...(withNumbers
      ? {
          numberRecordsProcessed: job.count,
          retries: 0,
          totalProcessingTime: job.info.milliseconds,
          ...(job.info.errorMessage === undefined ? {} : { errorMessage: job.info.errorMessage }),
        }
      : {}),
  };
}

function create(call: RestCall, jobs: QueryJobs): RestAnswer {
  const parsed = createBody.safeParse(bodyJson(call));
  if (!parsed.success)
    throw new ApiError(400, 'INVALIDJOB', 'The job needs the operation query or queryAll, and a query.');
  const now = call.live.clock.now();
  const job = jobs.create({
    id: call.services.store.ids.next(JOB_PREFIX),
    operation: parsed.data.operation,
    query: parsed.data.query,
    columnDelimiter: parsed.data.columnDelimiter,
    lineEnding: parsed.data.lineEnding,
    object: '',
    apiVersion: Number(API_VERSION),
    createdById: call.user.id,
    createdAt: now,
    changedAt: now,
    state: 'UploadComplete',
    milliseconds: 0,
  });
  return ok(show(job, false));
}

function abort(call: RestCall, jobs: QueryJobs): RestAnswer {
  const job = jobOf(call, jobs);
  if (!stateBody.safeParse(bodyJson(call)).success)
    throw new ApiError(400, 'INVALIDJOB', 'Only the state Aborted can be set.');
  job.abort();
  return ok(show(job, false));
}

/** A locator is the position of the next page, in a form that nobody takes for a number to calculate with. */
function positionOf(locator: string | null): number {
  if (locator === null) return 0;
  const position = Number(Buffer.from(locator, 'base64').toString('utf8'));
  if (!Number.isSafeInteger(position) || position < 0)
    throw new ApiError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
  return position;
}

function results(call: RestCall, jobs: QueryJobs): RestAnswer {
  const job = jobOf(call, jobs);
  if (job.info.state !== 'JobComplete')
    throw new ApiError(400, 'INVALIDJOBSTATE', `A job in the state ${job.info.state} has no results.`);
  const wanted = Number(call.query.get('maxRecords') ?? DEFAULT_PAGE);
  if (!Number.isSafeInteger(wanted) || wanted < 1)
    throw new ApiError(400, 'INVALID_REQUEST', 'maxRecords must be a positive number.');
  const { csv, count, next } = job.page(positionOf(call.query.get('locator')), wanted);
  return csvAnswer(csv, {
    'sforce-locator': next === undefined ? 'null' : Buffer.from(String(next)).toString('base64'),
    'sforce-numberofrecords': String(count),
  });
}

/** Records as CSV (Bulk API 2.0 Developer Guide: Query). */
export function queryJobRoutes(jobs: QueryJobs): readonly RestRoute[] {
  return [
    { method: 'POST', path: PATH, run: (call) => create(call, jobs) },
    {
      method: 'GET',
      path: PATH,
      run: (call) => {
        const own = jobs.all().filter(({ info }) => info.createdById === call.user.id);
        return ok({ done: true, records: own.map((job) => show(job, false)), nextRecordsUrl: null });
      },
    },
    { method: 'GET', path: `${PATH}/:id`, run: (call) => ok(show(jobOf(call, jobs), true)) },
    { method: 'GET', path: `${PATH}/:id/results`, run: (call) => results(call, jobs) },
    { method: 'PATCH', path: `${PATH}/:id`, run: (call) => abort(call, jobs) },
    {
      method: 'DELETE',
      path: `${PATH}/:id`,
      run: (call) => {
        jobs.remove(jobOf(call, jobs).info.id);
        return NO_CONTENT;
      },
    },
  ];
}
