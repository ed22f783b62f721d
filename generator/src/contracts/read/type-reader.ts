import {
  Node,
  SyntaxKind,
  type EnumDeclaration,
  type InterfaceDeclaration,
  type TypeAliasDeclaration,
  type TypeLiteralNode,
  type TypeNode,
  type TypeReferenceNode,
} from 'ts-morph';
import type { ContractType } from '../../model/index.js';
import { apexTag, DEFAULT_SCALAR, description, TAG_BASES, type ApexTag, type BaseType } from './apex-tag.js';
import { declaredEnum, literalTexts, textValues } from './enums.js';
import { declarationsOf } from './declarations.js';
import type { ContractProblem } from './problems.js';
import type { TypeOrigin, TypeRegistry } from './type-registry.js';
import {
  endless,
  generic,
  libraryTypeProblem,
  merged,
  misplacedTag,
  notAnInterface,
  NULL_ELEMENT,
  qualifiedName,
  tagMismatch,
  unknownTag,
  unsupportedKey,
} from './type-problems.js';
import { unsupported } from './unsupported.js';

/** Where a type is used, which decides names and the meaning of `@apex`. */
export interface TypeUse {
  /** Class that the member belongs to. */
  readonly owner: string;
  /** JSON key of the member. */
  readonly member: string;
  /** Text for an unnamed type. */
  readonly description: string;
  readonly tag: ApexTag | undefined;
  /** Aliases that are being resolved, outermost first. */
  readonly aliases: readonly TypeAliasDeclaration[];
}

/** A type, and whether `null` or `undefined` stood beside it. */
export interface TypeShape {
  readonly type: ContractType;
  readonly nullable: boolean;
  readonly optional: boolean;
}

const KEYWORDS: ReadonlyMap<SyntaxKind, BaseType> = new Map([
  [SyntaxKind.StringKeyword, 'string'],
  [SyntaxKind.NumberKeyword, 'number'],
  [SyntaxKind.BigIntKeyword, 'bigint'],
  [SyntaxKind.BooleanKeyword, 'boolean'],
  [SyntaxKind.UnknownKeyword, 'unknown'],
]);

const LIST_TYPES = new Set(['Array', 'ReadonlyArray']);

/**
 * Turns type syntax into contract types. It goes by what is written, not by what the checker infers, because aliases carry names
 * and `@apex` tags. What Apex cannot represent is reported at its place; the result is then undefined.
 */
export class TypeReader {
  public constructor(
    private readonly registry: TypeRegistry,
    private readonly report: (node: Node, problem: ContractProblem) => void,
  ) {}

  public shapeOf(node: TypeNode, use: TypeUse): TypeShape | undefined {
    if (Node.isParenthesizedTypeNode(node)) return this.shapeOf(node.getTypeNode(), use);
    if (Node.isUnionTypeNode(node)) return this.unionShape(node, node.getTypeNodes(), use);
    if (Node.isTypeReference(node)) return this.referenceShape(node, use);
    if (Node.isTypeOperatorTypeNode(node) && node.getOperator() === SyntaxKind.ReadonlyKeyword) {
      return this.shapeOf(node.getTypeNode(), use);
    }
    return plain(this.typeOf(node, use));
  }

  private typeOf(node: TypeNode, use: TypeUse): ContractType | undefined {
    const base = KEYWORDS.get(node.getKind());
    if (base !== undefined) return this.scalar(node, base, use.tag);
    if (Node.isArrayTypeNode(node)) return this.list(node.getElementTypeNode(), use);
    if (Node.isTypeLiteral(node)) return this.literalType(node, use);
    if (Node.isLiteralTypeNode(node)) return this.literalValue(node, use);
    if (Node.isIntersectionTypeNode(node)) return this.brandedType(node, node.getTypeNodes(), use);
    return this.refuse(node, unsupported(node));
  }

  private unionShape(node: TypeNode, parts: readonly TypeNode[], use: TypeUse): TypeShape | undefined {
    const nullable = parts.some((part) => Node.isLiteralTypeNode(part) && Node.isNullLiteral(part.getLiteral()));
    const optional = parts.some((part) => part.getKind() === SyntaxKind.UndefinedKeyword);
    const values = parts.filter((part) => !isAbsence(part));
    const [first, ...others] = values;
    if (first === undefined) return this.refuse(node, unsupported(parts[0] ?? node));
    if (others.length === 0) {
      const shape = this.shapeOf(first, use);
      return shape && { ...shape, nullable: nullable || shape.nullable, optional: optional || shape.optional };
    }
    const type = this.unionType(node, values, use);
    return type && { type, nullable, optional };
  }

  /** Texts make an enum, `true | false` is a boolean, everything else has no counterpart. */
  private unionType(node: TypeNode, values: readonly TypeNode[], use: TypeUse): ContractType | undefined {
    const texts = values.map((value) => literalTexts(value));
    if (texts.every((each) => each !== undefined)) return this.enumOfTexts(node, texts.flat(), use);
    const words = new Set(values.map((value) => value.getText()));
    if (words.size === 2 && words.has('true') && words.has('false')) return this.scalar(node, 'boolean', use.tag);
    const literals = values.filter((value) => Node.isLiteralTypeNode(value)).map((value) => value.getLiteral());
    const [odd] = literals.filter((literal) => !Node.isStringLiteral(literal));
    return this.refuse(node, unsupported(literals.length === values.length && odd !== undefined ? odd : node));
  }

  private literalValue(node: TypeNode, use: TypeUse): ContractType | undefined {
    const texts = literalTexts(node);
    if (texts !== undefined) return this.enumOfTexts(node, texts, use);
    return this.refuse(node, unsupported(Node.isLiteralTypeNode(node) ? node.getLiteral() : node));
  }

  private enumOfTexts(node: TypeNode, texts: readonly string[], use: TypeUse): ContractType | undefined {
    this.refuseTag(use.tag, 'an enum');
    const values = textValues(texts);
    if (values.kind === 'problem') return this.refuse(node, values.problem);
    const alias = use.aliases.at(-1);
    const source = alias?.getTypeNode() === node ? alias : undefined;
    const origin: TypeOrigin = source === undefined ? inline(use) : { kind: 'declared', name: source.getName() };
    const text = source === undefined ? use.description : description(source);
    const name = this.registry.enumFor(source ?? node, origin, values.values, text);
    return name === undefined ? undefined : { kind: 'enum', name };
  }

  private referenceShape(node: TypeReferenceNode, use: TypeUse): TypeShape | undefined {
    const name = node.getTypeName();
    if (!Node.isIdentifier(name)) return this.refuse(node, qualifiedName(node.getText()));
    const declarations = declarationsOf(name);
    if (declarations.kind === 'unresolved') return undefined;
    if (declarations.kind === 'library') {
      return this.libraryShape(node, name.getText(), use);
    }
    if (node.getTypeArguments().length > 0) return this.refuse(node, generic(name.getText()));
    const [declaration, second] = declarations.nodes;
    if (second !== undefined) return this.refuse(node, merged(name.getText()));
    if (Node.isTypeAliasDeclaration(declaration)) return this.aliasShape(node, declaration, use);
    return plain(this.declaredType(node, declaration, use));
  }

  private aliasShape(node: Node, alias: TypeAliasDeclaration, use: TypeUse): TypeShape | undefined {
    const target = alias.getTypeNode();
    if (alias.getTypeParameters().length > 0) return this.refuse(node, generic(alias.getName()));
    if (target === undefined) return undefined;
    if (use.aliases.includes(alias)) return this.refuse(node, endless(alias.getName()));
    return this.shapeOf(target, { ...use, tag: use.tag ?? apexTag(alias), aliases: [...use.aliases, alias] });
  }

  private declaredType(node: Node, declaration: Node | undefined, use: TypeUse): ContractType | undefined {
    if (Node.isInterfaceDeclaration(declaration)) return this.interfaceType(node, declaration, use);
    if (Node.isEnumDeclaration(declaration)) return this.enumType(declaration, use);
    return this.refuse(node, notAnInterface(node.getText()));
  }

  private interfaceType(node: Node, declaration: InterfaceDeclaration, use: TypeUse): ContractType | undefined {
    if (declaration.getTypeParameters().length > 0) return this.refuse(node, generic(declaration.getName()));
    this.refuseTag(use.tag, 'an object');
    const origin: TypeOrigin = { kind: 'declared', name: declaration.getName() };
    const name = this.registry.classFor(declaration, origin, description(declaration));
    return name === undefined ? undefined : { kind: 'class', name };
  }

  private enumType(declaration: EnumDeclaration, use: TypeUse): ContractType | undefined {
    this.refuseTag(use.tag, 'an enum');
    const values = declaredEnum(declaration);
    if (values.kind === 'problem') return this.refuse(values.node ?? declaration, values.problem);
    const origin: TypeOrigin = { kind: 'declared', name: declaration.getName() };
    const name = this.registry.enumFor(declaration, origin, values.values, description(declaration));
    return name === undefined ? undefined : { kind: 'enum', name };
  }

  private libraryShape(node: TypeReferenceNode, name: string, use: TypeUse): TypeShape | undefined {
    const [first, second] = node.getTypeArguments();
    if (name === 'Date') return plain(this.scalar(node, 'Date', use.tag));
    if (first !== undefined && LIST_TYPES.has(name)) return plain(this.list(first, use));
    if (first !== undefined && name === 'Readonly') return this.shapeOf(first, use);
    if (first !== undefined && second !== undefined && name === 'Record') {
      if (first.getKind() === SyntaxKind.StringKeyword) return plain(this.map(second, use));
      return this.refuse(first, unsupportedKey(first.getText()));
    }
    return this.refuse(node, libraryTypeProblem(name));
  }

  private literalType(node: TypeLiteralNode, use: TypeUse): ContractType | undefined {
    const [signature] = node.getIndexSignatures();
    if (signature !== undefined && node.getMembers().length === 1) {
      if (signature.getKeyTypeNode().getKind() === SyntaxKind.StringKeyword)
        return this.map(signature.getReturnTypeNodeOrThrow(), use);
      return this.refuse(signature, unsupported(signature));
    }
    this.refuseTag(use.tag, 'an object');
    const alias = use.aliases.at(-1);
    const named = alias?.getTypeNode() === node ? alias : undefined;
    const origin: TypeOrigin = named === undefined ? inline(use) : { kind: 'declared', name: named.getName() };
    const text = named === undefined ? use.description : description(named);
    const name = this.registry.classFor(node, origin, text);
    return name === undefined ? undefined : { kind: 'class', name };
  }

  /** `string & { … }`: a brand, which exists for the checker only. */
  private brandedType(node: TypeNode, parts: readonly TypeNode[], use: TypeUse): ContractType | undefined {
    const bases = parts.filter((part) => KEYWORDS.has(part.getKind()));
    const brands = parts.filter((part) => Node.isTypeLiteral(part));
    const [base] = bases;
    if (base === undefined || bases.length + brands.length !== parts.length || bases.length > 1) {
      return this.refuse(node, unsupported(node));
    }
    return this.typeOf(base, use);
  }

  private list(element: TypeNode, use: TypeUse): ContractType | undefined {
    const type = this.elementType(element, use);
    return type && { kind: 'list', element: type };
  }

  private map(value: TypeNode, use: TypeUse): ContractType | undefined {
    const type = this.elementType(value, use);
    return type && { kind: 'map', value: type };
  }

  private elementType(node: TypeNode, use: TypeUse): ContractType | undefined {
    const shape = this.shapeOf(node, use);
    if (shape === undefined) return undefined;
    return shape.nullable || shape.optional ? this.refuse(node, NULL_ELEMENT) : shape.type;
  }

  private scalar(node: Node, base: BaseType, tag: ApexTag | undefined): ContractType | undefined {
    if (tag === undefined) return { kind: 'scalar', scalar: DEFAULT_SCALAR[base] };
    const choice = TAG_BASES.get(tag.name);
    if (choice === undefined) return this.refuse(tag.node, unknownTag(tag.name));
    if (!choice.bases.includes(base)) return this.refuse(node, tagMismatch(tag.name, base, choice.bases));
    return { kind: 'scalar', scalar: choice.scalar };
  }

  private refuseTag(tag: ApexTag | undefined, noun: string): void {
    if (tag !== undefined) this.report(tag.node, misplacedTag(noun));
  }

  private refuse(node: Node, problem: ContractProblem): undefined {
    this.report(node, problem);
    return undefined;
  }
}

function plain(type: ContractType | undefined): TypeShape | undefined {
  return type && { type, nullable: false, optional: false };
}

function isAbsence(node: TypeNode): boolean {
  if (node.getKind() === SyntaxKind.UndefinedKeyword) return true;
  return Node.isLiteralTypeNode(node) && Node.isNullLiteral(node.getLiteral());
}

function inline({ member, owner }: TypeUse): TypeOrigin {
  return { kind: 'inline', member, owner };
}
