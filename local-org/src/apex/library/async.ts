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

  /** What a batch job is told can be written to logs (apex-rollup: RollupAsyncProcessor.finish). */
  override get jsonMembers(): PlatformObject['jsonMembers'] {
    return this.typeName === 'Database.BatchableContext' ? [] : undefined;
  }
}

/** Longest delay of a queueable (PLATFORM 3.3). */
const MAX_DELAY_MINUTES = 10;

/** A failed job can be enqueued again by its finalizer this often in a row (PLATFORM 3.3). */
const MAX_RESTARTS = 5;

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
  const isChained = tx.quiddity === 'QUEUEABLE' || tx.quiddity === 'FINALIZER';
  const depth = isChained ? tx.queueableDepth + 1 : 1;
  const maximum = options?.maximumQueueableStackDepth ?? (isChained ? tx.maximumQueueableDepth : undefined);
  if (maximum !== undefined && depth > maximum)
    throw apexError('AsyncException', 'Maximum stack depth has been reached.');
  const signature = options?.duplicateSignature?.value;
  if (signature !== undefined && runtime.jobs.hasSignature(signature)) {
    throw apexError('DuplicateMessageException', 'Attempt to enqueue job with duplicate queueable signature');
  }
  const className = target.$class.symbol.fullName;
  return runtime.jobs.add({
    className,
    dueAt: runtime.now + delay * 60_000,
    queueableDepth: depth,
    maximumQueueableDepth: maximum,
    signature,
    restarts: restartsOf(runtime, className),
    work: (capture) => ({ kind: 'queueable', target: capture(target) }),
  });
}

/** @throws System.AsyncException when the job has failed too often in a row */
function restartsOf(runtime: ApexRuntime, className: string): number {
  const { failedJob } = runtime.tx;
  if (failedJob?.className !== className) return 0;
  if (failedJob.restarts >= MAX_RESTARTS)
    throw apexError(
      'AsyncException',
      `A queueable job that failed can be enqueued again ${MAX_RESTARTS} times in a row: ${className}`,
    );
  return failedJob.restarts + 1;
}

export const asyncOptionsModule: LibraryModule = {
  owner: 'System.AsyncOptions',
  members: () => ({ '<init>': () => new AsyncOptionsObject() }),
};

export const signatureModules: readonly LibraryModule[] = [
  { owner: 'System.QueueableDuplicateSignature', members: () => ({ Builder: () => new SignatureBuilder() }) },
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
      context: (type: string, id: string, requestId: string, error: ApexThrowable | Error | undefined) =>
        new JobContext(type, id, requestId, error),
    }),
  },
  {
    owner: 'System.AsyncInfo',
    members: (runtime) => ({
      getCurrentQueueableStackDepth: () => runtime.tx.queueableDepth,
      getMaximumQueueableStackDepth: () => runtime.tx.maximumQueueableDepth ?? null,
      getMinimumQueueableDelayInMinutes: () => {
        throw new Unsupported('AsyncInfo.getMinimumQueueableDelayInMinutes');
      },
      hasMaxStackDepth: () => runtime.tx.maximumQueueableDepth !== undefined,
    }),
  },
];

function exceptionOf(error: ApexThrowable | Error | undefined): unknown {
  if (error === undefined) return null;
  return error instanceof Error ? new PlatformException('System.UnexpectedException', error.message) : error;
}
