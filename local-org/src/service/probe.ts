import { request } from 'node:http';
import { isAlive } from '../store/index.js';
import type { Service, ServicePage, ServiceState } from './service.js';

/** What a state file stands for right now. */
export type Probe<Page> =
  | { readonly kind: 'running'; readonly page: Page }
  | { readonly kind: 'unresponsive' }
  /** The process is gone; another may have its id or its port by now. */
  | { readonly kind: 'stale' };

const PROBE_TIMEOUT_MILLISECONDS = 3_000;

/** Asks the process behind a state file who it is. */
export async function probe<State extends ServiceState, Page extends ServicePage>(
  service: Service<State, Page>,
  state: State,
): Promise<Probe<Page>> {
  if (!isAlive(state.pid)) return { kind: 'stale' };
  const answer = await get(service, state);
  if (answer === 'timeout') return { kind: 'unresponsive' };
  const page = answer === undefined ? undefined : service.page.safeParse(answer).data;
  return page?.pid === state.pid ? { kind: 'running', page } : { kind: 'stale' };
}

/** The status page as JSON; undefined when something else, or nothing, answers at the port. */
function get<State extends ServiceState, Page extends ServicePage>(
  service: Service<State, Page>,
  state: State,
): Promise<unknown> {
  return new Promise((resolve) => {
    const options = {
      host: '127.0.0.1',
      port: state.port,
      ...service.pageRequest(state),
      agent: false,
      timeout: PROBE_TIMEOUT_MILLISECONDS,
    };
    const call = request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', () => resolve(undefined));
      response.on('end', () =>
        resolve(response.statusCode === 200 ? parse(Buffer.concat(chunks).toString('utf8')) : undefined),
      );
    });
    call.on('timeout', () => {
      resolve('timeout');
      call.destroy();
    });
    call.on('error', () => resolve(undefined));
    call.end();
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
