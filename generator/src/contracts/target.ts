import type { Contract, ContractClass, ContractMember, ContractType, ScalarType } from '../model/index.js';

/** One object on the way to the target, to be created before anything below it is assigned. */
export interface TargetStep {
  readonly member: ContractMember;
  /** Apex type to instantiate, as written outside the contract class: `AccountUpdate.BillingAddress`. */
  readonly apexType: string;
}

/** The member that takes the value. */
export interface TargetLeaf {
  readonly member: ContractMember;
  /** Apex type of the member, as written outside the contract class: `Integer`, `AccountUpdate.Tier`. */
  readonly apexType: string;
  /** `enum`: `converter` is the static method that turns JSON text into the constant, `AccountUpdate.toTier`. */
  readonly value:
    { readonly kind: 'scalar'; readonly scalar: ScalarType } | { readonly kind: 'enum'; readonly converter: string };
}

/**
 * Where a dotted JSON path leads in a contract.
 * `found`: `body.<steps>.<leaf>` is the Apex member that takes the value. `missing`: `path[at]` is no member of `owner`.
 * `notAssignable`: `path[at]` is one, but holds an object, list or map where one value is needed, or one value where the path goes on.
 */
export type ContractTarget =
  | { readonly kind: 'found'; readonly steps: readonly TargetStep[]; readonly leaf: TargetLeaf }
  | { readonly kind: 'missing'; readonly at: number; readonly owner: string; readonly candidates: readonly string[] }
  | {
      readonly kind: 'notAssignable';
      readonly at: number;
      readonly holds: ContractType['kind'];
      readonly reason: string;
    };

/** The class of a contract that has the given Apex name, the root included; undefined when the contract has none. */
export function contractClass(contract: Contract, name: string): ContractClass | undefined {
  return contract.root.name === name ? contract.root : contract.classes.find((candidate) => candidate.name === name);
}

/** Apex type as other classes write it: inner classes and enums are qualified with the contract class. */
export function qualifiedType(contract: Contract, type: ContractType): string {
  switch (type.kind) {
    case 'scalar':
      return type.scalar;
    case 'class':
      return type.name === contract.className ? type.name : `${contract.className}.${type.name}`;
    case 'enum':
      return `${contract.className}.${type.name}`;
    case 'list':
      return `List<${qualifiedType(contract, type.element)}>`;
    case 'map':
      return `Map<String, ${qualifiedType(contract, type.value)}>`;
  }
}

/**
 * Resolves a path of JSON keys (`['billing', 'city']`) to the Apex members that an emitter assigns.
 * Keys are compared exactly, as JSON does. An empty path is a programming error and throws RangeError.
 */
export function contractTarget(contract: Contract, path: readonly string[]): ContractTarget {
  if (path.length === 0) throw new RangeError('A path into a contract has at least one key.');
  return targetFrom(contract, path, contract.root, []);
}

/** Resolves what is left of the path after `steps`, in `owner`. */
function targetFrom(
  contract: Contract,
  path: readonly string[],
  owner: ContractClass,
  steps: readonly TargetStep[],
): ContractTarget {
  const at = steps.length;
  const key = path[at] ?? '';
  const member = owner.members.find((candidate) => candidate.jsonName === key);
  if (member === undefined) {
    return { kind: 'missing', at, owner: owner.name, candidates: owner.members.map(({ jsonName }) => jsonName) };
  }
  const below = path[at + 1];
  if (below === undefined) return leafTarget(contract, steps, member, at);
  const next = member.type.kind === 'class' ? contractClass(contract, member.type.name) : undefined;
  if (next === undefined) {
    return notAssignable(member, at, `"${key}" is ${NOUN[member.type.kind]} and has no member "${below}".`);
  }
  return targetFrom(contract, path, next, [...steps, { member, apexType: qualifiedType(contract, member.type) }]);
}

const NOUN: Readonly<Record<ContractType['kind'], string>> = {
  scalar: 'a single value',
  enum: 'a single value',
  class: 'an object',
  list: 'a list',
  map: 'a map',
};

function leafTarget(
  contract: Contract,
  steps: readonly TargetStep[],
  member: ContractMember,
  at: number,
): ContractTarget {
  const apexType = qualifiedType(contract, member.type);
  switch (member.type.kind) {
    case 'scalar':
      return {
        kind: 'found',
        steps,
        leaf: { member, apexType, value: { kind: 'scalar', scalar: member.type.scalar } },
      };
    case 'enum': {
      const converter = `${contract.className}.${enumConverter(member.type.name)}`;
      return { kind: 'found', steps, leaf: { member, apexType, value: { kind: 'enum', converter } } };
    }
    case 'class':
      return notAssignable(
        member,
        at,
        `"${member.jsonName}" is an object; name one of its members, "${member.jsonName}.…".`,
      );
    case 'list':
    case 'map':
      return notAssignable(member, at, `"${member.jsonName}" is ${NOUN[member.type.kind]}; one value cannot fill it.`);
  }
}

function notAssignable(member: ContractMember, at: number, reason: string): ContractTarget {
  return { kind: 'notAssignable', at, holds: member.type.kind, reason };
}

/** Static method of the contract class that turns JSON text into a constant of the enum. */
export function enumConverter(enumName: string): string {
  return `to${enumName}`;
}
