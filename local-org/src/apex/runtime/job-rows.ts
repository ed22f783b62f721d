import { ApexDatetime, rowValues, type FieldValue } from '../../data/index.js';
import { codeId } from './code-ids.js';
import { ApexThrowable } from './exceptions.js';
import { JOB_KINDS, type Job } from './job.js';
import type { ApexRuntime } from './runtime.js';
import { stackTrace } from './stack.js';
import { exceptionText } from './text.js';

/** Longest text of `AsyncApexJob.ExtendedStatus`. */
const MAX_STATUS = 1000;

/** `AsyncApexJob.Status`. */
export type JobStatus = 'Queued' | 'Preparing' | 'Processing' | 'Completed' | 'Failed' | 'Aborted';

const ENDED: ReadonlySet<JobStatus> = new Set(['Completed', 'Failed', 'Aborted']);

/** Keeps the AsyncApexJob row of a job true. Within a transaction the change belongs to it, otherwise it is committed. */
export function noteJob(
  runtime: ApexRuntime,
  job: Job,
  status: JobStatus,
  more: Readonly<Record<string, FieldValue>> = {},
): void {
  const object = runtime.object('AsyncApexJob');
  const { store } = runtime.data;
  const before = store.table(object).get(job.id)?.values ?? {};
  const now = new ApexDatetime(Math.floor(runtime.now / 1000) * 1000);
  const { work } = job;
  store.put(object, {
    id: job.id,
    deleted: false,
    values: rowValues([
      ['NumberOfErrors', 0],
      ['ExtendedStatus', null],
      ['JobItemsProcessed', 0],
      ['TotalJobItems', 0],
      ...Object.entries(before),
      ['Id', job.id],
      ['Status', status],
      ['JobType', JOB_KINDS[work.kind].type],
      ['CreatedDate', before['CreatedDate'] ?? now],
      ['CreatedById', job.userId],
      ['CompletedDate', ENDED.has(status) ? now : null],
      ['MethodName', work.kind === 'future' ? job.className.slice(job.className.lastIndexOf('.') + 1) : null],
      ['ApexClassId', codeId(store, 'ApexClass', job.className)],
      ['CronTriggerId', work.kind === 'scheduled' ? work.cronTriggerId : null],
      ...Object.entries(more),
    ]),
  });
  if (!runtime.inTransaction) store.commit();
}

/** An aborted scheduled job leaves no rows behind, so that its name is free again. Returns whether there were any. */
export function removeCronRows(runtime: ApexRuntime, cronTriggerId: string): boolean {
  const { store } = runtime.data;
  const triggers = runtime.object('CronTrigger');
  const row = store.table(triggers).get(cronTriggerId);
  if (row === undefined) return false;
  const detail = row.values['CronJobDetailId'];
  store.remove(triggers, cronTriggerId);
  if (typeof detail === 'string') store.remove(runtime.object('CronJobDetail'), detail);
  if (!runtime.inTransaction) store.commit();
  return true;
}

/** `ExtendedStatus` of a failure: the exception's text, and where it was thrown. */
export function failureText(error: ApexThrowable | Error): string {
  const text = error instanceof ApexThrowable ? `${exceptionText(error)}\n${stackTrace(error)}` : error.message;
  return text.trim().slice(0, MAX_STATUS);
}
