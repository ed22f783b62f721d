/** Who sent a request. `token` is the number of the access token, never the token. */
export interface Sender {
  readonly scheme: 'bearer' | 'basic' | 'apiKey' | 'none';
  readonly principal?: string | undefined;
  readonly client?: string | undefined;
  readonly token?: number | undefined;
}

/**
 * What became of a request: `applied` changed the external system, `duplicate` got the stored answer of an earlier one, `conflict` used the
 * idempotency key of another request, `unauthorized`, `throttled` and `faulted` were refused before they were processed.
 */
export type Outcome = 'applied' | 'duplicate' | 'conflict' | 'unauthorized' | 'throttled' | 'faulted';

/** One request to the REST resource. */
export interface ReceivedRequest {
  /** 1 for the first; over all requests in the order of arrival. */
  readonly sequence: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** Lower-cased names; credentials are left out. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly sender: Sender;
  readonly idempotencyKey: string | undefined;
  readonly outcome: Outcome;
  /** Undefined: the connection was reset instead. */
  readonly status: number | undefined;
  /** The caller never saw a whole answer. */
  readonly reset: boolean;
}

/** One request to the token endpoint. */
export interface TokenRequest {
  readonly sequence: number;
  readonly at: string;
  readonly grantType: string;
  readonly client: string | undefined;
  readonly clientAuthentication: 'basic' | 'body' | 'none';
  readonly scope: string | undefined;
  /** Number of the issued access token. */
  readonly token: number | undefined;
  readonly principal: string | undefined;
  /** OAuth error code, or `reset`. */
  readonly error: string | undefined;
}

/** Counters since the start or the last reset. */
export interface JournalSummary {
  readonly received: number;
  readonly applied: number;
  readonly duplicates: number;
  readonly conflicts: number;
  readonly unauthorized: number;
  readonly throttled: number;
  readonly faulted: number;
  readonly resets: number;
  /** Answers of the resource with status 401, whatever their reason. */
  readonly status401: number;
  readonly tokenRequests: number;
  readonly tokensIssued: number;
  /** Tokens issued for a refresh token. */
  readonly refreshes: number;
}

/** Which requests a query wants; what is left out does not matter. */
export interface JournalQuery {
  readonly outcome?: Outcome | undefined;
  readonly method?: string | undefined;
  readonly path?: string | undefined;
  readonly principal?: string | undefined;
  readonly idempotencyKey?: string | undefined;
  /** Only requests after this number. */
  readonly after?: number | undefined;
  readonly limit?: number | undefined;
}

/** Entries that are kept; older ones are forgotten, their counts are not. */
const CAPACITY = 100_000;
const COUNTER = {
  applied: 'applied',
  duplicate: 'duplicates',
  conflict: 'conflicts',
  unauthorized: 'unauthorized',
  throttled: 'throttled',
  faulted: 'faulted',
} as const;

type Counters = { -readonly [Name in keyof JournalSummary]: JournalSummary[Name] };

/** What the external system received and did. */
export class Journal {
  readonly #now: () => number;
  #sequence = 0;
  #requests: ReceivedRequest[] = [];
  #tokens: TokenRequest[] = [];
  #counters = noCounts();

  public constructor(now: () => number) {
    this.#now = now;
  }

  /** Number and time of what arrives next. */
  public arrival(): { readonly sequence: number; readonly at: string } {
    return { sequence: ++this.#sequence, at: new Date(this.#now()).toISOString() };
  }

  public noteRequest(request: ReceivedRequest): void {
    keep(this.#requests, request);
    const counters = this.#counters;
    counters.received++;
    counters[COUNTER[request.outcome]]++;
    if (request.reset) counters.resets++;
    else if (request.status === 401) counters.status401++;
  }

  public noteTokenRequest(request: TokenRequest): void {
    keep(this.#tokens, request);
    this.#counters.tokenRequests++;
    if (request.token === undefined) return;
    this.#counters.tokensIssued++;
    if (request.grantType === 'refresh_token') this.#counters.refreshes++;
  }

  public requests(query: JournalQuery = {}): readonly ReceivedRequest[] {
    const found = this.#requests.filter(
      (request) =>
        (query.outcome === undefined || request.outcome === query.outcome) &&
        (query.method === undefined || request.method === query.method.toUpperCase()) &&
        (query.path === undefined || request.path === query.path) &&
        (query.principal === undefined || request.sender.principal === query.principal) &&
        (query.idempotencyKey === undefined || request.idempotencyKey === query.idempotencyKey) &&
        request.sequence > (query.after ?? 0),
    );
    return found.slice(0, query.limit ?? found.length);
  }

  public tokenRequests(): readonly TokenRequest[] {
    return [...this.#tokens];
  }

  public summary(): JournalSummary {
    return { ...this.#counters };
  }

  /** Forgets everything; numbers go on. */
  public clear(): void {
    this.#requests = [];
    this.#tokens = [];
    this.#counters = noCounts();
  }
}

function keep<T>(entries: T[], entry: T): void {
  entries.push(entry);
  // In one go now and then: shifting a long array at every request would cost more than the request.
  if (entries.length >= CAPACITY * 1.1) entries.splice(0, entries.length - CAPACITY);
}

function noCounts(): Counters {
  return {
    received: 0,
    applied: 0,
    duplicates: 0,
    conflicts: 0,
    unauthorized: 0,
    throttled: 0,
    faulted: 0,
    resets: 0,
    status401: 0,
    tokenRequests: 0,
    tokensIssued: 0,
    refreshes: 0,
  };
}
