import { contractBodyRules } from '../config/index.js';
import type { LoadedConfig } from '../config/index.js';
import { contractClass, contractTarget, isRequired } from '../contracts/index.js';
import type { ContractTarget } from '../contracts/index.js';
import { Problem, enumerate, quote, suggest } from '../diagnostics/index.js';
import type { BodyField, Contract, ContractClass, ContractMember, Diagnostic } from '../model/index.js';

/** A problem of a body; `target` is the JSON path of the value that has it, undefined for the body as a whole. */
interface BodyProblem {
  readonly target: readonly string[] | undefined;
  readonly problem: Problem;
}

/**
 * Checks every body with a contract against the contract: its values must have a place there, and every required member
 * must get a value. Contracts that could not be read have their own problems, and their bodies are passed over.
 */
export function checkContractBodies(
  { integrations, bodyDiagnostic }: Pick<LoadedConfig, 'integrations' | 'bodyDiagnostic'>,
  contracts: readonly Contract[],
): readonly Diagnostic[] {
  return integrations.flatMap(({ name, requests }) =>
    requests.flatMap(({ body }, request) => {
      if (body.kind !== 'contract') return [];
      const { file, interfaceName } = body.contract;
      const contract = contracts.find(({ ref }) => ref.file === file && ref.interfaceName === interfaceName);
      if (contract === undefined) return [];
      return bodyProblems(contract, body.fields).map(({ target, problem }) =>
        bodyDiagnostic(name, { request, target }, problem),
      );
    }),
  );
}

function bodyProblems(contract: Contract, fields: readonly BodyField[]): readonly BodyProblem[] {
  const values = fields.map((field) => checkValue(contract, field));
  // A misspelt key explains why the member that it stands for has no value.
  const given = [...fields.map(({ target }) => target), ...values.flatMap(({ meant }) => (meant ? [meant] : []))];
  return [
    ...values.flatMap(({ problems }) => problems),
    ...missingMembers(contract, contract.root, [], given).map((problem) => ({ target: undefined, problem })),
  ];
}

interface CheckedValue {
  readonly problems: readonly BodyProblem[];
  /** Where the value should probably have gone. */
  readonly meant: readonly string[] | undefined;
}

function checkValue(contract: Contract, field: BodyField): CheckedValue {
  const { target } = field;
  const found = contractTarget(contract, target);
  switch (found.kind) {
    case 'missing':
      return unknownMember(contract, target, found);
    case 'notAssignable': {
      const fix = FIXES[found.holds];
      return problemAt(target, new Problem(contractBodyRules.notAssignable, found.reason, { fix }));
    }
    case 'found': {
      const problem = literalProblem(contract, field, found.leaf.member);
      return problem === undefined ? { problems: [], meant: undefined } : problemAt(target, problem);
    }
  }
}

function problemAt(target: readonly string[], problem: Problem): CheckedValue {
  return { problems: [{ target, problem }], meant: undefined };
}

function unknownMember(
  contract: Contract,
  target: readonly string[],
  { at, owner, candidates }: Extract<ContractTarget, { readonly kind: 'missing' }>,
): CheckedValue {
  const key = target[at] ?? '';
  const suggestion = suggest(key, candidates);
  const problem = new Problem(contractBodyRules.unknownMember, `${owner} has no member ${quote(key)}.`, {
    reason: `The body is built with the Apex class of ${contract.ref.interfaceName} in ${contract.ref.file}. ${owner} has ${enumerate(candidates)}.`,
    suggestion,
  });
  return {
    problems: [{ target, problem }],
    meant: suggestion === undefined ? undefined : [...target.slice(0, at), suggestion, ...target.slice(at + 1)],
  };
}

/** What to write instead of a value that does not fit what the member holds. */
const FIXES = {
  scalar: 'Remove what follows the member in the key.',
  enum: 'Remove what follows the member in the key.',
  class: 'Fill its members one by one, as a nested map or with dotted keys.',
  list: 'Leave it out of the body: lists cannot be filled from a record.',
  map: 'Leave it out of the body: maps cannot be filled from a record.',
} as const satisfies Readonly<Record<ContractMember['type']['kind'], string>>;

/** A fixed value that the class would refuse at every delivery. */
function literalProblem(
  contract: Contract,
  { target, source }: BodyField,
  member: ContractMember,
): Problem | undefined {
  if (source.kind !== 'literal') return undefined;
  const name = quote(target.join('.'));
  if (source.value === null) {
    if (!isRequired(member)) return undefined;
    return new Problem(contractBodyRules.missingMember, `${name} is required by the contract, and is always null.`);
  }
  const { type } = member;
  if (type.kind !== 'enum') return undefined;
  const texts = contract.enums
    .find((candidate) => candidate.name === type.name)
    ?.values.map(({ jsonValue }) => jsonValue);
  const text = String(source.value);
  if (texts === undefined || texts.includes(text)) return undefined;
  return new Problem(contractBodyRules.unknownValue, `${name} cannot be ${quote(text)}.`, {
    fix: `Write one of ${enumerate(texts.map(quote), 'or')}, or add this text to the contract.`,
    suggestion: suggest(text, texts),
  });
}

/** Required members without a value: of the root, and of every object that is filled. */
function missingMembers(
  contract: Contract,
  owner: ContractClass,
  path: readonly string[],
  given: readonly (readonly string[])[],
): readonly Problem[] {
  return owner.members.flatMap((member): readonly Problem[] => {
    const place = [...path, member.jsonName];
    const inside = given.filter((target) => place.every((key, at) => target[at] === key));
    if (inside.length === 0) return isRequired(member) ? [missing(contract, place, member)] : [];
    const below = member.type.kind === 'class' ? contractClass(contract, member.type.name) : undefined;
    const isFilled = inside.some((target) => target.length > place.length);
    return below !== undefined && isFilled ? missingMembers(contract, below, place, inside) : [];
  });
}

function missing({ ref }: Contract, place: readonly string[], { type }: ContractMember): Problem {
  const name = quote(place.join('.'));
  const contract = `${ref.interfaceName} in ${ref.file}`;
  if (type.kind === 'list' || type.kind === 'map') {
    return new Problem(
      contractBodyRules.requiredList,
      `${contract} cannot be used for a body: its member ${name} is a required ${type.kind}.`,
    );
  }
  const message = `The body does not fill ${name}, which ${contract} requires.`;
  return type.kind === 'class'
    ? new Problem(contractBodyRules.missingMember, message, {
        fix: 'Fill at least one of its members, or make it optional in the contract with `?`.',
      })
    : new Problem(contractBodyRules.missingMember, message);
}
