import type { ConstructorSymbol, FieldSymbol, LocalSymbol, MethodSymbol, TypeSymbol } from '../types/symbols.js';
import type { Expression } from './ast-expressions.js';
import type { BlockStatement, Statement } from './ast-statements.js';
import type { TypeRefNode } from './ast-types.js';
import type { Identifier, SourceRange } from './source.js';

/** A parameter of an annotation: the unnamed form has the name `value`. `text` is the source; for a string literal without its quotes. */
export interface AnnotationParameter {
  readonly name: Identifier;
  readonly text: string;
  readonly literal: 'string' | 'boolean' | 'other';
}

export interface AnnotationNode {
  readonly name: Identifier;
  readonly parameters: readonly AnnotationParameter[];
  readonly range: SourceRange;
}

/** Keyword modifiers, lower-cased; sharing as `with sharing` and so on. */
export type ModifierName =
  | 'global'
  | 'public'
  | 'protected'
  | 'private'
  | 'transient'
  | 'static'
  | 'abstract'
  | 'final'
  | 'webservice'
  | 'override'
  | 'virtual'
  | 'testmethod'
  | 'with sharing'
  | 'without sharing'
  | 'inherited sharing';

export interface ModifierNode {
  readonly name: ModifierName;
  readonly range: SourceRange;
}

export interface Modifiers {
  readonly annotations: readonly AnnotationNode[];
  readonly keywords: readonly ModifierNode[];
}

export interface ParameterNode {
  readonly modifiers: Modifiers;
  readonly declaredType: TypeRefNode;
  readonly name: Identifier;
  local: LocalSymbol | undefined;
}

export interface MethodDeclaration {
  readonly kind: 'method';
  readonly modifiers: Modifiers;
  /** Undefined for void. */
  readonly returnType: TypeRefNode | undefined;
  readonly name: Identifier;
  readonly parameters: readonly ParameterNode[];
  /** Undefined for abstract and interface methods. */
  readonly body: BlockStatement | undefined;
  readonly range: SourceRange;
  symbol: MethodSymbol | undefined;
}

export interface ConstructorDeclaration {
  readonly kind: 'constructor';
  readonly modifiers: Modifiers;
  readonly name: Identifier;
  readonly parameters: readonly ParameterNode[];
  readonly body: BlockStatement;
  readonly range: SourceRange;
  symbol: ConstructorSymbol | undefined;
}

export interface FieldDeclarator {
  readonly name: Identifier;
  readonly initializer: Expression | undefined;
  symbol: FieldSymbol | undefined;
}

export interface FieldDeclaration {
  readonly kind: 'field';
  readonly modifiers: Modifiers;
  readonly declaredType: TypeRefNode;
  readonly declarators: readonly FieldDeclarator[];
  readonly range: SourceRange;
}

export interface AccessorNode {
  readonly modifiers: Modifiers;
  /** Undefined for an automatic accessor. */
  readonly body: BlockStatement | undefined;
  /** `get` or `set`. */
  readonly keyword: SourceRange;
  readonly range: SourceRange;
  /** The implicit `value` of a setter. */
  value: LocalSymbol | undefined;
}

export interface PropertyDeclaration {
  readonly kind: 'property';
  readonly modifiers: Modifiers;
  readonly declaredType: TypeRefNode;
  readonly name: Identifier;
  readonly getter: AccessorNode | undefined;
  readonly setter: AccessorNode | undefined;
  readonly range: SourceRange;
  symbol: FieldSymbol | undefined;
}

/** `{ ... }` or `static { ... }`. Runs in source order together with the field initialisers of the same kind. */
export interface InitializerDeclaration {
  readonly kind: 'initializer';
  readonly isStatic: boolean;
  readonly body: BlockStatement;
  readonly range: SourceRange;
}

export type MemberDeclaration =
  | MethodDeclaration
  | ConstructorDeclaration
  | FieldDeclaration
  | PropertyDeclaration
  | InitializerDeclaration
  | TypeDeclaration;

export interface ClassDeclaration {
  readonly kind: 'class';
  readonly modifiers: Modifiers;
  readonly name: Identifier;
  readonly extends: TypeRefNode | undefined;
  readonly implements: readonly TypeRefNode[];
  /** In source order: that is the initialisation order. */
  readonly members: readonly MemberDeclaration[];
  readonly range: SourceRange;
  symbol: TypeSymbol | undefined;
  /** Methods of interfaces that a method with wider parameters implements; set by the checker. */
  bridges: readonly Bridge[];
}

/** A method of an interface, and the method that answers for it under another signature. */
export interface Bridge {
  readonly required: MethodSymbol;
  readonly implementation: MethodSymbol;
}

export interface InterfaceDeclaration {
  readonly kind: 'interface';
  readonly modifiers: Modifiers;
  readonly name: Identifier;
  readonly extends: readonly TypeRefNode[];
  readonly methods: readonly MethodDeclaration[];
  readonly range: SourceRange;
  symbol: TypeSymbol | undefined;
}

export interface EnumDeclaration {
  readonly kind: 'enum';
  readonly modifiers: Modifiers;
  readonly name: Identifier;
  readonly constants: readonly Identifier[];
  readonly range: SourceRange;
  symbol: TypeSymbol | undefined;
}

export type TypeDeclaration = ClassDeclaration | InterfaceDeclaration | EnumDeclaration;

export type TriggerEvent =
  | 'before insert'
  | 'before update'
  | 'before delete'
  | 'after insert'
  | 'after update'
  | 'after delete'
  | 'after undelete'
  | 'before undelete';

export interface TriggerEventNode {
  readonly event: TriggerEvent;
  readonly range: SourceRange;
}

/**
 * A trigger. Methods, types and properties that its body declares live in `members`; everything else, local variables included, is in
 * `statements` in source order.
 */
export interface TriggerDeclaration {
  readonly kind: 'trigger';
  readonly name: Identifier;
  readonly object: Identifier;
  readonly events: readonly TriggerEventNode[];
  readonly members: readonly MemberDeclaration[];
  readonly statements: readonly Statement[];
  readonly range: SourceRange;
  /** Synthetic class that owns `members`; set by the checker. */
  symbol: TypeSymbol | undefined;
}

/** An anonymous block: same shape as a trigger's body. */
export interface AnonymousDeclaration {
  readonly kind: 'anonymous';
  readonly members: readonly MemberDeclaration[];
  readonly statements: readonly Statement[];
  readonly range: SourceRange;
  symbol: TypeSymbol | undefined;
}

export type UnitDeclaration = TypeDeclaration | TriggerDeclaration | AnonymousDeclaration;

/** One source file. */
export interface CompilationUnit {
  /** Class or trigger name; `AnonymousBlock` for an anonymous block. */
  readonly name: string;
  readonly fileName: string;
  readonly source: string;
  /** API version as a number: 66. */
  readonly apiVersion: number;
  readonly declaration: UnitDeclaration;
}
