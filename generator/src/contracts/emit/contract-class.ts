import type { Contract, ContractClass, ContractEnum, ContractMember, ContractType } from '../../model/index.js';
import { screamingCase } from '../names/identifiers.js';
import { isRequired, isUntyped, mayBeNull } from '../presence.js';
import { enumConverter } from '../target.js';
import { apexDoc, block, call, classBody, collection, literal, statement, when } from './apex.js';
import { hardline, indent, join, print, type Doc } from '../../apex-layout/index.js';
import { readMethod } from './read-members.js';
import { HELPERS } from './scalars.js';
import { apexType, neededHelpers } from './type-names.js';
import { writeMethod } from './write-members.js';

/**
 * Apex class of a contract: typed members, `toJson()`, `parse(text)`, and inner classes and enums for everything that the
 * contract refers to. The text is what prettier with prettier-plugin-apex prints.
 */
export function contractClassText(contract: Contract): string {
  const { root } = contract;
  return print([
    apexDoc(classDoc(root)),
    `public inherited sharing class ${contract.className} `,
    classBody([
      ...contract.enums.map(textsConstant),
      ...root.members.map(memberDeclaration),
      toJsonMethod(),
      parseMethod(contract),
      ...contract.enums.map((type) => converterMethod(contract, type)),
      writeMethod(root, true),
      readMethod(root, true),
      ...contract.enums.map(textOfMethod),
      ...(needsRequireValue(contract) ? [requireValueMethod(contract)] : []),
      ...neededHelpers(contract).map(helperMethod),
      ...contract.enums.map(enumDeclaration),
      ...contract.classes.map(innerClass),
    ]),
    hardline,
  ]);
}

function classDoc(type: ContractClass): string {
  return type.description === '' ? `One ${type.name} object of the JSON text.` : type.description;
}

/** Name of the list that holds the JSON texts of an enum in the order of its constants. */
export function textsName(type: ContractEnum): string {
  return `${screamingCase(type.name)}_TEXTS`;
}

function textsConstant(type: ContractEnum): Doc {
  const texts = type.values.map(({ jsonValue }) => literal(jsonValue));
  return [
    apexDoc(`What stands in JSON for the constants of ${type.name}, in their order.`),
    statement(`private static final List<String> ${textsName(type)} = `, collection('List<String>', texts)),
  ];
}

function memberDeclaration(member: ContractMember): Doc {
  return [apexDoc(memberDoc(member)), statement(`public ${apexType(member.type)} ${member.apexName}`)];
}

function memberDoc(member: ContractMember): string {
  const text = member.description === '' ? `JSON key ${JSON.stringify(member.jsonName)}.` : member.description;
  if (member.optional) return `${text}${separator(text)}Left out of the JSON text when null.`;
  return mayBeNull(member) ? `${text}${separator(text)}Null is written as null.` : text;
}

function separator(text: string): string {
  return text.includes('\n') ? '\n' : ' ';
}

function toJsonMethod(): Doc {
  return [
    apexDoc(
      'Writes this object as JSON text. Members come in the order of the contract.',
      '@return JSON text',
      '@throws IllegalArgumentException when a required member or a list element is null',
    ),
    'public String toJson() ',
    block([
      statement('JSONGenerator generator = JSON.createGenerator(false)'),
      statement('this.write(generator)'),
      statement('return generator.getAsString()'),
    ]),
  ];
}

function parseMethod({ className }: Contract): Doc {
  return [
    apexDoc(
      'Reads JSON text. Keys that are not in the contract are passed over; members without a key stay null.',
      '@param text JSON text of one object',
      '@return the object; null for the JSON text null',
    ),
    `public static ${className} parse(String text) `,
    block([
      statement('Map<String, Object> values = (Map<String, Object>) JSON.deserializeUntyped(text)'),
      when('values == null', [statement('return null')]),
      statement(`${className} result = new ${className}()`),
      statement('result.read(values)'),
      statement('return result'),
    ]),
  ];
}

function converterMethod({ className }: Contract, type: ContractEnum): Doc {
  return [
    apexDoc(
      `Finds the constant of ${type.name} that a text in JSON stands for.`,
      '@param text the text',
      '@return the constant; null for null',
      '@throws IllegalArgumentException for any other text',
    ),
    `public static ${type.name} ${enumConverter(type.name)}(String text) `,
    block([
      when('text == null', [statement('return null')]),
      statement('Integer index = ', call(`${textsName(type)}.indexOf`, 'text')),
      when('index < 0', [
        statement(`String problem = ${literal(`${type.name} has no value "`)} + text + '".'`),
        statement('throw new IllegalArgumentException(problem)'),
      ]),
      statement(`return ${className}.${type.name}.values()[index]`),
    ]),
  ];
}

function textOfMethod(type: ContractEnum): Doc {
  return [
    apexDoc(`What stands in JSON for a constant of ${type.name}.`, '@param value the constant', '@return its text'),
    `private static String textOf(${type.name} value) `,
    block([statement(`return ${textsName(type)}[value.ordinal()]`)]),
  ];
}

function requireValueMethod({ className }: Contract): Doc {
  return [
    apexDoc(
      'Refuses to write null where the contract allows none.',
      '@param value what is written',
      '@param name where',
    ),
    'private static void requireValue(Object value, String name) ',
    block([
      when('value == null', [
        statement(`String problem = ${literal(`${className}: `)} + name + ' is required and has no value.'`),
        statement('throw new IllegalArgumentException(problem)'),
      ]),
    ]),
  ];
}

/** Whether `write` checks anything: required members, and elements of lists and maps unless they are untyped. */
function needsRequireValue(contract: Contract): boolean {
  return [contract.root, ...contract.classes].some(({ members }) =>
    members.some((member) => isRequired(member) || checksElements(member.type)),
  );
}

function checksElements(type: ContractType): boolean {
  if (type.kind !== 'list' && type.kind !== 'map') return false;
  const element = type.kind === 'list' ? type.element : type.value;
  return !isUntyped(element) || checksElements(element);
}

function helperMethod(name: keyof typeof HELPERS): Doc {
  const { doc, returns, result } = HELPERS[name];
  const text = apexDoc(doc, '@param value the untyped value', '@return the typed value; null for null');
  return [text, `private static ${returns} ${name}(Object value) `, block([statement(`return ${result}`)])];
}

function enumDeclaration(type: ContractEnum): Doc {
  const constants = type.values.map(({ apexName }) => apexName);
  const description = type.description === '' ? `Values of ${type.name}.` : type.description;
  return [
    apexDoc(description),
    `public enum ${type.name} {`,
    indent([hardline, join([',', hardline], constants)]),
    hardline,
    '}',
  ];
}

function innerClass(type: ContractClass): Doc {
  return [
    apexDoc(classDoc(type)),
    `public inherited sharing class ${type.name} `,
    classBody([...type.members.map(memberDeclaration), writeMethod(type, false), readMethod(type, false)]),
  ];
}
