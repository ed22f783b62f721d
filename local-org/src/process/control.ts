import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { DEFAULT_ALIAS } from '../server/index.js';
import { isAlive } from '../store/index.js';
import { LocalOrgError } from './local-org-error.js';
import { startMessage } from './messages.js';
import { probe } from './probe.js';
import { processFiles, readState, releaseState, type ProcessFiles, type ProcessState } from './state-file.js';

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
  /** Usernames of further users. */
  readonly users?: readonly string[];
  /** Names of certificates that exist in the org. */
  readonly certificates?: readonly string[];
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

const START_TIMEOUT_MILLISECONDS = 30_000;
const STOP_TIMEOUT_MILLISECONDS = 10_000;
const STOP_POLL_MILLISECONDS = 25;
const OWNER_ONLY = 0o600;

/**
 * Starts a local org in a process of its own, which goes on when this one ends. Resolves when it answers.
 * Throws LocalOrgError: `already-running`, `invalid-alias`, `port-unavailable`, or `start-failed` with what the org said.
 */
export async function startLocalOrg(options: StartOptions): Promise<LocalOrgHandle> {
  const alias = options.alias ?? DEFAULT_ALIAS;
  const files = processFiles(options.projectRoot, alias);
  const before = await localOrgStatus(options);
  if (before.state !== 'stopped') {
    throw new LocalOrgError(
      'already-running',
      `The local org "${alias}" runs already (process ${before.handle.pid}, ${before.handle.url}).`,
    );
  }
  const child = spawnOrg(options, alias, files);
  try {
    await waitUntilReady(child, alias, files, options.timeoutMilliseconds ?? START_TIMEOUT_MILLISECONDS);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  if (child.connected) child.disconnect();
  child.unref();
  const state = readState(files.stateFile);
  if (state === undefined)
    throw new LocalOrgError('start-failed', `The local org "${alias}" wrote no state file. Its log: ${files.logFile}`);
  return { ...state, ...files };
}

/** Whether a local org runs. A state file that a crash left behind is removed. */
export async function localOrgStatus(reference: LocalOrgReference): Promise<LocalOrgStatus> {
  const files = processFiles(reference.projectRoot, reference.alias ?? DEFAULT_ALIAS);
  const state = readState(files.stateFile);
  if (state === undefined) {
    rmSync(files.stateFile, { force: true });
    return { state: 'stopped' };
  }
  const found = await probe(state);
  const handle = { ...state, ...files };
  switch (found.kind) {
    case 'running':
      return { state: 'running', handle, components: found.components, deployments: found.deployments };
    case 'unresponsive':
      return { state: 'unresponsive', handle };
    case 'stale':
      releaseState(files.stateFile, state.pid);
      return { state: 'stopped' };
  }
}

/** Stops a local org and resolves when its process is gone. Throws LocalOrgError `not-running` when there is none. */
export async function stopLocalOrg(reference: LocalOrgReference): Promise<LocalOrgHandle> {
  const status = await localOrgStatus(reference);
  if (status.state === 'stopped')
    throw new LocalOrgError('not-running', `No local org "${reference.alias ?? DEFAULT_ALIAS}" runs.`);
  const { handle } = status;
  signal(handle.pid, 'SIGTERM');
  if (!(await waitUntilGone(handle.pid))) {
    signal(handle.pid, 'SIGKILL');
    if (!(await waitUntilGone(handle.pid)))
      throw new LocalOrgError('stop-failed', `The local org process ${handle.pid} does not end.`);
  }
  releaseState(handle.stateFile, handle.pid);
  return handle;
}

function spawnOrg(options: StartOptions, alias: string, files: ProcessFiles): ChildProcess {
  mkdirSync(dirname(files.logFile), { recursive: true });
  if (existsSync(files.logFile)) renameSync(files.logFile, `${files.logFile}.1`);
  const log = openSync(files.logFile, 'w', OWNER_ONLY);
  const args = ['--alias', alias, '--state-file', files.stateFile, '--port', String(options.port ?? 0)];
  if (options.dataDir !== undefined) args.push('--data-dir', options.dataDir);
  for (const user of options.users ?? []) args.push('--user', user);
  for (const certificate of options.certificates ?? []) args.push('--certificate', certificate);
  try {
    return spawn(process.execPath, [...loaderArguments(), entryPoint(), ...args], {
      cwd: options.projectRoot,
      detached: true,
      stdio: ['ignore', log, log, 'ipc'],
      windowsHide: true,
    });
  } finally {
    closeSync(log);
  }
}

/** When this module runs from its TypeScript source, so must the child's. */
function loaderArguments(): readonly string[] {
  if (!import.meta.url.endsWith('.ts')) return [];
  return ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href];
}

/** `local-org/bin/local-org.js` of this package, the same from the sources and from the built output. */
function entryPoint(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const candidate = join(folder, 'local-org', 'bin', 'local-org.js');
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder))
      throw new LocalOrgError('start-failed', 'The program of the local org was not found in this package.');
  }
}

async function waitUntilReady(child: ChildProcess, alias: string, files: ProcessFiles, timeout: number): Promise<void> {
  const failed = (why: string): LocalOrgError =>
    new LocalOrgError('start-failed', `The local org "${alias}" did not start: ${why} Its log: ${files.logFile}`);
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(failed(`it was not ready after ${timeout / 1000} seconds.`)), timeout);
    const settle = (action: () => void): void => {
      clearTimeout(timer);
      action();
    };
    child.once('error', (error) => settle(() => reject(failed(error.message))));
    child.once('exit', (code, killedBy) =>
      settle(() => reject(failed(`its process ended (${killedBy ?? `exit code ${code ?? 'unknown'}`}).`))),
    );
    child.once('message', (raw) => {
      const message = startMessage.safeParse(raw).data;
      if (message?.kind === 'ready') settle(resolve);
      else
        settle(() =>
          reject(
            message === undefined
              ? failed('it sent an unknown message.')
              : new LocalOrgError(message.code, message.message),
          ),
        );
    });
  });
}

async function waitUntilGone(pid: number): Promise<boolean> {
  for (let waited = 0; waited < STOP_TIMEOUT_MILLISECONDS; waited += STOP_POLL_MILLISECONDS) {
    if (!isAlive(pid)) return true;
    await delay(STOP_POLL_MILLISECONDS);
  }
  return !isAlive(pid);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
