import type { TraceLevel } from '../apex/runtime/index.js';
import type { FlowElement } from '../metadata/index.js';
import type { Interview } from './interview/index.js';

/** How debug logs name the kinds of elements (PLATFORM 4). */
export const LOG_NAMES: Readonly<Record<FlowElement['kind'], string>> = {
  action: 'FlowActionCall',
  assignment: 'FlowAssignment',
  collectionFilter: 'FlowCollectionProcessor',
  collectionSort: 'FlowCollectionProcessor',
  create: 'FlowRecordCreate',
  customError: 'FlowCustomError',
  decision: 'FlowDecision',
  delete: 'FlowRecordDelete',
  lookup: 'FlowRecordLookup',
  loop: 'FlowLoop',
  rollback: 'FlowRecordRollback',
  screen: 'FlowScreen',
  subflow: 'FlowSubflow',
  transform: 'FlowTransform',
  update: 'FlowRecordUpdate',
};

/** Notes a flow event of the running transaction; the parts are made only when somebody listens. */
export function traceFlow(
  { org: { runtime } }: Pick<Interview, 'org'>,
  event: string,
  level: TraceLevel,
  parts: () => readonly string[],
): void {
  if (!runtime.traces('Workflow', level)) return;
  runtime.trace({ category: 'Workflow', level, event, parts: parts() });
}
