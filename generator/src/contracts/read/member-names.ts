import type { Node } from 'ts-morph';
import type { ContractClass, ContractEnum, ContractMember } from '../../model/index.js';
import { IDENTIFIER_LIMIT, memberName, screamingCase } from '../names/identifiers.js';
import type { ContractProblem } from './problems.js';

/** A member whose Apex name is still to be found. */
export interface DraftMember extends Omit<ContractMember, 'apexName'> {
  readonly node: Node;
}

export interface DraftClass {
  readonly name: string;
  readonly description: string;
  readonly source: Node;
  readonly members: readonly DraftMember[];
}

/**
 * Gives every member its Apex name. In the root class they keep clear of the lists of enum texts, which stand beside them.
 * Keys that Apex could not tell apart are reported.
 */
export function nameMembers(
  drafts: readonly DraftClass[],
  enums: readonly ContractEnum[],
  className: string,
  report: (node: Node, problem: ContractProblem) => void,
): readonly ContractClass[] {
  const constants = new Set(enums.map(({ name }) => `${screamingCase(name)}_texts`.toLowerCase()));
  return drafts.map(({ name, description, members }, at) => {
    const taken = new Map<string, string>();
    const named: ContractMember[] = [];
    for (const { node, ...member } of members) {
      const apexName = apexNameOf(member.jsonName, className, at === 0 ? constants : new Set());
      const key = apexName?.toLowerCase() ?? '';
      const other = taken.get(key);
      if (apexName === undefined) report(node, noName(member.jsonName));
      else if (apexName.length > IDENTIFIER_LIMIT) report(node, tooLong(member.jsonName));
      else if (other !== undefined) report(node, sameName(member.jsonName, other));
      else named.push({ ...member, apexName });
      taken.set(key, member.jsonName);
    }
    return { name, description, members: named };
  });
}

function apexNameOf(jsonName: string, className: string, constants: ReadonlySet<string>): string | undefined {
  const name = memberName(jsonName, className);
  return name !== undefined && constants.has(name.toLowerCase()) ? `${name}Value` : name;
}

function noName(jsonName: string): ContractProblem {
  return {
    code: 'contract-member-name',
    message: `No Apex name can be made from the key ${JSON.stringify(jsonName)}.`,
    reason: 'Apex names consist of letters from A to Z, digits and underscores.',
    fix: 'Put the key into a member of type Record<string, T>.',
  };
}

function sameName(jsonName: string, other: string): ContractProblem {
  return {
    code: 'contract-member-name',
    message: `The keys ${JSON.stringify(jsonName)} and ${JSON.stringify(other)} would be the same Apex member.`,
    reason: 'Apex does not tell names apart by case.',
    fix: 'Put one of them into a member of type Record<string, T>.',
  };
}

function tooLong(jsonName: string): ContractProblem {
  return {
    code: 'contract-member-name',
    message: `The key has ${String(jsonName.length)} characters.`,
    reason: `Apex names have at most ${String(IDENTIFIER_LIMIT)}.`,
    fix: 'Put the key into a member of type Record<string, T>.',
  };
}
