import type { FlowAction } from '../../metadata/index.js';
import { runApexAction } from '../actions/apex.js';
import { runExternalService } from '../actions/external-service.js';
import { runCustomNotification, runEmailAlert, runSimpleEmail } from '../actions/messages.js';
import { findInvocable } from '../actions/invocable.js';
import { runLookup } from '../elements/lookup.js';
import { runCreate, runDelete, runUpdate } from '../elements/write.js';
import { FlowFault } from '../fault.js';
import { groupBy } from '../group-by.js';
import type { Interview } from '../interview/index.js';
import type { FlowOrg } from '../org.js';
import { LOG_NAMES, traceFlow } from '../trace.js';
import { BulkCall, faultOf, type FlowRun } from './bulk.js';
import { walk, type BulkElement, type Stop, type Walk } from './walk.js';

/** An interview of a batch, and how it ended. */
export interface BatchMember {
  readonly interview: Interview;
  /** What no fault path took; undefined when the interview ran to its end. */
  fault: FlowFault | undefined;
}

interface Running extends BatchMember {
  readonly walk: Walk;
  stop: Stop | undefined;
}

/** Answers what a stop other than a bulk element needs: screens and rollbacks, in flows that have them. */
export type StopHandler = (stop: Exclude<Stop, { readonly kind: 'bulk' }>) => FlowRun<void>;

// eslint-disable-next-line require-yield
const refuseStops: StopHandler = function* (stop) {
  throw new FlowFault(stop.kind === 'screen' ? "A screen can't be shown here." : "Changes can't be rolled back here.");
};

/**
 * Runs interviews of one flow together: each runs until it stops at an element that works for many; then the element runs once for all that
 * stopped there, and so on until all have ended (Salesforce Help: Flow Bulkification in Transactions).
 * @param start element that they start with
 */
export function* runBatch(
  org: FlowOrg,
  interviews: readonly Interview[],
  start: string | undefined,
  handle: StopHandler = refuseStops,
): FlowRun<readonly BatchMember[]> {
  const [first] = interviews;
  if (first !== undefined) traceFlow(first, 'FLOW_START_INTERVIEWS_BEGIN', 'INFO', () => [String(interviews.length)]);
  const members = interviews.map((interview): Running => {
    traceFlow(interview, 'FLOW_START_INTERVIEW_BEGIN', 'INFO', () => [interview.guid, interview.definition.label]);
    return { interview, walk: walk(interview, start), stop: undefined, fault: undefined };
  });
  for (const member of members) advance(member, undefined);
  for (let stopped = waiting(members); stopped.length > 0; stopped = waiting(members)) {
    for (const group of groupsOf(stopped)) {
      const faults = yield* runStops(org, group, handle);
      for (const [index, member] of group.entries()) advance(member, faults[index]);
    }
  }
  if (first !== undefined) traceFlow(first, 'FLOW_START_INTERVIEWS_END', 'INFO', () => [String(interviews.length)]);
  return members;
}

const waiting = (members: readonly Running[]): readonly Running[] => members.filter(({ stop }) => stop !== undefined);

/** Lets an interview run on to its next stop. */
function advance(member: Running, fault: FlowFault | undefined): void {
  const { interview } = member;
  try {
    const result = member.walk.next(fault);
    member.stop = result.done === true ? undefined : result.value;
    if (result.done === true)
      traceFlow(interview, 'FLOW_START_INTERVIEW_END', 'INFO', () => [interview.guid, interview.definition.label]);
  } catch (error) {
    member.stop = undefined;
    member.fault = faultOf(error);
    const { message } = member.fault;
    traceFlow(interview, 'FLOW_START_INTERVIEWS_ERROR', 'ERROR', () => [
      message,
      interview.guid,
      interview.definition.label,
    ]);
  }
}

/** Interviews by the element at which they stopped, in the order in which they came. */
function groupsOf(stopped: readonly Running[]): readonly (readonly Running[])[] {
  return [...groupBy(stopped, (member) => (member.stop?.kind === 'bulk' ? member.stop.element : member)).values()];
}

function* runStops(
  org: FlowOrg,
  group: readonly Running[],
  handle: StopHandler,
): FlowRun<readonly (FlowFault | undefined)[]> {
  const stops = group.flatMap(({ stop }) => stop ?? []);
  const [first] = stops;
  if (first === undefined) return [];
  if (first.kind !== 'bulk') {
    try {
      yield* handle(first);
      return [undefined];
    } catch (error) {
      return [faultOf(error)];
    }
  }
  const calls = stops.flatMap((stop) => (stop.kind === 'bulk' ? [new BulkCall(stop.interview, stop.element)] : []));
  yield* runBulkElement(org, first.element, calls);
  return calls.map(({ fault }) => fault);
}

function* runBulkElement(org: FlowOrg, element: BulkElement, calls: readonly BulkCall<BulkElement>[]): FlowRun<void> {
  const [first] = calls;
  if (first === undefined) return;
  const type = LOG_NAMES[element.kind];
  traceFlow(first.interview, 'FLOW_BULK_ELEMENT_BEGIN', 'FINE', () => [type, element.name]);
  yield* dispatch(org, element, calls);
  traceFlow(first.interview, 'FLOW_BULK_ELEMENT_END', 'FINE', () => [type, element.name, String(calls.length), '0']);
}

/** The calls as calls of one kind of element, which they are: a group holds those of one element. */
function callsOf<E extends BulkElement>(element: E, calls: readonly BulkCall<BulkElement>[]): readonly BulkCall<E>[] {
  return calls.filter((call): call is BulkCall<E> => call.element === element);
}

function* dispatch(org: FlowOrg, element: BulkElement, calls: readonly BulkCall<BulkElement>[]): FlowRun<void> {
  switch (element.kind) {
    case 'lookup':
      return yield* runLookup(org, callsOf(element, calls));
    case 'create':
      return yield* runCreate(org, callsOf(element, calls));
    case 'update':
      return yield* runUpdate(org, callsOf(element, calls));
    case 'delete':
      return yield* runDelete(org, callsOf(element, calls));
    case 'action':
      return yield* runAction(org, element, callsOf(element, calls));
  }
}

/** Kinds of actions by how they run; `flow` is a subflow. */
const ACTIONS: Readonly<
  Record<
    Exclude<FlowAction['actionType'], 'flow'>,
    (org: FlowOrg, calls: readonly BulkCall<FlowAction>[]) => FlowRun<void>
  >
> = {
  apex: runApexAction,
  customNotificationAction: runCustomNotification,
  emailAlert: runEmailAlert,
  emailSimple: runSimpleEmail,
  externalService: runExternalService,
};

const LOGGED_TYPES: Readonly<Record<FlowAction['actionType'], string>> = {
  apex: 'Apex',
  customNotificationAction: 'Send Custom Notification',
  emailAlert: 'Email Alerts',
  emailSimple: 'Send Email',
  externalService: 'External Services',
  flow: 'Flow',
};

function* runAction(org: FlowOrg, element: FlowAction, calls: readonly BulkCall<FlowAction>[]): FlowRun<void> {
  if (element.actionType === 'flow') return;
  if (needsTransaction(org, element)) yield { kind: 'newTransaction' };
  yield* ACTIONS[element.actionType](org, calls);
  for (const { interview, fault } of calls) {
    traceFlow(interview, 'FLOW_ACTIONCALL_DETAIL', 'FINER', () => [
      interview.guid,
      element.name,
      LOGGED_TYPES[element.actionType],
      element.actionName,
      String(fault === undefined),
      fault?.message ?? '',
    ]);
  }
}

/** PLATFORM 2.4: always for `NewTransaction`; for `Automatic` when the action calls out and there is uncommitted work. */
function needsTransaction({ runtime }: FlowOrg, element: FlowAction): boolean {
  if (element.transaction !== 'Automatic') return element.transaction === 'NewTransaction';
  const callsOut =
    element.actionType === 'externalService' ||
    (element.actionType === 'apex' && findInvocable(runtime, element.actionName)?.callout === true);
  return callsOut && runtime.tx.pendingWork;
}
