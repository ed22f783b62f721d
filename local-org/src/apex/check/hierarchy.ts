import { platformType } from '../platform-types/index.js';
import { PRIMITIVES, listOf, platform, sameType, substitute } from '../types/index.js';
import type { ApexType, TypeSymbol } from '../types/index.js';

/** Types directly above a user or platform type: its superclass, then its interfaces. */
export function directSupertypes(type: ApexType): readonly ApexType[] {
  if (type.kind === 'user') {
    const { superType, interfaces } = type.symbol;
    return superType === undefined ? interfaces : [superType, ...interfaces];
  }
  if (type.kind === 'platform') {
    const info = platformType(type.name);
    if (info === undefined) return [];
    const above = info.superType === undefined ? info.interfaces : [info.superType, ...info.interfaces];
    return above.map((one) => substitute(one, type.args));
  }
  if (type.kind === 'list' || type.kind === 'set') return [platform('System.Iterable', [type.element])];
  return [];
}

/** Number of steps from a type up to another one that satisfies `matches`; undefined when there is none above it. */
export function distanceTo(
  type: ApexType,
  matches: (candidate: ApexType) => boolean,
  seen: ReadonlySet<TypeSymbol> = new Set(),
): number | undefined {
  if (matches(type)) return 0;
  if (type.kind === 'user' && seen.has(type.symbol)) return undefined;
  const below = type.kind === 'user' ? new Set([...seen, type.symbol]) : seen;
  let best: number | undefined;
  for (const above of directSupertypes(type)) {
    const distance = distanceTo(above, matches, below);
    if (distance !== undefined && (best === undefined || distance + 1 < best)) best = distance + 1;
  }
  return best;
}

export function isSubtype(type: ApexType, of: ApexType): boolean {
  return distanceTo(type, (candidate) => sameType(candidate, of)) !== undefined;
}

/** Exceptions are the platform's Exception, what derives from it, and user classes that extend one. */
export function isException(type: ApexType): boolean {
  if (type.kind === 'any') return true;
  if (type.kind === 'user') return type.symbol.isException;
  return (
    type.kind === 'platform' &&
    distanceTo(type, (candidate) => candidate.kind === 'platform' && candidate.name === 'System.Exception') !==
      undefined
  );
}

export function isEnum(type: ApexType): boolean {
  if (type.kind === 'user') return type.symbol.kind === 'enum';
  return type.kind === 'platform' && platformType(type.name)?.kind === 'enum';
}

export function isInterface(type: ApexType): boolean {
  if (type.kind === 'user') return type.symbol.kind === 'interface';
  return type.kind === 'platform' && platformType(type.name)?.kind === 'interface';
}

/** What a for-each over the type yields; undefined when it cannot be walked. */
export function elementOf(type: ApexType): ApexType | undefined {
  if (type.kind === 'list' || type.kind === 'set') return type.element;
  if (type.kind === 'any') return type;
  let element: ApexType | undefined;
  distanceTo(type, (candidate) => {
    if (candidate.kind !== 'platform' || candidate.name !== 'System.Iterable') return false;
    element = candidate.args[0] ?? PRIMITIVES.Object;
    return true;
  });
  return element;
}

export const LIST_OF_SOBJECT_LISTS = listOf(listOf({ kind: 'sobject', name: 'SObject' }));
