import { join } from 'node:path';
import { z } from 'zod';
import type { Service } from '../../service/index.js';
import { STATUS_PATH } from '../admin/routes.js';

const state = z
  .object({
    pid: z.number().int().positive(),
    port: z.number().int().positive(),
    url: z.string(),
    startedAt: z.string(),
  })
  .readonly();
export type ExternalState = z.infer<typeof state>;

const count = z.number();
const page = z
  .object({
    pid: z.number(),
    summary: z.object({
      received: count,
      applied: count,
      duplicates: count,
      conflicts: count,
      unauthorized: count,
      throttled: count,
      faulted: count,
      resets: count,
      status401: count,
      tokenRequests: count,
      tokensIssued: count,
      refreshes: count,
    }),
  })
  .readonly();
export type ExternalPage = z.infer<typeof page>;

export const EXTERNAL_TITLE = 'external system';

/** The external system of a project; there is one. */
export function externalService(projectRoot: string): Service<ExternalState, ExternalPage> {
  const folder = join(projectRoot, '.callout', 'external');
  return {
    title: EXTERNAL_TITLE,
    files: { stateFile: join(folder, 'external.json'), logFile: join(folder, 'external.log') },
    program: 'external-system.js',
    state,
    page,
    pageRequest: () => ({ path: STATUS_PATH, headers: {} }),
  };
}
