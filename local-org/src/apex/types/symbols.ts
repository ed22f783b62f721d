import type { ApexType } from './types.js';

/** Who may use a member. `protected` is visible to subclasses and inner classes. */
export type Access = 'private' | 'protected' | 'public' | 'global';

/** An annotation as written: name without `@`, values by lower-cased parameter name (`value` for the unnamed form), as source text without quotes. */
export interface AnnotationInfo {
  readonly name: string;
  readonly values: ReadonlyMap<string, string>;
}

/** How a class declares record sharing; `omitted` when it does not. */
export type Sharing = 'with' | 'without' | 'inherited' | 'omitted';

/** A class, interface or enum declared in the project. One object per declaration: compare by identity. */
export interface TypeSymbol {
  readonly kind: 'class' | 'interface' | 'enum';
  readonly name: string;
  /** `Outer.Inner`, or the plain name of a top-level type. */
  readonly fullName: string;
  /** Enclosing class, for an inner type. An inner type sees its statics. */
  readonly outer: TypeSymbol | undefined;
  /** API version of the file that declares it, `66` for 66.0. */
  readonly apiVersion: number;
  readonly access: Access;
  readonly isAbstract: boolean;
  /** May be extended: `virtual`, `abstract`. */
  readonly isVirtual: boolean;
  /** `@IsTest` on it or on its outer class. */
  readonly isTest: boolean;
  readonly sharing: Sharing;
  readonly annotations: readonly AnnotationInfo[];
  /** Extended class: a user class, `System.Exception`, or another platform class. */
  readonly superType: ApexType | undefined;
  /** Interfaces that the declaration names; for an interface, those that it extends. */
  readonly interfaces: readonly ApexType[];
  /** True for a class that extends `Exception`, directly or not. */
  readonly isException: boolean;
  /** Fields and properties by lower-cased name, own ones only. */
  readonly fields: ReadonlyMap<string, FieldSymbol>;
  /** Overloads by lower-cased name, own ones only. */
  readonly methods: ReadonlyMap<string, readonly MethodSymbol[]>;
  /** Declared constructors; empty when there is none (then an implicit one without parameters exists). */
  readonly constructors: readonly ConstructorSymbol[];
  /** Inner types by lower-cased name. */
  readonly inner: ReadonlyMap<string, TypeSymbol>;
  /** Constants of an enum in order. */
  readonly constants: readonly string[];
}

/** A field or property of a user type. */
export interface FieldSymbol {
  readonly kind: 'field' | 'property';
  readonly name: string;
  readonly owner: TypeSymbol;
  readonly type: ApexType;
  readonly isStatic: boolean;
  readonly isFinal: boolean;
  readonly isTransient: boolean;
  readonly access: Access;
  readonly annotations: readonly AnnotationInfo[];
  readonly property: PropertyShape | undefined;
}

/** Accessors of a property. An accessor without a body is automatic: the property then has a backing value. */
export interface PropertyShape {
  readonly getter: 'automatic' | 'body' | 'none';
  readonly setter: 'automatic' | 'body' | 'none';
  readonly getterAccess: Access;
  readonly setterAccess: Access;
  readonly isVirtual: boolean;
  readonly isOverride: boolean;
  readonly isAbstract: boolean;
}

export interface ParameterSymbol {
  readonly name: string;
  readonly type: ApexType;
}

/** A method of a user type. */
export interface MethodSymbol {
  readonly origin: 'user';
  readonly name: string;
  readonly owner: TypeSymbol;
  readonly parameters: readonly ParameterSymbol[];
  readonly returns: ApexType;
  readonly isStatic: boolean;
  readonly isAbstract: boolean;
  /** May be overridden: `virtual`, `abstract`, `override`, or a method of an interface. */
  readonly isVirtual: boolean;
  readonly isOverride: boolean;
  readonly isTest: boolean;
  readonly access: Access;
  readonly annotations: readonly AnnotationInfo[];
}

/** A method that the platform provides. `key` names it for the run-time library. */
export interface PlatformMethod {
  readonly origin: 'platform';
  readonly name: string;
  /** Full name of the declaring platform type: `System.String`, `System.List`, `System.SObject`, `System.Enum`. */
  readonly owner: string;
  readonly parameters: readonly ParameterSymbol[];
  readonly returns: ApexType;
  readonly isStatic: boolean;
  readonly isAbstract: boolean;
  /** `System.String.substring(Integer,Integer)`: declared, not substituted, parameter types; type parameters print as `T0`, `T1`. */
  readonly key: string;
}

export type AnyMethod = MethodSymbol | PlatformMethod;

/** A constructor of a user class. */
export interface ConstructorSymbol {
  readonly origin: 'user';
  readonly owner: TypeSymbol;
  readonly parameters: readonly ParameterSymbol[];
  readonly access: Access;
  readonly annotations: readonly AnnotationInfo[];
}

/** A constructor that the platform provides: `key` is `System.HttpRequest.<init>()`. */
export interface PlatformConstructor {
  readonly origin: 'platform';
  readonly owner: string;
  readonly parameters: readonly ParameterSymbol[];
  readonly key: string;
}

export type AnyConstructor = ConstructorSymbol | PlatformConstructor;

/** A field, property or enum constant of a platform type. */
export interface PlatformField {
  readonly name: string;
  readonly owner: string;
  readonly type: ApexType;
  readonly isStatic: boolean;
  /** An enum constant; `name` is its exact spelling. */
  readonly isConstant: boolean;
}

/** A variable of a method body: parameter, local, loop or catch variable, `value` of a setter, variable of a `when`. Compare by identity. */
export interface LocalSymbol {
  readonly name: string;
  readonly type: ApexType;
  readonly role: 'parameter' | 'local' | 'loop' | 'catch' | 'when' | 'setterValue';
  readonly isFinal: boolean;
}
