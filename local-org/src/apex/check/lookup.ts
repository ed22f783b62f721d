import { platformType } from '../platform-types/index.js';
import { PRIMITIVES, platform, substitute, typeName } from '../types/index.js';
import type { AnyMethod, ApexType, FieldSymbol, PlatformField, TypeSymbol } from '../types/index.js';
import type { World } from './context.js';

/** An overload with its types as the receiver sees them. */
export interface Candidate {
  readonly method: AnyMethod;
  readonly parameters: readonly ApexType[];
  readonly returns: ApexType;
}

function platformCandidates(typeFullName: string, args: readonly ApexType[], name: string): readonly Candidate[] {
  const methods = platformType(typeFullName)?.methods.get(name) ?? [];
  return methods.map((method) => ({
    method,
    parameters: method.parameters.map((parameter) => substitute(parameter.type, args)),
    returns: substitute(method.returns, args),
  }));
}

const key = (candidate: Candidate): string =>
  candidate.parameters.map((type) => typeName(type).toLowerCase()).join(',');

/** Adds what is not overridden already: a method with the same parameter types nearer to the receiver hides one above it. */
function merge(near: readonly Candidate[], far: readonly Candidate[]): readonly Candidate[] {
  if (near.length === 0) return far;
  const known = new Set(near.map(key));
  return [...near, ...far.filter((candidate) => !known.has(key(candidate)))];
}

function userCandidates(symbol: TypeSymbol, name: string, seen: Set<TypeSymbol>): readonly Candidate[] {
  if (seen.has(symbol)) return [];
  seen.add(symbol);
  let found: readonly Candidate[] = (symbol.methods.get(name) ?? []).map((method) => ({
    method,
    parameters: method.parameters.map((parameter) => parameter.type),
    returns: method.returns,
  }));
  const above = symbol.superType === undefined ? symbol.interfaces : [symbol.superType, ...symbol.interfaces];
  for (const type of above) found = merge(found, declared(type, name, seen));
  return found;
}

function platformChain(
  type: ApexType & { readonly kind: 'platform' },
  name: string,
  seen: Set<TypeSymbol>,
): readonly Candidate[] {
  const info = platformType(type.name);
  if (info === undefined) return [];
  let found = platformCandidates(info.name, type.args, name);
  if (info.kind === 'enum') found = merge(found, platformCandidates('System.Enum', [type], name));
  const above = info.superType === undefined ? info.interfaces : [info.superType, ...info.interfaces];
  for (const one of above) found = merge(found, declared(substitute(one, type.args), name, seen));
  return found;
}

/** Methods that a user or platform type declares or inherits, without those of Object. */
function declared(type: ApexType, name: string, seen: Set<TypeSymbol>): readonly Candidate[] {
  if (type.kind === 'user') {
    const own = userCandidates(type.symbol, name, seen);
    return type.symbol.kind === 'enum' ? merge(own, platformCandidates('System.Enum', [type], name)) : own;
  }
  return type.kind === 'platform' ? platformChain(type, name, seen) : [];
}

function objectCandidates(
  world: World,
  type: ApexType & { readonly kind: 'sobject' },
  name: string,
): readonly Candidate[] {
  const found = platformCandidates('System.SObject', [type], name);
  const info = type.name === 'SObject' ? undefined : world.schema.object(type.name);
  if (info?.kind === 'customSetting') return merge(platformCandidates('System.CustomSetting', [type], name), found);
  if (info?.kind === 'customMetadata') return merge(platformCandidates('System.CustomMetadata', [type], name), found);
  return found;
}

const OBJECT = 'System.Object';

/** All methods of that lower-cased name that a type answers to, nearest declaration first. */
export function methodsOf(world: World, type: ApexType, name: string): readonly Candidate[] {
  switch (type.kind) {
    case 'primitive':
      return type.name === 'Object'
        ? platformCandidates(OBJECT, [], name)
        : merge(platformCandidates(`System.${type.name}`, [], name), platformCandidates(OBJECT, [], name));
    case 'list':
      return merge(platformCandidates('System.List', [type.element], name), platformCandidates(OBJECT, [], name));
    case 'set':
      return merge(platformCandidates('System.Set', [type.element], name), platformCandidates(OBJECT, [], name));
    case 'map':
      return merge(
        platformCandidates('System.Map', [type.key, type.value], name),
        platformCandidates(OBJECT, [], name),
      );
    case 'sobject':
      return merge(objectCandidates(world, type, name), platformCandidates(OBJECT, [], name));
    case 'user':
    case 'platform': {
      const own = declared(type, name, new Set());
      const instance =
        type.kind === 'user' && type.symbol.kind === 'class' ? platformCandidates('System.Instance', [type], name) : [];
      return merge(merge(own, instance), platformCandidates(OBJECT, [], name));
    }
    case 'void':
    case 'null':
    case 'any':
    case 'parameter':
      return [];
  }
}

/** Field or property of a user type or of one above it. */
export function userField(symbol: TypeSymbol, name: string): FieldSymbol | undefined {
  const seen = new Set<TypeSymbol>();
  let at: TypeSymbol | undefined = symbol;
  while (at !== undefined && !seen.has(at)) {
    seen.add(at);
    const found = at.fields.get(name);
    if (found !== undefined) return found;
    at = at.superType?.kind === 'user' ? at.superType.symbol : undefined;
  }
  return undefined;
}

/** Field of a platform type or of one above it; its type with the receiver's arguments. */
export function platformField(type: ApexType & { readonly kind: 'platform' }, name: string): PlatformField | undefined {
  let at: ApexType | undefined = type;
  while (at?.kind === 'platform') {
    const info = platformType(at.name);
    const found = info?.fields.get(name);
    if (found !== undefined) return { ...found, type: substitute(found.type, at.args) };
    at = info?.superType === undefined ? undefined : substitute(info.superType, at.args);
  }
  return undefined;
}

/** The platform type that stands for a built-in type when its static members are asked for. */
export function staticHolder(type: ApexType): ApexType {
  if (type.kind === 'primitive' && type !== PRIMITIVES.Object) return platform(`System.${type.name}`);
  return type;
}
