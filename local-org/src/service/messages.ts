import { z } from 'zod';

/** What the child tells the process that started it, once. */
export const startMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({
    kind: z.literal('failed'),
    code: z.enum(['already-running', 'port-unavailable', 'start-failed']),
    message: z.string(),
  }),
]);
export type StartMessage = z.infer<typeof startMessage>;
