import * as z from 'zod';

const transaction = z.object({
  kind: z.literal('transaction'),
  at: z.string(),
  requestId: z.string(),
  quiddity: z.string(),
  user: z.string(),
  milliseconds: z.number(),
  callouts: z.number(),
  changes: z.number(),
  error: z.string().optional(),
});

const note = z.object({
  kind: z.literal('note'),
  at: z.string(),
  requestId: z.string(),
  event: z.string(),
  text: z.string(),
});

/** What the live view of a local org sends, see `local-org/src/platform/watch`. */
export const orgEvent = z.discriminatedUnion('kind', [transaction, note]);
export type OrgEvent = z.infer<typeof orgEvent>;

const EVENTS_PATH = '/callout/events';

/**
 * Listens to a local org until it ends or `signal` says so. Throws Error when it does not answer as a local org does.
 * @param onOpen called when nothing is missed any more
 */
export async function* listen(
  org: { readonly url: string; readonly token: string },
  signal: AbortSignal,
  onOpen: () => void = () => undefined,
): AsyncGenerator<OrgEvent> {
  const response = await fetch(new URL(EVENTS_PATH, org.url), {
    headers: { authorization: `Bearer ${org.token}` },
    signal,
  });
  if (!response.ok || response.body === null)
    throw new Error(`The local org does not show its events: HTTP ${response.status}.`);
  onOpen();
  let rest = '';
  try {
    for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line !== '') yield orgEvent.parse(JSON.parse(line));
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
