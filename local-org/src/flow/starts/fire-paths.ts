import type { SObject } from '../../data/index.js';
import type { Steps, TestState } from '../../apex/runtime/index.js';
import type { FlowCatalog } from '../catalog.js';
import { loadRecord } from '../elements/found-records.js';
import { Interview } from '../interview/index.js';
import type { FlowOrg } from '../org.js';
import { runLaterBatch } from '../run/rerun.js';
import { batchSizeOf, startOfPath, timerOf, type LaterPath } from './later-path.js';

const MINUTE = 60_000;
/** PLATFORM 2.3: minutes after which the platform tries a failed interview of a scheduled path again; after the last one it has failed. */
const RETRY_MINUTES: readonly number[] = [15, 30, 60, 120];
/** PLATFORM 2.3: how often the interviews of a batch that did not fail are run again at once, because they were rolled back with those that did. */
const MAX_RERUNS = 2;

/** Told of interviews that have failed for good. @param about the record or event that the interview was for, if there was one */
export type FailureListener = (flow: string, about: string | undefined, message: string) => void;

/** Runs paths that are due, for records of one flow, path and user. What fails is tried again later, except in tests. */
export function* firePaths(
  org: FlowOrg,
  catalog: FlowCatalog,
  due: readonly LaterPath[],
  test: TestState | undefined,
  onFailure: FailureListener,
): Steps<void> {
  const [first] = due;
  const definition = first === undefined ? undefined : catalog.flow(first.flow);
  // A flow that was deactivated meanwhile does not run any more (Salesforce Help: Scheduled Paths).
  if (first === undefined || definition?.start.kind !== 'record') return;
  const { start } = definition;
  const from = startOfPath(start, first.path);
  if (from === undefined) return;
  const size = batchSizeOf(start, first.path);
  for (let at = 0; at < due.length; at += size) {
    yield* runLaterBatch(org, {
      transactions: { userId: activeUser(org, first.userId), test },
      items: due.slice(at, at + size),
      interviewOf: ({ recordId }) => {
        const record = currentRecord(org, recordId);
        return record === undefined ? undefined : new Interview(org, definition, { record });
      },
      from,
      maxReruns: MAX_RERUNS,
      onFailure: (later, message) => {
        if (test !== undefined || !retryLater(org, later)) onFailure(later.flow, later.recordId, message);
      },
    });
  }
}

/** The record as it is now; undefined when it was deleted. */
function currentRecord(org: FlowOrg, id: string): SObject | undefined {
  const object = org.runtime.schema.objectOfId(id);
  return object === undefined ? undefined : loadRecord(org, object, id);
}

/** PLATFORM 1.5.4: whoever changed the record, or the Default Workflow User when that user is not active. */
function activeUser({ runtime }: FlowOrg, userId: string): string {
  const active = runtime.data.store.rowOfId(userId)?.row.values['IsActive'] === true;
  return active ? userId : runtime.options.identity.defaultWorkflowUserId;
}

/** True when the path will be tried again. */
function retryLater({ runtime }: FlowOrg, later: LaterPath): boolean {
  const minutes = RETRY_MINUTES[later.attempt];
  const { timers } = runtime.asyncHost;
  if (minutes === undefined || timers === undefined) return false;
  timers.schedule(timerOf({ ...later, attempt: later.attempt + 1 }, runtime.now + minutes * MINUTE));
  return true;
}
