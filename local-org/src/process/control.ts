import { DEFAULT_ALIAS } from '../server/index.js';
import { serviceStatus, startService, stopService, type ProcessFiles } from '../service/index.js';
import { orgService, type ProcessState } from './org-service.js';

/** Which local org: its alias, and the project whose `.callout` folder knows it. */
export interface LocalOrgReference {
  readonly projectRoot: string;
  readonly alias?: string;
}

export interface StartOptions extends LocalOrgReference {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Keeps the org across restarts. */
  readonly dataDir?: string | undefined;
  /** `real`, the default, or `virtual`: time moves only when the org is told to go ahead. */
  readonly clock?: 'real' | 'virtual' | undefined;
  /** Usernames of further users. */
  readonly users?: readonly string[];
  /** Names of certificates that exist in the org. */
  readonly certificates?: readonly string[];
  /** `name=value`: what Salesforce does not document about credentials, see docs/local-org.md. */
  readonly credentialSettings?: readonly string[];
  readonly timeoutMilliseconds?: number;
}

/** A local org that runs in a process of its own. `token` is a secret. */
export type LocalOrgHandle = ProcessState & ProcessFiles;

export type LocalOrgStatus =
  | {
      readonly state: 'running';
      readonly handle: LocalOrgHandle;
      readonly components: number;
      readonly deployments: number;
    }
  | { readonly state: 'unresponsive'; readonly handle: LocalOrgHandle }
  | { readonly state: 'stopped' };

/**
 * Starts a local org in a process of its own, which goes on when this one ends. Resolves when it answers.
 * Throws LocalOrgError: `already-running`, `invalid-alias`, `port-unavailable`, or `start-failed` with what the org said.
 */
export async function startLocalOrg(options: StartOptions): Promise<LocalOrgHandle> {
  const { projectRoot, alias = DEFAULT_ALIAS, timeoutMilliseconds } = options;
  const service = orgService(projectRoot, alias);
  const args = ['--alias', alias, '--port', String(options.port ?? 0)];
  if (options.dataDir !== undefined) args.push('--data-dir', options.dataDir);
  if (options.clock !== undefined) args.push('--clock', options.clock);
  for (const user of options.users ?? []) args.push('--user', user);
  for (const certificate of options.certificates ?? []) args.push('--certificate', certificate);
  for (const setting of options.credentialSettings ?? []) args.push('--credential-setting', setting);
  return { ...(await startService(service, { projectRoot, args, timeoutMilliseconds })), ...service.files };
}

/** Whether a local org runs. A state file that a crash left behind is removed. */
export async function localOrgStatus({
  projectRoot,
  alias = DEFAULT_ALIAS,
}: LocalOrgReference): Promise<LocalOrgStatus> {
  const service = orgService(projectRoot, alias);
  const status = await serviceStatus(service);
  if (status.state === 'stopped') return status;
  const handle = { ...status.found, ...service.files };
  if (status.state === 'unresponsive') return { state: 'unresponsive', handle };
  const { components, deployments } = status.page;
  return { state: 'running', handle, components, deployments };
}

/** Stops a local org and resolves when its process is gone. Throws LocalOrgError `not-running` when there is none. */
export async function stopLocalOrg({ projectRoot, alias = DEFAULT_ALIAS }: LocalOrgReference): Promise<LocalOrgHandle> {
  const service = orgService(projectRoot, alias);
  return { ...(await stopService(service)), ...service.files };
}
