import { accessOf, hasModifier } from '../symbols/index.js';
import type { DeclaredType } from '../symbols/index.js';
import { VOID, typeName } from '../types/index.js';
import type { ApexType, FieldSymbol } from '../types/index.js';
import type {
  AccessorNode,
  ClassDeclaration,
  ConstructorDeclaration,
  EnumDeclaration,
  Expression,
  FieldDeclaration,
  InitializerDeclaration,
  MemberDeclaration,
  MethodDeclaration,
  ParameterNode,
  PropertyDeclaration,
  Statement,
  TypeDeclaration,
} from '../syntax/index.js';
import { checkAnnotations, checkClassAnnotations, checkMethodAnnotations } from './annotations.js';
import { Locals, declareLocal } from './context.js';
import type { Body, BodyKind, World } from './context.js';
import { checkExpression, convertTo } from './expression.js';
import { alwaysReturns, checkReachable } from './flow.js';
import { checkIdentifier } from './identifiers.js';
import { checkHeritage, checkOverride } from './inheritance.js';
import { checkInvocableVariable } from './invocable-rules.js';
import { checkEnclosed } from './enclosing.js';
import { checkFieldModifiers, checkMethodModifiers, checkModifiers, checkTypeModifiers } from './modifiers.js';
import type { Findings } from './problems.js';
import { checkBlock } from './statements.js';

/** Where a class is checked. */
export interface ClassContext {
  readonly world: World;
  readonly findings: Findings;
  readonly owner: DeclaredType;
}

export function bodyOf(context: ClassContext, kind: BodyKind, isStatic: boolean, returns: ApexType): Body {
  return {
    ...context,
    kind,
    isStatic,
    returns,
    locals: new Locals(undefined),
    inLoop: false,
    triggerObject: undefined,
    pending: new Set(),
  };
}

function declareParameters(nodes: readonly ParameterNode[], body: Body): void {
  for (const node of nodes) {
    checkIdentifier(node.name, 'variable', body.findings);
    checkModifiers(node.modifiers, 'parameters', node.name, body.findings);
    const isFinal = hasModifier(node.modifiers, 'final');
    node.local = declareLocal(
      body,
      { name: node.name.name, type: node.declaredType.type, role: 'parameter', isFinal },
      node.name.range,
    );
  }
}

/** Names and modifiers of local variables, which the statements' own checks do not look at. */
function checkLocalNames(statements: readonly Statement[], findings: Findings): void {
  for (const statement of statements) {
    if (statement.kind === 'variable') {
      for (const { name } of statement.declarators) {
        checkIdentifier(name, 'variable', findings);
        checkModifiers(statement.modifiers, 'locals', name, findings);
      }
    } else if (statement.kind === 'block') checkLocalNames(statement.statements, findings);
    else if (statement.kind === 'if')
      checkLocalNames(
        statement.otherwise === undefined ? [statement.then] : [statement.then, statement.otherwise],
        findings,
      );
    else if (statement.kind === 'for') {
      if ('kind' in statement.init) checkLocalNames([statement.init], findings);
      if (statement.body !== undefined) checkLocalNames([statement.body], findings);
    } else if (statement.kind === 'forEach') {
      checkIdentifier(statement.name, 'variable', findings);
      if (statement.body !== undefined) checkLocalNames([statement.body], findings);
    } else if (statement.kind === 'try') {
      checkLocalNames([statement.body, ...statement.catches.map((clause) => clause.body)], findings);
    } else if (statement.kind === 'while' && statement.body !== undefined) checkLocalNames([statement.body], findings);
  }
}

/** Everything that holds for the statements of any code. */
export function checkCode(statements: readonly Statement[], body: Body): void {
  checkBlock(
    { kind: 'block', statements, range: { line: 0, column: 0, endLine: 0, endColumn: 0, start: 0, end: 0 } },
    body,
  );
  checkReachable(statements, body);
  checkLocalNames(statements, body.findings);
}

function checkMethod(node: MethodDeclaration, context: ClassContext): void {
  const { findings, owner } = context;
  const isInterface = owner.kind === 'interface';
  checkIdentifier(node.name, 'method', findings);
  if (isInterface) {
    for (const { name } of node.modifiers.keywords)
      findings.report(node.name.range, `${name} is not allowed on interface methods`);
  } else {
    checkMethodModifiers(node.modifiers, node.name, node.body !== undefined, owner, findings);
    checkOverride(node, owner, findings);
  }
  checkMethodAnnotations(node, owner, findings);
  const returns = node.symbol?.returns ?? VOID;
  const body = bodyOf(context, 'method', node.symbol?.isStatic === true, returns);
  declareParameters(node.parameters, body);
  if (node.body === undefined) return;
  checkCode(node.body.statements, body);
  if (returns.kind !== 'void' && !alwaysReturns(node.body))
    findings.report(node.name.range, `Missing return statement required return type: ${typeName(returns)}`);
}

function constructorCall(
  statement: Statement | undefined,
): (Expression & { readonly kind: 'constructorCall' }) | undefined {
  return statement?.kind === 'expression' && statement.expression.kind === 'constructorCall'
    ? statement.expression
    : undefined;
}

/** A superclass whose constructors all take parameters must be called by name. */
function missingSuper(owner: DeclaredType): string | undefined {
  const parent = owner.superType;
  if (parent?.kind !== 'user' || parent.symbol.isException) return undefined;
  const { constructors } = parent.symbol;
  if (constructors.length === 0 || constructors.some((one) => one.parameters.length === 0)) return undefined;
  return `No default constructor available in super type: ${parent.symbol.fullName}`;
}

/** Exception classes have four constructors of the platform's own. */
function checkExceptionConstructor(node: ConstructorDeclaration, owner: DeclaredType, findings: Findings): void {
  if (!owner.isException || node.symbol === undefined) return;
  const parameters = node.symbol.parameters.map((parameter) => typeName(parameter.type)).join(', ');
  if (['', 'String', 'Exception', 'String, Exception'].includes(parameters)) {
    findings.report(node.name.range, `System exception constructor already defined: void <init>(${parameters})`);
  }
}

function checkConstructor(node: ConstructorDeclaration, context: ClassContext): void {
  const { findings, owner } = context;
  if (node.name.name.toLowerCase() !== owner.name.toLowerCase())
    findings.report(node.name.range, `Invalid constructor name: ${node.name.name}`);
  checkModifiers(node.modifiers, 'constructors', node.name, findings);
  checkExceptionConstructor(node, owner, findings);
  checkAnnotations(node.modifiers, node.name, findings);
  const body = bodyOf(context, 'constructor', false, VOID);
  declareParameters(node.parameters, body);
  const [first, ...rest] = node.body.statements;
  const missing = constructorCall(first) === undefined ? missingSuper(owner) : undefined;
  if (missing !== undefined) findings.report(node.name.range, missing);
  for (const statement of rest) {
    const call = constructorCall(statement);
    if (call !== undefined)
      findings.report(call.range, `Call to '${call.which}()' must be the first statement in a constructor method`);
  }
  checkCode(node.body.statements, body);
}

/** Fields of the same kind that stand behind a declaration. Maps keep the order of declaration. */
function pendingFields(
  node: FieldDeclaration,
  owner: DeclaredType,
  isStatic: boolean,
  declared: readonly MemberDeclaration[],
): ReadonlySet<FieldSymbol> {
  const fields = [...owner.fields.values()].filter((field) => field.kind === 'field' && field.isStatic === isStatic);
  const last = node.declarators.at(-1)?.symbol;
  const at = last === undefined ? -1 : fields.indexOf(last);
  const constants = constantFields(declared);
  return new Set(at < 0 ? [] : fields.slice(at + 1).filter((field) => !constants.has(field)));
}

/** Final static fields with a literal for a value have it from the start, wherever they stand. */
function constantFields(members: readonly MemberDeclaration[]): ReadonlySet<FieldSymbol> {
  return new Set(
    members
      .filter((member) => member.kind === 'field')
      .flatMap((member) => member.declarators)
      .flatMap(({ symbol, initializer }) =>
        symbol?.isStatic === true && symbol.isFinal && initializer?.kind === 'literal' ? [symbol] : [],
      ),
  );
}

function checkField(node: FieldDeclaration, context: ClassContext, declared: readonly MemberDeclaration[]): void {
  const { findings, owner } = context;
  const isStatic = hasModifier(node.modifiers, 'static');
  for (const declarator of node.declarators) {
    checkIdentifier(declarator.name, 'variable', findings);
    checkFieldModifiers(node.modifiers, 'fields', declarator.name, owner, findings);
    checkAnnotations(node.modifiers, declarator.name, findings);
    if (declarator.initializer === undefined) continue;
    const body = {
      ...bodyOf(context, 'field', isStatic, VOID),
      pending: pendingFields(node, context.owner, isStatic, declared),
    };
    checkExpression(declarator.initializer, body);
    convertTo(declarator.initializer, node.declaredType.type, body, declarator.name.range);
  }
  checkInvocableVariable(node, owner, findings);
}

const ACCESS_RANK = { private: 0, protected: 1, public: 2, global: 3 } as const;

function checkAccessorAccess(accessor: AccessorNode, node: PropertyDeclaration, findings: Findings): void {
  const own = accessOf(accessor.modifiers);
  const outer = accessOf(node.modifiers) ?? 'private';
  if (own !== undefined && ACCESS_RANK[own] > ACCESS_RANK[outer])
    findings.report(accessor.keyword, `Cannot declare ${own} accessor on ${outer} property`);
}

function checkProperty(node: PropertyDeclaration, context: ClassContext): void {
  const { findings, owner } = context;
  checkIdentifier(node.name, 'variable', findings);
  checkFieldModifiers(node.modifiers, 'properties', node.name, owner, findings);
  checkAnnotations(node.modifiers, node.name, findings);
  checkInvocableVariable(node, owner, findings);
  if (node.getter === undefined && node.setter === undefined) {
    findings.report({ line: node.range.endLine, column: node.range.endColumn - 1 }, "Unexpected token '}'.");
  }
  const isStatic = hasModifier(node.modifiers, 'static');
  const { type } = node.declaredType;
  const { getter, setter } = node;
  if (getter !== undefined) {
    checkAccessorAccess(getter, node, findings);
    if (getter.body !== undefined) {
      checkCode(getter.body.statements, bodyOf(context, 'getter', isStatic, type));
      if (!alwaysReturns(getter.body))
        findings.report(node.name.range, `Missing return statement required return type: ${typeName(type)}`);
    }
  }
  if (setter === undefined) return;
  checkAccessorAccess(setter, node, findings);
  if (setter.body === undefined) return;
  const body = bodyOf(context, 'setter', isStatic, VOID);
  setter.value = { name: 'value', type, role: 'setterValue', isFinal: false };
  body.locals.add(setter.value);
  checkCode(setter.body.statements, body);
}

function checkInitializer(node: InitializerDeclaration, context: ClassContext): void {
  if (node.isStatic && context.owner.outer !== undefined)
    context.findings.report(node.body.range, 'Inner types are not allowed to have static blocks');
  checkCode(node.body.statements, bodyOf(context, 'initializer', node.isStatic, VOID));
}

/** Checks one member of a class, trigger or anonymous block. */
/** @param declared every member of the class, in source order */
export function checkMember(
  member: MemberDeclaration,
  context: ClassContext,
  declared: readonly MemberDeclaration[],
): void {
  switch (member.kind) {
    case 'method':
      checkMethod(member, context);
      return;
    case 'constructor':
      checkConstructor(member, context);
      return;
    case 'field':
      checkField(member, context, declared);
      return;
    case 'property':
      checkProperty(member, context);
      return;
    case 'initializer':
      checkInitializer(member, context);
      return;
    case 'class':
    case 'interface':
    case 'enum':
      checkInner(member, context);
      return;
  }
}

function checkInner(node: TypeDeclaration, context: ClassContext): void {
  const { findings, owner } = context;
  if (owner.outer !== undefined) findings.report(node.range, 'Inner types are not allowed to have inner types');
  const symbol = owner.inner.get(node.name.name.toLowerCase());
  if (node.name.name.toLowerCase() === owner.name.toLowerCase())
    findings.report(node.name.range, `Type name already in use: ${node.name.name}`);
  else if (symbol !== node.symbol)
    findings.report(node.name.range, `Type name already in use: ${owner.fullName}.${node.name.name}`);
  if (symbol !== undefined && symbol === node.symbol) checkType(node, { ...context, owner: symbol }, owner);
}

function checkClass(node: ClassDeclaration, context: ClassContext): void {
  const { findings, owner } = context;
  checkHeritage(node, owner, findings);
  checkClassAnnotations(node, owner, findings);
  const hasConstructor = node.members.some((member) => member.kind === 'constructor');
  const missing = hasConstructor ? undefined : missingSuper(owner);
  if (missing !== undefined) findings.report(node.name.range, missing);
  for (const member of node.members) checkMember(member, context, node.members);
}

const MAX_CONSTANTS = 100;

function checkEnum(node: EnumDeclaration, findings: Findings): void {
  const seen = new Set<string>();
  if (node.constants.length > MAX_CONSTANTS)
    findings.report(node.name.range, `Maximum number of enum items exceeded: ${String(MAX_CONSTANTS)}`);
  for (const constant of node.constants) {
    checkIdentifier(constant, 'variable', findings);
    if (seen.has(constant.name.toLowerCase())) findings.report(constant.range, `Duplicate field: ${constant.name}`);
    seen.add(constant.name.toLowerCase());
  }
}

/** Checks a class, interface or enum with everything in it. */
export function checkType(node: TypeDeclaration, context: ClassContext, outer: DeclaredType | undefined): void {
  const { findings, owner } = context;
  checkIdentifier(node.name, outer === undefined ? 'type' : 'innerType', findings);
  const site = node.kind === 'class' ? 'classes' : node.kind === 'interface' ? 'interfaces' : 'enums';
  checkTypeModifiers(node.modifiers, site, node.name, outer, findings);
  checkAnnotations(node.modifiers, node.name, findings);
  if (node.kind === 'enum') {
    checkEnum(node, findings);
  } else if (node.kind === 'interface') {
    checkHeritage(node, owner, findings);
    for (const method of node.methods) checkMethod(method, context);
  } else {
    checkClass(node, context);
    if (outer === undefined) checkEnclosed(node, findings);
  }
}
