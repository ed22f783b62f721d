import { z } from 'zod';

const milliseconds = z.number().int().min(0).max(600_000);
const status = z.number().int().min(200).max(599);

/** Which requests a fault may hit, and how often it does. */
const when = z
  .strictObject({
    /** The REST resource, or the token endpoint of the authorization server. */
    endpoint: z.enum(['resource', 'token']).default('resource'),
    method: z.string().optional(),
    /** Path without query; `*` stands for any characters. */
    path: z.string().optional(),
    /** Lets this many matching requests through first. */
    skip: z.number().int().min(0).default(0),
    /** Hits at most this many of the matching requests; without it there is no end. */
    times: z.number().int().min(1).optional(),
    /** Share of the matching requests that it hits, 0 to 1, drawn from the seed. */
    share: z.number().min(0).max(1).default(1),
  })
  .readonly();

/** What happens to a request that a fault hits. */
const effect = z.discriminatedUnion('kind', [
  /** Waits before anything else, and up to `jitter` longer. */
  z.strictObject({ kind: z.literal('latency'), milliseconds, jitter: milliseconds.default(0) }).readonly(),
  /** Closes the connection without an answer: `before` the request is processed, or `after` it was, so that the caller cannot know. */
  z.strictObject({ kind: z.literal('reset'), phase: z.enum(['before', 'after']) }).readonly(),
  /** Processes the request, then sends the answer's body in pieces over this time. */
  z
    .strictObject({ kind: z.literal('slowBody'), milliseconds, pieces: z.number().int().min(2).max(100).default(10) })
    .readonly(),
  /** Answers with this and does not process the request. */
  z
    .strictObject({
      kind: z.literal('answer'),
      status,
      headers: z.record(z.string(), z.string()).default({}),
      body: z.json().default({}),
    })
    .readonly(),
]);

/** One rule of what goes wrong. Every rule that matches a request hits it; the first of a kind wins. */
export const fault = z
  .strictObject({ when: when.default({ endpoint: 'resource', skip: 0, share: 1 }), effect })
  .readonly();

export type Fault = z.infer<typeof fault>;
export type FaultEffect = Fault['effect'];
export type FaultEndpoint = Fault['when']['endpoint'];
