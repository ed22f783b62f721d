import { accessOf, hasAnnotation, hasModifier } from '../symbols/index.js';
import type { DeclaredType } from '../symbols/index.js';
import { typeName } from '../types/index.js';
import type { ApexType, TypeSymbol } from '../types/index.js';
import type { FieldDeclaration, MethodDeclaration, PropertyDeclaration } from '../syntax/index.js';
import type { Findings } from './problems.js';

function hasVariables(symbol: TypeSymbol): boolean {
  const seen = new Set<TypeSymbol>();
  let at: TypeSymbol | undefined = symbol;
  while (at !== undefined && !seen.has(at)) {
    seen.add(at);
    for (const field of at.fields.values()) {
      const isVariable = field.annotations.some(({ name }) => /^invocablevariable$/i.test(name));
      if (isVariable && (field.access === 'public' || field.access === 'global')) return true;
    }
    at = at.superType?.kind === 'user' ? at.superType.symbol : undefined;
  }
  return false;
}

/** What one request or result of an action may be: a primitive, rows, a list of such, or a class with invocable variables. */
function isRequestType(type: ApexType): boolean {
  switch (type.kind) {
    case 'any':
    case 'sobject':
    case 'platform':
      return true;
    case 'primitive':
      return type.name !== 'Object' && type.name !== 'Blob';
    case 'list':
      return isRequestType(type.element);
    case 'user':
      return type.symbol.kind === 'class' && type.symbol.access !== 'private' && hasVariables(type.symbol);
    default:
      return false;
  }
}

function checkParameters(node: MethodDeclaration, findings: Findings): void {
  const at = node.name.range;
  const parameters = node.symbol?.parameters ?? [];
  const [first, second] = parameters;
  if (second !== undefined)
    findings.report(at, 'Only one parameter is supported on methods with @Invocable annotation');
  else if (first !== undefined && first.type.kind !== 'list' && first.type.kind !== 'any') {
    findings.report(
      at,
      `Unsupported parameter type ${typeName(first.type)}. Valid invocable parameters must be List types like List<T> where T is a supported type`,
    );
  } else if (first?.type.kind === 'list' && !isRequestType(first.type.element)) {
    findings.report(at, `InvocableMethod methods do not support parameter type of ${typeName(first.type)}`);
  }
}

/** Rules of `@InvocableMethod` (PLATFORM 3.2). That it stands in an outer class follows from static methods standing only there. */
export function checkInvocableMethod(node: MethodDeclaration, findings: Findings): void {
  if (!hasAnnotation(node.modifiers, 'invocablemethod')) return;
  const at = node.name.range;
  if (!hasModifier(node.modifiers, 'static')) findings.report(at, 'InvocableMethod methods must be declared as static');
  const access = accessOf(node.modifiers);
  if (access !== 'public' && access !== 'global')
    findings.report(at, 'InvocableMethod methods require at least one of the following global, public');
  const others = node.modifiers.annotations.filter(
    ({ name }) => !/^(invocablemethod|deprecated|suppresswarnings)$/i.test(name.name),
  );
  if (others.length > 0) findings.report(at, 'The only annotation that can be used with InvocableMethod is Deprecated');
  checkParameters(node, findings);
  const returns = node.symbol?.returns;
  if (returns === undefined || returns.kind === 'void' || returns.kind === 'any') return;
  if (returns.kind !== 'list' || !isRequestType(returns.element))
    findings.report(at, `InvocableMethod methods do not support return type of ${typeName(returns)}`);
}

function isVariableType(type: ApexType): boolean {
  switch (type.kind) {
    case 'any':
    case 'sobject':
    case 'platform':
    case 'user':
      return true;
    case 'primitive':
      return type.name !== 'Object';
    case 'list':
      return isVariableType(type.element);
    default:
      return false;
  }
}

/** Rules of `@InvocableVariable`: a visible instance field of a type that a flow knows. */
export function checkInvocableVariable(
  node: FieldDeclaration | PropertyDeclaration,
  owner: DeclaredType,
  findings: Findings,
): void {
  if (!hasAnnotation(node.modifiers, 'invocablevariable')) return;
  const names = node.kind === 'field' ? node.declarators.map((declarator) => declarator.name) : [node.name];
  const type = node.declaredType.type;
  const access = accessOf(node.modifiers);
  for (const { range } of names) {
    if (hasModifier(owner.modifiers, 'private'))
      findings.report(range, 'Defining type for InvocableVariable fields cannot be private');
    if (node.kind === 'property') findings.report(range, 'InvocableVariable is not allowed on properties');
    if (access !== 'public' && access !== 'global')
      findings.report(range, 'InvocableVariable fields require at least one of the following global, public');
    if (hasModifier(node.modifiers, 'final')) findings.report(range, 'InvocableVariable fields cannot be final');
    if (!isVariableType(type))
      findings.report(range, `InvocableVariable fields do not support type of ${typeName(type)}`);
  }
}
