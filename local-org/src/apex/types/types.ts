import type { TypeSymbol } from './symbols.js';

/** Names of the built-in value types, and `Object`, the root of everything. */
export type PrimitiveName =
  | 'Boolean'
  | 'Integer'
  | 'Long'
  | 'Double'
  | 'Decimal'
  | 'String'
  | 'Id'
  | 'Blob'
  | 'Date'
  | 'Datetime'
  | 'Time'
  | 'Object';

export interface PrimitiveType {
  readonly kind: 'primitive';
  readonly name: PrimitiveName;
}

/** Return type of a method that returns nothing. */
export interface VoidType {
  readonly kind: 'void';
}

/** Type of the `null` literal: assignable to every type but void. */
export interface NullType {
  readonly kind: 'null';
}

/**
 * Type of an expression that is already in error, or whose type the tables do not tell. It is compatible with everything, so that one
 * mistake is reported once.
 */
export interface AnyType {
  readonly kind: 'any';
}

export interface ListType {
  readonly kind: 'list';
  readonly element: ApexType;
}

export interface SetType {
  readonly kind: 'set';
  readonly element: ApexType;
}

export interface MapType {
  readonly kind: 'map';
  readonly key: ApexType;
  readonly value: ApexType;
}

/** A class, interface or enum that the project declares; `symbol` identifies it. */
export interface UserType {
  readonly kind: 'user';
  readonly symbol: TypeSymbol;
}

/**
 * A class, interface or enum of the platform, by its full name (`System.HttpRequest`, `Database.Batchable`,
 * `Messaging.SingleEmailMessage`, `ConnectApi.Credential`). `args` are its type arguments, empty for most.
 * A flow's class `Flow.Interview.My_Flow` is one too.
 */
export interface PlatformTypeRef {
  readonly kind: 'platform';
  readonly name: string;
  readonly args: readonly ApexType[];
}

/** `SObject` itself (name `SObject`) or one concrete object, named as the schema spells it (`Account`, `Order__c`, `AggregateResult`). */
export interface SObjectRef {
  readonly kind: 'sobject';
  readonly name: string;
}

/** Type parameter of a platform type, by position; occurs only inside the declared signatures of the platform tables. */
export interface TypeParameter {
  readonly kind: 'parameter';
  readonly index: number;
}

/** Type of an Apex expression, variable, parameter or return value. */
export type ApexType =
  | PrimitiveType
  | VoidType
  | NullType
  | AnyType
  | ListType
  | SetType
  | MapType
  | UserType
  | PlatformTypeRef
  | SObjectRef
  | TypeParameter;

const primitive = (name: PrimitiveName): PrimitiveType => ({ kind: 'primitive', name });

/** The primitive types, each one object. */
export const PRIMITIVES: Readonly<Record<PrimitiveName, PrimitiveType>> = {
  Boolean: primitive('Boolean'),
  Integer: primitive('Integer'),
  Long: primitive('Long'),
  Double: primitive('Double'),
  Decimal: primitive('Decimal'),
  String: primitive('String'),
  Id: primitive('Id'),
  Blob: primitive('Blob'),
  Date: primitive('Date'),
  Datetime: primitive('Datetime'),
  Time: primitive('Time'),
  Object: primitive('Object'),
};

export const VOID: VoidType = { kind: 'void' };
export const NULL: NullType = { kind: 'null' };
export const ANY: AnyType = { kind: 'any' };
export const SOBJECT: SObjectRef = { kind: 'sobject', name: 'SObject' };

export const listOf = (element: ApexType): ListType => ({ kind: 'list', element });
export const setOf = (element: ApexType): SetType => ({ kind: 'set', element });
export const mapOf = (key: ApexType, value: ApexType): MapType => ({ kind: 'map', key, value });
export const sobject = (name: string): SObjectRef => ({ kind: 'sobject', name });
export const platform = (name: string, args: readonly ApexType[] = []): PlatformTypeRef => ({
  kind: 'platform',
  name,
  args,
});
