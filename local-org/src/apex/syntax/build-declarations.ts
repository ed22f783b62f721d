import type {
  AnonymousBlockMemberContext,
  AnonymousUnitContext,
  ClassBodyDeclarationContext,
  ClassDeclarationContext,
  ConstructorDeclarationContext,
  EnumDeclarationContext,
  FieldDeclarationContext,
  FormalParametersContext,
  InterfaceDeclarationContext,
  InterfaceMethodDeclarationContext,
  MethodDeclarationContext,
  PropertyDeclarationContext,
  TriggerBlockMemberContext,
  TriggerUnitContext,
  TypeDeclarationContext,
} from '@apexdevtools/apex-parser';
import type {
  AccessorNode,
  AnonymousDeclaration,
  ClassDeclaration,
  EnumDeclaration,
  FieldDeclaration,
  InterfaceDeclaration,
  MemberDeclaration,
  MethodDeclaration,
  Modifiers,
  ParameterNode,
  PropertyDeclaration,
  SourceRange,
  Statement,
  TriggerDeclaration,
  TriggerEventNode,
  TypeDeclaration,
} from './ast.js';
import { buildModifiers } from './build-modifiers.js';
import { identifier, many, optional, rangeOf, typeList, typeRef } from './build-common.js';
import { buildBlock, buildStatement, declarators } from './build-statements.js';

function parameters(context: FormalParametersContext): readonly ParameterNode[] {
  const list = optional(context.formalParameterList());
  return list === undefined
    ? []
    : many(list.formalParameter_list()).map((parameter) => ({
        modifiers: buildModifiers(many(parameter.modifier_list())),
        declaredType: typeRef(parameter.typeRef()),
        name: identifier(parameter.id()),
        local: undefined,
      }));
}

function method(
  context: MethodDeclarationContext | InterfaceMethodDeclarationContext,
  modifiers: Modifiers,
  range: SourceRange,
): MethodDeclaration {
  const result = optional(context.typeRef());
  const block = 'block' in context ? optional(context.block()) : undefined;
  return {
    kind: 'method',
    modifiers,
    returnType: result === undefined ? undefined : typeRef(result),
    name: identifier(context.id()),
    parameters: parameters(context.formalParameters()),
    body: block === undefined ? undefined : buildBlock(block),
    range,
    symbol: undefined,
  };
}

function constructor(
  context: ConstructorDeclarationContext,
  modifiers: Modifiers,
  range: SourceRange,
): MemberDeclaration {
  const name = context.qualifiedName();
  return {
    kind: 'constructor',
    modifiers,
    name: { name: name.getText(), range: rangeOf(name) },
    parameters: parameters(context.formalParameters()),
    body: buildBlock(context.block()),
    range,
    symbol: undefined,
  };
}

function field(context: FieldDeclarationContext, modifiers: Modifiers, range: SourceRange): FieldDeclaration {
  return {
    kind: 'field',
    modifiers,
    declaredType: typeRef(context.typeRef()),
    declarators: declarators(context.variableDeclarators()).map(({ name, initializer }) => ({
      name,
      initializer,
      symbol: undefined,
    })),
    range,
  };
}

function property(context: PropertyDeclarationContext, modifiers: Modifiers, range: SourceRange): PropertyDeclaration {
  let getter: AccessorNode | undefined;
  let setter: AccessorNode | undefined;
  for (const part of many(context.propertyBlock_list())) {
    const get = optional(part.getter());
    const form = get ?? part.setter();
    const block = optional(form.block());
    const accessor: AccessorNode = {
      modifiers: buildModifiers(many(part.modifier_list())),
      body: block === undefined ? undefined : buildBlock(block),
      keyword: rangeOf(form),
      range: rangeOf(part),
      value: undefined,
    };
    if (get === undefined) setter = accessor;
    else getter = accessor;
  }
  return {
    kind: 'property',
    modifiers,
    declaredType: typeRef(context.typeRef()),
    name: identifier(context.id()),
    getter,
    setter,
    range,
    symbol: undefined,
  };
}

function enumDeclaration(context: EnumDeclarationContext, modifiers: Modifiers, range: SourceRange): EnumDeclaration {
  const constants = optional(context.enumConstants());
  return {
    kind: 'enum',
    modifiers,
    name: identifier(context.id()),
    constants: constants === undefined ? [] : many(constants.id_list()).map(identifier),
    range,
    symbol: undefined,
  };
}

function interfaceDeclaration(
  context: InterfaceDeclarationContext,
  modifiers: Modifiers,
  range: SourceRange,
): InterfaceDeclaration {
  return {
    kind: 'interface',
    modifiers,
    name: identifier(context.id()),
    extends: typeList(optional(context.typeList())),
    methods: many(context.interfaceBody().interfaceMethodDeclaration_list()).map((entry) =>
      method(entry, buildModifiers(many(entry.modifier_list())), rangeOf(entry)),
    ),
    range,
    symbol: undefined,
  };
}

function classDeclaration(
  context: ClassDeclarationContext,
  modifiers: Modifiers,
  range: SourceRange,
): ClassDeclaration {
  const parent = optional(context.typeRef());
  return {
    kind: 'class',
    modifiers,
    name: identifier(context.id()),
    extends: parent === undefined ? undefined : typeRef(parent),
    implements: typeList(optional(context.typeList())),
    members: many(context.classBody().classBodyDeclaration_list()).flatMap(classMember),
    range,
    symbol: undefined,
    bridges: [],
  };
}

interface MemberContexts {
  methodDeclaration(): MethodDeclarationContext | null;
  interfaceDeclaration(): InterfaceDeclarationContext | null;
  classDeclaration(): ClassDeclarationContext | null;
  enumDeclaration(): EnumDeclarationContext | null;
  propertyDeclaration(): PropertyDeclarationContext | null;
  fieldDeclaration(): FieldDeclarationContext | null;
}

function member(context: MemberContexts, modifiers: Modifiers, range: SourceRange): MemberDeclaration | undefined {
  const methodNode = optional(context.methodDeclaration());
  if (methodNode !== undefined) return method(methodNode, modifiers, range);
  const fieldNode = optional(context.fieldDeclaration());
  if (fieldNode !== undefined) return field(fieldNode, modifiers, range);
  const propertyNode = optional(context.propertyDeclaration());
  if (propertyNode !== undefined) return property(propertyNode, modifiers, range);
  const classNode = optional(context.classDeclaration());
  if (classNode !== undefined) return classDeclaration(classNode, modifiers, range);
  const interfaceNode = optional(context.interfaceDeclaration());
  if (interfaceNode !== undefined) return interfaceDeclaration(interfaceNode, modifiers, range);
  const enumNode = optional(context.enumDeclaration());
  return enumNode === undefined ? undefined : enumDeclaration(enumNode, modifiers, range);
}

function classMember(context: ClassBodyDeclarationContext): readonly MemberDeclaration[] {
  const range = rangeOf(context);
  const block = optional(context.block());
  if (block !== undefined) {
    return [
      { kind: 'initializer', isStatic: optional(context.STATIC()) !== undefined, body: buildBlock(block), range },
    ];
  }
  const declaration = optional(context.memberDeclaration());
  if (declaration === undefined) return [];
  const modifiers = buildModifiers(many(context.modifier_list()));
  const built = optional(declaration.constructorDeclaration());
  if (built !== undefined) return [constructor(built, modifiers, range)];
  const found = member(declaration, modifiers, range);
  return found === undefined ? [] : [found];
}

/** A top-level class, interface or enum. */
export function buildType(context: TypeDeclarationContext): TypeDeclaration {
  const modifiers = buildModifiers(many(context.modifier_list()));
  const range = rangeOf(context);
  const classNode = optional(context.classDeclaration());
  if (classNode !== undefined) return classDeclaration(classNode, modifiers, range);
  const enumNode = optional(context.enumDeclaration());
  if (enumNode !== undefined) return enumDeclaration(enumNode, modifiers, range);
  return interfaceDeclaration(context.interfaceDeclaration(), modifiers, range);
}

interface Script {
  readonly members: MemberDeclaration[];
  readonly statements: Statement[];
}

/** In a trigger or anonymous block a "field" without access modifiers is a local variable of the block. */
function asVariable(declaration: FieldDeclaration): Statement {
  return {
    kind: 'variable',
    range: declaration.range,
    isFinal: declaration.modifiers.keywords.some((keyword) => keyword.name === 'final'),
    modifiers: declaration.modifiers,
    declaredType: declaration.declaredType,
    declarators: declaration.declarators.map(({ name, initializer }) => ({ name, initializer, local: undefined })),
  };
}

function scriptMember(context: TriggerBlockMemberContext | AnonymousBlockMemberContext, script: Script): void {
  const statement = optional(context.statement());
  if (statement !== undefined) {
    script.statements.push(buildStatement(statement));
    return;
  }
  const modifiers = buildModifiers(many(context.modifier_list()));
  const declaration =
    'triggerMemberDeclaration' in context ? context.triggerMemberDeclaration() : context.anonymousMemberDeclaration();
  const found = member(declaration, modifiers, rangeOf(context));
  if (found === undefined) return;
  const isStatic = modifiers.keywords.some((keyword) => keyword.name === 'static');
  if (found.kind === 'field' && !isStatic) script.statements.push(asVariable(found));
  else script.members.push(found);
}

function triggerEvents(context: TriggerUnitContext): readonly TriggerEventNode[] {
  return many(context.triggerCase_list()).map((entry) => {
    const when = optional(entry.BEFORE()) === undefined ? 'after' : 'before';
    const range = rangeOf(entry);
    if (optional(entry.INSERT()) !== undefined) return { event: `${when} insert`, range };
    if (optional(entry.UPDATE()) !== undefined) return { event: `${when} update`, range };
    if (optional(entry.UNDELETE()) !== undefined) return { event: `${when} undelete`, range };
    return { event: `${when} delete`, range };
  });
}

export function buildTrigger(context: TriggerUnitContext): TriggerDeclaration {
  const script: Script = { members: [], statements: [] };
  for (const entry of many(context.triggerBlock().triggerBlockMember_list())) scriptMember(entry, script);
  return {
    kind: 'trigger',
    name: identifier(context.id(0)),
    object: identifier(context.id(1)),
    events: triggerEvents(context),
    ...script,
    range: rangeOf(context),
    symbol: undefined,
  };
}

export function buildAnonymous(context: AnonymousUnitContext): AnonymousDeclaration {
  const script: Script = { members: [], statements: [] };
  for (const entry of many(context.anonymousBlock().anonymousBlockMember_list())) scriptMember(entry, script);
  return { kind: 'anonymous', ...script, range: rangeOf(context), symbol: undefined };
}
