import type { OrgState } from '../../store/index.js';

/** Ids of the deployed objects and fields, by lower-cased `Object` and `Object.Field`. Records are stored under one of these. */
export type SchemaIds = ReadonlyMap<string, string>;

const FIELD = 'CustomField:';

export function schemaIdsOf(state: OrgState): SchemaIds {
  const ids = new Map<string, string>();
  for (const { type, fullName, id, childIds } of state.all()) {
    if (type !== 'CustomObject') continue;
    ids.set(fullName.toLowerCase(), id);
    for (const [key, childId] of Object.entries(childIds))
      if (key.startsWith(FIELD)) ids.set(key.slice(FIELD.length).toLowerCase(), childId);
  }
  return ids;
}

/** Whether an object or field is another one than before, made anew under the name of one that was deleted. */
export function isMadeAnew(name: string, before: SchemaIds, after: SchemaIds): boolean {
  const known = before.get(name.toLowerCase());
  return known !== undefined && known !== after.get(name.toLowerCase());
}
