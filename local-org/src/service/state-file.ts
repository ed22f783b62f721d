import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { LocalOrgError } from './local-org-error.js';
import type { ServiceState } from './service.js';

/** The files of one service below a project. */
export interface ProcessFiles {
  readonly stateFile: string;
  readonly logFile: string;
}

const OWNER_ONLY = 0o600;

/** What every state file has; others may write more. */
const anyState = z.object({ pid: z.number() });

/** Undefined when there is no such file, or one that no service of that kind wrote. */
export function readState<State>(stateFile: string, schema: z.ZodType<State>): State | undefined {
  try {
    return schema.safeParse(JSON.parse(readFileSync(stateFile, 'utf8'))).data;
  } catch (error) {
    if (error instanceof SyntaxError || hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Writes the file in one step, readable by its owner only, or throws LocalOrgError when another process has written it meanwhile. */
export function claimState(stateFile: string, title: string, state: ServiceState): void {
  mkdirSync(dirname(stateFile), { recursive: true });
  const temporary = `${stateFile}.${randomUUID()}`;
  writeFileSync(temporary, `${JSON.stringify(state, null, 2)}\n`, { mode: OWNER_ONLY, flag: 'wx' });
  try {
    linkSync(temporary, stateFile);
  } catch (error) {
    if (hasCode(error, 'EEXIST'))
      throw new LocalOrgError('already-running', `Another ${title} was started at the same time.`);
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Removes the file if it still belongs to that process. */
export function releaseState(stateFile: string, pid: number): void {
  const found = readState(stateFile, anyState);
  if (found === undefined || found.pid === pid) rmSync(stateFile, { force: true });
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
