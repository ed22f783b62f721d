import type { StandardObject } from '../../model/index.js';

/**
 * Objects of every org that the published tables of sObjects leave out, because no Apex type stands for them. Permission
 * sets name them (PLATFORM 1.5).
 */
const NAMES: readonly string[] = ['UserExternalCredential'];

/** Such an object by API name, any case; its system fields are all that is known of it. */
export function setupObject(name: string): StandardObject | undefined {
  const official = NAMES.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  return official === undefined ? undefined : { name: official, fields: new Map(), childRelationships: [] };
}
