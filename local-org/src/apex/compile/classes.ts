import type {
  AccessorNode,
  Bridge,
  ClassDeclaration,
  ConstructorDeclaration,
  Expression,
  FieldDeclaration,
  InitializerDeclaration,
  MemberDeclaration,
  MethodDeclaration,
  PropertyDeclaration,
} from '../syntax/ast.js';
import type { FieldSymbol, TypeSymbol } from '../types/symbols.js';
import { places, SECOND, type Colouring } from './colouring.js';
import type { FunctionContext, UnitContext } from './context.js';
import { emitSuperConstructor } from './calls.js';
import { emit } from './expressions.js';
import { emitFunction, localsOf, reserveFunction } from './functions.js';
import type { LineWriter } from './lines.js';
import {
  constructorMember,
  fieldSlot,
  getterMember,
  IMPLICIT_CONSTRUCTOR,
  methodMember,
  setterMember,
  superSymbol,
} from './names.js';

/** True when a class has static fields or blocks, which run when the class is first used in a transaction. */
export function hasStatics(members: readonly MemberDeclaration[]): boolean {
  return members.some((member) => {
    if (member.kind === 'initializer') return member.isStatic;
    if (member.kind === 'field') return member.declarators.some((declarator) => declarator.symbol?.isStatic === true);
    return member.kind === 'property' && member.symbol?.isStatic === true;
  });
}

/** Functions to call, in source order, to initialise an instance or the statics. */
interface Initialisers {
  readonly instance: string[];
  /** Static fields with a literal for a value, which come before all others. */
  readonly constants: string[];
  readonly statics: string[];
}

export interface MemberHost {
  readonly unit: UnitContext;
  readonly w: LineWriter;
  readonly symbol: TypeSymbol;
  /** JavaScript name of the class. */
  readonly js: string;
  readonly needsStatics: boolean;
  readonly bridges: readonly Bridge[];
  /** `Class.Outer.Inner`, `Trigger.Name`. */
  readonly place: string;
}

/** Compiles the members of classes of one file in the order of their lines. Inner types are hosts of their own. */
export function emitMembers(
  classes: readonly { readonly host: MemberHost; readonly members: readonly MemberDeclaration[] }[],
): void {
  const work = classes.map(({ host, members: all }) => {
    const { colouring } = host.unit;
    const members =
      colouring === undefined ? all : all.filter((member) => isColoured(host.symbol, member, all, colouring));
    for (const member of members) reserve(host, member);
    const initialisers: Initialisers = { instance: [], constants: [], statics: [] };
    return {
      host,
      members,
      constructs: colouring === undefined || constructsInColour(host.symbol, all, colouring),
      hasConstructor: all.some((member) => member.kind === 'constructor'),
      initialisers,
      init: `$i${host.unit.unitId}_${host.unit.places.length}_${host.symbol.fullName.replace('.', '_')}`,
    };
  });
  const inOrder = work
    .flatMap((entry) => entry.members.map((member) => ({ ...entry, member })))
    .toSorted((left, right) => left.member.range.start - right.member.range.start);
  for (const { host, member, initialisers, init } of inOrder) emitMember(host, member, initialisers, init);
  for (const { host, constructs, hasConstructor, initialisers, init } of work) {
    if (host.unit.colouring === undefined) emitBridges(host);
    if (!constructs) continue;
    if (!hasConstructor) emitImplicitConstructor(host, init);
    const { star, delegate } = syntaxOf(host.unit);
    host.w.put(
      `function${star} ${init}(){${initialisers.instance.map((name) => `${delegate}${name}.call(this);`).join('')}}`,
    );
    if (host.needsStatics && host.unit.colouring === undefined)
      host.w.put(
        `${host.js}.$static=function($s){${[...initialisers.constants, ...initialisers.statics].map((name) => `${name}($s);`).join('')}};`,
      );
  }
}

/** Methods of interfaces that another signature answers for. */
function emitBridges({ w, js, bridges }: MemberHost): void {
  for (const { required, implementation } of bridges)
    w.put(
      `${js}.prototype.${methodMember(required)}=function(...a){return this.${methodMember(implementation)}(...a);};`,
    );
}

/** How functions are written and called in the colour of the unit; `ending` follows the names of members. */
function syntaxOf(unit: UnitContext): { readonly star: string; readonly delegate: string; readonly ending: string } {
  return unit.colouring === undefined
    ? { star: '', delegate: '', ending: '' }
    : { star: '*', delegate: 'yield* ', ending: SECOND };
}

/** True when the second colour has the member, or needs it to construct objects. Static initialisers have one colour only. */
function isColoured(
  owner: TypeSymbol,
  member: MemberDeclaration,
  all: readonly MemberDeclaration[],
  colouring: Colouring,
): boolean {
  switch (member.kind) {
    case 'method':
      return member.symbol !== undefined && colouring.has(places.method(member.symbol));
    case 'constructor':
      return member.symbol !== undefined && colouring.has(places.constructor(member.symbol));
    case 'property':
      return (
        member.symbol !== undefined &&
        (colouring.has(places.getter(member.symbol)) || colouring.has(places.setter(member.symbol)))
      );
    case 'field':
      return (
        member.declarators.some(({ symbol }) => symbol?.isStatic === false) && constructsInColour(owner, all, colouring)
      );
    case 'initializer':
      return !member.isStatic && constructsInColour(owner, all, colouring);
    case 'class':
    case 'interface':
    case 'enum':
      return false;
  }
}

function constructsInColour(owner: TypeSymbol, all: readonly MemberDeclaration[], colouring: Colouring): boolean {
  const constructors = all.filter((member) => member.kind === 'constructor');
  return constructors.length === 0
    ? colouring.has(places.implicitConstructor(owner))
    : constructors.some((member) => isColoured(owner, member, all, colouring));
}

/** Static methods are called directly by the functions of their file, also by those that stand above them. */
function reserve(host: MemberHost, member: MemberDeclaration): void {
  if (member.kind !== 'method' || member.symbol?.isStatic !== true || member.body === undefined) return;
  host.unit.localFunctions
    .get(host.symbol)
    ?.set(methodMember(member.symbol), reserveFunction(host.unit, `${host.place}.${member.symbol.name}`));
}

function emitMember(host: MemberHost, member: MemberDeclaration, initialisers: Initialisers, init: string): void {
  switch (member.kind) {
    case 'method':
      emitMethod(host, member);
      return;
    case 'constructor':
      emitConstructor(host, member, init);
      return;
    case 'field':
      emitFields(host, member, initialisers);
      return;
    case 'property':
      emitProperty(host, member);
      return;
    case 'initializer':
      emitInitializer(host, member, initialisers);
      return;
    case 'class':
    case 'interface':
    case 'enum':
      return;
  }
}

function emitMethod(host: MemberHost, member: MethodDeclaration): void {
  const { symbol, body } = member;
  if (symbol === undefined || body === undefined) return;
  const memberName = methodMember(symbol);
  const name = emitFunction(host.unit, host.w, {
    owner: host.symbol,
    isStatic: symbol.isStatic,
    reservedName: symbol.isStatic ? host.unit.localFunctions.get(host.symbol)?.get(memberName) : undefined,
    place: `${host.place}.${symbol.name}`,
    logged: { kind: 'METHOD', name: `${host.symbol.fullName}.${symbol.name}`, parameters: symbol.parameters },
    line: member.range.line,
    parameters: localsOf(member.parameters),
    statements: body.statements,
    epilogue: member.returnType === undefined ? '' : 'return null;',
    needsStatics: host.needsStatics && symbol.isStatic,
  });
  const { ending } = syntaxOf(host.unit);
  host.w.put(`${host.js}${symbol.isStatic ? '' : '.prototype'}.${memberName}${ending}=${name};`);
  // A static method may implement what an interface asks for; it is then called on an object.
  if (symbol.isStatic && host.symbol.interfaces.length > 0 && !hasInstanceMethod(superSymbol(host.symbol), memberName))
    host.w.put(`${host.js}.prototype.${memberName}${ending}=${name};`);
}

function hasInstanceMethod(symbol: TypeSymbol | undefined, member: string): boolean {
  if (symbol === undefined) return false;
  const own = [...symbol.methods.values()].flat();
  return (
    own.some((method) => !method.isStatic && methodMember(method) === member) ||
    hasInstanceMethod(superSymbol(symbol), member)
  );
}

/**
 * `this(...)` leaves initialising to the other constructor. Otherwise the own initialisers go first, then the class above: what its
 * constructor calls finds the fields of the class below set (fflib-apex-common: fflib_SObjectUnitOfWorkTest.DerivedUnitOfWork).
 */
function emitConstructor(host: MemberHost, member: ConstructorDeclaration, init: string): void {
  const { symbol } = member;
  if (symbol === undefined) return;
  const [first, ...rest] = member.body.statements;
  const call =
    first?.kind === 'expression' && first.expression.kind === 'constructorCall' ? first.expression : undefined;
  const { star, delegate, ending } = syntaxOf(host.unit);
  const name = emitFunction(host.unit, host.w, {
    owner: host.symbol,
    isStatic: false,
    place: `${host.place}.<init>`,
    logged: { kind: 'CONSTRUCTOR', name: '<init>', parameters: symbol.parameters },
    line: member.range.line,
    parameters: localsOf(member.parameters),
    runsUnseen: call !== undefined || superSymbol(host.symbol) !== undefined,
    prologue: (cx) => {
      if (call?.which === 'this') return `${emit(cx, call)};`;
      const above = call === undefined ? emitSuperConstructor(cx, undefined, '') : emit(cx, call);
      return `${delegate}${init}.call(this);${above};`;
    },
    statements: call === undefined ? member.body.statements : rest,
    epilogue: 'return this;',
    needsStatics: host.needsStatics,
  });
  host.w.put(
    `${host.js}.prototype.${constructorMember(symbol)}${ending}=function${star}(...$a){${delegate}${name}.apply(this,$a);return this;};`,
  );
}

function emitImplicitConstructor(host: MemberHost, init: string): void {
  const { delegate, ending } = syntaxOf(host.unit);
  const name = emitFunction(host.unit, host.w, {
    owner: host.symbol,
    isStatic: false,
    place: `${host.place}.<init>`,
    logged: host.place.startsWith('Class.') ? { kind: 'CONSTRUCTOR', name: '<init>', parameters: [] } : undefined,
    line: 0,
    parameters: [],
    prologue: (cx) => `${delegate}${init}.call(this);${emitSuperConstructor(cx, undefined, '')};`,
    runsUnseen: superSymbol(host.symbol) !== undefined,
    statements: [],
    epilogue: 'return this;',
    needsStatics: host.needsStatics,
  });
  host.w.put(`${host.js}.prototype.${IMPLICIT_CONSTRUCTOR}${ending}=${name};`);
}

function emitFields(host: MemberHost, member: FieldDeclaration, initialisers: Initialisers): void {
  for (const { symbol, initializer } of member.declarators) {
    if (symbol === undefined || initializer === undefined) continue;
    if (symbol.isStatic && host.unit.colouring !== undefined) continue;
    host.unit.executableLines.add(member.range.line);
    const assign = (cx: FunctionContext, value: Expression): string =>
      `$v[${member.range.line}]=1;${symbol.isStatic ? '$s' : 'this'}.${fieldSlot(symbol)}=${emit(cx, value)};`;
    const name = emitFunction(host.unit, host.w, {
      owner: host.symbol,
      isStatic: symbol.isStatic,
      place: symbol.isStatic ? host.place : `${host.place}.<init>`,
      line: member.range.line,
      parameters: [],
      prologue: (cx) => `${symbol.isStatic ? 'const $s=arguments[0];' : ''}${assign(cx, initializer)}`,
      statements: [],
      needsStatics: false,
    });
    const isConstant = symbol.isFinal && initializer.kind === 'literal';
    if (!symbol.isStatic) initialisers.instance.push(name);
    else (isConstant ? initialisers.constants : initialisers.statics).push(name);
  }
}

function emitInitializer(host: MemberHost, member: InitializerDeclaration, initialisers: Initialisers): void {
  const name = emitFunction(host.unit, host.w, {
    owner: host.symbol,
    isStatic: member.isStatic,
    place: member.isStatic ? host.place : `${host.place}.<init>`,
    line: member.range.line,
    parameters: [],
    statements: member.body.statements,
    needsStatics: false,
  });
  (member.isStatic ? initialisers.statics : initialisers.instance).push(name);
}

function emitProperty(host: MemberHost, member: PropertyDeclaration): void {
  const { symbol } = member;
  if (symbol === undefined) return;
  const holder = symbol.isStatic ? `${host.unit.constants.statics(symbol.owner)}` : undefined;
  emitAccessor(host, symbol, member.getter, getterMember(symbol), 'get', holder);
  emitAccessor(host, symbol, member.setter, setterMember(symbol), 'set', holder);
}

/** Static accessors are members of the object that holds the static fields. */
function emitAccessor(
  host: MemberHost,
  symbol: FieldSymbol,
  accessor: AccessorNode | undefined,
  memberName: string,
  kind: 'get' | 'set',
  statics: string | undefined,
): void {
  if (accessor === undefined || symbol.property?.isAbstract === true) return;
  const { colouring } = host.unit;
  if (colouring?.has(kind === 'get' ? places.getter(symbol) : places.setter(symbol)) === false) return;
  const { star, ending } = syntaxOf(host.unit);
  const target = statics === undefined ? `${host.js}.prototype` : `${host.js}.$statics.prototype`;
  if (accessor.body === undefined) {
    const slot = fieldSlot(symbol);
    host.w.put(
      `${target}.${memberName}${ending}=function${star}(${kind === 'get' ? '' : '$a'}){${kind === 'get' ? `return this.${slot};` : `this.${slot}=$a;`}};`,
    );
    return;
  }
  const name = emitFunction(host.unit, host.w, {
    owner: host.symbol,
    isStatic: symbol.isStatic,
    place: `${host.place}.__${kind}${symbol.name}`,
    // Debug logs show accessors as methods of this name.
    logged: {
      kind: 'METHOD',
      name: `${host.symbol.fullName}.__sfdc_${symbol.name}`,
      parameters: kind === 'get' ? [] : [{ name: 'value', type: symbol.type }],
    },
    line: accessor.range.line,
    parameters: kind === 'get' ? [] : [accessor.value],
    statements: accessor.body.statements,
    epilogue: kind === 'get' ? 'return null;' : '',
    accessorOf: symbol,
    needsStatics: false,
  });
  host.w.put(`${target}.${memberName}${ending}=${name};`);
}

/** Classes of a declaration, outer first, with their members. */
export function classesOf(declaration: ClassDeclaration): readonly ClassDeclaration[] {
  return [declaration, ...declaration.members.filter((member) => member.kind === 'class')];
}
