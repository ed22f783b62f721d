import findMyWay, { type HTTPMethod } from 'find-my-way';
import { isKnownVersion } from '../../package/index.js';
import { ApiError, notFound } from '../api-error.js';
import { asApiError } from './errors.js';
import { refuseBelowObject, refuseKnownResource } from './known-resources.js';
import type { Caller, RestAnswer, RestCall, RestRequest, RestRoute } from './route.js';

const PREFIX = '/services/data/';

/** Finds the resource that a request is for. Requests inside composite requests come the same way as those over HTTP. */
export class Dispatcher {
  readonly #router = findMyWay({ ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, maxParamLength: 2000 });
  readonly #routes = new Map<unknown, RestRoute>();

  public constructor(routes: readonly RestRoute[]) {
    for (const route of routes) {
      const handler = (): void => undefined;
      this.#routes.set(handler, route);
      this.#router.on(route.method, `${PREFIX}:version${route.path}`, handler);
    }
  }

  /**
   * Answers a request, also with the API's own errors. Throws for what no client is told about.
   * @param within what the request runs in when it stands inside another one
   */
  public serve(
    caller: Caller,
    request: RestRequest,
    within?: Pick<RestCall, 'transact' | 'read'>,
  ): RestAnswer | Promise<RestAnswer> {
    try {
      const { route, call } = this.#find(caller, request, within);
      const answer = route.run(call);
      return answer instanceof Promise ? answer.catch(answerOfError) : answer;
    } catch (error) {
      return answerOfError(error);
    }
  }

  #find(
    caller: Caller,
    request: RestRequest,
    within: Pick<RestCall, 'transact' | 'read'> | undefined,
  ): { readonly route: RestRoute; readonly call: RestCall } {
    const [path = '', ...rest] = request.url.split('?');
    const found = isMethod(request.method) ? this.#router.find(request.method, path) : null;
    const route = found === null ? undefined : this.#routes.get(found.handler);
    const version = /^\/+services\/+data\/+v([^/]+)/.exec(path)?.[1];
    if (version === undefined || !isKnownVersion(version)) throw notFound();
    const refusal = refuseBelowObject(path);
    if (refusal !== undefined) throw refusal;
    if (found === null || route === undefined) throw this.#refusal(path, request.method);
    const { live, user } = caller;
    const call: RestCall = {
      ...caller,
      request,
      version: `v${version}`,
      route: route.path,
      params: found.params,
      query: new URLSearchParams(rest.join('?')),
      transact: (work) => (within === undefined ? live.execute(user.id, work) : within.transact(work)),
      read: (work) => (within === undefined ? live.read(user.id, work) : within.read(work)),
      serve: (inner, innerWithin) => this.serve(caller, inner, innerWithin ?? within),
    };
    return { route, call };
  }

  /** Why there is no resource: another method, one that only the platform has, or none at all. */
  #refusal(path: string, method: string): ApiError {
    if (METHODS.some((other) => this.#router.find(other, path) !== null)) return methodNotAllowed(method);
    return refuseKnownResource(path) ?? notFound();
  }
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const satisfies readonly HTTPMethod[];

function isMethod(method: string): method is (typeof METHODS)[number] {
  return METHODS.some((known) => known === method);
}

function methodNotAllowed(method: string): ApiError {
  return new ApiError(405, 'METHOD_NOT_ALLOWED', `HTTP Method '${method}' not allowed.`);
}

function answerOfError(error: unknown): RestAnswer {
  const known = asApiError(error);
  if (!(known instanceof ApiError)) throw known;
  return { status: known.status, body: known.items };
}
