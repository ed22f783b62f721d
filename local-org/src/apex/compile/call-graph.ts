import type {
  CallExpression,
  ClassDeclaration,
  CompilationUnit,
  ConstructorCallExpression,
  Expression,
  MemberDeclaration,
  NewExpression,
  Statement,
} from '../syntax/ast.js';
import type { TypeSymbol } from '../types/symbols.js';
import { mayBeUserObject } from './calls.js';
import { classesOf } from './classes.js';
import { Colouring, constructorPlace, isFuture, places } from './colouring.js';
import { methodMember, superSymbol } from './names.js';
import { queryBinds } from './query-binds.js';
import { walk } from './walk.js';

/** The root of the graph: a library function that waits. */
const WAIT = 'wait';

interface ClassCode {
  readonly symbol: TypeSymbol;
  readonly members: readonly MemberDeclaration[];
}

/** Every class of a unit with its members; a trigger or block counts as a class. */
function allClasses({ declaration }: CompilationUnit): readonly ClassCode[] {
  if (declaration.kind === 'interface' || declaration.kind === 'enum') return [];
  const declared = (classes: readonly ClassDeclaration[]): readonly ClassCode[] =>
    classes.flatMap(({ symbol, members }) => (symbol === undefined ? [] : [{ symbol, members }]));
  if (declaration.kind === 'class') return declared(classesOf(declaration));
  const inner = declaration.members.flatMap((member) => (member.kind === 'class' ? classesOf(member) : []));
  return declaration.symbol === undefined
    ? []
    : [{ symbol: declaration.symbol, members: declaration.members }, ...declared(inner)];
}

function placesOf(symbol: TypeSymbol, members: readonly MemberDeclaration[]): readonly string[] {
  const found = [places.implicitConstructor(symbol), places.initialisers(symbol)];
  for (const member of members) {
    if (member.kind === 'method' && member.symbol !== undefined) found.push(places.method(member.symbol));
    if (member.kind === 'constructor' && member.symbol !== undefined) found.push(places.constructor(member.symbol));
    if (member.kind === 'property' && member.symbol !== undefined)
      found.push(places.getter(member.symbol), places.setter(member.symbol));
  }
  return found;
}

/** True when some code of the unit can wait. */
export function hasColour(colouring: Colouring, unit: CompilationUnit): boolean {
  const { declaration } = unit;
  if (declaration.kind === 'interface' || declaration.kind === 'enum') return false;
  if (declaration.symbol !== undefined && colouring.has(places.body(declaration.symbol))) return true;
  return allClasses(unit).some(({ symbol, members }) => placesOf(symbol, members).some((code) => colouring.has(code)));
}

/**
 * Who calls whom, as far as the static types tell. A call of a method that can be overridden reaches every implementation, and a call
 * through a platform type reaches every method of that name and number of parameters.
 */
export class CallGraph {
  /** Callers by what they call. */
  private readonly callers = new Map<string, Set<string>>();
  private readonly known = new Set<string>();

  /** @param waits whether a library function has a form that waits */
  constructor(
    private readonly waits: (key: string) => boolean,
    private readonly base?: CallGraph,
  ) {}

  add(units: Iterable<CompilationUnit>): this {
    for (const unit of units) {
      for (const { symbol, members } of allClasses(unit)) {
        this.addFamilies(symbol);
        for (const member of members) this.addMember(symbol, member);
        if (symbol.constructors.length === 0)
          this.addConstruction(places.implicitConstructor(symbol), symbol, undefined);
      }
      const { declaration } = unit;
      if ((declaration.kind === 'trigger' || declaration.kind === 'anonymous') && declaration.symbol !== undefined)
        this.addCode(places.body(declaration.symbol), declaration.statements);
    }
    return this;
  }

  /** True when the code was found in the units of this graph, not only in those of its base. */
  knows(code: string): boolean {
    return this.known.has(code);
  }

  /** Everything from which a function that waits can be reached. */
  colouring(): Colouring {
    const coloured = new Set<string>();
    const pending = [WAIT];
    for (let code = pending.pop(); code !== undefined; code = pending.pop()) {
      for (const caller of this.callersOf(code)) {
        if (coloured.has(caller)) continue;
        coloured.add(caller);
        pending.push(caller);
      }
    }
    return new Colouring(coloured);
  }

  private *callersOf(code: string): Iterable<string> {
    yield* this.callers.get(code) ?? [];
    if (this.base !== undefined) yield* this.base.callersOf(code);
  }

  private calls(caller: string, callee: string): void {
    this.known.add(caller).add(callee);
    const known = this.callers.get(callee);
    if (known === undefined) this.callers.set(callee, new Set([caller]));
    else known.add(caller);
  }

  /** All implementations of one method have the same colour. */
  private addFamilies(symbol: TypeSymbol): void {
    const first = new Map<string, string>();
    const join = (member: string, code: string): void => {
      const known = first.get(member);
      if (known === undefined) first.set(member, code);
      else if (known !== code) {
        this.calls(known, code);
        this.calls(code, known);
      }
    };
    for (const type of withAncestors(symbol)) {
      for (const method of [...type.methods.values()].flat()) {
        const code = places.method(method);
        this.calls(places.byName(method.name, method.parameters.length), code);
        if (!method.isStatic || type.interfaces.length > 0) join(methodMember(method), code);
      }
      for (const field of type.fields.values()) {
        if (field.property === undefined || field.isStatic) continue;
        join(`get ${field.name.toLowerCase()}`, places.getter(field));
        join(`set ${field.name.toLowerCase()}`, places.setter(field));
      }
    }
  }

  private addMember(owner: TypeSymbol, member: MemberDeclaration): void {
    switch (member.kind) {
      case 'method':
        if (member.symbol !== undefined) this.addCode(places.method(member.symbol), member.body);
        return;
      case 'constructor': {
        if (member.symbol === undefined) return;
        const code = places.constructor(member.symbol);
        this.addConstruction(code, owner, member.body.statements[0]);
        this.addCode(code, member.body);
        return;
      }
      case 'field':
        for (const { symbol, initializer } of member.declarators)
          if (symbol?.isStatic === false) this.addCode(places.initialisers(owner), initializer);
        return;
      case 'initializer':
        if (!member.isStatic) this.addCode(places.initialisers(owner), member.body);
        return;
      case 'property':
        if (member.symbol === undefined) return;
        this.addCode(places.getter(member.symbol), member.getter?.body);
        this.addCode(places.setter(member.symbol), member.setter?.body);
        return;
      case 'class':
      case 'interface':
      case 'enum':
        return;
    }
  }

  /** What a constructor runs besides its statements: the initialisers, and the constructor above. */
  private addConstruction(code: string, owner: TypeSymbol, first: Statement | undefined): void {
    const call =
      first?.kind === 'expression' && first.expression.kind === 'constructorCall' ? first.expression : undefined;
    if (call?.which === 'this') return;
    this.calls(code, places.initialisers(owner));
    const above = superSymbol(owner);
    if (above !== undefined) this.calls(code, constructorPlace(above, call?.target));
  }

  private addCode(code: string, tree: unknown): void {
    walk(tree, (node) => {
      if (!isNode(node)) return;
      if (node.kind === 'call') this.addCall(code, node);
      else if (node.kind === 'new') this.addNew(code, node);
      else if (node.kind === 'constructorCall') this.addConstructorCall(code, node);
      else if (node.kind === 'soql') for (const bind of queryBinds(node.query)) this.addCode(code, bind);
      else if ((node.kind === 'name' || node.kind === 'field') && node.target.kind === 'field') {
        this.calls(code, places.getter(node.target.field));
        this.calls(code, places.setter(node.target.field));
      }
    });
  }

  private addCall(code: string, { target, name, args }: CallExpression): void {
    if (target === undefined) return;
    const { method } = target;
    if (method.origin === 'user') {
      if (!isFuture(method)) this.calls(code, places.method(method));
      return;
    }
    if (this.waits(method.key)) {
      this.calls(places.library(method.key), WAIT);
      this.calls(code, places.library(method.key));
    }
    if (target.dispatch === 'virtual' && mayBeUserObject(target))
      this.calls(code, places.byName(name.name, args.length));
  }

  private addNew(code: string, { target }: NewExpression): void {
    if (target.kind === 'implicit') this.calls(code, places.implicitConstructor(target.owner));
    else if (target.kind === 'constructor' && target.constructor.origin === 'user')
      this.calls(code, places.constructor(target.constructor));
  }

  private addConstructorCall(code: string, { target }: ConstructorCallExpression): void {
    if (target?.origin === 'user') this.calls(code, places.constructor(target));
  }
}

function isNode(value: unknown): value is Expression {
  return typeof value === 'object' && value !== null && 'kind' in value && 'range' in value;
}

/** The type and every user type above it. */
function withAncestors(symbol: TypeSymbol, seen = new Set<TypeSymbol>()): ReadonlySet<TypeSymbol> {
  if (seen.has(symbol)) return seen;
  seen.add(symbol);
  for (const parent of [symbol.superType, ...symbol.interfaces])
    if (parent?.kind === 'user') withAncestors(parent.symbol, seen);
  return seen;
}
