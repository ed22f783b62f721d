import type { CallExpression, CompilationUnit, Expression, NewExpression } from '../syntax/ast.js';
import type { FieldSymbol, TypeSymbol } from '../types/symbols.js';
import { mayBeUserObject } from './calls.js';
import { hasGetter, hasSetter, superSymbol } from './names.js';
import { walk } from './walk.js';

/** From this API version on, classes share and database operations run in user mode unless they say otherwise (PLATFORM 0). */
const SECURE_BY_DEFAULT = 67;

/** True for code whose database operations run in user mode when they name no mode. Triggers always run in system mode. */
export function defaultsToUserMode({ apiVersion, declaration }: CompilationUnit): boolean {
  return apiVersion >= SECURE_BY_DEFAULT && declaration.kind !== 'trigger';
}

/**
 * How a class's code is held to record sharing: `caller` when whoever calls it decides. A class takes the declaration of the class that it
 * extends; an inner class does not take that of its outer class (Apex Developer Guide: Use the with sharing, without sharing, and inherited
 * sharing Keywords).
 */
export function sharingMode(symbol: TypeSymbol): 'with' | 'without' | 'caller' {
  for (let at: TypeSymbol | undefined = symbol; at !== undefined; at = superSymbol(at)) {
    if (at.sharing === 'with' || at.sharing === 'without') return at.sharing;
    if (at.sharing === 'inherited') return 'caller';
  }
  return symbol.kind === 'class' && symbol.apiVersion >= SECURE_BY_DEFAULT ? 'with' : 'caller';
}

/** Whether a class with which a transaction begins is held to sharing: with `inherited sharing` it is, without any keyword it is not. */
export function beginsWithSharing(symbol: TypeSymbol): boolean {
  const mode = sharingMode(symbol);
  if (mode !== 'caller') return mode === 'with';
  for (let at: TypeSymbol | undefined = symbol; at !== undefined; at = superSymbol(at))
    if (at.sharing !== 'omitted') return at.sharing === 'inherited';
  return false;
}

/** Platform types whose methods neither touch records nor call back into code that might. */
const HARMLESS: ReadonlySet<string> = new Set(
  'Assert Blob Boolean Crypto Date Datetime Decimal Double EncodingUtil Id Integer Limits Long Matcher Math Pattern Set String Time TimeZone URL UserInfo UUID'
    .split(' ')
    .map((name) => `System.${name}`),
);

/** Of lists and maps everything but sorting, which calls comparators. */
function isHarmless(owner: string, name: string): boolean {
  if (owner === 'System.List' || owner === 'System.Map') return name.toLowerCase() !== 'sort';
  return HARMLESS.has(owner) || (owner === 'System.System' && /^(assert\w*|debug|now|today)$/i.test(name));
}

/**
 * True when it matters to what a function runs whether it is held to sharing: it queries, changes records, or calls code that takes over its
 * caller's mode. Code that only computes need not note its mode.
 */
export function dependsOnSharing(statements: unknown): boolean {
  let depends = false;
  walk(statements, (node) => {
    if (!depends && isNode(node)) depends = nodeDepends(node);
  });
  return depends;
}

type Node = Expression | { readonly kind: 'dml' };

function isNode(value: object): value is Node {
  return 'kind' in value && 'range' in value;
}

function nodeDepends(node: Node): boolean {
  switch (node.kind) {
    case 'soql':
    case 'sosl':
    case 'dml':
    case 'constructorCall':
      return true;
    case 'call':
      return callDepends(node);
    case 'new':
      return newDepends(node);
    case 'name':
    case 'field':
      return node.target.kind === 'field' && memberDepends(node.target.field);
    default:
      return false;
  }
}

function callDepends({ target }: CallExpression): boolean {
  if (target === undefined) return false;
  const { method } = target;
  if (method.origin === 'platform') return mayBeUserObject(target) || !isHarmless(method.owner, method.name);
  // A class that overrides the method may leave its mode to the caller.
  const canBeOverridden = target.dispatch === 'virtual' && (method.owner.isVirtual || method.owner.isAbstract);
  return canBeOverridden || sharingMode(method.owner) === 'caller';
}

function newDepends({ target }: NewExpression): boolean {
  if (target.kind === 'implicit') return sharingMode(target.owner) === 'caller';
  return (
    target.kind === 'constructor' &&
    target.constructor.origin === 'user' &&
    sharingMode(target.constructor.owner) === 'caller'
  );
}

/** Accessors run code, and so does the first use of a static field. */
function memberDepends(field: FieldSymbol): boolean {
  return sharingMode(field.owner) === 'caller' && (field.isStatic || hasGetter(field) || hasSetter(field));
}
