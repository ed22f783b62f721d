import type { ContractMember, ContractType } from '../model/index.js';

/** Whether a null of this member is a mistake of the caller: it may be neither left out nor written. */
export function isRequired(member: ContractMember): boolean {
  return !member.optional && !mayBeNull(member);
}

/** `unknown` takes every JSON value, null included. */
export function mayBeNull(member: ContractMember): boolean {
  return member.nullable || isUntyped(member.type);
}

/** `unknown` in TypeScript: any JSON value, null included. */
export function isUntyped(type: ContractType): boolean {
  return type.kind === 'scalar' && type.scalar === 'Object';
}
