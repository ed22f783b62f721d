import { UserError } from '../errors/index.js';
import type { Integration } from '../model/index.js';

/**
 * Refuses a combination of settings that the platform has no metadata for.
 * The configuration checks find what they can before; this is the last guard, so that no file is emitted that means something else.
 */
export function refuse(integration: Integration, problem: string, fix: string): never {
  throw new UserError('UnsupportedCombinationError', `${integration.source}: ${problem}`, { actions: [fix] });
}
