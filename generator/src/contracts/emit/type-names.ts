import type { Contract, ContractType } from '../../model/index.js';
import type { HelperName } from './scalars.js';
import { HELPERS, SCALARS } from './scalars.js';

/** Apex type as the contract class itself writes it. */
export function apexType(type: ContractType): string {
  switch (type.kind) {
    case 'scalar':
      return type.scalar;
    case 'class':
    case 'enum':
      return type.name;
    case 'list':
      return `List<${apexType(type.element)}>`;
    case 'map':
      return `Map<String, ${apexType(type.value)}>`;
  }
}

/** The type that lists and maps, however nested, finally hold; the type itself otherwise. */
export function innermost(type: ContractType): ContractType {
  if (type.kind === 'list') return innermost(type.element);
  return type.kind === 'map' ? innermost(type.value) : type;
}

/** Conversion helpers that a contract's members need, in the order of the table. */
export function neededHelpers(contract: Contract): readonly HelperName[] {
  const needed = new Set<string>();
  for (const member of [contract.root, ...contract.classes].flatMap(({ members }) => members)) {
    const type = innermost(member.type);
    if (type.kind !== 'scalar') continue;
    const { read } = SCALARS[type.scalar];
    if (read.kind !== 'helper') continue;
    for (const name of [read.helper, ...HELPERS[read.helper].needs]) needed.add(name);
  }
  return HELPER_NAMES.filter((name) => needed.has(name));
}

const HELPER_NAMES = [
  'toDecimal',
  'toInteger',
  'toLong',
  'toDouble',
  'toDate',
  'toDatetime',
  'toBlob',
] as const satisfies readonly HelperName[];
