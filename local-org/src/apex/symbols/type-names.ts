import { findPlatformType, platformType } from '../platform-types/index.js';
import type { PlatformType } from '../platform-types/index.js';
import { ANY, PRIMITIVES, SOBJECT, listOf, mapOf, platform, setOf, sobject } from '../types/index.js';
import type { ApexType, PrimitiveName, SchemaView, TypeSymbol } from '../types/index.js';
import type { TypeRefNode } from '../syntax/index.js';

/** Everything that a name in a class can mean: the project's types and the schema; the platform's types are always there. */
export interface NameSpace {
  /** Top-level user types by lower-cased name. */
  readonly types: ReadonlyMap<string, TypeSymbol>;
  /** Lower-cased names of classes that exist but cannot be read (their source is hidden or broken): their use is not checked. */
  readonly opaque: ReadonlySet<string>;
  readonly schema: SchemaView;
}

const PRIMITIVE_NAMES: ReadonlyMap<string, PrimitiveName> = new Map(
  Object.values(PRIMITIVES).map((type) => [type.name.toLowerCase(), type.name]),
);

/** Inner type of a class or of one that it extends. */
export function innerType(scope: TypeSymbol, name: string): TypeSymbol | undefined {
  const seen = new Set<TypeSymbol>();
  let at: TypeSymbol | undefined = scope;
  while (at !== undefined && !seen.has(at)) {
    seen.add(at);
    const found = at.inner.get(name);
    if (found !== undefined) return found;
    at = at.superType?.kind === 'user' ? at.superType.symbol : undefined;
  }
  return undefined;
}

/** User type by a simple name as seen from inside `scope`: inner types of it and of its outer class, then top-level types. */
export function userType(space: NameSpace, name: string, scope: TypeSymbol | undefined): TypeSymbol | undefined {
  const key = name.toLowerCase();
  for (let at = scope; at !== undefined; at = at.outer) {
    const found = innerType(at, key);
    if (found !== undefined) return found;
    if (at.name.toLowerCase() === key) return at;
  }
  return space.types.get(key);
}

/** A class of static methods only is no type for a variable: an object of the same name is meant (`Network`, `Site`). */
function isStaticOnly(type: PlatformType): boolean {
  if (type.kind !== 'class') return false;
  const methods = [...type.methods.values()].flat();
  return methods.length > 0 && methods.every((method) => method.isStatic) && type.fields.size === 0;
}

/** Object by name: `SObject`, a project or a standard one. */
export function objectType(space: NameSpace, name: string): ApexType | undefined {
  if (name.toLowerCase() === 'sobject') return SOBJECT;
  const found = space.schema.object(name);
  return found === undefined ? undefined : sobject(found.name);
}

function collection(name: string, args: readonly ApexType[]): ApexType | undefined {
  const [first, second] = args;
  if (name === 'list' && args.length === 1 && first !== undefined) return listOf(first);
  if (name === 'set' && args.length === 1 && first !== undefined) return setOf(first);
  if (name === 'map' && args.length === 2 && first !== undefined && second !== undefined) return mapOf(first, second);
  return undefined;
}

function builtIn(name: string, args: readonly ApexType[]): ApexType | undefined {
  const key = name.toLowerCase();
  const primitive = PRIMITIVE_NAMES.get(key);
  if (primitive !== undefined && args.length === 0) return PRIMITIVES[primitive];
  return collection(key, args);
}

function withArgs(type: PlatformType, args: readonly ApexType[]): ApexType | undefined {
  if (type.name === 'System.SObject') return SOBJECT;
  if (args.length !== type.typeParameters && args.length > 0) return undefined;
  return platform(
    type.name,
    type.typeParameters === args.length ? args : Array.from({ length: type.typeParameters }, () => ANY),
  );
}

function simpleName(
  space: NameSpace,
  name: string,
  args: readonly ApexType[],
  scope: TypeSymbol | undefined,
): ApexType | undefined {
  const user = userType(space, name, scope);
  if (user !== undefined) return args.length === 0 ? { kind: 'user', symbol: user } : undefined;
  const own = builtIn(name, args);
  if (own !== undefined) return own;
  const found = findPlatformType(name);
  const asObject = args.length === 0 ? objectType(space, name) : undefined;
  if (found !== undefined && !(asObject !== undefined && isStaticOnly(found))) return withArgs(found, args);
  if (asObject !== undefined) return asObject;
  return space.opaque.has(name.toLowerCase()) ? ANY : undefined;
}

/** Types that metadata makes: interviews of the project's flows, its Visualforce components, and DataWeave scripts. */
function generatedType(space: NameSpace, parts: readonly string[]): ApexType | undefined {
  const [first, second, name] = parts.map((part) => part.toLowerCase());
  if (first === 'dataweavescriptresource' && parts.length === 2)
    return platform(`DataWeaveScriptResource.${parts[1] ?? ''}`);
  if (first === 'component' && parts.length === 2) {
    const component = space.schema.component(parts[1] ?? '');
    return component === undefined ? undefined : platform(`Component.${component}`);
  }
  if (first !== 'flow' || second !== 'interview' || name === undefined) return undefined;
  const flow = space.schema.flow(parts.slice(2).join('__'));
  return flow === undefined ? undefined : platform(`Flow.Interview.${flow}`);
}

function qualifiedName(
  space: NameSpace,
  parts: readonly string[],
  args: readonly ApexType[],
  scope: TypeSymbol | undefined,
): ApexType | undefined {
  const [first = '', second = ''] = parts;
  if (args.length === 0) {
    let user = userType(space, first, scope);
    for (const part of parts.slice(1)) user = user === undefined ? undefined : innerType(user, part.toLowerCase());
    if (user !== undefined) return { kind: 'user', symbol: user };
  }
  const made = generatedType(space, parts);
  const isMade = (/^flow$/i.test(first) && parts.length > 2) || (/^component$/i.test(first) && parts.length === 2);
  if (made !== undefined || isMade) return made;
  const found = platformType(parts.join('.'));
  const isSystem = /^(system|schema)$/i.test(first) && parts.length === 2;
  if (isSystem) {
    const own = builtIn(second, args) ?? (second.toLowerCase() === 'sobject' ? SOBJECT : undefined);
    if (own !== undefined) return own;
  }
  if (found !== undefined) return withArgs(found, args);
  if (isSystem && args.length === 0) {
    const object = objectType(space, second);
    if (object !== undefined) return object;
  }
  if (space.opaque.has(first.toLowerCase())) return ANY;
  const inner = findPlatformType(parts.join('.'));
  return inner === undefined ? undefined : withArgs(inner, args);
}

/** Type of a possibly qualified name, or undefined when nothing has that name. */
export function namedType(
  space: NameSpace,
  parts: readonly string[],
  args: readonly ApexType[],
  scope: TypeSymbol | undefined,
): ApexType | undefined {
  const [first] = parts;
  if (first === undefined) return undefined;
  return parts.length === 1 ? simpleName(space, first, args, scope) : qualifiedName(space, parts, args, scope);
}

/** A type that does not exist, with the part of the type reference that names it. */
export interface UnknownType {
  readonly name: string;
  readonly node: TypeRefNode;
}

/**
 * Resolves a type reference and its arguments, writes `type` on each node and returns the type. What cannot be resolved becomes `any` and
 * is handed to `unknown`.
 */
export function resolveTypeRef(
  space: NameSpace,
  node: TypeRefNode,
  scope: TypeSymbol | undefined,
  unknown: (type: UnknownType) => void,
): ApexType {
  const args = node.segments
    .flatMap((segment) => segment.args)
    .map((arg) => resolveTypeRef(space, arg, scope, unknown));
  const parts = node.segments.map((segment) => segment.name);
  let type = namedType(space, parts, args, scope);
  if (type === undefined) {
    unknown({ name: parts.join('.'), node });
    type = ANY;
  }
  for (let depth = node.arrayDepth; depth > 0; depth--) type = listOf(type);
  node.type = type;
  return type;
}
