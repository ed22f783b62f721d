import type {
  Access,
  AnnotationInfo,
  ApexType,
  ConstructorSymbol,
  FieldSymbol,
  MethodSymbol,
  Sharing,
  TypeSymbol,
} from '../types/index.js';
import type { AnnotationNode, ModifierName, Modifiers, TypeDeclaration } from '../syntax/index.js';

/** A user type while it is being declared: the checker fills its members, everybody else sees a TypeSymbol. */
export class DeclaredType implements TypeSymbol {
  superType: ApexType | undefined = undefined;
  interfaces: readonly ApexType[] = [];
  readonly fields = new Map<string, FieldSymbol>();
  readonly methods = new Map<string, MethodSymbol[]>();
  readonly constructors: ConstructorSymbol[] = [];
  readonly inner = new Map<string, DeclaredType>();
  constants: readonly string[] = [];
  /** Type above it that leads back to it; its supertypes are then dropped. */
  circular: TypeSymbol | undefined = undefined;

  constructor(
    readonly kind: TypeSymbol['kind'],
    readonly name: string,
    readonly outer: DeclaredType | undefined,
    readonly apiVersion: number,
    readonly modifiers: Modifiers,
    /** Name and type of the file that declares it. */
    readonly fileName: string,
  ) {}

  get fullName(): string {
    return this.outer === undefined ? this.name : `${this.outer.fullName}.${this.name}`;
  }

  get annotations(): readonly AnnotationInfo[] {
    return annotationInfos(this.modifiers);
  }

  get access(): Access {
    return accessOf(this.modifiers) ?? 'private';
  }

  get isAbstract(): boolean {
    return this.kind === 'interface' || hasModifier(this.modifiers, 'abstract');
  }

  get isVirtual(): boolean {
    return this.isAbstract || hasModifier(this.modifiers, 'virtual');
  }

  get isTest(): boolean {
    return hasAnnotation(this.modifiers, 'istest') || this.outer?.isTest === true;
  }

  get sharing(): Sharing {
    if (hasModifier(this.modifiers, 'with sharing')) return 'with';
    if (hasModifier(this.modifiers, 'without sharing')) return 'without';
    return hasModifier(this.modifiers, 'inherited sharing') ? 'inherited' : 'omitted';
  }

  get isException(): boolean {
    const parent = this.superType;
    if (parent === undefined) return false;
    if (parent.kind === 'platform') return /Exception$/i.test(parent.name);
    return parent.kind === 'user' && parent.symbol !== this && parent.symbol.isException;
  }
}

function userAbove(type: TypeSymbol): readonly TypeSymbol[] {
  return [type.superType, ...type.interfaces].flatMap((above) => (above?.kind === 'user' ? [above.symbol] : []));
}

function leadsTo(from: TypeSymbol, target: TypeSymbol): boolean {
  const seen = new Set<TypeSymbol>();
  const open = [from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === target) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    open.push(...userAbove(at));
  }
  return false;
}

/** Marks types that inherit from themselves and cuts them loose, so that whoever walks up the supertypes comes to an end. */
export function breakCycles(types: readonly DeclaredType[]): void {
  for (const type of types) type.circular ??= userAbove(type).find((above) => leadsTo(above, type));
  for (const type of types) {
    if (type.circular === undefined) continue;
    type.superType = undefined;
    type.interfaces = [];
  }
}

export function hasModifier(modifiers: Modifiers, name: ModifierName): boolean {
  return modifiers.keywords.some((keyword) => keyword.name === name);
}

/** `name` in lower case. */
export function findAnnotation(modifiers: Modifiers, name: string): AnnotationNode | undefined {
  return modifiers.annotations.find((annotation) => annotation.name.name.toLowerCase() === name);
}

export function hasAnnotation(modifiers: Modifiers, name: string): boolean {
  return findAnnotation(modifiers, name) !== undefined;
}

/** The access that a declaration names; `webservice` is global. Undefined when it names none. */
export function accessOf(modifiers: Modifiers): Access | undefined {
  for (const { name } of modifiers.keywords) {
    if (name === 'global' || name === 'webservice') return 'global';
    if (name === 'public' || name === 'protected' || name === 'private') return name;
  }
  return undefined;
}

export function annotationInfos(modifiers: Modifiers): readonly AnnotationInfo[] {
  return modifiers.annotations.map(({ name, parameters }) => ({
    name: name.name,
    values: new Map(parameters.map((parameter) => [parameter.name.name.toLowerCase(), parameter.text])),
  }));
}

/** Creates the symbol of a type declaration and of its inner types; members come later, when all names are known. */
export function declareType(
  declaration: TypeDeclaration,
  outer: DeclaredType | undefined,
  apiVersion: number,
  fileName: string,
): DeclaredType {
  const symbol = new DeclaredType(
    declaration.kind,
    declaration.name.name,
    outer,
    apiVersion,
    declaration.modifiers,
    fileName,
  );
  declaration.symbol = symbol;
  if (declaration.kind === 'enum') symbol.constants = declaration.constants.map((constant) => constant.name);
  if (declaration.kind !== 'class') return symbol;
  for (const member of declaration.members) {
    if (member.kind !== 'class' && member.kind !== 'interface' && member.kind !== 'enum') continue;
    const key = member.name.name.toLowerCase();
    const inner = declareType(member, symbol, apiVersion, fileName);
    if (!symbol.inner.has(key)) symbol.inner.set(key, inner);
  }
  return symbol;
}
