import type { ContractClass, ContractMember, ContractType } from '../../model/index.js';
import { enumConverter } from '../target.js';
import { apexDoc, block, call, forEach, isNotNull, literal, statement, when } from './apex.js';
import type { Doc } from '../../apex-layout/index.js';
import { SCALARS } from './scalars.js';
import { apexType } from './type-names.js';
import { loopVariable } from './write-members.js';

/** The method that fills an object from the map of JSON.deserializeUntyped; keys that are no members are passed over. */
export function readMethod(type: ContractClass, isRoot: boolean): Doc {
  const prefix = isRoot ? '' : `${type.name}.`;
  const statements = type.members.flatMap((member) => readMember(member, prefix));
  const doc = apexDoc(
    'Takes the members of this object from an untyped JSON object.',
    '@param values the object, by key',
  );
  return [doc, 'private void read(Map<String, Object> values) ', block(statements)];
}

function readMember(member: ContractMember, prefix: string): readonly Doc[] {
  const target = `this.${member.apexName}`;
  const source = call('values.get', literal(member.jsonName));
  const value = simpleRead(member.type, source);
  if (value !== undefined) return [statement(`${target} = `, value)];
  return [when(isNotNull(source), readInto(member.type, target, source, `${prefix}${member.jsonName}`, 1))];
}

/** Statements that create the object, list or map in `target` and fill it from `source`, which is not null. */
function readInto(type: ContractType, target: string, source: Doc, name: string, depth: number): readonly Doc[] {
  const create = statement(`${target} = new ${apexType(type)}()`);
  switch (type.kind) {
    case 'scalar':
    case 'enum':
      return [];
    case 'class':
      return [create, statement(call(`${target}.read`, ['(Map<String, Object>) ', source]))];
    case 'list': {
      const item = loopVariable('item', depth);
      const add = (value: Doc): Doc => statement(call(`${target}.add`, value));
      return [
        create,
        forEach(
          `Object ${item}`,
          ['(List<Object>) ', source],
          readElement(type.element, item, add, `${name}[]`, depth),
        ),
      ];
    }
    case 'map': {
      const item = loopVariable('item', depth);
      const key = loopVariable('key', depth);
      const entries = loopVariable('entries', depth);
      const put = (value: Doc): Doc => statement(call(`${target}.put`, key, value));
      return [
        create,
        statement(`Map<String, Object> ${entries} = (Map<String, Object>) `, source),
        forEach(`String ${key}`, call(`${entries}.keySet`), [
          statement(`Object ${item} = `, call(`${entries}.get`, key)),
          ...readElement(type.value, item, put, `${name}{}`, depth),
        ]),
      ];
    }
  }
}

function readElement(
  type: ContractType,
  item: string,
  store: (value: Doc) => Doc,
  name: string,
  depth: number,
): readonly Doc[] {
  const value = simpleRead(type, item);
  if (value !== undefined) return [store(value)];
  const element = loopVariable('element', depth);
  const [create, ...fill] = readInto(type, element, item, name, depth + 1);
  return [
    statement(call('requireValue', item, literal(name))),
    ...(create === undefined ? [] : [[`${apexType(type)} `, create]]),
    ...fill,
    store(element),
  ];
}

/** Expression for types that need no statements of their own. */
function simpleRead(type: ContractType, source: Doc): Doc | undefined {
  if (type.kind === 'enum') return call(enumConverter(type.name), ['(String) ', source]);
  if (type.kind !== 'scalar') return undefined;
  const { read } = SCALARS[type.scalar];
  switch (read.kind) {
    case 'cast':
      return [`(${type.scalar}) `, source];
    case 'asIs':
      return source;
    case 'helper':
      return call(read.helper, source);
  }
}
