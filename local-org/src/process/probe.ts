import { request } from 'node:http';
import { z } from 'zod';
import { STATUS_PATH } from '../server/index.js';
import { isAlive } from '../store/index.js';
import type { ProcessState } from './state-file.js';

const statusPage = z.object({ pid: z.number(), components: z.number(), deployments: z.number() });

/** What a state file stands for right now. */
export type Probe =
  | { readonly kind: 'running'; readonly components: number; readonly deployments: number }
  /** The process accepts connections but does not answer: it is busy. */
  | { readonly kind: 'unresponsive' }
  /** The process is gone; another may have its id or its port by now. */
  | { readonly kind: 'stale' };

const PROBE_TIMEOUT_MILLISECONDS = 3_000;

/** Asks the process behind a state file who it is: a process id alone proves nothing, ids are used again. */
export async function probe(state: ProcessState): Promise<Probe> {
  if (!isAlive(state.pid)) return { kind: 'stale' };
  const answer = await get(state);
  if (answer === 'timeout') return { kind: 'unresponsive' };
  const page = answer === undefined ? undefined : statusPage.safeParse(answer).data;
  if (page?.pid !== state.pid) return { kind: 'stale' };
  return { kind: 'running', components: page.components, deployments: page.deployments };
}

/** The status page as JSON; undefined when something else, or nothing, answers at the port. */
function get(state: ProcessState): Promise<unknown> {
  return new Promise((resolve) => {
    const options = {
      host: '127.0.0.1',
      port: state.port,
      path: STATUS_PATH,
      headers: { authorization: `Bearer ${state.token}` },
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
