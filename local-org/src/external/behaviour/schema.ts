import { z } from 'zod';
import { fault } from './faults.js';

const seconds = z.number().positive().max(31_536_000);

const token = z
  .strictObject({
    /** Lifetime of an access token in seconds; parts of a second count. */
    lifetimeSeconds: seconds.default(3600),
    refreshLifetimeSeconds: seconds.default(1_209_600),
    /** `onePerClient`: a new access token of a client kills all its older ones, as some servers do. */
    live: z.enum(['many', 'onePerClient']).default('many'),
    /** A refresh answers with a new refresh token, and the used one is void (RFC 6749 section 6). */
    rotateRefreshTokens: z.boolean().default(false),
    /** With rotation: a refresh token that comes a second time revokes everything that descends from the same login (RFC 9700 section 4.14). */
    detectReuse: z.boolean().default(true),
    /** Answers with `expires_in`; Salesforce's own authorization server does not. */
    tellLifetime: z.boolean().default(true),
  })
  .readonly();

const expiredSession = z
  .strictObject({
    status: z.union([z.literal(401), z.literal(403), z.literal(500)]).default(401),
    /** `oauth`: RFC 6750; `rest`: `[{"errorCode":"INVALID_SESSION_ID"}]`; `soap`: a fault with `sf:INVALID_SESSION_ID`. */
    form: z.enum(['oauth', 'rest', 'soap']).default('oauth'),
    /** Paths without query that signal so, `*` for any characters; the others answer 401 in the form `oauth`. */
    path: z.string().default('*'),
  })
  .readonly();

const rateLimit = z
  .strictObject({
    /** Requests per window, over all clients; the windows follow each other without a gap. */
    requests: z.number().int().min(0),
    windowSeconds: seconds.default(60),
    /** `expiredSession` disguises the refusal as an expired session. */
    answer: z.enum(['429', 'expiredSession']).default('429'),
    retryAfter: z.enum(['seconds', 'httpDate', 'none']).default('seconds'),
  })
  .readonly();

const idempotency = z
  .strictObject({
    enabled: z.boolean().default(true),
    header: z.string().min(1).default('Idempotency-Key'),
  })
  .readonly();

const answer = z
  .strictObject({
    method: z.string().optional(),
    /** Path without query; `*` stands for any characters. */
    path: z.string().default('*'),
    status: z.number().int().min(200).max(599).default(200),
    headers: z.record(z.string(), z.string()).default({}),
    /** JSON; in its texts `{{sequence}}` and `{{id}}` stand for the number and the id of what was applied. */
    body: z.json().optional(),
  })
  .readonly();

/** Everything about the external system that can be changed while it runs. Every part has a default. */
export const behaviour = z
  .strictObject({
    token: token.default(token.parse({})),
    expiredSession: expiredSession.default(expiredSession.parse({})),
    authentication: z
      .strictObject({
        /** What the resource accepts; `none` lets requests without credentials in. */
        accept: z.array(z.enum(['bearer', 'basic', 'apiKey', 'none'])).default(['bearer', 'basic', 'apiKey']),
        apiKeyHeader: z.string().min(1).default('X-API-Key'),
        /** Who logs in at the authorization endpoint when the request has no `login_hint`. */
        browserUser: z.string().min(1).default('browser.user'),
      })
      .readonly()
      .default({ accept: ['bearer', 'basic', 'apiKey'], apiKeyHeader: 'X-API-Key', browserUser: 'browser.user' }),
    rateLimit: rateLimit.nullable().default(null),
    idempotency: idempotency.default(idempotency.parse({})),
    faults: z.array(fault).readonly().default([]),
    /** Answers of the resource by path; the first that matches counts. Others get `{"id": ..., "sequence": ...}`. */
    answers: z.array(answer).readonly().default([]),
  })
  .readonly();

export type Behaviour = z.infer<typeof behaviour>;
/** What may be left out has its default. */
export type BehaviourInput = z.input<typeof behaviour>;
export type AnswerRule = z.infer<typeof answer>;
export type ExpiredSession = Behaviour['expiredSession'];
