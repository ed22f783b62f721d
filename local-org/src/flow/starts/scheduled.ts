import { z } from 'zod';

import type { FlowDefinition, FlowScheduledStart } from '../../metadata/index.js';
import { runQueries, type Steps, type Timer, type TimerPort } from '../../apex/runtime/index.js';
import type { FlowCatalog } from '../catalog.js';
import { filterQuery } from '../elements/filters.js';
import { loadRecord } from '../elements/found-records.js';
import { Interview } from '../interview/index.js';
import { orgZone, type FlowOrg } from '../org.js';
import { runLaterBatch } from '../run/rerun.js';
import type { FailureListener } from './fire-paths.js';
import { nextRun } from './schedule-time.js';

/** Kind of the timers of schedule-triggered flows; their keys are the names of the flows. */
export const SCHEDULE_TIMER = 'flowSchedule';

const payload = z.object({ flow: z.string(), schedule: z.string() });

/** PLATFORM 2.1: one interview per record, in batches of 200. */
const BATCH_SIZE = 200;
/** A batch that was rolled back because some interviews failed is run once more for the others (Salesforce Help: Schedule-Triggered Flow Considerations). */
const MAX_RERUNS = 1;

function timerFor({ name }: FlowDefinition, start: FlowScheduledStart, dueAt: number): Timer {
  return { kind: SCHEDULE_TIMER, key: name, dueAt, payload: { flow: name, schedule: JSON.stringify(start.schedule) } };
}

/** Brings the timers up to the schedule-triggered flows that are active now. A flow whose schedule is the same keeps its timer. */
export function armSchedules(org: FlowOrg, catalog: FlowCatalog, timers: TimerPort): void {
  const waiting = new Map(timers.waiting(SCHEDULE_TIMER).map((timer) => [timer.key, payload.parse(timer.payload)]));
  for (const { definition, start } of catalog.startedBy('schedule')) {
    const armed = waiting.get(definition.name);
    waiting.delete(definition.name);
    if (armed?.schedule === JSON.stringify(start.schedule)) continue;
    arm(org, definition, start, timers);
  }
  for (const name of waiting.keys()) timers.cancel(SCHEDULE_TIMER, name);
}

function arm(org: FlowOrg, definition: FlowDefinition, start: FlowScheduledStart, timers: TimerPort): void {
  const next = nextRun(start.schedule, orgZone(org), org.runtime.now);
  if (next === undefined) timers.cancel(SCHEDULE_TIMER, definition.name);
  else timers.schedule(timerFor(definition, start, next));
}

/** Runs a schedule-triggered flow whose time has come, as the Default Workflow User (PLATFORM 1.5.4), and arms its next run. */
export function* fireSchedule(
  org: FlowOrg,
  catalog: FlowCatalog,
  timer: Timer,
  onFailure: FailureListener,
): Steps<void> {
  const definition = catalog.flow(payload.parse(timer.payload).flow);
  if (definition?.start.kind !== 'schedule') return;
  const { start } = definition;
  try {
    if (start.object === undefined) yield* run(org, definition, start, [undefined], onFailure);
    else {
      const ids = yield* recordsOf(org, definition, start, start.object);
      for (let at = 0; at < ids.length; at += BATCH_SIZE)
        yield* run(org, definition, start, ids.slice(at, at + BATCH_SIZE), onFailure);
    }
  } finally {
    const { timers } = org.runtime.asyncHost;
    if (timers !== undefined) arm(org, definition, start, timers);
  }
}

/** The records that get an interview. */
function* recordsOf(
  org: FlowOrg,
  definition: FlowDefinition,
  start: FlowScheduledStart,
  objectName: string,
): Steps<readonly string[]> {
  const { runtime } = org;
  let ids: readonly string[] = [];
  const outcome = yield {
    spec: { quiddity: 'INVOCABLE_ACTION', governor: 'async', userId: runtime.options.identity.defaultWorkflowUserId },
    // eslint-disable-next-line require-yield -- a query does not wait
    *work() {
      const object = runtime.object(objectName);
      const { where, binds } = filterQuery(new Interview(org, definition, {}), object, start.filters);
      const text = `SELECT Id FROM ${object.name}${where === '' ? '' : ` WHERE ${where}`}`;
      const [rows = []] = runQueries(runtime, text, [binds], false);
      ids = rows.flatMap(({ id }) => id ?? []);
    },
  };
  if (!outcome.ok) throw outcome.error;
  return ids;
}

function* run(
  org: FlowOrg,
  definition: FlowDefinition,
  start: FlowScheduledStart,
  ids: readonly (string | undefined)[],
  onFailure: FailureListener,
): Steps<void> {
  const { runtime } = org;
  yield* runLaterBatch(org, {
    transactions: { userId: runtime.options.identity.defaultWorkflowUserId, test: undefined },
    items: ids,
    interviewOf: (id) => {
      if (id === undefined) return new Interview(org, definition, {});
      const record = loadRecord(org, runtime.object(start.object ?? ''), id);
      return record === undefined ? undefined : new Interview(org, definition, { record });
    },
    from: start.next,
    maxReruns: MAX_RERUNS,
    onFailure: (id, message) => onFailure(definition.name, id, message),
  });
}
