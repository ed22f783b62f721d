import type { Contract, ContractEnum, ContractMember, ContractType } from '../../model/index.js';
import { TEST_SUFFIX } from '../names/identifiers.js';
import { isRequired, isUntyped, mayBeNull } from '../presence.js';
import { contractClass, enumConverter, qualifiedType } from '../target.js';
import { apexDoc, block, call, classBody, collection, literal, statement } from './apex.js';
import { hardline, print, type Doc } from '../../apex-layout/index.js';
import { sampleMethodName, sampleMethods } from './samples.js';

/** Name of the test class that belongs to a contract class. */
export function testClassName(contract: Contract): string {
  return `${contract.className}${TEST_SUFFIX}`;
}

/** Apex test class of a contract: every member is written under its key and read back, nulls follow the contract. */
export function contractTestText(contract: Contract): string {
  const { className } = contract;
  return print([
    apexDoc(`${className} writes and reads the JSON text that its contract describes.`),
    '@IsTest',
    hardline,
    `private inherited sharing class ${testClassName(contract)} `,
    classBody([
      roundTripTest(contract),
      everyKeyTest(contract),
      absentMembersTest(contract),
      ...refusalTest(contract),
      leniencyTest(contract),
      ...contract.enums.map((type) => enumTest(contract, type)),
      ...sampleMethods(contract),
    ]),
    hardline,
  ]);
}

function test(name: string, statements: readonly Doc[]): Doc {
  return ['@IsTest', hardline, `static void ${name}() `, block(statements)];
}

function sample(contract: Contract, kind: 'minimal' | 'full'): Doc {
  return statement(`${contract.className} body = ${sampleMethodName(kind, contract.className)}()`);
}

function assert(method: string, ...args: readonly Doc[]): Doc {
  return statement(call(`Assert.${method}`, ...args));
}

function roundTripTest(contract: Contract): Doc {
  return test('survivesTheRoundTrip', [
    sample(contract, 'full'),
    statement('String text = body.toJson()'),
    statement(`${contract.className} copy = ${contract.className}.parse(text)`),
    assert('areEqual', 'text', 'copy.toJson()', literal('Reading and writing again must change nothing.')),
  ]);
}

function keysOf(members: readonly ContractMember[]): Doc {
  const keys = members.map(({ jsonName }) => literal(jsonName));
  return statement('Set<String> expected = ', collection('Set<String>', keys));
}

const READ_VALUES: Doc = statement(
  'Map<String, Object> values = (Map<String, Object>) JSON.deserializeUntyped(body.toJson())',
);

function everyKeyTest(contract: Contract): Doc {
  return test('writesEveryMemberUnderItsKey', [
    sample(contract, 'full'),
    READ_VALUES,
    keysOf(contract.root.members),
    assert('areEqual', 'expected', 'values.keySet()', literal('The keys must be those of the contract.')),
  ]);
}

function absentMembersTest(contract: Contract): Doc {
  const members = contract.root.members.filter((member) => !member.optional);
  return test('leavesOutOptionalMembersAndWritesNullableOnesAsNull', [
    sample(contract, 'minimal'),
    READ_VALUES,
    keysOf(members),
    assert('areEqual', 'expected', 'values.keySet()', literal('Only optional members may be left out.')),
    ...members
      .filter(mayBeNull)
      .map(({ jsonName }) =>
        assert('isNull', call('values.get', literal(jsonName)), literal('A nullable member is written as null.')),
      ),
  ]);
}

/** The nearest place where a null is refused: a required member, or an element of a list or map. */
function refusalTest(contract: Contract): readonly Doc[] {
  const breach = contract.root.members.some(isRequired)
    ? [statement(`${contract.className} body = new ${contract.className}()`)]
    : breachBelow(contract);
  if (breach === undefined) return [];
  return [
    test('refusesToWriteWithoutARequiredValue', [
      ...breach,
      [
        'try ',
        block([statement('body.toJson()'), assert('fail', literal('The missing value must be refused.'))]),
        ' catch (IllegalArgumentException problem) ',
        block([
          statement("Boolean isNamed = problem.getMessage().contains('is required')"),
          assert('isTrue', 'isNamed', literal('The error must say what is missing.')),
        ]),
      ],
    ]),
  ];
}

function breachBelow(contract: Contract): readonly Doc[] | undefined {
  for (const { apexName, type } of contract.root.members) {
    const value = breachingValue(contract, type);
    if (value !== undefined) return [sample(contract, 'minimal'), statement(`body.${apexName} = `, value)];
  }
  return undefined;
}

function breachingValue(contract: Contract, type: ContractType): Doc | undefined {
  const apexType = qualifiedType(contract, type);
  switch (type.kind) {
    case 'class':
      return contractClass(contract, type.name)?.members.some(isRequired) === true ? `new ${apexType}()` : undefined;
    case 'list':
      return isUntyped(type.element) ? undefined : collection(apexType, ['null']);
    case 'map':
      return isUntyped(type.value) ? undefined : collection(apexType, ["'key' => null"]);
    case 'scalar':
    case 'enum':
      return undefined;
  }
}

function leniencyTest({ className }: Contract): Doc {
  const text = literal('{"a key that no contract has": [1, {"b": null}]}');
  return test('readsNullAndPassesOverUnknownKeys', [
    assert('isNull', call(`${className}.parse`, literal('null')), literal('null is no object.')),
    statement(`String text = ${text}`),
    assert('isNotNull', call(`${className}.parse`, 'text'), literal('Unknown keys must not matter.')),
  ]);
}

function enumTest(contract: Contract, type: ContractEnum): Doc {
  const name = qualifiedType(contract, { kind: 'enum', name: type.name });
  const converter = `${contract.className}.${enumConverter(type.name)}`;
  return test(`converts${type.name}`, [
    ...type.values.map(({ apexName, jsonValue }) =>
      assert(
        'areEqual',
        `${name}.${apexName}`,
        call(converter, literal(jsonValue)),
        literal('The text must stand for its constant.'),
      ),
    ),
    assert('isNull', call(converter, 'null'), literal('null stands for no constant.')),
    [
      'try ',
      block([
        statement(call(converter, literal(unknownText(type)))),
        assert('fail', literal('An unknown text must be refused.')),
      ]),
      ' catch (IllegalArgumentException problem) ',
      block([
        statement("Boolean isNamed = problem.getMessage().contains('has no value')"),
        assert('isTrue', 'isNamed', literal('The error must say what is unknown.')),
      ]),
    ],
  ]);
}

/** A text that is none of the enum's. */
function unknownText(type: ContractEnum): string {
  const texts = new Set(type.values.map(({ jsonValue }) => jsonValue));
  let text = 'unknown';
  while (texts.has(text)) text += '?';
  return text;
}
