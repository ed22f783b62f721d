import { createHash } from 'node:crypto';
import type { LoggedEvent } from './event-log.js';

/**
 * The partition of an event: the same for all events with the same value of the key field, `EventUuid` when none is named (PLATFORM 3.5).
 * How Salesforce spreads values is not documented.
 * @param key name of a field, or `Object.Field`
 */
export function partitionOf(event: LoggedEvent, key: string | undefined, partitions: number): number {
  const field = (key ?? 'EventUuid').split('.').at(-1)?.toLowerCase();
  const [root] = event.graph.nodes;
  const found = root?.kind === 'record' ? root.fields.find(([name]) => name.toLowerCase() === field) : undefined;
  const digest = createHash('sha256')
    .update(JSON.stringify(found?.[1] ?? null))
    .digest();
  return digest.readUInt32BE(0) % partitions;
}
