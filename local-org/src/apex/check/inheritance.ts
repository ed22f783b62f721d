import { platformType } from '../platform-types/index.js';
import type { DeclaredType } from '../symbols/index.js';
import { PRIVATE_METHODS_STAY_SINCE, sameType, substitute, typeName } from '../types/index.js';
import type { Access, AnyMethod, ApexType, MethodSymbol, TypeSymbol } from '../types/index.js';
import type { Bridge, ClassDeclaration, InterfaceDeclaration, MethodDeclaration } from '../syntax/index.js';
import { assignment } from './assign.js';
import { isTestVisible } from './access.js';
import { outermost } from './context.js';
import { directSupertypes } from './hierarchy.js';
import type { Findings } from './problems.js';

/** A method that a class must have, with its types as the class sees them. */
interface Required {
  readonly method: AnyMethod;
  /** `Database.Batchable<SObject>` */
  readonly owner: string;
  readonly parameters: readonly ApexType[];
  readonly fromInterface: boolean;
}

function platformRequirements(type: ApexType & { readonly kind: 'platform' }): readonly Required[] {
  const info = platformType(type.name);
  const methods = info === undefined ? [] : [...info.methods.values()].flat();
  return methods
    .filter((method) => method.isAbstract)
    .map((method) => ({
      method,
      owner: typeName(type),
      parameters: method.parameters.map((parameter) => substitute(parameter.type, type.args)),
      fromInterface: info?.kind === 'interface',
    }));
}

function userRequirements(symbol: TypeSymbol): readonly Required[] {
  return [...symbol.methods.values()]
    .flat()
    .filter((method) => method.isAbstract)
    .map((method) => ({
      method,
      owner: symbol.fullName,
      parameters: method.parameters.map((parameter) => parameter.type),
      fromInterface: symbol.kind === 'interface',
    }));
}

/** Everything above a type, each once, nearest first. */
export function allSupertypes(type: ApexType): readonly ApexType[] {
  const found: ApexType[] = [];
  const visit = (one: ApexType): void => {
    for (const above of directSupertypes(one)) {
      if (found.some((known) => sameType(known, above))) continue;
      found.push(above);
      visit(above);
    }
  };
  visit(type);
  return found;
}

function requirements(symbol: TypeSymbol): readonly Required[] {
  return allSupertypes({ kind: 'user', symbol }).flatMap((type) =>
    type.kind === 'user' ? userRequirements(type.symbol) : type.kind === 'platform' ? platformRequirements(type) : [],
  );
}

function classChain(symbol: TypeSymbol): readonly TypeSymbol[] {
  const chain: TypeSymbol[] = [];
  let at: TypeSymbol | undefined = symbol;
  while (at !== undefined && !chain.includes(at)) {
    chain.push(at);
    at = at.superType?.kind === 'user' ? at.superType.symbol : undefined;
  }
  return chain;
}

/** Interfaces of the platform are generic in ways that the tables only approximate, so their parameters may fit either way round. */
function parametersMatch(method: MethodSymbol, required: Required): boolean {
  if (method.parameters.length !== required.parameters.length) return false;
  return method.parameters.every((parameter, index) => {
    const wanted = required.parameters[index];
    if (wanted === undefined) return false;
    if (sameType(parameter.type, wanted)) return true;
    return (
      required.method.origin === 'platform' &&
      (assignment(wanted, parameter.type) !== undefined || assignment(parameter.type, wanted) !== undefined)
    );
  });
}

/** What implements an interface may take more than the interface asks for: an Iterable for a List, a map of Objects for one of Strings. */
function parametersTakeMore(method: MethodSymbol, required: Required): boolean {
  return (
    required.fromInterface &&
    method.parameters.length === required.parameters.length &&
    method.parameters.every((parameter, index) => {
      const wanted = required.parameters[index];
      const found = wanted === undefined ? undefined : assignment(wanted, parameter.type);
      return found !== undefined && found.conversion === undefined;
    })
  );
}

/** What implements an interface may return something narrower, overriding a class's method may not. */
function returnsMatch(method: MethodSymbol, required: Required): boolean {
  if (required.method.origin === 'platform' || method.returns.kind === 'any') return true;
  if (sameType(method.returns, required.method.returns)) return true;
  const narrowed = required.fromInterface ? assignment(method.returns, required.method.returns) : undefined;
  return narrowed !== undefined && narrowed.conversion === undefined;
}

/** Methods of a platform class above the class may implement what an interface asks for. */
function platformImplements(symbol: TypeSymbol, name: string): boolean {
  return allSupertypes({ kind: 'user', symbol }).some((type) => {
    if (type.kind !== 'platform') return false;
    return (
      platformType(type.name)
        ?.methods.get(name)
        ?.some((method) => !method.isAbstract) === true
    );
  });
}

function implementation(symbol: TypeSymbol, required: Required): MethodSymbol | undefined {
  const key = required.method.name.toLowerCase();
  for (const fits of [parametersMatch, parametersTakeMore]) {
    for (const type of classChain(symbol)) {
      const found = type.methods
        .get(key)
        ?.find(
          (method) =>
            (!method.isStatic || required.method.origin === 'platform' || required.fromInterface) &&
            fits(method, required) &&
            returnsMatch(method, required),
        );
      if (found !== undefined && (!found.isAbstract || symbol.isAbstract)) return found;
    }
  }
  return undefined;
}

const OBJECT_METHODS = new Set(['equals', 'hashcode', 'tostring']);

function requiredText({ method, owner, parameters }: Required): string {
  return `${typeName(method.returns)} ${owner}.${method.name}(${parameters.map(typeName).join(', ')})`;
}

function checkImplemented(node: ClassDeclaration, symbol: DeclaredType, findings: Findings): void {
  const bridges: Bridge[] = [];
  node.bridges = bridges;
  if (symbol.isAbstract) return;
  for (const required of requirements(symbol)) {
    const found = implementation(symbol, required);
    const name = required.method.name.toLowerCase();
    if (found === undefined) {
      if (platformImplements(symbol, name) || OBJECT_METHODS.has(name)) continue;
      const what = required.fromInterface ? 'method' : 'abstract method';
      findings.report(
        node.name.range,
        `Class ${symbol.fullName} must implement the ${what}: ${requiredText(required)}`,
      );
      continue;
    }
    if (required.method.origin === 'user' && !parametersMatch(found, required))
      bridges.push({ required: required.method, implementation: found });
    if (required.fromInterface && found.access !== 'public' && found.access !== 'global') {
      findings.report(
        node.name.range,
        `${symbol.fullName}: Overriding implementations of global or public interface methods must be global or public: ${requiredText(required)}`,
      );
    }
  }
}

/** A public method may override a global one. */
const RANK: Readonly<Record<Access, number>> = { private: 0, protected: 1, public: 2, global: 2 };

/** May a class override a private method: one of the same file, or in a test of an older version one that tests may see. */
function overridesPrivate(symbol: TypeSymbol, { owner, annotations }: MethodSymbol): boolean {
  if (outermost(owner) === outermost(symbol)) return true;
  return symbol.apiVersion < PRIVATE_METHODS_STAY_SINCE && outermost(symbol).isTest && isTestVisible(annotations);
}

function overridden(symbol: TypeSymbol, method: MethodSymbol): MethodSymbol | undefined {
  for (const type of classChain(symbol).slice(1)) {
    const found = type.methods.get(method.name.toLowerCase())?.find(
      (other) =>
        !other.isStatic &&
        other.parameters.length === method.parameters.length &&
        other.parameters.every((parameter, index) => {
          const own = method.parameters[index];
          return own !== undefined && sameType(own.type, parameter.type);
        }),
    );
    if (found !== undefined && (found.access !== 'private' || overridesPrivate(symbol, found))) return found;
  }
  return undefined;
}

/** May a method say `override` because a class of the platform has it? */
function overridesPlatform(symbol: TypeSymbol, method: MethodSymbol): boolean {
  const name = method.name.toLowerCase();
  if (OBJECT_METHODS.has(name)) return true;
  return allSupertypes({ kind: 'user', symbol }).some((type) => {
    const info = type.kind === 'platform' ? platformType(type.name) : undefined;
    return (
      info?.kind === 'class' &&
      info.methods.get(name)?.some((other) => other.parameters.length === method.parameters.length) === true
    );
  });
}

/** Rules between a method and the one that it overrides. */
export function checkOverride(node: MethodDeclaration, symbol: DeclaredType, findings: Findings): void {
  const method = node.symbol;
  if (method === undefined || method.isStatic || symbol.kind !== 'class') return;
  const at = node.name.range;
  const above = overridden(symbol, method);
  const text = `${typeName(method.returns)} ${symbol.fullName}.${method.name}(${method.parameters.map((parameter) => typeName(parameter.type)).join(', ')})`;
  if (above === undefined) {
    if (method.isOverride && !overridesPlatform(symbol, method))
      findings.report(at, `@Override specified for non-overriding method: ${text}`);
    return;
  }
  if (!above.isVirtual) findings.report(at, `Non-virtual, non-abstract methods cannot be overridden: ${text}`);
  else if (!method.isOverride) findings.report(at, `Method must use the override keyword: ${text}`);
  if (!sameType(method.returns, above.returns) && above.returns.kind !== 'any' && method.returns.kind !== 'any') {
    findings.report(
      at,
      `Method return types clash: ${typeName(method.returns)} vs ${typeName(above.returns)} from the type ${symbol.fullName}`,
    );
  }
  if (RANK[method.access] < RANK[above.access]) findings.report(at, `Cannot reduce the visibility of method: ${text}`);
}

function isExceptionName(name: string): boolean {
  return /exception$/i.test(name);
}

function checkExtends(node: ClassDeclaration, symbol: DeclaredType, findings: Findings): void {
  const parent = symbol.superType;
  if (node.extends === undefined || parent === undefined) {
    if (isExceptionName(symbol.name))
      findings.report(node.name.range, `Exception class must extend another Exception class: ${symbol.fullName}`);
    return;
  }
  const name = node.extends.segments.map((segment) => segment.name).join('.');
  const info = parent.kind === 'platform' ? platformType(parent.name) : undefined;
  const isClass =
    parent.kind === 'any' || info?.kind === 'class' || (parent.kind === 'user' && parent.symbol.kind === 'class');
  if (!isClass) {
    findings.report(node.extends.range, `Invalid class: ${name}`);
  } else if (parent.kind === 'user' && !parent.symbol.isVirtual && !parent.symbol.isException) {
    findings.report(node.name.range, `Non-virtual and non-abstract type cannot be extended: ${parent.symbol.fullName}`);
  }
  if (symbol.isException && !isExceptionName(symbol.name)) {
    findings.report(
      node.name.range,
      `Classes extending Exception must have a name ending in Exception: ${symbol.fullName}`,
    );
  } else if (!symbol.isException && isExceptionName(symbol.name) && parent.kind !== 'any') {
    findings.report(node.name.range, `Exception class must extend another Exception class: ${symbol.fullName}`);
  }
}

function checkInterfaces(node: ClassDeclaration | InterfaceDeclaration, findings: Findings): void {
  for (const one of node.kind === 'class' ? node.implements : node.extends) {
    const { type } = one;
    const isInterface =
      type.kind === 'any' ||
      (type.kind === 'user' && type.symbol.kind === 'interface') ||
      (type.kind === 'platform' && platformType(type.name)?.kind === 'interface');
    if (!isInterface)
      findings.report(one.range, `Invalid interface: ${one.segments.map((segment) => segment.name).join('.')}`);
  }
}

/** Rules between a class or interface and the types above it. */
export function checkHeritage(
  node: ClassDeclaration | InterfaceDeclaration,
  symbol: DeclaredType,
  findings: Findings,
): void {
  checkInterfaces(node, findings);
  if (symbol.circular !== undefined) {
    findings.report(node.name.range, `Circular definition: ${symbol.circular.fullName}`);
    return;
  }
  if (node.kind === 'interface') return;
  checkExtends(node, symbol, findings);
  checkImplemented(node, symbol, findings);
}
