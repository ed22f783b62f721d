import { serviceStatus, startService, stopService, type ProcessFiles } from '../../service/index.js';
import type { JournalSummary } from '../journal.js';
import { externalService, type ExternalState } from './external-service.js';

/** Where it listens unless somebody wants it elsewhere. */
export const DEFAULT_EXTERNAL_PORT = 7843;

export interface ExternalStartOptions {
  readonly projectRoot: string;
  /** 0 takes any free port; without it the default port is taken. */
  readonly port?: number | undefined;
  readonly seed?: number | undefined;
  /** YAML or JSON file with the behaviour that it starts with. */
  readonly behaviourFile?: string | undefined;
}

/** An external system that runs in a process of its own. */
export type ExternalHandle = ExternalState & ProcessFiles;

export type ExternalStatus =
  | { readonly state: 'running'; readonly handle: ExternalHandle; readonly summary: JournalSummary }
  | { readonly state: 'unresponsive'; readonly handle: ExternalHandle }
  | { readonly state: 'stopped' };

/**
 * Starts the external system of a project in a process of its own. Resolves when it answers. Throws LocalOrgError: `already-running`,
 * `port-unavailable`, or `start-failed` with the reason.
 */
export async function startExternal(options: ExternalStartOptions): Promise<ExternalHandle> {
  const { projectRoot, port = DEFAULT_EXTERNAL_PORT, seed, behaviourFile } = options;
  const service = externalService(projectRoot);
  const args = ['--port', String(port)];
  if (seed !== undefined) args.push('--seed', String(seed));
  if (behaviourFile !== undefined) args.push('--behaviour', behaviourFile);
  return { ...(await startService(service, { projectRoot, args })), ...service.files };
}

/** Whether the external system of a project runs, and what it counted. */
export async function externalStatus(projectRoot: string): Promise<ExternalStatus> {
  const service = externalService(projectRoot);
  const status = await serviceStatus(service);
  if (status.state === 'stopped') return status;
  const handle = { ...status.found, ...service.files };
  return status.state === 'running'
    ? { state: 'running', handle, summary: status.page.summary }
    : { state: 'unresponsive', handle };
}

/** Throws LocalOrgError `not-running` when there is none. */
export async function stopExternal(projectRoot: string): Promise<ExternalHandle> {
  const service = externalService(projectRoot);
  return { ...(await stopService(service)), ...service.files };
}
