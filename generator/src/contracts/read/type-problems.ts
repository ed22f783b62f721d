import type { BaseType } from './apex-tag.js';
import { TAG_BASES } from './apex-tag.js';
import type { ContractProblem } from './problems.js';

const CODE = 'contract-unsupported-type';
const TAG_CODE = 'contract-apex-tag';

export function generic(name: string): ContractProblem {
  return {
    code: CODE,
    message: `${name} has type parameters.`,
    reason: 'Apex classes have none.',
    fix: 'Write an interface for each use, with the types filled in.',
  };
}

export function merged(name: string): ContractProblem {
  return {
    code: CODE,
    message: `${name} is declared more than once.`,
    reason: 'Which declarations count would depend on the files that are read.',
    fix: 'Put all members into one declaration.',
  };
}

export function endless(name: string): ContractProblem {
  return {
    code: CODE,
    message: `The alias ${name} refers to itself.`,
    reason: 'An Apex list or map cannot hold itself; only objects can.',
    fix: 'Write an interface; its members may refer to it.',
  };
}

export function qualifiedName(name: string): ContractProblem {
  return {
    code: CODE,
    message: `"${name}" reaches into a namespace or enum.`,
    reason: 'Contracts consist of interfaces, aliases and enums at the head level of a file.',
    fix: 'Use the type by its own name, or the whole enum.',
  };
}

export function notAnInterface(name: string): ContractProblem {
  return {
    code: CODE,
    message: `${name} is neither an interface, an alias of a type nor an enum.`,
    reason: 'Only those describe data without behaviour.',
    fix: 'Declare an interface with the members of the JSON object.',
  };
}

export function libraryTypeProblem(name: string): ContractProblem {
  return {
    code: CODE,
    message: `Apex cannot represent TypeScript's ${name} here.`,
    reason: 'Of the library, contracts know Date, Array, ReadonlyArray, Readonly and Record.',
    fix: 'Write an interface with the members of the JSON object, T[] for a list or Record<string, T> for a map.',
  };
}

export function unsupportedKey(key: string): ContractProblem {
  return {
    code: CODE,
    message: `A map cannot have keys of type ${key}.`,
    reason: 'The keys of a JSON object are any texts.',
    fix: 'Write Record<string, T>, or an interface when the keys are known.',
  };
}

export const NULL_ELEMENT: ContractProblem = {
  code: CODE,
  message: 'Elements of a list or map cannot be null or undefined.',
  reason: 'The generated class refuses null elements, which receivers rarely expect.',
  fix: 'Remove null from the element type, or write "unknown" for any JSON value.',
};

export function unknownTag(name: string): ContractProblem {
  const known = [...TAG_BASES.keys()];
  const suggestion = known.find((each) => each.toLowerCase() === name.toLowerCase());
  return {
    code: TAG_CODE,
    message: `@apex ${name} names no Apex type that a contract can have.`,
    reason: 'The tag selects the Apex type of a single value.',
    fix: `Write one of ${known.join(', ')}.`,
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}

export function tagMismatch(name: string, base: BaseType, bases: readonly BaseType[]): ContractProblem {
  return {
    code: TAG_CODE,
    message: `@apex ${name} does not go with ${base}.`,
    reason: 'The TypeScript type and the Apex type would be different in JSON.',
    fix: `Write the member as ${bases.join(' or ')}, or change the tag.`,
  };
}

export function misplacedTag(noun: string): ContractProblem {
  return {
    code: TAG_CODE,
    message: `@apex stands at ${noun}.`,
    reason: 'The tag selects the Apex type of a single value; the type of other members is given.',
    fix: 'Remove the tag.',
  };
}
