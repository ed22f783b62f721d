import type { AddressInfo } from 'node:net';
import { createApp, type LogLine } from './app.js';
import { behaviour as behaviourSchema, mergePatch, type Behaviour, type BehaviourInput } from './behaviour/index.js';
import { Chance } from './chance.js';
import { FaultPlanner } from './faults.js';
import { Journal, type JournalQuery, type JournalSummary, type ReceivedRequest, type TokenRequest } from './journal.js';
import { OAUTH_PATHS } from './oauth/paths.js';
import { TokenStore } from './oauth/token-store.js';
import { Registry, type AccountRegistration, type ClientRegistration } from './registry.js';
import { IdempotencyKeys } from './resource/idempotency.js';
import { RateLimiter } from './resource/rate-limiter.js';

export interface ExternalSystemOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Makes tokens, fault shares and jitter the same in every run; without it they are unpredictable. */
  readonly seed?: number | undefined;
  readonly behaviour?: BehaviourInput;
  readonly clients?: readonly ClientRegistration[];
  readonly accounts?: readonly AccountRegistration[];
  /** Milliseconds since 1970; decides when tokens expire and rate limits start anew. */
  readonly now?: () => number;
  readonly log?: LogLine;
}

/** A running external system: an OAuth 2.0 authorization server and a REST resource. */
export interface ExternalSystem {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  readonly userInfoUrl: string;
  readonly behaviour: Behaviour;
  /** Changes the parts that are given, as a JSON Merge Patch does (RFC 7396). Throws ZodError. */
  configure(patch: BehaviourInput): Behaviour;
  /** Throws ZodError. */
  registerClient(registration: ClientRegistration): void;
  /** Throws ZodError. */
  registerAccount(registration: AccountRegistration): void;
  /** Ends live access tokens of a client, or of all, before their time. @returns how many */
  expireTokens(client?: string): number;
  requests(query?: JournalQuery): readonly ReceivedRequest[];
  tokenRequests(): readonly TokenRequest[];
  summary(): JournalSummary;
  /** Forgets requests, tokens and idempotency keys; keeps behaviour, clients and accounts. */
  reset(): void;
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';

/**
 * Starts an external system in this process, on the loopback address only. Throws ZodError for wrong behaviour or registrations, and the
 * system's error when the port is taken.
 */
export async function startExternalSystem(options: ExternalSystemOptions = {}): Promise<ExternalSystem> {
  const now = options.now ?? Date.now;
  const chance = new Chance(options.seed);
  let current = behaviourSchema.parse(options.behaviour ?? {});
  const behaviour = (): Behaviour => current;
  const replace = (next: unknown): Behaviour => (current = behaviourSchema.parse(next));
  const configure = (patch: unknown): Behaviour => replace(mergePatch(current, patch));
  const registry = new Registry();
  for (const client of options.clients ?? []) registry.registerClient(client);
  for (const account of options.accounts ?? []) registry.registerAccount(account);
  const journal = new Journal(now);
  const tokens = new TokenStore(now, chance, behaviour);
  const faults = new FaultPlanner(behaviour, chance);
  const limiter = new RateLimiter(behaviour, now);
  const keys = new IdempotencyKeys();
  const expireTokens = (client: string | undefined): number => tokens.expire(client);
  const reset = (): void => {
    for (const part of [journal, tokens, limiter, keys, faults]) part.clear();
  };
  let url = '';
  const app = createApp(
    {
      registry,
      journal,
      tokens,
      faults,
      limiter,
      keys,
      behaviour,
      configure,
      replace,
      expireTokens,
      reset,
      now,
      url: () => url,
    },
    options.log ?? (() => undefined),
  );
  await app.listen({ host: LOOPBACK, port: options.port ?? 0 });
  const port = portOf(app.server.address());
  url = `http://${LOOPBACK}:${port}`;
  return {
    url,
    port,
    authorizeUrl: url + OAUTH_PATHS.authorize,
    tokenUrl: url + OAUTH_PATHS.token,
    userInfoUrl: url + OAUTH_PATHS.userInfo,
    get behaviour() {
      return current;
    },
    configure,
    registerClient: (registration) => void registry.registerClient(registration),
    registerAccount: (registration) => void registry.registerAccount(registration),
    expireTokens,
    requests: (query) => journal.requests(query),
    tokenRequests: () => journal.tokenRequests(),
    summary: () => journal.summary(),
    reset,
    close: () => app.close(),
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string')
    throw new Error('The external system does not listen on a port.');
  return address.port;
}
