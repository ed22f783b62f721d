import type { SObjectField, SObjectInfo } from '../types/index.js';
import type { SoqlFrom, SoqlPath, SourceRange } from '../syntax/index.js';
import { report } from './context.js';
import type { Body } from './context.js';
import { parentType } from './row-members.js';

const HINT = 'Please reference your WSDL or the describe call for the appropriate names.';

export function noSuchColumn(name: string, object: string): string {
  return `No such column '${name}' on entity '${object}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. ${HINT}`;
}

/** Of the object whose rows a query returns: the compiler needs it as a type before anybody looks at the query. */
export function noSuchRowType(name: string): string {
  return `Invalid type: Schema.${name}`;
}

/** Of every other object in a query. */
export function noSuchObject(name: string): string {
  return `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. ${HINT}`;
}

export function noSuchRelationship(name: string, where: 'field path' | 'FROM part of query call'): string {
  return `Didn't understand relationship '${name}' in ${where}. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. ${HINT}`;
}

/** Objects that the paths of one query start from. */
export interface QueryScope {
  readonly object: SObjectInfo;
  /** Aliases of FROM and the name of the object itself, lower-cased. */
  readonly aliases: ReadonlyMap<string, SObjectInfo>;
  /** Aliases that the select list gives to aggregates, lower-cased. */
  readonly results: ReadonlySet<string>;
}

/** Aliases that a FROM list gives: of its object, and of parents in the old style. */
export function fromAliases(
  body: Body,
  from: readonly SoqlFrom[],
  object: SObjectInfo,
): ReadonlyMap<string, SObjectInfo> {
  const aliases = new Map<string, SObjectInfo>([[object.name.toLowerCase(), object]]);
  for (const { path, alias } of from) {
    let at: SObjectInfo | undefined = object;
    if (path.length > 1) {
      at = aliases.get(path[0]?.name.toLowerCase() ?? '');
      for (const segment of path.slice(1)) at = at === undefined ? undefined : parentOf(body, at, segment.name);
    }
    if (alias !== undefined && at !== undefined) aliases.set(alias.name.toLowerCase(), at);
  }
  return aliases;
}

function parentOf(body: Body, object: SObjectInfo, relationship: string): SObjectInfo | undefined {
  const field = object.parents.get(relationship.toLowerCase());
  if (field === undefined) return undefined;
  const type = parentType(body.world, field);
  return type.kind === 'sobject' ? body.world.schema.object(type.name) : undefined;
}

interface Walk {
  readonly owner: SObjectInfo;
  readonly parents: readonly string[];
}

/** Follows parent relationships; undefined after a report, or when the target is not known. */
function walk(
  body: Body,
  start: SObjectInfo,
  names: readonly { readonly name: string; readonly range: SourceRange }[],
): Walk | undefined {
  let owner = start;
  const parents: string[] = [];
  for (const { name, range } of names) {
    const field = owner.parents.get(name.toLowerCase());
    if (field?.relationshipName === undefined) {
      report(body, range, noSuchRelationship(name, 'field path'));
      return undefined;
    }
    const next = parentOf(body, owner, name);
    if (next === undefined) return undefined;
    parents.push(field.relationshipName);
    owner = next;
  }
  return { owner, parents };
}

/**
 * Resolves a field path and writes `resolved`. Answers the field, or undefined when the path is wrong (then it is reported), names a result
 * of the select list, or cannot be followed.
 */
export function resolvePath(body: Body, path: SoqlPath, scope: QueryScope): SObjectField | undefined {
  const [first, ...rest] = path.segments;
  if (first === undefined) return undefined;
  if (rest.length === 0 && scope.results.has(first.name.toLowerCase())) return undefined;
  const aliased = rest.length > 0 ? scope.aliases.get(first.name.toLowerCase()) : undefined;
  const isParent = scope.object.parents.has(first.name.toLowerCase());
  const start = aliased !== undefined && !isParent ? aliased : scope.object;
  const names = start === aliased ? rest : path.segments;
  const last = names.at(-1);
  const reached = walk(body, start, names.slice(0, -1));
  if (last === undefined || reached === undefined) return undefined;
  const field = reached.owner.fields.get(last.name.toLowerCase());
  if (field === undefined) {
    report(body, last.range, noSuchColumn(last.name, reached.owner.name));
    return undefined;
  }
  path.resolved = { object: start.name, parents: reached.parents, owner: reached.owner.name, field };
  return field;
}
