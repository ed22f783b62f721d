import { PRIVATE_METHODS_STAY_SINCE } from '../types/versions.js';
import type { ApexType } from '../types/types.js';
import type { ConstructorSymbol, FieldSymbol, MethodSymbol, ParameterSymbol, TypeSymbol } from '../types/symbols.js';

/** Text of a type for a JavaScript name; different types that overloads can have give different texts. */
function signatureText(type: ApexType): string {
  switch (type.kind) {
    case 'primitive':
    case 'sobject':
      return type.name;
    case 'list':
      return `L${signatureText(type.element)}`;
    case 'set':
      return `S${signatureText(type.element)}`;
    case 'map':
      return `M${signatureText(type.key)}_${signatureText(type.value)}`;
    case 'user':
      return type.symbol.fullName.replace('.', '$');
    case 'platform':
      return type.name.replaceAll('.', '$') + type.args.map((arg) => `_${signatureText(arg)}`).join('');
    default:
      return 'x';
  }
}

function signature(parameters: readonly ParameterSymbol[]): string {
  return parameters
    .map((parameter) => signatureText(parameter.type))
    .join('__')
    .toLowerCase();
}

/** JavaScript member of a method: an overriding method has the name of the one that it overrides, a private one a name of its class. */
export function methodMember(method: MethodSymbol): string {
  const name = `m_${method.name.toLowerCase()}__${signature(method.parameters)}`;
  return staysPrivate(method) && !implementsAbstract(method)
    ? `${name}_of_${method.owner.fullName.toLowerCase().replace('.', '$')}`
    : name;
}

function staysPrivate({ access, isStatic, isVirtual, isOverride, owner }: MethodSymbol): boolean {
  return (
    access === 'private' && !isStatic && !isVirtual && !isOverride && owner.apiVersion >= PRIVATE_METHODS_STAY_SINCE
  );
}

/** An abstract method is there to be implemented, also where no access modifier makes it private (at4dx: ApplicationSObjectSelector). */
function implementsAbstract({ name, parameters, owner }: MethodSymbol): boolean {
  for (let above = superSymbol(owner); above !== undefined; above = superSymbol(above)) {
    const same = above.methods
      .get(name.toLowerCase())
      ?.find((method) => signature(method.parameters) === signature(parameters));
    if (same !== undefined) return same.isAbstract;
  }
  return false;
}

export function constructorMember(constructor: ConstructorSymbol): string {
  return constructorMemberOf(constructor.parameters);
}

export function constructorMemberOf(parameters: readonly ParameterSymbol[]): string {
  return `c__${signature(parameters)}`;
}

/** Constructor of a class that declares none. */
export const IMPLICIT_CONSTRUCTOR = 'c__';

/** The user class above a class, if it extends one. */
export function superSymbol(symbol: TypeSymbol): TypeSymbol | undefined {
  return symbol.superType?.kind === 'user' ? symbol.superType.symbol : undefined;
}

/** JavaScript property of a field. A private field of a superclass with the same name gets another slot. */
export function fieldSlot(field: FieldSymbol): string {
  let shadowed = 0;
  for (let above = superSymbol(field.owner); above !== undefined; above = superSymbol(above)) {
    if (above.fields.get(field.name.toLowerCase())?.isStatic === false) shadowed++;
  }
  return `f_${field.name.toLowerCase()}${shadowed === 0 ? '' : `_${shadowed}`}`;
}

export const getterMember = (field: FieldSymbol): string => `get_${field.name.toLowerCase()}`;
export const setterMember = (field: FieldSymbol): string => `set_${field.name.toLowerCase()}`;

/** True when reading (writing) the member runs code: an accessor with a body, or one that a subclass may override. */
export function hasGetter(field: FieldSymbol): boolean {
  const { property } = field;
  return (
    property !== undefined &&
    (property.getter === 'body' || property.isVirtual || property.isOverride || property.isAbstract)
  );
}

export function hasSetter(field: FieldSymbol): boolean {
  const { property } = field;
  return (
    property !== undefined &&
    (property.setter === 'body' || property.isVirtual || property.isOverride || property.isAbstract)
  );
}
