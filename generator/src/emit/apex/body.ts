import { contractTarget } from '../../contracts/index.js';
import type {
  BodyField,
  Contract,
  ContractRef,
  Integration,
  RequestStep,
  ScalarType,
  ValueSource,
} from '../../model/index.js';
import { refuse } from '../refuse.js';
import type { Doc } from '../../apex-layout/index.js';
import { apexString } from './literal.js';
import { assign, call, concatenation, mapLiteral, type Expression } from './syntax.js';
import { jsonValue, literal, read, textOf, textOperands } from './values.js';

/** Statements that give `request` its body; none for a request without one. */
export function bodyStatements(
  integration: Integration,
  step: RequestStep,
  contracts: readonly Contract[],
): readonly Doc[] {
  switch (step.body.kind) {
    case 'none':
      return [];
    case 'fields':
      return [[call('setJson', 'request', fieldMap(integration, step, step.body.fields)), ';']];
    case 'contract':
      return contractStatements(integration, step, step.body.fields, find(integration, step.body.contract, contracts));
  }
}

function find(integration: Integration, ref: ContractRef, contracts: readonly Contract[]): Contract {
  const contract = contracts.find(
    (candidate) => candidate.ref.file === ref.file && candidate.ref.interfaceName === ref.interfaceName,
  );
  return (
    contract ??
    refuse(
      integration,
      `the contract ${ref.file}#${ref.interfaceName} was not read.`,
      'Check the name of the file and of the interface.',
    )
  );
}

interface Branch {
  readonly members: Map<string, Expression | Branch>;
}

function isBranch(node: Expression | Branch): node is Branch {
  return typeof node === 'object' && 'members' in node;
}

function fieldMap(integration: Integration, step: RequestStep, fields: readonly BodyField[]): Doc {
  const root: Branch = { members: new Map() };
  for (const { target, source } of fields) {
    let owner = root;
    for (const [at, key] of target.entries()) {
      const existing = owner.members.get(key);
      if (at < target.length - 1 && (existing === undefined || isBranch(existing))) {
        const next: Branch = existing ?? { members: new Map() };
        owner.members.set(key, next);
        owner = next;
      } else if (at === target.length - 1 && existing === undefined) {
        owner.members.set(key, jsonValue(source));
      } else {
        refuse(integration, `the body of ${step.name} has two values for ${target.join('.')}.`, 'Keep one of them.');
      }
    }
  }
  return branchLiteral(root);
}

function branchLiteral({ members }: Branch): Doc {
  const entries = [...members].map(([key, node]) => ({
    key: apexString(key),
    value: isBranch(node) ? branchLiteral(node) : node,
  }));
  return mapLiteral('Map<String, Object>', entries);
}

const BODY = 'body';

function contractStatements(
  integration: Integration,
  step: RequestStep,
  fields: readonly BodyField[],
  contract: Contract,
): readonly Doc[] {
  const statements: Doc[] = [`${contract.className} ${BODY} = new ${contract.className}();`];
  const made = new Set<string>();
  for (const { target, source } of fields) {
    const found = contractTarget(contract, target);
    if (found.kind !== 'found') {
      const problem =
        found.kind === 'missing' ? `${found.owner} has no member ${target[found.at] ?? ''}` : found.reason;
      refuse(
        integration,
        `the body of ${step.name} does not match its contract: ${problem}`,
        'Use a member of the contract.',
      );
    }
    let owner = BODY;
    for (const { member, apexType } of found.steps) {
      owner = `${owner}.${member.apexName}`;
      if (!made.has(owner)) statements.push(`${owner} = new ${apexType}();`);
      made.add(owner);
    }
    const member = `${owner}.${found.leaf.member.apexName}`;
    const { value } = found.leaf;
    statements.push(
      value.kind === 'scalar'
        ? assignScalar(member, value.scalar, source)
        : assignEnum(member, value.converter, source),
    );
  }
  return [...statements, [call('setJson', 'request', `${BODY}.toJson()`), ';']];
}

/** Getter of the callout context, and static method of CalloutValue, that yields a value of the type. */
const CONVERSIONS: { readonly [Scalar in ScalarType]: string } = {
  String: 'text',
  Integer: 'asInteger',
  Long: 'asLong',
  Decimal: 'asDecimal',
  Double: 'asDouble',
  Boolean: 'asBoolean',
  Date: 'asDate',
  Datetime: 'asDatetime',
  Id: 'asId',
  Blob: 'asBlob',
  Object: 'value',
};

function assignScalar(member: string, scalar: ScalarType, source: ValueSource): Doc {
  const conversion = CONVERSIONS[scalar];
  if (source.kind === 'template') {
    const [only, ...others] = source.template;
    if (only !== undefined && only.kind !== 'text' && others.length === 0)
      return assign(member, read(conversion, only));
    if (scalar === 'String' || scalar === 'Object') return assign(member, concatenation(textOperands(source.template)));
    return assign(member, call(`CalloutValue.${conversion}`, textOf(source.template)));
  }
  if (source.kind !== 'literal') return assign(member, read(conversion, source));
  const plain = literal(source.value);
  if (source.value === null || scalar === 'Object') return assign(member, plain);
  return assign(member, call(`CalloutValue.${conversion}`, plain));
}

function assignEnum(member: string, converter: string, source: ValueSource): Doc {
  if (source.kind === 'template') return assign(member, call(converter, textOf(source.template)));
  if (source.kind === 'literal')
    return assign(member, source.value === null ? 'null' : call(converter, literal(String(source.value))));
  return assign(member, call(converter, read('text', source)));
}
