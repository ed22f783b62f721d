import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { LocalOrgError } from './local-org-error.js';

const processState = z
  .object({
    alias: z.string(),
    pid: z.number().int().positive(),
    port: z.number().int().positive(),
    url: z.string(),
    token: z.string(),
    orgId: z.string(),
    userId: z.string(),
    username: z.string(),
    startedAt: z.string(),
  })
  .readonly();

/** How to reach a local org process. Holds its session token: the file is readable by its owner only. */
export type ProcessState = z.infer<typeof processState>;

/** The files of one alias below a project. */
export interface ProcessFiles {
  readonly stateFile: string;
  readonly logFile: string;
}

const ALIAS = /^[A-Za-z0-9][\w.-]{0,63}$/;
const OWNER_ONLY = 0o600;

/** Throws LocalOrgError for an alias that could not be a file name. */
export function processFiles(projectRoot: string, alias: string): ProcessFiles {
  if (!ALIAS.test(alias) || alias.includes('..')) {
    throw new LocalOrgError(
      'invalid-alias',
      `"${alias}" cannot be an alias: use up to 64 letters, digits, "-", "_" and ".".`,
    );
  }
  const folder = join(projectRoot, '.callout', 'org');
  return { stateFile: join(folder, `${alias}.json`), logFile: join(folder, `${alias}.log`) };
}

/** Undefined when there is no such file, or one that no local org wrote. */
export function readState(stateFile: string): ProcessState | undefined {
  try {
    return processState.safeParse(JSON.parse(readFileSync(stateFile, 'utf8'))).data;
  } catch (error) {
    if (error instanceof SyntaxError || hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Writes the file in one step, or throws LocalOrgError when another process has written it meanwhile. */
export function claimState(stateFile: string, state: ProcessState): void {
  mkdirSync(dirname(stateFile), { recursive: true });
  const temporary = `${stateFile}.${randomUUID()}`;
  writeFileSync(temporary, `${JSON.stringify(state, null, 2)}\n`, { mode: OWNER_ONLY, flag: 'wx' });
  try {
    linkSync(temporary, stateFile);
  } catch (error) {
    if (hasCode(error, 'EEXIST'))
      throw new LocalOrgError('already-running', `Another local org "${state.alias}" was started at the same time.`);
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Removes the file if it still belongs to that process. */
export function releaseState(stateFile: string, pid: number): void {
  const found = readState(stateFile);
  if (found === undefined || found.pid === pid) rmSync(stateFile, { force: true });
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
