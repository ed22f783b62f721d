import type { ContractRef } from './request.js';

/** Scalar types that a contract can use; `string & Date` style aliases are resolved before. */
export type ScalarType =
  'String' | 'Integer' | 'Long' | 'Decimal' | 'Double' | 'Boolean' | 'Date' | 'Datetime' | 'Id' | 'Blob' | 'Object';

/** Type of a contract member as Apex sees it. */
export type ContractType =
  | { readonly kind: 'scalar'; readonly scalar: ScalarType }
  | { readonly kind: 'class'; readonly name: string }
  | { readonly kind: 'enum'; readonly name: string }
  | { readonly kind: 'list'; readonly element: ContractType }
  | { readonly kind: 'map'; readonly value: ContractType };

export interface ContractMember {
  /** Key in the JSON text. */
  readonly jsonName: string;
  /** Apex identifier; differs from `jsonName` when that is reserved in Apex or not an identifier. */
  readonly apexName: string;
  readonly type: ContractType;
  /** `?` in TypeScript: the key is left out of the JSON when the value is null. */
  readonly optional: boolean;
  /** `| null` in TypeScript: the key is written with null. */
  readonly nullable: boolean;
  readonly description: string;
}

export interface ContractClass {
  readonly name: string;
  readonly description: string;
  readonly members: readonly ContractMember[];
}

export interface ContractEnum {
  readonly name: string;
  readonly description: string;
  readonly values: readonly { readonly apexName: string; readonly jsonValue: string }[];
}

/** A contract interface with everything that it refers to, ready to be printed as one Apex class with inner classes and enums. */
export interface Contract {
  readonly ref: ContractRef;
  /** Name of the top-level Apex class, at most 40 characters. */
  readonly className: string;
  readonly root: ContractClass;
  readonly classes: readonly ContractClass[];
  readonly enums: readonly ContractEnum[];
}
