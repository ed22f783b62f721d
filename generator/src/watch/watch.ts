import { createLogUpdate } from 'log-update';
import { OrgClient, OrgRequestError, type OrgAddress } from '../org-client/index.js';
import { eventLine } from './event-line.js';
import { listen, type OrgEvent } from './events.js';
import { readRuntimeState, type IntegrationState } from './runtime-state.js';
import { screenText } from './screen.js';

export interface WatchOptions {
  readonly org: OrgAddress;
  readonly title: string;
  /** Ends the watching. */
  readonly signal: AbortSignal;
  /** Draws a screen that changes; without it each event is a line. */
  readonly terminal: NodeJS.WriteStream | undefined;
  readonly onLine: (line: string) => void;
  readonly onEvent: (event: OrgEvent) => void;
}

const REDRAW_MILLISECONDS = 500;
const REMEMBERED_LINES = 500;

/** Shows what happens in a local org until it ends or the signal comes. */
export async function watch(options: WatchOptions): Promise<void> {
  const { terminal } = options;
  if (terminal === undefined) {
    for await (const event of shown(options)) options.onLine(eventLine(event));
    return;
  }
  await drawing(options, terminal);
}

/** Reading the state of the runtime is an API request of its own, which nobody wants to see. */
async function* shown({ org, signal, onEvent }: WatchOptions): AsyncGenerator<OrgEvent> {
  for await (const event of listen(org, signal)) {
    onEvent(event);
    yield event;
  }
}

async function drawing(options: WatchOptions, terminal: NodeJS.WriteStream): Promise<void> {
  const client = new OrgClient(options.org);
  const draw = createLogUpdate(terminal, { showCursor: true });
  const lines: string[] = [];
  let states: readonly IntegrationState[] | undefined;
  const redraw = (): void => {
    const { columns = 80, rows = 24 } = terminal;
    draw(screenText({ title: options.title, states, lines }, { columns, rows }));
  };
  const look = async (): Promise<void> => {
    states = await stateOrNothing(client);
    redraw();
  };
  await look();
  const timer = setInterval(() => void look(), REDRAW_MILLISECONDS);
  try {
    for await (const event of shown(options)) {
      lines.push(eventLine(event));
      if (lines.length > REMEMBERED_LINES) lines.shift();
      redraw();
    }
  } finally {
    clearInterval(timer);
    draw.done();
  }
}

/** Without the runtime's objects there is no state to show; the events are shown all the same. */
async function stateOrNothing(client: OrgClient): Promise<readonly IntegrationState[] | undefined> {
  try {
    return await readRuntimeState(client);
  } catch (error) {
    if (error instanceof OrgRequestError && error.status === 400) return undefined;
    throw error;
  }
}
