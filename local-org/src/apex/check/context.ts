import { namedType, resolveTypeRef } from '../symbols/index.js';
import type { DeclaredType, NameSpace, ProjectSchema } from '../symbols/index.js';
import type { SourceRange, TypeRefNode } from '../syntax/index.js';
import type { ApexType, FieldSymbol, LocalSymbol, SObjectRef, TypeSymbol } from '../types/index.js';
import { typeName } from '../types/index.js';
import type { Findings } from './problems.js';

/** What classes are compiled against. */
export interface World extends NameSpace {
  readonly schema: ProjectSchema;
}

/** Local variables of a block; a block sees those around it. */
export class Locals {
  private readonly names = new Map<string, LocalSymbol>();

  constructor(private readonly outer: Locals | undefined) {}

  find(name: string): LocalSymbol | undefined {
    return this.names.get(name) ?? this.outer?.find(name);
  }

  add(local: LocalSymbol): void {
    this.names.set(local.name.toLowerCase(), local);
  }
}

/** Kind of code that is checked, for the rules on `return`, final fields and `this(...)`. */
export type BodyKind = 'method' | 'constructor' | 'getter' | 'setter' | 'initializer' | 'field' | 'script';

/** Everything that checking one piece of code needs to know about where it stands. */
export interface Body {
  readonly world: World;
  readonly findings: Findings;
  /** Class that the code belongs to. */
  readonly owner: DeclaredType;
  readonly kind: BodyKind;
  readonly isStatic: boolean;
  /** What `return` must give; void for none. */
  readonly returns: ApexType;
  readonly locals: Locals;
  readonly inLoop: boolean;
  /** Object of the trigger whose body this is. */
  readonly triggerObject: SObjectRef | undefined;
  /** Fields that are declared further down: an initialiser may not read them by their bare name. */
  readonly pending: ReadonlySet<FieldSymbol>;
}

/** The same place with a new block of local variables. */
export function nested(body: Body, change: Partial<Pick<Body, 'inLoop'>> = {}): Body {
  return { ...body, ...change, locals: new Locals(body.locals) };
}

export function report(body: Body, at: SourceRange, message: string): void {
  body.findings.report(at, message);
}

/** Resolves a type of the code; one that does not exist is reported, at the whole type or where `at` says. */
export function resolveIn(body: Body, node: TypeRefNode, at: SourceRange = node.range): ApexType {
  return resolveReported(body.world, node, body.owner, body.findings, at);
}

const ARGUMENT_COUNTS: Readonly<Record<string, number>> = { list: 1, set: 1, map: 2 };

function unknownType(world: World, name: string, node: TypeRefNode, scope: TypeSymbol | undefined): string {
  const expected = ARGUMENT_COUNTS[name.toLowerCase()];
  const found = node.segments.at(-1)?.args.length ?? 0;
  if (expected !== undefined && found !== expected) {
    const spelled = name.slice(0, 1).toUpperCase() + name.slice(1).toLowerCase();
    return `Invalid type argument count for ${spelled}: expected ${String(expected)} but found ${String(found)}`;
  }
  const parts = node.segments.map((segment) => segment.name);
  const plain = found > 0 && expected === undefined ? namedType(world, parts, [], scope) : undefined;
  return plain === undefined
    ? `Invalid type: ${name}`
    : `Type arguments provided for a non-parameterized type: ${typeName(plain)}`;
}

/** A private inner type is its file's own, unless a test may see it. */
function isTypeVisible(symbol: TypeSymbol, scope: TypeSymbol | undefined): boolean {
  if (scope === undefined || outermost(symbol) === outermost(scope)) return true;
  const isTest = outermost(scope).isTest;
  const isOpened = isTest && symbol.annotations.some(({ name }) => name.toLowerCase() === 'testvisible');
  return symbol.outer === undefined || symbol.access !== 'private' || isOpened;
}

function checkVisible(type: ApexType, scope: TypeSymbol | undefined, say: (message: string) => void): void {
  if (type.kind === 'user') {
    if (!isTypeVisible(type.symbol, scope)) say(`Type is not visible: ${type.symbol.fullName}`);
  } else if (type.kind === 'list' || type.kind === 'set') {
    checkVisible(type.element, scope, say);
  } else if (type.kind === 'map') {
    checkVisible(type.key, scope, say);
    checkVisible(type.value, scope, say);
  }
}

export function resolveReported(
  world: World,
  node: TypeRefNode,
  scope: TypeSymbol | undefined,
  findings: Findings,
  at: SourceRange = node.range,
): ApexType {
  const type = resolveTypeRef(world, node, scope, (unknown) =>
    findings.report(at, unknownType(world, unknown.name, unknown.node, scope)),
  );
  checkVisible(type, scope, (message) => findings.report(at, message));
  return type;
}

/** Declares a variable of a block; a name that the method already uses is an error. */
export function declareLocal(body: Body, local: LocalSymbol, at: SourceRange): LocalSymbol {
  if (body.locals.find(local.name.toLowerCase()) !== undefined) report(body, at, `Duplicate variable: ${local.name}`);
  body.locals.add(local);
  return local;
}

/** A type in a message; the null literal prints as `NULL` among arguments. */
export function argumentNames(types: readonly ApexType[]): string {
  return types.map((type) => (type.kind === 'null' ? 'NULL' : typeName(type))).join(', ');
}

/** Outermost class of a type: private members are visible throughout it. */
export function outermost(type: TypeSymbol): TypeSymbol {
  let at = type;
  while (at.outer !== undefined) at = at.outer;
  return at;
}
