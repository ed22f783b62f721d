import { apexOfJson, jsonOfApex, newInstance } from '../../apex/library/index.js';
import { ApexList, ApexObject, methodMemberOf, type ApexRuntime, type Suspendable } from '../../apex/runtime/index.js';
import type { ApexType, TypeSymbol } from '../../apex/types/index.js';
import { invocableVariables, isRequired, type Invocable } from '../actions/invocable.js';
import { inputsByName, InvalidInput, type ActionInputs, type ActionOutcome } from './call.js';

/** What the API calls the results of a method that gives simple values. */
const BARE_OUTPUT = 'output';

/**
 * Calls an invocable method once with all requests, as the REST API does (Actions Developer Guide: Apex Actions). May wait at callouts.
 * @throws InvalidInput for inputs that the action does not have or lacks, and whatever the Apex throws
 */
export function* callApexAction(
  runtime: ApexRuntime,
  { method }: Invocable,
  requests: readonly ActionInputs[],
): Suspendable<readonly ActionOutcome[]> {
  const [parameter] = method.parameters;
  const element = parameter?.type.kind === 'list' ? parameter.type.element : undefined;
  const args =
    parameter === undefined || element === undefined
      ? []
      : [
          new ApexList(
            element,
            requests.map((inputs) => requestOf(runtime, inputs, element, parameter.name)),
          ),
        ];
  const result = yield* runtime.callStatic(method.owner, methodMemberOf(method), args);
  if (!(result instanceof ApexList)) return requests.map(() => ({ ok: true, outputs: {} }));
  return requests.map((_request, index) => ({ ok: true, outputs: outputsOf(result.items[index]) }));
}

function requestOf(runtime: ApexRuntime, inputs: ActionInputs, type: ApexType, bareName: string): unknown {
  if (type.kind !== 'user') {
    const value = inputsByName(inputs, [bareName]).get(bareName.toLowerCase());
    return value === undefined ? null : apexOfJson(runtime, value, type);
  }
  const fields = invocableVariables(type.symbol);
  const given = inputsByName(
    inputs,
    fields.map(({ name }) => name),
  );
  const request = newInstance(runtime, type);
  if (!(request instanceof ApexObject)) throw new InvalidInput(`The request ${type.symbol.fullName} can't be made.`);
  for (const field of fields) {
    const value = given.get(field.name.toLowerCase()) ?? null;
    if (value === null && isRequired(field)) throw new InvalidInput(`Missing required input parameter: ${field.name}`);
    const slot = request.$class.slots.get(field.name.toLowerCase());
    if (slot === undefined) throw new InvalidInput(`The input parameter ${field.name} can't be set.`);
    if (given.has(field.name.toLowerCase())) request[slot.slot] = apexOfJson(runtime, value, field.type);
  }
  return request;
}

/** A result's invocable variables, or the simple value that it is. */
function outputsOf(result: unknown): Readonly<Record<string, unknown>> {
  if (!(result instanceof ApexObject)) return { [BARE_OUTPUT]: jsonOfApex(result) };
  return Object.fromEntries(outputVariables(result.$class.symbol).map((name) => [name, outputOf(result, name)]));
}

const outputVariables = (symbol: TypeSymbol): readonly string[] => invocableVariables(symbol).map(({ name }) => name);

function outputOf(result: ApexObject, name: string): unknown {
  const slot = result.$class.slots.get(name.toLowerCase());
  return slot === undefined ? null : jsonOfApex(result[slot.slot]);
}
