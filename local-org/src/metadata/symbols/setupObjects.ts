import type { StandardObject } from '../../model/index.js';

/**
 * Objects of every org that the published tables of sObjects leave out, because no Apex type stands for them: permission
 * sets name the one (PLATFORM 1.5), custom fields of tasks and events are declared on the other.
 */
const NAMES: readonly string[] = ['UserExternalCredential', 'Activity'];

/** Such an object by API name, any case; its system fields are all that is known of it. */
export function setupObject(name: string): StandardObject | undefined {
  const official = NAMES.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  return official === undefined ? undefined : { name: official, fields: new Map(), childRelationships: [] };
}
