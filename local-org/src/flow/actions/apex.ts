import { newInstance } from '../../apex/library/index.js';
import {
  ApexList,
  ApexObject,
  ApexThrowable,
  asThrowable,
  exceptionText,
  isCatchable,
  methodMemberOf,
  type ApexRuntime,
} from '../../apex/runtime/index.js';
import type { ApexType, MethodSymbol } from '../../apex/types/index.js';
import type { FlowAction } from '../../metadata/index.js';
import { FlowFault } from '../fault.js';
import { assign, memberOf, operandValue } from '../interview/index.js';
import type { BulkCall, FlowRun } from '../run/bulk.js';
import type { FlowOrg } from '../org.js';
import { fromApex, toApex } from './apex-values.js';
import { findInvocable, invocableVariables, isRequired } from './invocable.js';

/** Calls the action once for all interviews: one request and one result for each, in the same order (PLATFORM 3.2). */
export function* runApexAction({ runtime }: FlowOrg, calls: readonly BulkCall<FlowAction>[]): FlowRun<void> {
  const [first] = calls;
  const invocable = first === undefined ? undefined : findInvocable(runtime, first.element.actionName);
  if (first === undefined) return;
  if (invocable === undefined) {
    for (const call of calls)
      call.fault = new FlowFault(`The Apex class ${first.element.actionName} has no invocable method.`);
    return;
  }
  const [parameter] = invocable.method.parameters;
  const element = parameter?.type.kind === 'list' ? parameter.type.element : undefined;
  const requests = calls.flatMap((call) => {
    const made = call.attempt(() => ({ call, request: requestOf(runtime, call, element, parameter?.name) }));
    return made === undefined ? [] : [made];
  });
  if (requests.length === 0) return;
  const argument =
    element === undefined
      ? []
      : [
          new ApexList(
            element,
            requests.map(({ request }) => request),
          ),
        ];
  const results = yield* invoke(
    runtime,
    invocable.method,
    argument,
    requests.map(({ call }) => call),
  );
  if (results === undefined) return;
  for (const [index, { call }] of requests.entries()) call.attempt(() => storeOutputs(runtime, call, results[index]));
}

function requestOf(
  runtime: ApexRuntime,
  { interview, element }: BulkCall<FlowAction>,
  type: ApexType | undefined,
  bareName: string | undefined,
): unknown {
  const values = new Map(
    element.inputs.map(({ name, value }) => [name.toLowerCase(), operandValue(interview, value)] as const),
  );
  if (type === undefined) return null;
  if (type.kind !== 'user') return toApex(values.get(bareName?.toLowerCase() ?? '') ?? null, type, interview.zone);
  const request = newInstance(runtime, type);
  if (!(request instanceof ApexObject)) throw new FlowFault(`The request ${type.symbol.fullName} can't be made.`);
  for (const field of invocableVariables(type.symbol)) {
    const name = field.name.toLowerCase();
    const given = values.get(name) ?? null;
    if (given === null && isRequired(field)) throw new FlowFault(`Missing required input parameter: ${field.name}`);
    const slot = request.$class.slots.get(name);
    if (slot === undefined) throw new FlowFault(`The input parameter ${field.name} can't be set.`);
    if (values.has(name)) request[slot.slot] = toApex(given, field.type, interview.zone);
  }
  return request;
}

/** The results; undefined when the call failed, which is the fault of every interview. */
function* invoke(
  runtime: ApexRuntime,
  method: MethodSymbol,
  args: readonly unknown[],
  calls: readonly BulkCall<FlowAction>[],
): FlowRun<readonly unknown[] | undefined> {
  const { depth } = runtime.thread;
  const failAll = (message: string): undefined => {
    for (const call of calls) call.fault = new FlowFault(message);
    return undefined;
  };
  try {
    const result = yield* runtime.callStatic(method.owner, methodMemberOf(method), args);
    const results = result instanceof ApexList ? result.items : [];
    if (method.returns.kind === 'list' && results.length !== calls.length) {
      return failAll(
        `The number of results does not match the number of interviews that were executed in a single bulk execution request.`,
      );
    }
    return results;
  } catch (error) {
    const thrown = asThrowable(error);
    // PLATFORM 2.4: exceeded limits take no fault path.
    if (!(thrown instanceof ApexThrowable) || !isCatchable(thrown)) throw thrown;
    runtime.thread.depth = depth;
    return failAll(`An Apex error occurred: ${exceptionText(thrown)}`);
  }
}

function storeOutputs(runtime: ApexRuntime, { interview, element }: BulkCall<FlowAction>, result: unknown): void {
  const value = fromApex(result);
  if (element.automatic) interview.store(element.name, value);
  for (const { name, target } of element.outputs) {
    const isWhole = !(value instanceof ApexObject);
    assign(interview, target, isWhole ? value : memberOf(runtime, value, name));
  }
}
