import { LocalOrgError } from './local-org-error.js';
import type { StartMessage } from './messages.js';
import type { ServiceState } from './service.js';
import { claimState, releaseState } from './state-file.js';

/** A server that has started. */
export interface Started {
  /** What others need to find it; holds secrets. */
  readonly state: ServiceState;
  readonly close: () => Promise<void>;
  /** Runs once others know that the service answers. */
  readonly warmUp?: () => Promise<void>;
}

export interface ServiceProgram {
  /** How messages name it: `local org "callout-local"`. */
  readonly title: string;
  readonly stateFile: string;
  /** As it was asked for; for messages. */
  readonly port: string;
  readonly start: (log: (line: string) => void) => Promise<Started>;
}

const STOP_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** Why the system does not let a process listen at a port. */
const PORT_REFUSALS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program uses it',
  EACCES: 'this user may not listen there',
};

/** The main of a service's process: starts the server, says so to the parent, and serves until a signal comes. */
export async function runService({ title, stateFile, port, start }: ServiceProgram): Promise<void> {
  // A parent that dies before the service is ready leaves nobody who knows of it.
  const onOrphaned = (): void => process.exit(1);
  process.once('disconnect', onOrphaned);
  let started: Started | undefined;
  try {
    started = await start(log);
    claimState(stateFile, title, started.state);
    stopOnSignal(started, stateFile);
    log(`${title} listens at ${started.state.url}`);
    process.off('disconnect', onOrphaned);
    await tell({ kind: 'ready' });
    await started.warmUp?.();
  } catch (error) {
    log(`${title} did not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    await started?.close();
    if (started !== undefined) releaseState(stateFile, process.pid);
    await tell(failure(error, title, port));
    process.exitCode = 1;
  }
  if (process.connected) process.disconnect();
}

function stopOnSignal({ close }: Started, stateFile: string): void {
  for (const signal of STOP_SIGNALS) {
    process.once(signal, () => {
      log(`${signal}: stopping`);
      void close().finally(() => {
        releaseState(stateFile, process.pid);
        process.exit(0);
      });
    });
  }
}

function failure(error: unknown, title: string, port: string): StartMessage {
  const why = portRefusal(error);
  if (why !== undefined)
    return {
      kind: 'failed',
      code: 'port-unavailable',
      message: `The ${title} cannot listen at port ${port} of 127.0.0.1: ${why}.`,
    };
  const code = error instanceof LocalOrgError && error.code === 'already-running' ? error.code : 'start-failed';
  return { kind: 'failed', code, message: error instanceof Error ? error.message : String(error) };
}

function portRefusal(error: unknown): string | undefined {
  if (!(error instanceof Error && 'syscall' in error && error.syscall === 'listen' && 'code' in error))
    return undefined;
  return PORT_REFUSALS[String(error.code)];
}

function tell(message: StartMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) resolve();
    else process.send(message, () => resolve());
  });
}

function log(line: string): void {
  process.stdout.write(`${new Date().toISOString()} ${line}\n`);
}
