import type { ContractClass, ContractMember, ContractType } from '../../model/index.js';
import { isUntyped, mayBeNull } from '../presence.js';
import { apexDoc, block, call, forEach, isNotNull, isNull, literal, statement, when } from './apex.js';
import type { Doc } from '../../apex-layout/index.js';
import { SCALARS } from './scalars.js';
import { apexType } from './type-names.js';

/** Statements of a class's `write` method: one JSON object with its members in the order of the contract. */
function writeStatements(type: ContractClass, isRoot: boolean): readonly Doc[] {
  return [
    statement(call('generator.writeStartObject')),
    ...type.members.flatMap((member) => writeMember(member, isRoot ? '' : `${type.name}.`)),
    statement(call('generator.writeEndObject')),
  ];
}

function writeMember(member: ContractMember, prefix: string): readonly Doc[] {
  const value = `this.${member.apexName}`;
  const name = `${prefix}${member.jsonName}`;
  const present = [...writeField(literal(member.jsonName), member.type, value, name)];
  if (member.optional) return [when(isNotNull(value), present)];
  if (mayBeNull(member)) {
    return [when(isNull(value), [statement(call('generator.writeNullField', literal(member.jsonName)))], present)];
  }
  return [requireValue(value, name), ...present];
}

/** One key and its value, which is not null. */
function writeField(key: string, type: ContractType, value: string, name: string): readonly Doc[] {
  const simple = simpleValue(type, value);
  if (simple !== undefined) return [statement(call(`generator.${simple.method}Field`, key, simple.value))];
  return [statement(call('generator.writeFieldName', key)), ...writeValue(type, value, name, 1)];
}

/** A value without a key. `depth` keeps the variables of nested loops apart. */
function writeValue(type: ContractType, value: string, name: string, depth: number): readonly Doc[] {
  switch (type.kind) {
    case 'scalar':
    case 'enum': {
      const simple = simpleValue(type, value);
      return simple === undefined ? [] : [statement(call(`generator.${simple.method}`, simple.value))];
    }
    case 'class':
      return [statement(call(`${value}.write`, 'generator'))];
    case 'list':
      return [
        statement(call('generator.writeStartArray')),
        forEach(
          `${apexType(type.element)} ${loopVariable('item', depth)}`,
          value,
          writeElement(type.element, `${name}[]`, depth),
        ),
        statement(call('generator.writeEndArray')),
      ];
    case 'map': {
      const key = loopVariable('key', depth);
      const declaration = `${apexType(type.value)} ${loopVariable('item', depth)}`;
      return [
        statement(call('generator.writeStartObject')),
        forEach(`String ${key}`, call(`${value}.keySet`), [
          statement(`${declaration} = `, call(`${value}.get`, key)),
          statement(call('generator.writeFieldName', key)),
          ...writeElement(type.value, `${name}{}`, depth),
        ]),
        statement(call('generator.writeEndObject')),
      ];
    }
  }
}

function writeElement(type: ContractType, name: string, depth: number): readonly Doc[] {
  const item = loopVariable('item', depth);
  const present = writeValue(type, item, name, depth + 1);
  if (isUntyped(type)) return [when(isNull(item), [statement(call('generator.writeNull'))], present)];
  return [requireValue(item, name), ...present];
}

function simpleValue(type: ContractType, value: string): { readonly method: string; readonly value: Doc } | undefined {
  if (type.kind === 'scalar') return { method: SCALARS[type.scalar].write, value };
  return type.kind === 'enum' ? { method: SCALARS.String.write, value: call('textOf', value) } : undefined;
}

function requireValue(value: string, name: string): Doc {
  return statement(call('requireValue', value, literal(name)));
}

/** `item`, `item2`, `item3` … */
export function loopVariable(name: string, depth: number): string {
  return depth === 1 ? name : `${name}${depth}`;
}

/** The method that both kinds of `write` share. */
export function writeMethod(type: ContractClass, isRoot: boolean): Doc {
  const doc = apexDoc('Writes this object as one JSON value.', '@param generator where to write it');
  return [doc, 'private void write(JSONGenerator generator) ', block(writeStatements(type, isRoot))];
}
