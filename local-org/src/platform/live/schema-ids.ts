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

/** What tells the definitions of deployed objects apart, by lower-cased name: contents, and the Ids of the object and its fields. */
export function definitionsOf(state: OrgState): ReadonlyMap<string, string> {
  const definitions = new Map<string, string>();
  for (const { type, fullName, id, childIds, content } of state.all())
    if (type === 'CustomObject') definitions.set(fullName.toLowerCase(), JSON.stringify([id, childIds, content]));
  return definitions;
}

/** Lower-cased name of the deployed object on which an object depends: of itself, or of the one whose shares or history it holds. */
export function definedBy(objectName: string): string {
  return objectName.toLowerCase().replace(/__(?:share|history|feed)$/, '__c');
}

/** Whether an object or field is another one than before, made anew under the name of one that was deleted. */
export function isMadeAnew(name: string, before: SchemaIds, after: SchemaIds): boolean {
  const key = definedBy(name);
  const known = before.get(key);
  return known !== undefined && known !== after.get(key);
}
