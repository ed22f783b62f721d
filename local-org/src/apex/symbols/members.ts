import { accessOf, annotationInfos, hasAnnotation, hasModifier } from './declared-type.js';
import type { DeclaredType } from './declared-type.js';
import { VOID } from '../types/index.js';
import type {
  Access,
  ApexType,
  ConstructorSymbol,
  FieldSymbol,
  MethodSymbol,
  ParameterSymbol,
  PropertyShape,
} from '../types/index.js';
import type {
  ClassDeclaration,
  ConstructorDeclaration,
  FieldDeclaration,
  MemberDeclaration,
  MethodDeclaration,
  Modifiers,
  ParameterNode,
  PropertyDeclaration,
  TypeDeclaration,
  TypeRefNode,
} from '../syntax/index.js';

/** How the members' types get resolved: with the scope of their class. */
export type TypeResolver = (node: TypeRefNode, scope: DeclaredType) => ApexType;

/** A second field of one name, or a second method with the same parameter types. */
export type DuplicateReporter = (
  kind: 'field' | 'method',
  name: string,
  at: MemberDeclaration,
  owner: DeclaredType,
) => void;

function parameterSymbols(
  nodes: readonly ParameterNode[],
  owner: DeclaredType,
  resolve: TypeResolver,
): readonly ParameterSymbol[] {
  return nodes.map((node) => ({ name: node.name.name, type: resolve(node.declaredType, owner) }));
}

/** Who has an interface's object may call its methods, also where the interface's own name is not visible. */
function memberAccess(modifiers: Modifiers, owner: DeclaredType): Access {
  if (owner.kind === 'interface') return owner.access === 'global' ? 'global' : 'public';
  return accessOf(modifiers) ?? 'private';
}

function methodSymbol(node: MethodDeclaration, owner: DeclaredType, resolve: TypeResolver): MethodSymbol {
  const { modifiers } = node;
  const inInterface = owner.kind === 'interface';
  const isOverride = hasModifier(modifiers, 'override');
  const isAbstract = inInterface || hasModifier(modifiers, 'abstract');
  return {
    origin: 'user',
    name: node.name.name,
    owner,
    parameters: parameterSymbols(node.parameters, owner, resolve),
    returns: node.returnType === undefined ? VOID : resolve(node.returnType, owner),
    isStatic:
      hasModifier(modifiers, 'static') || hasModifier(modifiers, 'testmethod') || hasModifier(modifiers, 'webservice'),
    isAbstract,
    isVirtual: isAbstract || isOverride || hasModifier(modifiers, 'virtual'),
    isOverride,
    isTest: hasAnnotation(modifiers, 'istest') || hasModifier(modifiers, 'testmethod'),
    access: memberAccess(modifiers, owner),
    annotations: annotationInfos(modifiers),
  };
}

function fieldSymbol(
  kind: FieldSymbol['kind'],
  name: string,
  type: ApexType,
  modifiers: Modifiers,
  owner: DeclaredType,
  property: PropertyShape | undefined,
): FieldSymbol {
  return {
    kind,
    name,
    owner,
    type,
    isStatic: hasModifier(modifiers, 'static'),
    isFinal: hasModifier(modifiers, 'final'),
    isTransient: hasModifier(modifiers, 'transient'),
    access: memberAccess(modifiers, owner),
    annotations: annotationInfos(modifiers),
    property,
  };
}

function propertyShape(node: PropertyDeclaration, owner: DeclaredType): PropertyShape {
  const access = memberAccess(node.modifiers, owner);
  const kind = (accessor: PropertyDeclaration['getter']): 'automatic' | 'body' | 'none' =>
    accessor === undefined ? 'none' : accessor.body === undefined ? 'automatic' : 'body';
  return {
    getter: kind(node.getter),
    setter: kind(node.setter),
    getterAccess: (node.getter === undefined ? undefined : accessOf(node.getter.modifiers)) ?? access,
    setterAccess: (node.setter === undefined ? undefined : accessOf(node.setter.modifiers)) ?? access,
    isVirtual:
      hasModifier(node.modifiers, 'virtual') ||
      hasModifier(node.modifiers, 'abstract') ||
      hasModifier(node.modifiers, 'override'),
    isOverride: hasModifier(node.modifiers, 'override'),
    isAbstract: hasModifier(node.modifiers, 'abstract'),
  };
}

/** Types of the parameters as one key, to compare signatures. */
export function signatureKey(parameters: readonly ParameterSymbol[], print: (type: ApexType) => string): string {
  return parameters.map((parameter) => print(parameter.type).toLowerCase()).join(',');
}

class MemberDeclarer {
  constructor(
    private readonly owner: DeclaredType,
    private readonly resolve: TypeResolver,
    private readonly print: (type: ApexType) => string,
    private readonly duplicate: DuplicateReporter,
  ) {}

  private addField(symbol: FieldSymbol, at: MemberDeclaration): void {
    const key = symbol.name.toLowerCase();
    if (this.owner.fields.has(key)) this.duplicate('field', symbol.name, at, this.owner);
    else this.owner.fields.set(key, symbol);
  }

  private field(node: FieldDeclaration): void {
    const type = this.resolve(node.declaredType, this.owner);
    for (const declarator of node.declarators) {
      const symbol = fieldSymbol('field', declarator.name.name, type, node.modifiers, this.owner, undefined);
      declarator.symbol = symbol;
      this.addField(symbol, node);
    }
  }

  private property(node: PropertyDeclaration): void {
    const type = this.resolve(node.declaredType, this.owner);
    const symbol = fieldSymbol(
      'property',
      node.name.name,
      type,
      node.modifiers,
      this.owner,
      propertyShape(node, this.owner),
    );
    node.symbol = symbol;
    this.addField(symbol, node);
  }

  method(node: MethodDeclaration): void {
    const symbol = methodSymbol(node, this.owner, this.resolve);
    node.symbol = symbol;
    const key = symbol.name.toLowerCase();
    const list = this.owner.methods.get(key) ?? [];
    const signature = signatureKey(symbol.parameters, this.print);
    if (list.some((other) => signatureKey(other.parameters, this.print) === signature)) {
      this.duplicate('method', symbol.name, node, this.owner);
    }
    list.push(symbol);
    this.owner.methods.set(key, list);
  }

  private construct(node: ConstructorDeclaration): void {
    const symbol: ConstructorSymbol = {
      origin: 'user',
      owner: this.owner,
      parameters: parameterSymbols(node.parameters, this.owner, this.resolve),
      access: memberAccess(node.modifiers, this.owner),
      annotations: annotationInfos(node.modifiers),
    };
    node.symbol = symbol;
    const signature = signatureKey(symbol.parameters, this.print);
    if (this.owner.constructors.some((other) => signatureKey(other.parameters, this.print) === signature)) {
      this.duplicate('method', node.name.name, node, this.owner);
    }
    this.owner.constructors.push(symbol);
  }

  add(member: MemberDeclaration): void {
    switch (member.kind) {
      case 'field':
        this.field(member);
        return;
      case 'property':
        this.property(member);
        return;
      case 'method':
        this.method(member);
        return;
      case 'constructor':
        this.construct(member);
        return;
      case 'initializer':
      case 'class':
      case 'interface':
      case 'enum':
        return;
    }
  }
}

/** Adds the members of a list, as a trigger or anonymous block declares them, to a symbol. */
export function declareMembers(
  members: readonly MemberDeclaration[],
  owner: DeclaredType,
  resolve: TypeResolver,
  print: (type: ApexType) => string,
  duplicate: DuplicateReporter,
): void {
  const declarer = new MemberDeclarer(owner, resolve, print, duplicate);
  for (const member of members) declarer.add(member);
}

function isTypeDeclaration(member: MemberDeclaration): member is TypeDeclaration {
  return member.kind === 'class' || member.kind === 'interface' || member.kind === 'enum';
}

/** The inner types of a class, with their symbols. */
export function innerDeclarations(declaration: ClassDeclaration): readonly TypeDeclaration[] {
  return declaration.members.filter(isTypeDeclaration);
}
