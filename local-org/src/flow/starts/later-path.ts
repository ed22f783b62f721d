import { z } from 'zod';

import type { Timer } from '../../apex/runtime/index.js';
import type { FlowRecordStart } from '../../metadata/index.js';

/** Kind of the timers of scheduled and asynchronous paths. */
export const PATH_TIMER = 'flowPath';

/** Name under which the asynchronous path goes; scheduled paths have API names, which cannot look like this. */
export const ASYNC_PATH = '#asyncAfterCommit';

/** A path of a flow that waits for its time, for one record. */
export const laterPath = z.object({
  flow: z.string(),
  path: z.string(),
  recordId: z.string(),
  /** Who changed the record. */
  userId: z.string(),
  /** Which change of the record it is for; empty for scheduled paths, which wait only once for each record. */
  change: z.string(),
  /** How often it was tried before. */
  attempt: z.number(),
});
export type LaterPath = z.infer<typeof laterPath>;

/** The timer of a path. A scheduled path waits once for each record; an asynchronous one runs for every change. */
export function timerOf(later: LaterPath, dueAt: number): Timer {
  const { flow, path, recordId, userId, change } = later;
  return {
    kind: PATH_TIMER,
    key: keyOf(flow, path, recordId, change),
    dueAt,
    payload: later,
    group: `${flow}|${path}|${userId}`,
  };
}

export function keyOf(flow: string, path: string, recordId: string, change = ''): string {
  return `${flow}|${path}|${recordId}|${change}`;
}

/** Flow and path of a group of timers. */
export function pathOfGroup(group: string): { readonly flow: string; readonly path: string } {
  const [flow = '', path = ''] = group.split('|');
  return { flow, path };
}

const ASYNC_BATCH = 200;

/** Most records that run together on a path. */
export function batchSizeOf(start: FlowRecordStart, path: string): number {
  if (path === ASYNC_PATH) return ASYNC_BATCH;
  return start.paths.find(({ name }) => name === path)?.maxBatchSize ?? 1;
}

/** Element with which a path begins; undefined when the flow has no such path any more. */
export function startOfPath(start: FlowRecordStart, path: string): string | undefined {
  if (path === ASYNC_PATH) return start.asyncPath;
  return start.paths.find(({ name }) => name === path)?.next;
}
