import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { jsonAnswer, reset, send, type Answer } from '../answer.js';
import type { Behaviour } from '../behaviour/index.js';
import { wait, type FaultPlanner, type PlannedFaults } from '../faults.js';
import type { Journal, Outcome, ReceivedRequest } from '../journal.js';
import type { TokenStore } from '../oauth/token-store.js';
import type { Registry } from '../registry.js';
import { answerFor } from './answers.js';
import { authenticate, type Authentication } from './authenticate.js';
import type { IdempotencyKeys } from './idempotency.js';
import type { RateLimiter } from './rate-limiter.js';
import { expiredSessionAnswer, throttledAnswer, unauthorizedAnswer } from './refusals.js';

export interface Resource {
  readonly registry: Registry;
  readonly tokens: TokenStore;
  readonly journal: Journal;
  readonly faults: FaultPlanner;
  readonly limiter: RateLimiter;
  readonly keys: IdempotencyKeys;
  readonly behaviour: () => Behaviour;
  readonly now: () => number;
}

/** A request as it arrived. */
interface Arrived {
  readonly sequence: number;
  readonly at: string;
  readonly method: string;
  readonly url: string;
  readonly path: string;
  readonly body: string;
  readonly key: string | undefined;
}

interface Processed {
  readonly outcome: Outcome;
  readonly answer: Answer;
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const CREDENTIAL_HEADERS: ReadonlySet<string> = new Set(['authorization', 'cookie', 'proxy-authorization']);

/** The REST resource: every path that is not the authorization server's or the administrator's. */
export function registerResource(app: FastifyInstance, resource: Resource): void {
  app.route({ method: METHODS, url: '/*', handler: (request, reply) => receive(resource, request, reply) });
}

async function receive(resource: Resource, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { journal, behaviour } = resource;
  const arrived = arrivedFrom(request, journal, behaviour());
  const planned = resource.faults.plan('resource', arrived.method, arrived.path);
  await wait(planned.latency);
  // Looked at after the latency: a token can expire on the way.
  const authentication = authenticate(request, behaviour().authentication, resource.registry, resource.tokens);
  const processed = planned.reset === 'before' ? undefined : process(resource, arrived, authentication, planned);
  const cut = planned.reset !== undefined;
  journal.noteRequest(entry(request, arrived, authentication, behaviour(), processed, cut));
  if (cut || processed === undefined) reset(reply);
  else await send(reply, processed.answer, planned.slowBody);
}

/** Refuses or applies a request, in the order in which servers and the gateways before them do it. */
function process(
  resource: Resource,
  arrived: Arrived,
  { result }: Authentication,
  { answer }: PlannedFaults,
): Processed {
  const { rateLimit, expiredSession, idempotency } = resource.behaviour();
  if (answer !== undefined)
    return { outcome: 'faulted', answer: jsonAnswer(answer.status, answer.body, answer.headers) };
  if (result === 'refused') return { outcome: 'unauthorized', answer: unauthorizedAnswer() };
  if (result === 'expired')
    return { outcome: 'unauthorized', answer: expiredSessionAnswer(expiredSession, arrived.path) };
  const until = resource.limiter.count();
  if (until !== undefined && rateLimit !== null)
    return {
      outcome: 'throttled',
      answer: throttledAnswer(rateLimit, expiredSession, arrived.path, until, resource.now()),
    };
  return idempotency.enabled && arrived.key !== undefined
    ? applyOnce(resource, arrived, arrived.key)
    : { outcome: 'applied', answer: answerFor(arrived, resource.behaviour().answers) };
}

function applyOnce({ keys, behaviour }: Resource, arrived: Arrived, key: string): Processed {
  const { method, url, body } = arrived;
  const use = keys.find(key, method, url, body);
  switch (use.kind) {
    case 'repeated':
      return { outcome: 'duplicate', answer: use.answer };
    case 'conflict':
      return { outcome: 'conflict', answer: jsonAnswer(422, { error: 'idempotency_key_reused' }) };
    case 'new': {
      const answer = answerFor(arrived, behaviour().answers);
      keys.remember(key, method, url, body, answer);
      return { outcome: 'applied', answer };
    }
  }
}

function arrivedFrom(request: FastifyRequest, journal: Journal, { idempotency }: Behaviour): Arrived {
  const key = request.headers[idempotency.header.toLowerCase()];
  return {
    ...journal.arrival(),
    method: request.method,
    url: request.url,
    path: request.url.split('?')[0] ?? '',
    body: Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '',
    key: typeof key === 'string' ? key : undefined,
  };
}

function entry(
  request: FastifyRequest,
  { sequence, at, method, url, path, body, key }: Arrived,
  { sender }: Authentication,
  { authentication }: Behaviour,
  processed: Processed | undefined,
  cut: boolean,
): ReceivedRequest {
  const secret = authentication.apiKeyHeader.toLowerCase();
  const headers = Object.entries(request.headers).flatMap(([name, value]) =>
    value === undefined || CREDENTIAL_HEADERS.has(name) || name === secret ? [] : [[name, [value].flat().join(', ')]],
  );
  return {
    sequence,
    at,
    method,
    path,
    query: url.slice(path.length + 1),
    headers: Object.fromEntries(headers),
    body,
    sender,
    idempotencyKey: key,
    outcome: processed?.outcome ?? 'faulted',
    status: cut ? undefined : processed?.answer.status,
    reset: cut,
  };
}
