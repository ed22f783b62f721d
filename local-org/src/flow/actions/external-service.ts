import { ApexBlob, ApexDecimal } from '../../data/index.js';
import { HttpRequestObject, sendHttp, type HttpResponseObject } from '../../apex/library/index.js';
import { ApexThrowable, asThrowable, isCatchable } from '../../apex/runtime/index.js';
import type { ExternalService, FlowAction, ServiceOperation } from '../../metadata/index.js';
import { FlowFault } from '../fault.js';
import { assign, operandValue } from '../interview/index.js';
import type { FlowOrg } from '../org.js';
import type { BulkCall, FlowRun } from '../run/bulk.js';
import { FlowStructure, fromJson, isCollection, textOfValue, toJson, type FlowValue } from '../values/index.js';

/** Longest callout, milliseconds (PLATFORM 3.1). */
const TIMEOUT = 120_000;

/**
 * Calls an operation of an external service, one callout for each interview. A response with another status than the schema declares is no
 * fault: its body is the output `defaultExc`, and flows that do not look at `responseCode` go on as if nothing had happened.
 */
export function* runExternalService(org: FlowOrg, calls: readonly BulkCall<FlowAction>[]): FlowRun<void> {
  for (const call of calls) {
    const { actionName } = call.element;
    const found = org.operation(actionName);
    if (found === undefined) {
      call.fault = new FlowFault(`The operation ${actionName} doesn't exist.`);
      continue;
    }
    const request = call.attempt(() => requestOf(call, found.service, found.operation));
    const response = request === undefined ? undefined : yield* send(org, call, request);
    if (response !== undefined) call.attempt(() => storeResponse(call, found.operation, response));
  }
}

function* send(
  { runtime }: FlowOrg,
  call: BulkCall<FlowAction>,
  request: HttpRequestObject,
): FlowRun<HttpResponseObject | undefined> {
  try {
    return yield* sendHttp(runtime, request);
  } catch (error) {
    const thrown = asThrowable(error);
    // PLATFORM 2.4: exceeded limits take no fault path.
    if (!(thrown instanceof ApexThrowable) || !isCatchable(thrown)) throw thrown;
    call.fault = new FlowFault(thrown.$x.message ?? 'The callout failed.');
    return undefined;
  }
}

function requestOf(
  { interview, element }: BulkCall<FlowAction>,
  { namedCredential }: ExternalService,
  operation: ServiceOperation,
): HttpRequestObject {
  const inputs = new Map(
    element.inputs.map(({ name, value }) => [name.toLowerCase(), operandValue(interview, value)] as const),
  );
  const given = (name: string): FlowValue => inputs.get(name.toLowerCase()) ?? null;
  const request = new HttpRequestObject();
  request.method = operation.method;
  request.timeout = TIMEOUT;
  request.endpoint = `callout:${namedCredential}${pathOf(operation, given, interview.zone)}`;
  for (const { name, in: where } of operation.parameters) {
    const value = given(name);
    if (where === 'header' && value !== null) request.headers.set(name, textOfValue(value, interview.zone));
  }
  const body = given('body');
  if (operation.bodyType !== undefined && body !== null) {
    request.headers.set('Content-Type', operation.bodyType);
    request.body = ApexBlob.ofText(typeof body === 'string' ? body : JSON.stringify(toJson(body)));
  }
  return request;
}

function pathOf({ path, parameters }: ServiceOperation, given: (name: string) => FlowValue, zone: string): string {
  const filled = path.replace(/\{([^{}]+)\}/g, (_found, name: string) => {
    const value = given(name);
    if (value === null) throw new FlowFault(`Missing required input parameter: ${name}`);
    return encodeURIComponent(textOfValue(value, zone));
  });
  const query = new URLSearchParams();
  for (const { name, in: where } of parameters) {
    const value = given(name);
    if (where !== 'query' || value === null) continue;
    for (const item of isCollection(value) ? value : [value]) query.append(name, textOfValue(item, zone));
  }
  return query.size === 0 ? filled : `${filled}?${query.toString()}`;
}

/** Outputs: `responseCode`, and the body under the declared response that fits, else under `defaultExc`. */
function storeResponse(
  { interview, element }: BulkCall<FlowAction>,
  { responses }: ServiceOperation,
  { statusCode, body }: HttpResponseObject,
): void {
  const outputs = new FlowStructure([['responseCode', ApexDecimal.ofNumber(statusCode)]]);
  const declared = responses.find((name) => fits(name, statusCode));
  outputs.set(declared ?? 'defaultExc', declared === undefined ? body.toText() : bodyValue(body.toText()));
  if (element.automatic) interview.store(element.name, outputs);
  for (const { name, target } of element.outputs) assign(interview, target, outputs.get(name) ?? null);
}

/** `200` fits 200 and `2XX` every success; `default` fits what no other name does. */
function fits(name: string, status: number): boolean {
  const text = String(status);
  return name === text || (/^\dXX$/i.test(name) && name.startsWith(text.charAt(0)));
}

function bodyValue(text: string): FlowValue {
  try {
    return fromJson(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return text === '' ? null : text;
    throw error;
  }
}
