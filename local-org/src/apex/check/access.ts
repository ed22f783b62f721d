import type { AnnotationInfo, Access, FieldSymbol, TypeSymbol } from '../types/index.js';
import { outermost } from './context.js';
import type { Body } from './context.js';

/** May tests use something as if it were public? */
export const isTestVisible = (annotations: readonly AnnotationInfo[]): boolean =>
  annotations.some(({ name }) => name.toLowerCase() === 'testvisible');

/** Is the type the other one, or below it? */
export function inheritsFrom(type: TypeSymbol, above: TypeSymbol): boolean {
  const seen = new Set<TypeSymbol>();
  let at: TypeSymbol | undefined = type;
  while (at !== undefined && !seen.has(at)) {
    if (at === above) return true;
    seen.add(at);
    at = at.superType?.kind === 'user' ? at.superType.symbol : undefined;
  }
  return false;
}

/** May code of the body use something that `owner` declares with this access? */
export function isVisible(
  body: Body,
  access: Access,
  owner: TypeSymbol,
  annotations: readonly AnnotationInfo[],
): boolean {
  if (access === 'public' || access === 'global') return true;
  if (outermost(owner) === outermost(body.owner)) return true;
  if (isTestVisible(annotations) && (body.owner.isTest || outermost(body.owner).isTest)) return true;
  if (access === 'private') return false;
  for (let at: TypeSymbol | undefined = body.owner; at !== undefined; at = at.outer)
    if (inheritsFrom(at, owner)) return true;
  return false;
}

export function fieldIsVisible(body: Body, field: FieldSymbol): boolean {
  return isVisible(body, field.access, field.owner, field.annotations);
}

/** May the body assign to a property? A setter can be narrower than its property. */
export function writeIsVisible(body: Body, field: FieldSymbol): boolean {
  return field.property === undefined || isVisible(body, field.property.setterAccess, field.owner, field.annotations);
}
