import type {
  FlowAction,
  FlowCreate,
  FlowDelete,
  FlowElement,
  FlowLookup,
  FlowScreen,
  FlowSubflow,
  FlowUpdate,
} from '../../metadata/index.js';
import { runAssignment } from '../elements/assignment.js';
import { runCollectionFilter, runCollectionSort, runCustomError, runDecision, runLoop } from '../elements/steps.js';
import { runTransform } from '../elements/transform.js';
import { FlowFault } from '../fault.js';
import { assign, Interview, operandValue } from '../interview/index.js';
import { LOG_NAMES, traceFlow } from '../trace.js';
import type { FlowValue } from '../values/index.js';

/** Elements at which interviews stop, to be run for all that stopped there together. */
export type BulkElement = FlowAction | FlowCreate | FlowDelete | FlowLookup | FlowUpdate;

/** Where an interview stops. */
export type Stop =
  | { readonly kind: 'bulk'; readonly interview: Interview; readonly element: BulkElement }
  | { readonly kind: 'screen'; readonly interview: Interview; readonly element: FlowScreen }
  | { readonly kind: 'rollback'; readonly interview: Interview };

/** An interview on its way: it yields where it stops and is told the fault of the element there, if it failed. */
export type Walk = Generator<Stop, void, FlowFault | undefined>;

/** Elements that run by themselves, between two looks at the CPU clock. */
const STEPS_PER_TICK = 200;

type StepKind = Exclude<FlowElement['kind'], BulkElement['kind'] | 'screen' | 'rollback' | 'subflow'>;
type Step<K extends StepKind> = (
  interview: Interview,
  element: Extract<FlowElement, { readonly kind: K }>,
) => string | undefined;

/** How elements that need nobody else run: they return the name of the next element. */
const STEPS: { readonly [K in StepKind]: Step<K> } = {
  assignment: runAssignment,
  collectionFilter: runCollectionFilter,
  collectionSort: runCollectionSort,
  customError: runCustomError,
  decision: runDecision,
  loop: runLoop,
  transform: runTransform,
};

/** Runs an interview from an element to the end of its path. @throws FlowFault that no fault path takes */
export function* walk(interview: Interview, start: string | undefined): Walk {
  let steps = 0;
  for (let at = start; at !== undefined;) {
    const element = interview.definition.elements.get(at);
    if (element === undefined) throw new FlowFault(`The flow has no element ${at}.`);
    if (++steps % STEPS_PER_TICK === 0) interview.org.runtime.thread.tick();
    const names = [interview.guid, LOG_NAMES[element.kind], element.name];
    traceFlow(interview, 'FLOW_ELEMENT_BEGIN', 'FINE', () => names);
    interview.visited.add(at);
    at = yield* runElement(interview, element);
    traceFlow(interview, 'FLOW_ELEMENT_END', 'FINE', () => names);
  }
}

function* runElement(
  interview: Interview,
  element: FlowElement,
): Generator<Stop, string | undefined, FlowFault | undefined> {
  switch (element.kind) {
    case 'action':
      if (element.actionType === 'flow') return yield* runSubflow(interview, subflowOf(element));
      return yield* runBulk(interview, element);
    case 'create':
    case 'delete':
    case 'lookup':
    case 'update':
      return yield* runBulk(interview, element);
    case 'screen':
      return yield* runAlone({ kind: 'screen', interview, element }, element.next);
    case 'rollback':
      return yield* runAlone({ kind: 'rollback', interview }, element.next);
    case 'subflow':
      return yield* runSubflow(interview, element);
    default:
      return runStep(interview, element);
  }
}

type StepElement = Extract<FlowElement, { readonly kind: StepKind }>;

function runStep(interview: Interview, element: StepElement): string | undefined {
  switch (element.kind) {
    case 'assignment':
      return STEPS.assignment(interview, element);
    case 'collectionFilter':
      return STEPS.collectionFilter(interview, element);
    case 'collectionSort':
      return STEPS.collectionSort(interview, element);
    case 'customError':
      return STEPS.customError(interview, element);
    case 'decision':
      return STEPS.decision(interview, element);
    case 'loop':
      return STEPS.loop(interview, element);
    case 'transform':
      return STEPS.transform(interview, element);
  }
}

/** Stops for whoever runs the interview. @throws FlowFault when that is impossible there */
function* runAlone(stop: Stop, next: string | undefined): Generator<Stop, string | undefined, FlowFault | undefined> {
  const fault = yield stop;
  if (fault !== undefined) throw fault;
  return next;
}

/** Stops; goes on along the fault path when the element failed and has one. */
function* runBulk(
  interview: Interview,
  element: BulkElement,
): Generator<Stop, string | undefined, FlowFault | undefined> {
  const fault = yield { kind: 'bulk', interview, element };
  if (fault === undefined) return element.next;
  interview.faulted.add(element.name.toLowerCase());
  const names = [fault.message, LOG_NAMES[element.kind], element.name];
  if (element.fault === undefined) {
    traceFlow(interview, 'FLOW_ELEMENT_ERROR', 'ERROR', () => names);
    throw fault;
  }
  traceFlow(interview, 'FLOW_ELEMENT_FAULT', 'WARN', () => names);
  interview.faultMessage = fault.message;
  return element.fault;
}

/** An action that starts a flow is a subflow under another name. */
function subflowOf({ actionName, ...action }: FlowAction): FlowSubflow {
  return { ...action, kind: 'subflow', flowName: actionName };
}

/** Runs another flow within this one: its elements join those of other interviews' subflows. */
function* runSubflow(
  interview: Interview,
  element: FlowSubflow,
): Generator<Stop, string | undefined, FlowFault | undefined> {
  const definition = interview.org.flow(element.flowName);
  if (definition === undefined) throw new FlowFault(`The flow ${element.flowName} doesn't exist or isn't active.`);
  const { start } = definition;
  if (start.kind !== 'called') throw new FlowFault(`The flow ${element.flowName} can't be started by another flow.`);
  const inputs = element.inputs.map(({ name, value }): [string, FlowValue] => [name, operandValue(interview, value)]);
  const inner = new Interview(interview.org, definition, { inputs, userMode: interview.userMode });
  traceFlow(interview, 'FLOW_SUBFLOW_DETAIL', 'FINER', () => [interview.guid, definition.label]);
  yield* walk(inner, start.next);
  const outputs = inner.outputs();
  if (element.automatic) interview.store(element.name, outputs);
  for (const { name, target } of element.outputs) assign(interview, target, outputs.get(name) ?? null);
  return element.next;
}
