import type { ObjectDefinition } from './definition.js';

const NAME = 'Activity';

/** Objects whose custom fields are declared on `Activity`, which is itself no object (Metadata API Developer Guide, "CustomObject"). */
const KINDS: readonly string[] = ['Task', 'Event'];

/** The objects that metadata of this name adds to. */
export function objectsOfMetadata(name: string): readonly string[] {
  return name.toLowerCase() === NAME.toLowerCase() ? KINDS : [name];
}

/** Names of the metadata that adds to an object. */
export function metadataOfObject(name: string): readonly string[] {
  return KINDS.some((kind) => kind.toLowerCase() === name.toLowerCase()) ? [name, NAME] : [name];
}

/** What each object gets, each once: tasks and events have what `Activity` adds, beside their own. */
export function definitionsByObject(definitions: readonly ObjectDefinition[]): readonly ObjectDefinition[] {
  const byObject = new Map<string, ObjectDefinition>();
  for (const definition of definitions) {
    for (const name of objectsOfMetadata(definition.name)) {
      const known = byObject.get(name.toLowerCase());
      const own =
        name === definition.name ? definition : { ...definition, name, label: undefined, pluralLabel: undefined };
      byObject.set(name.toLowerCase(), known === undefined ? own : joined(known, own));
    }
  }
  return [...byObject.values()];
}

function joined(first: ObjectDefinition, second: ObjectDefinition): ObjectDefinition {
  return {
    ...second,
    ...first,
    label: first.label ?? second.label,
    pluralLabel: first.pluralLabel ?? second.pluralLabel,
    sharingModel: first.sharingModel ?? second.sharingModel,
    fields: [...first.fields, ...second.fields],
    validationRules: [...first.validationRules, ...second.validationRules],
    recordTypes: [...first.recordTypes, ...second.recordTypes],
    fieldSets: [...first.fieldSets, ...second.fieldSets],
  };
}
