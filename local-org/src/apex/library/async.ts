import {
  apexError,
  type ApexObject,
  type ApexThrowable,
  JobQueue,
  PlatformException,
  PlatformObject,
  Unsupported,
  type ApexRuntime,
  type LibraryModule,
} from '../runtime/index.js';
import { required } from './arguments.js';

/** System.AsyncOptions. */
export class AsyncOptionsObject extends PlatformObject {
  override readonly typeName = 'System.AsyncOptions';
  maximumQueueableStackDepth: number | null = null;
  minimumQueueableDelayInMinutes: number | null = null;
  duplicateSignature: SignatureObject | null = null;
}

export class SignatureObject extends PlatformObject {
  override readonly typeName = 'System.QueueableDuplicateSignature';
  constructor(readonly value: string) {
    super();
  }
}

class SignatureBuilder extends PlatformObject {
  override readonly typeName = 'System.QueueableDuplicateSignature.Builder';
  readonly parts: string[] = [];
}

/** QueueableContext, SchedulableContext, FinalizerContext and BatchableContext: what a job is told about itself. */
export class JobContext extends PlatformObject {
  constructor(
    override readonly typeName: string,
    readonly jobId: string,
    readonly requestId: string,
    readonly error: ApexThrowable | Error | undefined,
  ) {
    super();
  }
}

/** Longest delay of a queueable (PLATFORM 3.3). */
const MAX_DELAY_MINUTES = 10;

/** `System.enqueueJob(job)`, with a delay in minutes, or with AsyncOptions. */
export function enqueue(runtime: ApexRuntime, job: ApexObject | null, option: unknown): string {
  const target = required(job);
  const { tx } = runtime;
  JobQueue.refuseChaining(tx);
  tx.limits.count('queueableJobs');
  const options = option instanceof AsyncOptionsObject ? option : undefined;
  const delay = typeof option === 'number' ? option : (options?.minimumQueueableDelayInMinutes ?? 0);
  if (delay < 0 || delay > MAX_DELAY_MINUTES)
    throw apexError('IllegalArgumentException', `The delay must be between 0 and ${MAX_DELAY_MINUTES} minutes`);
  const depth = tx.quiddity === 'QUEUEABLE' || tx.quiddity === 'FINALIZER' ? tx.queueableDepth + 1 : 1;
  const maximum = options?.maximumQueueableStackDepth ?? null;
  if (maximum !== null && depth > maximum) throw apexError('AsyncException', 'Maximum stack depth has been reached.');
  const signature = options?.duplicateSignature?.value;
  if (signature !== undefined && runtime.jobs.hasSignature(signature)) {
    throw apexError('DuplicateMessageException', 'Attempt to enqueue job with duplicate queueable signature');
  }
  const copy = JobQueue.snapshot(target);
  return runtime.jobs.add({
    type: 'Queueable',
    className: target.$class.symbol.fullName,
    quiddity: 'QUEUEABLE',
    dueAt: runtime.now + delay * 60_000,
    queueableDepth: depth,
    signature,
    run: (running) =>
      void runtime.call(copy, 'execute', [
        new JobContext('System.QueueableContext', running.jobId ?? '', running.requestId, undefined),
      ]),
  });
}

export const asyncOptionsModule: LibraryModule = {
  owner: 'System.AsyncOptions',
  members: () => ({ '<init>': () => new AsyncOptionsObject() }),
};

export const signatureModules: readonly LibraryModule[] = [
  {
    owner: 'System.QueueableDuplicateSignature.Builder',
    members: () => {
      const add = (self: SignatureBuilder, value: unknown): SignatureBuilder => {
        self.parts.push(String(required(value)));
        return self;
      };
      return {
        '<init>': () => new SignatureBuilder(),
        addId: add,
        addString: add,
        addInteger: add,
        build: (self: SignatureBuilder) => new SignatureObject(JSON.stringify(self.parts)),
      };
    },
  },
];

const jobId = (self: JobContext): string => self.jobId;

export const contextModules: readonly LibraryModule[] = [
  { owner: 'System.QueueableContext', members: () => ({ getJobId: jobId }) },
  { owner: 'System.SchedulableContext', members: () => ({ getTriggerId: jobId }) },
  { owner: 'Database.BatchableContext', members: () => ({ getJobId: jobId, getChildJobId: jobId }) },
  {
    owner: 'System.FinalizerContext',
    members: (runtime) => ({
      getAsyncApexJobId: jobId,
      getRequestId: (self: JobContext) => self.requestId,
      getResult: (self: JobContext) =>
        runtime.platformEnum('System.ParentJobResult', self.error === undefined ? 'SUCCESS' : 'UNHANDLED_EXCEPTION'),
      getException: (self: JobContext) => exceptionOf(self.error),
    }),
  },
  {
    owner: 'Internal.Async',
    members: () => ({
      finalizerContext: (id: string, requestId: string, error: ApexThrowable | Error | undefined) =>
        new JobContext('System.FinalizerContext', id, requestId, error),
    }),
  },
  {
    owner: 'System.AsyncInfo',
    members: (runtime) => ({
      getCurrentQueueableStackDepth: () => runtime.tx.queueableDepth,
      getMaximumQueueableStackDepth: () => {
        throw new Unsupported('AsyncInfo.getMaximumQueueableStackDepth');
      },
      hasMaxStackDepth: () => false,
    }),
  },
];

function exceptionOf(error: ApexThrowable | Error | undefined): unknown {
  if (error === undefined) return null;
  return error instanceof Error ? new PlatformException('System.UnexpectedException', error.message) : error;
}
