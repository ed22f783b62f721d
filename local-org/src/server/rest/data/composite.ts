import { z } from 'zod';
import { ApiError, notSupported } from '../../api-error.js';
import { ok, type RestAnswer, type RestCall, type RestRequest, type RestRoute } from '../route.js';
import { bodyJson } from './body.js';
import { asApiError } from '../errors.js';
import { resolveReferences, resolveReferencesIn, type Answers } from './references.js';

/** Most subrequests of one request (REST API Developer Guide: Composite, Batch). */
const MAX_SUBREQUESTS = 25;
const MAX_BATCHED = 25;

const method = z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);

const compositeBody = z.object({
  allOrNone: z.boolean().optional(),
  collateSubrequests: z.boolean().optional(),
  compositeRequest: z.array(
    z.object({
      method,
      url: z.string(),
      referenceId: z.string().regex(/^[A-Za-z0-9_]+$/),
      body: z.unknown().optional(),
      httpHeaders: z.record(z.string(), z.string()).optional(),
    }),
  ),
});
type Subrequest = z.infer<typeof compositeBody>['compositeRequest'][number];

const batchBody = z.object({
  haltOnError: z.boolean().optional(),
  batchRequests: z.array(z.object({ method, url: z.string(), richInput: z.unknown().optional() })),
});

interface SubAnswer {
  readonly body: unknown;
  readonly httpHeaders: Readonly<Record<string, string>>;
  readonly httpStatusCode: number;
  readonly referenceId: string;
}

function succeeded({ httpStatusCode }: SubAnswer): boolean {
  return httpStatusCode < 400;
}

function requestOf(sub: Subrequest, answers: Answers): RestRequest {
  return {
    method: sub.method,
    url: resolveReferencesIn(sub.url, answers),
    headers: Object.fromEntries(
      Object.entries(sub.httpHeaders ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
    ),
    body: { kind: 'value', value: resolveReferences(sub.body, answers) },
  };
}

/** Resources that cannot stand inside a composite request. */
const NOT_INSIDE = /^\/services\/data\/v[^/]+\/(composite\/?(?:$|batch|graph)|jobs|metadata)/;

function refuseNesting(url: string): void {
  const inside = NOT_INSIDE.exec(url)?.[1];
  if (inside !== undefined)
    throw new ApiError(400, 'INVALID_REQUEST', `/${inside} cannot be used inside of a composite request.`);
}

function subAnswer({ referenceId }: Subrequest, { status, body, headers }: RestAnswer): SubAnswer {
  const location = headers?.['location'];
  return {
    body: body ?? null,
    httpHeaders: location === undefined ? {} : { Location: location },
    httpStatusCode: status,
    referenceId,
  };
}

/** Asks for the answer to one subrequest; a request that cannot even be made is answered with why. */
function ask(
  sub: Subrequest,
  answers: Answers,
  serve: (request: RestRequest) => ReturnType<RestCall['serve']>,
): ReturnType<RestCall['serve']> {
  try {
    const request = requestOf(sub, answers);
    refuseNesting(request.url);
    return serve(request);
  } catch (error) {
    const known = asApiError(error);
    if (!(known instanceof ApiError)) throw known;
    return { status: known.status, body: known.items };
  }
}

async function composite(call: RestCall): Promise<RestAnswer> {
  const parsed = compositeBody.safeParse(bodyJson(call));
  if (!parsed.success)
    throw new ApiError(
      400,
      'JSON_PARSER_ERROR',
      'The body of the request must be {"compositeRequest": [{"method", "url", "referenceId"}, ...]}.',
    );
  const { compositeRequest, allOrNone = false } = parsed.data;
  if (compositeRequest.length > MAX_SUBREQUESTS)
    throw new ApiError(400, 'LIMIT_EXCEEDED', `A composite request has at most ${MAX_SUBREQUESTS} subrequests.`);
  if (new Set(compositeRequest.map(({ referenceId }) => referenceId)).size < compositeRequest.length)
    throw new ApiError(400, 'INVALID_REQUEST', 'The reference ids of a composite request must be unique.');
  const compositeResponse = allOrNone ? runTogether(call, compositeRequest) : await runOneByOne(call, compositeRequest);
  return ok({ compositeResponse });
}

/** Each subrequest is a transaction of its own; one that fails takes only those with it that refer to it. */
async function runOneByOne(call: RestCall, requests: readonly Subrequest[]): Promise<readonly SubAnswer[]> {
  const answers = new Map<string, { succeeded: boolean; body: unknown }>();
  const results: SubAnswer[] = [];
  for (const sub of requests) {
    const result = subAnswer(sub, await ask(sub, answers, (request) => call.serve(request)));
    results.push(result);
    answers.set(sub.referenceId, { succeeded: succeeded(result), body: result.body });
  }
  return results;
}

/** Thrown to take back what a composite request that is all or none has done. */
class Failed extends Error {
  constructor(readonly result: SubAnswer) {
    super('a subrequest failed');
  }
}

/** All subrequests in one transaction: the first one that fails ends it. */
function runTogether(call: RestCall, requests: readonly Subrequest[]): readonly SubAnswer[] {
  try {
    return call.transact((runtime) => {
      const within = {
        transact: <T>(work: (r: typeof runtime) => T) => work(runtime),
        read: <T>(work: (r: typeof runtime) => T) => work(runtime),
      };
      const answers = new Map<string, { succeeded: boolean; body: unknown }>();
      return requests.map((sub) => {
        const answer = ask(sub, answers, (request) => call.serve(request, within));
        if (answer instanceof Promise) throw notSupported(`${sub.url} in a composite request that is all or none`);
        const result = subAnswer(sub, answer);
        if (!succeeded(result)) throw new Failed(result);
        answers.set(sub.referenceId, { succeeded: true, body: result.body });
        return result;
      });
    });
  } catch (error) {
    if (error instanceof Failed)
      return requests.map((sub) => (sub.referenceId === error.result.referenceId ? error.result : halted(sub)));
    throw error;
  }
}

function halted({ referenceId }: Subrequest): SubAnswer {
  const message = 'The transaction was rolled back since another operation in the same transaction failed.';
  return {
    body: [{ errorCode: 'PROCESSING_HALTED', message }],
    httpHeaders: {},
    httpStatusCode: 400,
    referenceId,
  };
}

/** Independent subrequests; with `haltOnError` those after the first failure are not run. */
async function batch(call: RestCall): Promise<RestAnswer> {
  const parsed = batchBody.safeParse(bodyJson(call));
  if (!parsed.success)
    throw new ApiError(
      400,
      'JSON_PARSER_ERROR',
      'The body of the request must be {"batchRequests": [{"method", "url"}, ...]}.',
    );
  const { batchRequests, haltOnError = false } = parsed.data;
  if (batchRequests.length > MAX_BATCHED)
    throw new ApiError(400, 'LIMIT_EXCEEDED', `A batch request has at most ${MAX_BATCHED} subrequests.`);
  const results: { readonly statusCode: number; readonly result: unknown }[] = [];
  let hasErrors = false;
  for (const { method: name, url, richInput } of batchRequests) {
    if (hasErrors && haltOnError) {
      results.push({
        statusCode: 412,
        result: [{ errorCode: 'BATCH_PROCESSING_HALTED', message: 'Batch processing halted per request' }],
      });
      continue;
    }
    const path = `/services/data/${url.replace(/^\/+(?:services\/data\/)?/, '')}`;
    refuseNesting(path);
    const answer = await call.serve({
      method: name,
      url: path,
      headers: {},
      body: { kind: 'value', value: richInput },
    });
    hasErrors ||= answer.status >= 400;
    results.push({ statusCode: answer.status, result: answer.body ?? null });
  }
  return ok({ hasErrors, results });
}

/** Several requests in one. */
export const COMPOSITE_ROUTES: readonly RestRoute[] = [
  { method: 'POST', path: '/composite', run: composite },
  { method: 'POST', path: '/composite/batch', run: batch },
];
