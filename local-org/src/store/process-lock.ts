import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';

/** A file that says which process owns something. */
export interface ProcessLock {
  /** Removes the file, if it is still this process's. */
  release(): void;
}

/** Another living process owns it. */
export class LockedError extends Error {
  public override readonly name = 'LockedError';
  public readonly pid: number;

  public constructor(path: string, pid: number) {
    super(`Process ${pid} uses it already (${path}). Stop that process first; if it is no local org, remove the file.`);
    this.pid = pid;
  }
}

/**
 * Takes a lock file, or throws LockedError. A file whose process is gone is replaced: it is renamed away first, and put
 * back if another process replaced it in that moment.
 */
export function takeLock(path: string): ProcessLock {
  const content = `${process.pid} ${randomUUID()}\n`;
  for (;;) {
    if (createExclusively(path, content)) return { release: () => releaseLock(path, content) };
    const found = readIfThere(path);
    if (found === undefined) continue;
    const pid = Number.parseInt(found, 10);
    if (isAlive(pid)) throw new LockedError(path, pid);
    removeStale(path, found);
  }
}

/** True when a process with that id exists. */
export function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function createExclusively(path: string, content: string): boolean {
  const temporary = `${path}.${randomUUID()}`;
  writeFileSync(temporary, content, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(temporary, path);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

function removeStale(path: string, content: string): void {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  if (readFileSync(aside, 'utf8') !== content) renameSync(aside, path);
  else rmSync(aside, { force: true });
}

function releaseLock(path: string, content: string): void {
  if (readIfThere(path) === content) rmSync(path, { force: true });
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
