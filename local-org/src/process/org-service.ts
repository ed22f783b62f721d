import { join } from 'node:path';
import { z } from 'zod';
import { STATUS_PATH } from '../server/index.js';
import { LocalOrgError, type ProcessFiles, type Service } from '../service/index.js';

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

const statusPage = z.object({ pid: z.number(), components: z.number(), deployments: z.number() }).readonly();
export type StatusPage = z.infer<typeof statusPage>;

const ALIAS = /^[A-Za-z0-9][\w.-]{0,63}$/;

/** The local org of an alias in a project. Throws LocalOrgError for an alias that could not be a file name. */
export function orgService(projectRoot: string, alias: string): Service<ProcessState, StatusPage> {
  return {
    title: orgTitle(alias),
    files: processFiles(projectRoot, alias),
    program: 'local-org.js',
    state: processState,
    page: statusPage,
    pageRequest: ({ token }) => ({ path: STATUS_PATH, headers: { authorization: `Bearer ${token}` } }),
  };
}

export function orgTitle(alias: string): string {
  return `local org "${alias}"`;
}

function processFiles(projectRoot: string, alias: string): ProcessFiles {
  if (!ALIAS.test(alias) || alias.includes('..')) {
    throw new LocalOrgError(
      'invalid-alias',
      `"${alias}" cannot be an alias: use up to 64 letters, digits, "-", "_" and ".".`,
    );
  }
  const folder = join(projectRoot, '.callout', 'org');
  return { stateFile: join(folder, `${alias}.json`), logFile: join(folder, `${alias}.log`) };
}
