import { z } from 'zod';
import { storedGraph, type Job } from '../../apex/runtime/index.js';

const captured = z.object({ kind: z.literal('stored'), graph: storedGraph });

const storedWork = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('queueable'), target: captured }),
  z.object({
    kind: z.literal('future'),
    owner: z.string(),
    member: z.string(),
    args: captured,
    mayCallOut: z.boolean(),
  }),
  z.object({ kind: z.literal('batch'), target: captured, scopeSize: z.number() }),
  z.object({ kind: z.literal('scheduled'), target: captured, cronTriggerId: z.string(), expression: z.string() }),
]);

const storedJob = z.object({
  id: z.string(),
  className: z.string(),
  userId: z.string(),
  /** Null: no time of its own, as for scheduled jobs. */
  dueAt: z.number().nullable(),
  queueableDepth: z.number(),
  maximumQueueableDepth: z.number().optional(),
  signature: z.string().optional(),
  restarts: z.number(),
  work: storedWork,
  /** It was under way. */
  hasStarted: z.boolean(),
});

/** A job as JSON. */
export function storeJob(job: Job, hasStarted: boolean): unknown {
  const { id, className, userId, dueAt, queueableDepth, maximumQueueableDepth, signature, restarts, work } = job;
  const own = { id, className, userId, queueableDepth, maximumQueueableDepth, signature, restarts, work };
  return { ...own, dueAt: Number.isFinite(dueAt) ? dueAt : null, hasStarted };
}

/** Reads what storeJob wrote. @throws ZodError for anything else */
export function reviveJob(value: unknown): { readonly job: Job; readonly hasStarted: boolean } {
  const { hasStarted, dueAt, ...rest } = storedJob.parse(value);
  return {
    job: {
      ...rest,
      dueAt: dueAt ?? Infinity,
      maximumQueueableDepth: rest.maximumQueueableDepth,
      signature: rest.signature,
      test: undefined,
    },
    hasStarted,
  };
}
