import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isAlive } from '../store/index.js';
import { LocalOrgError } from './local-org-error.js';
import { startMessage } from './messages.js';
import { probe } from './probe.js';
import type { Service, ServicePage, ServiceState, ServiceStatus } from './service.js';
import { readState, releaseState, type ProcessFiles } from './state-file.js';

export interface ServiceStart {
  /** Working directory of the process. */
  readonly projectRoot: string;
  readonly args: readonly string[];
  readonly timeoutMilliseconds?: number | undefined;
}

const START_TIMEOUT_MILLISECONDS = 30_000;
const STOP_TIMEOUT_MILLISECONDS = 10_000;
const STOP_POLL_MILLISECONDS = 25;
const OWNER_ONLY = 0o600;

/**
 * Starts a service in a process of its own, which goes on when this one ends. Resolves when it answers.
 * Throws LocalOrgError: `already-running`, `port-unavailable`, or `start-failed` with what the process said.
 */
export async function startService<State extends ServiceState, Page extends ServicePage>(
  service: Service<State, Page>,
  start: ServiceStart,
): Promise<State> {
  const { title, files } = service;
  const before = await serviceStatus(service);
  if (before.state !== 'stopped') {
    const { pid, url } = before.found;
    throw new LocalOrgError('already-running', `The ${title} runs already (process ${pid}, ${url}).`);
  }
  const child = spawnService(service.program, files, start);
  try {
    await waitUntilReady(child, title, files, start.timeoutMilliseconds ?? START_TIMEOUT_MILLISECONDS);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  if (child.connected) child.disconnect();
  child.unref();
  const state = readState(files.stateFile, service.state);
  if (state === undefined)
    throw new LocalOrgError('start-failed', `The ${title} wrote no state file. Its log: ${files.logFile}`);
  return state;
}

/** Whether a service runs. A state file that a crash left behind is removed. */
export async function serviceStatus<State extends ServiceState, Page extends ServicePage>(
  service: Service<State, Page>,
): Promise<ServiceStatus<State, Page>> {
  const { stateFile } = service.files;
  const found = readState(stateFile, service.state);
  if (found === undefined) {
    rmSync(stateFile, { force: true });
    return { state: 'stopped' };
  }
  const probed = await probe(service, found);
  switch (probed.kind) {
    case 'running':
      return { state: 'running', found, page: probed.page };
    case 'unresponsive':
      return { state: 'unresponsive', found };
    case 'stale':
      releaseState(stateFile, found.pid);
      return { state: 'stopped' };
  }
}

/** Stops a service and resolves when its process is gone. Throws LocalOrgError `not-running` and `stop-failed`. */
export async function stopService<State extends ServiceState, Page extends ServicePage>(
  service: Service<State, Page>,
): Promise<State> {
  const status = await serviceStatus(service);
  if (status.state === 'stopped') throw new LocalOrgError('not-running', `No ${service.title} runs.`);
  const { found } = status;
  signal(found.pid, 'SIGTERM');
  if (!(await waitUntilGone(found.pid))) {
    signal(found.pid, 'SIGKILL');
    if (!(await waitUntilGone(found.pid)))
      throw new LocalOrgError('stop-failed', `The process ${found.pid} of the ${service.title} does not end.`);
  }
  releaseState(service.files.stateFile, found.pid);
  return found;
}

function spawnService(program: string, files: ProcessFiles, { projectRoot, args }: ServiceStart): ChildProcess {
  mkdirSync(dirname(files.logFile), { recursive: true });
  if (existsSync(files.logFile)) renameSync(files.logFile, `${files.logFile}.1`);
  const log = openSync(files.logFile, 'w', OWNER_ONLY);
  const stateArgs = ['--state-file', files.stateFile];
  try {
    return spawn(process.execPath, [...loaderArguments(), entryPoint(program), ...stateArgs, ...args], {
      cwd: projectRoot,
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

/** A program below `local-org/bin` of this package, the same from the sources and from the built output. */
function entryPoint(program: string): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const candidate = join(folder, 'local-org', 'bin', program);
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder))
      throw new LocalOrgError('start-failed', `The program ${program} was not found in this package.`);
  }
}

async function waitUntilReady(child: ChildProcess, title: string, files: ProcessFiles, timeout: number): Promise<void> {
  const failed = (why: string): LocalOrgError =>
    new LocalOrgError('start-failed', `The ${title} did not start: ${why} Its log: ${files.logFile}`);
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
