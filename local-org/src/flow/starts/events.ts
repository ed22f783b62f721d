import type { SObject } from '../../data/index.js';
import type { DeliveryOutcome, Steps, TestState } from '../../apex/runtime/index.js';
import type { FlowEventStart } from '../../metadata/index.js';
import type { FlowCatalog, StartedFlow } from '../catalog.js';
import { groupBy } from '../group-by.js';
import { Interview } from '../interview/index.js';
import type { FlowOrg } from '../org.js';
import { runLaterBatch } from '../run/rerun.js';
import { meetsEntry } from './entry.js';
import type { FailureListener } from './fire-paths.js';

/** PLATFORM 2.5: most events that a flow gets at once. */
export const MAX_EVENTS = 200;

/** Interviews that did not fail run once more after those that did were rolled back. */
const MAX_RERUNS = 1;

/**
 * Starts a flow for a batch of platform events: one interview per event, as the user who published it or as the Default Workflow User
 * (PLATFORM 1.5.4). A flow that fails does not get its events again (PLATFORM 2.5).
 */
export function* deliverToFlow(
  org: FlowOrg,
  catalog: FlowCatalog,
  { definition: { name }, start }: StartedFlow<FlowEventStart>,
  events: readonly SObject[],
  test: TestState | undefined,
  onFailure: FailureListener,
): Steps<DeliveryOutcome> {
  const definition = catalog.flow(name);
  if (definition === undefined) return { kind: 'done', error: undefined, next: [] };
  const { defaultWorkflowUserId } = org.runtime.options.identity;
  const userOf = (event: SObject): string => {
    const publisher = event.get('CreatedById');
    return start.runAs === 'TriggeringUser' && typeof publisher === 'string' ? publisher : defaultWorkflowUserId;
  };
  for (const [userId, items] of groupBy(events, userOf)) {
    yield* runLaterBatch(org, {
      transactions: { userId, test },
      items,
      interviewOf: (record) => {
        const interview = new Interview(org, definition, { record });
        return meetsEntry(interview, start.entry) ? interview : undefined;
      },
      from: start.next,
      maxReruns: MAX_RERUNS,
      onFailure: (event, message) => onFailure(name, `event ${String(event.get('ReplayId'))}`, message),
    });
  }
  return { kind: 'done', error: undefined, next: [] };
}
