import type { FieldSymbol, ObjectSymbol } from './objectSymbol.js';

/** Where a field path leads: to a field, to nothing, or to where the known metadata ends. */
export type FieldLookup =
  | { readonly kind: 'field'; readonly object: ObjectSymbol; readonly field: FieldSymbol }
  | { readonly kind: 'unknownObject'; readonly object: string }
  | { readonly kind: 'unknownField'; readonly object: string; readonly field: string }
  | { readonly kind: 'undecided' };

/** More relationships than any formula, query or flow may follow. */
const MAX_HOPS = 10;

/** Follows a path of relationship names to its last field; a relationship to several objects is followed into each. */
export function resolveField(
  find: (name: string) => ObjectSymbol | undefined,
  objectName: string,
  path: string,
): FieldLookup {
  const [first, ...rest] = path.split('.');
  const object = find(objectName);
  if (object === undefined) return { kind: 'unknownObject', object: objectName };
  if (first === undefined || first === '' || rest.length > MAX_HOPS)
    return { kind: 'unknownField', object: object.name, field: path };
  if (rest.length === 0) return lastField(object, first);
  const [relationship, only] = first.split(':');
  const link = findRelationship(object, relationship ?? first);
  if (link === undefined) return missing(object, first);
  const targets = only === undefined ? link.referenceTo : [only];
  const found = targets.map((target) => resolveField(find, target, rest.join('.')));
  return (
    found.find(({ kind }) => kind === 'field') ??
    found.find(({ kind }) => kind === 'undecided') ??
    found[0] ?? { kind: 'undecided' }
  );
}

function lastField(object: ObjectSymbol, name: string): FieldLookup {
  const field = object.fields.get(name.toLowerCase());
  return field === undefined ? missing(object, name) : { kind: 'field', object, field };
}

function findRelationship(object: ObjectSymbol, name: string): FieldSymbol | undefined {
  const lower = name.toLowerCase();
  for (const field of object.fields.values()) {
    if (field.relationshipName?.toLowerCase() === lower) return field;
  }
  return undefined;
}

function missing(object: ObjectSymbol, field: string): FieldLookup {
  return object.incomplete ? { kind: 'undecided' } : { kind: 'unknownField', object: object.name, field };
}

/** The fields that a path passes through, as `Object.Field`; empty when it leads nowhere. */
export function fieldChain(
  find: (name: string) => ObjectSymbol | undefined,
  objectName: string,
  path: string,
): readonly string[] {
  const [first, ...rest] = path.split('.');
  const object = find(objectName);
  if (object === undefined || first === undefined || rest.length > MAX_HOPS) return [];
  if (rest.length === 0) return object.fields.has(first.toLowerCase()) ? [`${object.name}.${first}`] : [];
  const [relationship, only] = first.split(':');
  const link = findRelationship(object, relationship ?? first);
  if (link === undefined) return [];
  const targets = only === undefined ? link.referenceTo : [only];
  const below = targets.flatMap((target) => fieldChain(find, target, rest.join('.')));
  return [`${object.name}.${link.name}`, ...below];
}
