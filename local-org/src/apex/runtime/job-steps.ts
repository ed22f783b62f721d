import { batchErrorSteps } from './batch-error-event.js';
import { codeId } from './code-ids.js';
import { inCodeUnitSuspendable, type CodeUnit } from './code-unit.js';
import { ApexList } from './collections.js';
import { deepCopy } from './copy.js';
import { apexError, type ApexThrowable } from './exceptions.js';
import { JOB_KINDS, type Captured, type Job, type JobResult, type Work } from './job.js';
import { failureText, noteJob } from './job-rows.js';
import { reviveGraph } from './revive-graph.js';
import type { ApexRuntime } from './runtime.js';
import type { Step, Steps } from './steps.js';
import type { Suspendable } from './suspension.js';
import type { Transaction } from './transaction.js';
import { implementsPlatform } from './types.js';
import { ApexObject } from './values.js';

/** PLATFORM 3.3, 3.4. */
const REFUSALS = {
  notAllowed:
    'Callout not allowed from this future method. Please enable callout by annotating the future method. eg: @Future(callout=true)',
  scheduled: 'Callout from scheduled Apex not supported.',
} as const;

/**
 * The transactions of a job from its start to its end; its AsyncApexJob row tells how far it is.
 * @param isAborted asked before each scope of a batch job
 */
export function* jobSteps(runtime: ApexRuntime, job: Job, isAborted: () => boolean = () => false): Steps<JobResult> {
  noteJob(runtime, job, job.work.kind === 'batch' ? 'Preparing' : 'Processing');
  switch (job.work.kind) {
    case 'queueable':
      return yield* queueable(runtime, job);
    case 'batch':
      return yield* batch(runtime, job, job.work, isAborted);
    case 'future':
    case 'scheduled':
      return yield* single(runtime, job);
  }
}

/** The objects that a job works on. */
function release(runtime: ApexRuntime, captured: Captured): unknown {
  return captured.kind === 'live' ? captured.value : reviveGraph(runtime, captured.graph);
}

function targetOf(runtime: ApexRuntime, captured: Captured): ApexObject {
  const target = release(runtime, captured);
  if (target instanceof ApexObject) return target;
  throw new Error('A job has no object to work on.');
}

function allowsCallouts(target: ApexObject): boolean {
  return implementsPlatform(target.$class.symbol, 'Database.AllowsCallouts');
}

function context(
  runtime: ApexRuntime,
  type: string,
  id: string,
  requestId: string,
  error?: ApexThrowable | Error,
): unknown {
  return Reflect.apply(runtime.library.function('Internal.Async.context'), undefined, [type, id, requestId, error]);
}

/** How debug logs name a job. */
function unitOf(runtime: ApexRuntime, className: string, name: string): CodeUnit {
  return { id: codeId(runtime.data.store, 'ApexClass', className), name };
}

function step(runtime: ApexRuntime, job: Job, work: (tx: Transaction) => Suspendable<unknown>): Step {
  const { quiddity, governor } = JOB_KINDS[job.work.kind];
  return {
    spec: { quiddity, governor, userId: job.userId, test: job.test },
    work: (tx) => {
      tx.jobId = job.id;
      tx.queueableDepth = job.queueableDepth;
      tx.maximumQueueableDepth = job.maximumQueueableDepth;
      const { className } = job;
      return inCodeUnitSuspendable(
        runtime,
        () => unitOf(runtime, className, job.work.kind === 'future' ? `${className}()` : `${className}.execute()`),
        () => work(tx),
      );
    },
  };
}

function* single(runtime: ApexRuntime, job: Job): Steps<JobResult> {
  const { work } = job;
  const outcome = yield step(runtime, job, (tx) => {
    if (work.kind === 'scheduled') {
      tx.calloutRefusal = REFUSALS.scheduled;
      const target = targetOf(runtime, work.target);
      return runtime.callSuspendable(target, 'execute', [
        context(runtime, 'System.SchedulableContext', work.cronTriggerId, tx.requestId),
      ]);
    }
    if (work.kind !== 'future') throw new Error(`${work.kind} is not a job of one transaction.`);
    if (!work.mayCallOut) tx.calloutRefusal = REFUSALS.notAllowed;
    const args = release(runtime, work.args);
    const owner = runtime.options.findClass(work.owner);
    if (owner === undefined) throw apexError('AsyncException', `There is no class ${work.owner}.`);
    return runtime.callStatic(owner, work.member, args instanceof ApexList ? args.items : []);
  });
  const error = outcome.ok ? undefined : outcome.error;
  noteEnd(runtime, job, error);
  return { job, error };
}

function noteEnd(runtime: ApexRuntime, job: Job, error: ApexThrowable | Error | undefined): void {
  if (error === undefined) noteJob(runtime, job, 'Completed');
  else noteJob(runtime, job, 'Failed', { NumberOfErrors: 1, ExtendedStatus: failureText(error) });
}

function* queueable(runtime: ApexRuntime, job: Job): Steps<JobResult> {
  const { work } = job;
  if (work.kind !== 'queueable') throw new Error('The job is no queueable.');
  let finalizer: ApexObject | undefined;
  const outcome = yield step(runtime, job, function* (tx) {
    const target = targetOf(runtime, work.target);
    if (!allowsCallouts(target)) tx.calloutRefusal = REFUSALS.notAllowed;
    try {
      yield* runtime.callSuspendable(target, 'execute', [
        context(runtime, 'System.QueueableContext', job.id, tx.requestId),
      ]);
    } finally {
      finalizer = tx.finalizer;
    }
  });
  const error = outcome.ok ? undefined : outcome.error;
  noteEnd(runtime, job, error);
  return finalizer === undefined ? { job, error } : yield* finalize(runtime, job, finalizer, error);
}

/** A finalizer has a transaction of its own and sees how the job ended. Its own failure replaces the job's. */
function* finalize(
  runtime: ApexRuntime,
  job: Job,
  finalizer: ApexObject,
  error: ApexThrowable | Error | undefined,
): Steps<JobResult> {
  const className = finalizer.$class.symbol.fullName;
  const outcome = yield {
    spec: { quiddity: 'FINALIZER', governor: 'async', userId: job.userId, test: job.test },
    work: (tx) => {
      tx.jobId = job.id;
      tx.queueableDepth = job.queueableDepth;
      tx.maximumQueueableDepth = job.maximumQueueableDepth;
      tx.failedJob = error === undefined ? undefined : job;
      return inCodeUnitSuspendable(
        runtime,
        () => unitOf(runtime, className, `${className}.execute()`),
        () =>
          runtime.callSuspendable(finalizer, 'execute', [
            context(runtime, 'System.FinalizerContext', job.id, tx.requestId, error),
          ]),
      );
    },
  };
  return { job, error: outcome.ok ? error : outcome.error };
}

/** `start`, `execute` for each scope, `finish`; one transaction each. A scope that fails does not stop the others. */
function* batch(
  runtime: ApexRuntime,
  job: Job,
  { target, scopeSize }: Work & { readonly kind: 'batch' },
  isAborted: () => boolean,
): Steps<JobResult> {
  const bare = context(runtime, 'Database.BatchableContext', job.id, '');
  let mayCallOut = false;
  const inBatch = (call: () => Suspendable<unknown>): Step =>
    step(runtime, job, (tx) => {
      if (!mayCallOut) tx.calloutRefusal = REFUSALS.notAllowed;
      return call();
    });
  let state: ApexObject | undefined;
  const started = yield inBatch(function* () {
    state = targetOf(runtime, target);
    mayCallOut = allowsCallouts(state);
    return batchItems(runtime, yield* runtime.callSuspendable(state, 'start', [bare]));
  });
  if (!started.ok || state === undefined || !(started.value instanceof ApexList)) {
    const error = started.ok ? new Error('The batch job did not start.') : started.error;
    if (state !== undefined) yield* batchErrorSteps(runtime, job, state, { phase: 'START', error, scope: [] });
    noteEnd(runtime, job, error);
    return { job, error };
  }
  const failures: (ApexThrowable | Error)[] = [];
  const scopes = scopesOf(started.value, scopeSize);
  const isStateful = implementsPlatform(state.$class.symbol, 'Database.Stateful');
  const progress = (done: number): Readonly<Record<string, number | string | null>> => ({
    TotalJobItems: scopes.length,
    JobItemsProcessed: done,
    NumberOfErrors: failures.length,
    ExtendedStatus: failures[0] === undefined ? null : `First error: ${failureText(failures[0])}`.slice(0, 1000),
  });
  for (const [index, scope] of scopes.entries()) {
    if (isAborted()) {
      noteJob(runtime, job, 'Aborted', progress(index));
      return { job, error: failures[0] };
    }
    noteJob(runtime, job, 'Processing', progress(index));
    // What a scope changes in the object stays only when the class is Database.Stateful and the scope succeeds.
    const copy = copyOf(state);
    const outcome = yield inBatch(() => runtime.callSuspendable(copy, 'execute', [bare, scope]));
    if (outcome.ok) {
      if (isStateful) state = copy;
      continue;
    }
    failures.push(outcome.error);
    yield* batchErrorSteps(runtime, job, state, { phase: 'EXECUTE', error: outcome.error, scope: scope.items });
  }
  const last = state;
  const finished = yield inBatch(() => runtime.callSuspendable(last, 'finish', [bare]));
  if (!finished.ok) {
    failures.push(finished.error);
    yield* batchErrorSteps(runtime, job, last, { phase: 'FINISH', error: finished.error, scope: [] });
  }
  noteJob(runtime, job, finished.ok ? 'Completed' : 'Failed', progress(scopes.length));
  return { job, error: failures[0] };
}

function copyOf(target: ApexObject): ApexObject {
  const copy = deepCopy(target);
  return copy instanceof ApexObject ? copy : target;
}

function scopesOf(items: ApexList, size: number): readonly ApexList[] {
  const scopes: ApexList[] = [];
  for (let at = 0; at < items.items.length; at += size)
    scopes.push(new ApexList(items.elementType, items.items.slice(at, at + size)));
  return scopes;
}

function batchItems(runtime: ApexRuntime, started: unknown): ApexList {
  if (started instanceof ApexList) return started;
  if (typeof started === 'object' && started !== null && 'rows' in started && started.rows instanceof ApexList)
    return started.rows;
  if (typeof started !== 'object' || started === null)
    throw apexError('NullPointerException', 'Attempt to de-reference a null object');
  const iterator = runtime.call(started, 'iterator', []);
  const items: unknown[] = [];
  if (typeof iterator === 'object' && iterator !== null)
    while (runtime.call(iterator, 'hasNext', []) === true) items.push(runtime.call(iterator, 'next', []));
  return new ApexList({ kind: 'primitive', name: 'Object' }, items);
}
