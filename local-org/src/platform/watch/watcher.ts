import type { TracedTransaction, TraceEvent, TraceSink, TransactionTrace } from '../../apex/runtime/index.js';
import type { WatchEvent } from './watch-event.js';

/** Events of debug logs that are passed on while their transaction still runs. */
const SHOWN: ReadonlySet<string> = new Set([
  'CALLOUT_REQUEST',
  'CALLOUT_RESPONSE',
  'NAMED_CREDENTIAL_RESPONSE_DETAIL',
  'FLOW_ELEMENT_FAULT',
  'FLOW_ELEMENT_ERROR',
]);
const MAX_TEXT = 300;

export interface WatcherOptions {
  /** The org's clock, milliseconds since 1970. */
  readonly now: () => number;
  readonly username: (userId: string) => string;
  readonly send: (event: WatchEvent) => void;
  /** Names an error in one line. */
  readonly describe: (error: Error | object) => string;
}

/** Tells one listener what happens in the transactions of an org; those of tests are left out. */
export class Watcher implements TraceSink {
  public constructor(private readonly options: WatcherOptions) {}

  public begin({ requestId, quiddity, userId, isTest }: TracedTransaction): TransactionTrace | undefined {
    if (isTest) return undefined;
    const { now, username, send, describe } = this.options;
    const start = performance.now();
    const at = (): string => new Date(now()).toISOString();
    let callouts = 0;
    let changes = 0;
    return {
      // NAMED_CREDENTIAL_RESPONSE_DETAIL and the faults of flows are logged at FINER and above (PLATFORM 4).
      wants: (category) => category === 'Callout' || category === 'Workflow' || category === 'Database',
      note: (event) => {
        if (event.event === 'CALLOUT_REQUEST') callouts++;
        if (event.event === 'DML_BEGIN') changes++;
        if (SHOWN.has(event.event))
          send({ kind: 'note', at: at(), requestId, event: event.event, text: textOf(event) });
      },
      code: undefined,
      end: (error) => {
        // A request that only read tells nothing; whoever watches makes such requests all the time.
        if (quiddity === 'REST' && changes === 0 && callouts === 0 && error === undefined) return;
        send({
          kind: 'transaction',
          at: at(),
          requestId,
          quiddity,
          user: username(userId),
          milliseconds: Math.round(performance.now() - start),
          callouts,
          changes,
          error: error === undefined ? undefined : describe(error).slice(0, MAX_TEXT),
        });
      },
    };
  }
}

function textOf({ parts }: TraceEvent): string {
  return parts.join('|').slice(0, MAX_TEXT);
}
