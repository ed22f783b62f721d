import type { ApexRuntime } from '../../apex/runtime/index.js';
import type { OrgUser } from '../../model/index.js';
import type { LiveOrg } from '../../platform/live/index.js';
import type { OrgServices } from '../services.js';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a resource answers. Without a body the answer has none; a Buffer is sent as it is, everything else as JSON. */
export interface RestAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The body of a request: bytes from HTTP, or a value when the request stood inside another one. */
export type RestBody =
  { readonly kind: 'bytes'; readonly bytes: Buffer } | { readonly kind: 'value'; readonly value: unknown };

/** Who calls, and how. */
export interface Caller {
  readonly services: OrgServices;
  readonly live: LiveOrg;
  readonly user: OrgUser;
}

/** A request to the API, from HTTP or from inside a composite request. */
export interface RestRequest {
  readonly method: string;
  /** With the query string: `/services/data/v66.0/query?q=SELECT+Id+FROM+User`. */
  readonly url: string;
  /** By lower-cased name. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: RestBody;
}

/** One request as a resource sees it. */
export interface RestCall extends Caller {
  readonly request: RestRequest;
  /** `v66.0` */
  readonly version: string;
  /** The path of the route, `/sobjects/:object`. */
  readonly route: string;
  /** Parts of the path that the route names. */
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly query: URLSearchParams;
  /** Runs work that may start code in the request's transaction. What it throws takes everything back. */
  transact<T>(work: (runtime: ApexRuntime) => T): T;
  /** The same for work that only reads, which needs no Apex. */
  read<T>(work: (runtime: ApexRuntime) => T): T;
  /** Serves a request inside this one, by default in a transaction of its own. Errors become answers. */
  serve(request: RestRequest, within?: Pick<RestCall, 'transact' | 'read'>): RestAnswer | Promise<RestAnswer>;
}

/** One resource with one method. The path stands below `/services/data/<version>`; `:name` is one part of it. */
export interface RestRoute {
  readonly method: HttpMethod;
  readonly path: string;
  /** Throws ApiError to refuse. A promise cannot take part in a composite request that is all or none. */
  readonly run: (call: RestCall) => RestAnswer | Promise<RestAnswer>;
}

export const ok = (body: unknown): RestAnswer => ({ status: 200, body });
export const created = (body: unknown, headers?: RestAnswer['headers']): RestAnswer => ({
  status: 201,
  body,
  ...(headers === undefined ? {} : { headers }),
});
export const NO_CONTENT: RestAnswer = { status: 204 };
