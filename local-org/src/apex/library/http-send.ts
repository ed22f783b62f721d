import { ApexBlob } from '../../data/index.js';
import {
  apexError,
  CalloutFailure,
  currentLine,
  PlatformObject,
  uncommittedWork,
  Unsupported,
  type ApexRuntime,
  type CalloutRequest,
  type CalloutResponse,
  type Governor,
  type LibraryModule,
  type Suspendable,
  type TraceEvent,
  type Transaction,
} from '../runtime/index.js';
import { required } from './arguments.js';
import { HttpResponseObject, type HttpRequestObject } from './http.js';

/** Largest response, bytes (Apex Developer Guide: Execution Governors and Limits). */
const MAX_RESPONSE: Readonly<Record<Governor, number>> = { sync: 6_000_000, async: 12_000_000 };

/** Counts a callout. @throws System.CalloutException when the transaction may not call out now (PLATFORM 3.1) */
export function admitCallout(tx: Transaction): void {
  tx.limits.count('callouts');
  if (tx.triggerFrames.length > 0)
    throw apexError('CalloutException', 'Callout from triggers are currently not supported.');
  if (tx.calloutRefusal !== undefined) throw apexError('CalloutException', tx.calloutRefusal);
  if (tx.pendingWork || tx.savepoints.size > 0) throw uncommittedWork();
}

/** Where a request goes, which only a real callout asks: mocks are given any request. @throws System.CalloutException when it does not say */
function targetOf({ endpoint, method }: HttpRequestObject): { readonly endpoint: string; readonly method: string } {
  if (endpoint === null || endpoint === '')
    throw apexError('CalloutException', 'System.HttpRequest[Endpoint=null, Method=null]: no endpoint');
  if (method === null) throw apexError('CalloutException', 'Method must be set');
  return { endpoint, method };
}

function note(
  runtime: ApexRuntime,
  event: 'CALLOUT_REQUEST' | 'CALLOUT_RESPONSE',
  line: () => TraceEvent['line'],
  what: unknown,
): void {
  if (!runtime.traces('Callout', 'INFO')) return;
  runtime.trace({ category: 'Callout', level: 'INFO', event, line: line(), parts: [runtime.text(what)] });
}

/** Sends a request for code of the platform, such as a flow: waits for the answer where the transaction can, and asks the mock of a test otherwise. */
export function* sendHttp(runtime: ApexRuntime, request: HttpRequestObject): Suspendable<HttpResponseObject> {
  if (runtime.tx.canWait) return yield* send(runtime, request);
  const response = sendInTest(runtime, request);
  if (response instanceof HttpResponseObject) return response;
  throw apexError('CalloutException', 'The HttpCalloutMock gave no response.');
}

/** `Http.send` where nobody can wait: asks the mock of a test. */
function sendInTest(runtime: ApexRuntime, request: HttpRequestObject): unknown {
  const { tx } = runtime;
  admitCallout(tx);
  const mock = tx.test?.mocks.get('system.httpcalloutmock');
  if (mock !== undefined) {
    note(runtime, 'CALLOUT_REQUEST', currentLine, request);
    const response = runtime.call(mock, 'respond', [request]);
    note(runtime, 'CALLOUT_RESPONSE', currentLine, response);
    return response;
  }
  if (tx.test !== undefined)
    throw apexError('TypeException', 'Methods defined as TestMethod do not support Web service callouts');
  throw new Unsupported(
    'An HTTP callout from a static initialiser, or from code that the platform calls by itself (comparators, equals, hashCode, toString, iterators, Type.newInstance)',
  );
}

/** `Http.send`: the transaction leaves the thread until the response is there. */
function* send(runtime: ApexRuntime, request: HttpRequestObject): Suspendable<HttpResponseObject> {
  const { tx } = runtime;
  admitCallout(tx);
  const target = targetOf(request);
  const port = runtime.options.callouts;
  if (port === undefined) throw new Unsupported('An HTTP callout in an org without network');
  const sent: CalloutRequest = {
    ...target,
    headers: request.headers.entries(),
    body: Buffer.from(request.body.bytes),
    timeoutMs: Math.min(request.timeout, timeLeft(tx)),
    compressed: request.compressed,
  };
  const line = currentLine();
  const { requestId, userId } = tx;
  releaseRowLocks(runtime);
  note(runtime, 'CALLOUT_REQUEST', () => line, request);
  const traceLater = runtime.tracer();
  const startedAt = runtime.elapsed();
  let response: CalloutResponse;
  try {
    // The driver of the transaction gives back what `perform` resolved to.
    response = asResponse(
      yield { kind: 'callout', perform: () => port(sent, { userId, requestId, trace: traceLater }) },
    );
  } catch (error) {
    noteTime(runtime, tx, startedAt);
    if (error instanceof CalloutFailure) throw apexError('CalloutException', error.message);
    throw error;
  }
  noteTime(runtime, tx, startedAt);
  const maximum = MAX_RESPONSE[tx.limits.governor];
  if (response.body.byteLength > maximum) throw apexError('CalloutException', `Exceeded max size limit of ${maximum}`);
  const received = responseObject(response);
  note(runtime, 'CALLOUT_RESPONSE', () => line, received);
  return received;
}

/** All callouts of a transaction together may take 120 seconds (PLATFORM 3.1). */
function timeLeft(tx: Transaction): number {
  const maximum = tx.limits.limit('calloutTime');
  const left = maximum - tx.limits.get('calloutTime');
  if (left <= 0) throw apexError('CalloutException', `Exceeded maximum time allotted for callout (${maximum} ms)`);
  return left;
}

function noteTime(runtime: ApexRuntime, tx: Transaction, startedAt: number): void {
  tx.limits.note('calloutTime', tx.limits.get('calloutTime') + Math.round(runtime.elapsed() - startedAt));
}

/** A callout gives row locks free (PLATFORM 3.1). Transactions take turns at callouts only, so that no lock is ever waited for. */
function releaseRowLocks(runtime: ApexRuntime): void {
  if (!runtime.tx.holdsRowLocks) return;
  runtime.tx.holdsRowLocks = false;
  runtime.trace({
    category: 'Database',
    level: 'WARN',
    event: 'FOR_UPDATE_LOCKS_RELEASE',
    line: currentLine(),
    parts: ['FOR UPDATE locks released due to a callout'],
  });
}

function asResponse(value: unknown): CalloutResponse {
  if (isResponse(value)) return value;
  throw new Error('The callout gave no response.');
}

function isResponse(value: unknown): value is CalloutResponse {
  return typeof value === 'object' && value !== null && 'status' in value && 'headers' in value && 'body' in value;
}

function responseObject(response: CalloutResponse): HttpResponseObject {
  const object = new HttpResponseObject();
  object.statusCode = response.status;
  object.status = response.statusText;
  object.body = new ApexBlob(response.body);
  for (const [name, value] of response.headers) object.headers.set(name, value);
  return object;
}

export const httpModule: LibraryModule = {
  owner: 'System.Http',
  members: (runtime) => ({
    '<init>': () => new HttpObject(),
    send: (_self: HttpObject, request: HttpRequestObject | null) => sendInTest(runtime, required(request)),
    toString: () => 'System.Http[]',
  }),
  suspendable: (runtime) => ({
    send: (_self: HttpObject, request: HttpRequestObject | null) => send(runtime, required(request)),
  }),
};

class HttpObject extends PlatformObject {
  override readonly typeName = 'System.Http';
}
