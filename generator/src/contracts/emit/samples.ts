import type { Contract, ContractClass, ContractMember, ContractType } from '../../model/index.js';
import { isRequired } from '../presence.js';
import { contractClass, qualifiedType } from '../target.js';
import { block, call, collection, statement } from './apex.js';
import type { Doc } from '../../apex-layout/index.js';
import { SCALARS } from './scalars.js';

/** How much of an object a sample fills: the required members, or all. */
export type SampleKind = 'minimal' | 'full';

/** Variable that a sample method builds. */
const VARIABLE = 'sample';

/** Name of the static test method that builds an object of a class. */
export function sampleMethodName(kind: SampleKind, className: string): string {
  return `${kind}${className}`;
}

/**
 * Two methods for each class: `minimalX` with the required members, `fullX` with all. A member through which the class
 * reaches itself gets a minimal object, so that samples end; the reader has refused contracts that have none.
 */
export function sampleMethods(contract: Contract): readonly Doc[] {
  return [contract.root, ...contract.classes].flatMap((type) => [
    sampleMethod(contract, type, 'minimal'),
    sampleMethod(contract, type, 'full'),
  ]);
}

function sampleMethod(contract: Contract, owner: ContractClass, kind: SampleKind): Doc {
  const type = qualifiedType(contract, { kind: 'class', name: owner.name });
  const start = kind === 'minimal' ? `new ${type}` : sampleMethodName('minimal', owner.name);
  const members = owner.members.filter((member) => isFilled(member, kind));
  return [
    `private static ${type} ${sampleMethodName(kind, owner.name)}() `,
    block([
      statement(`${type} ${VARIABLE} = `, call(start)),
      ...members.map((member) =>
        statement(`${VARIABLE}.${member.apexName} = `, sampleValue(contract, member.type, owner.name, kind)),
      ),
      statement(`return ${VARIABLE}`),
    ]),
  ];
}

/** A full sample starts from the minimal one, and replaces required objects, lists and maps by full ones. */
function isFilled(member: ContractMember, kind: SampleKind): boolean {
  if (kind === 'minimal') return isRequired(member);
  const isSingle = member.type.kind === 'scalar' || member.type.kind === 'enum';
  return !(isRequired(member) && isSingle);
}

/** Expression of a value of `type` for a member of `owner`. */
export function sampleValue(contract: Contract, type: ContractType, owner: string, kind: SampleKind): Doc {
  switch (type.kind) {
    case 'scalar':
      return SCALARS[type.scalar].sample;
    case 'enum': {
      const constant = contract.enums.find(({ name }) => name === type.name)?.values[0]?.apexName ?? '';
      return `${qualifiedType(contract, type)}.${constant}`;
    }
    case 'class':
      return call(sampleMethodName(reaches(contract, type.name, owner) ? 'minimal' : kind, type.name));
    case 'list': {
      const elements = kind === 'full' ? [sampleValue(contract, type.element, owner, kind)] : [];
      return collection(qualifiedType(contract, type), elements);
    }
    case 'map': {
      const entries: Doc[] = kind === 'full' ? [["'key' => ", sampleValue(contract, type.value, owner, kind)]] : [];
      return collection(qualifiedType(contract, type), entries);
    }
  }
}

/** Whether objects of class `from` can hold, at any depth, objects of class `to`; a class reaches itself. */
function reaches(contract: Contract, from: string, to: string, seen = new Set<string>()): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  const members = contractClass(contract, from)?.members ?? [];
  return members.some((member) => heldClasses(member.type).some((name) => reaches(contract, name, to, seen)));
}

function heldClasses(type: ContractType): readonly string[] {
  if (type.kind === 'list') return heldClasses(type.element);
  if (type.kind === 'map') return heldClasses(type.value);
  return type.kind === 'class' ? [type.name] : [];
}
