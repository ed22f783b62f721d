import { SObject } from '../../data/index.js';
import type { ApexType } from '../types/types.js';
import { ApexList, ApexMap, ApexSet } from './collections.js';
import { apexError, ApexThrowable, PlatformException } from './exceptions.js';
import type { ApexRuntime } from './runtime.js';
import { storeScalar, type StoredGraph, type StoredNode, type StoredType, type StoredValue } from './stored-values.js';
import { ApexEnum, ApexObject, PlatformObject } from './values.js';

/**
 * Writes Apex values as JSON, as the state of an asynchronous job is kept. Transient fields do not travel.
 * @throws System.SerializationException for an object of a platform type that cannot be kept
 */
export function storeGraph(runtime: ApexRuntime, value: unknown): StoredGraph {
  const writer = new GraphWriter(runtime);
  return { root: writer.value(value), nodes: writer.nodes };
}

class GraphWriter {
  readonly nodes: StoredNode[] = [];
  private readonly seen = new Map<object, StoredValue>();

  constructor(private readonly runtime: ApexRuntime) {}

  value(value: unknown): StoredValue {
    const scalar = storeScalar(value);
    if (scalar !== undefined) return scalar;
    if (typeof value !== 'object' || value === null) throw notSerializable(typeof value);
    if (value instanceof ApexEnum) return [value.symbol === undefined ? 'p' : 'e', `${value.typeName}.${value.name}`];
    if (value instanceof PlatformObject) return this.platformObject(value);
    const known = this.seen.get(value);
    if (known !== undefined) return known;
    const place: StoredValue = ['r', String(this.nodes.length)];
    this.seen.set(value, place);
    // The place is taken before the parts are written, which may refer to it.
    const node = this.begin(value);
    this.nodes.push(node);
    this.fill(node, value);
    return place;
  }

  private platformObject(value: PlatformObject): StoredValue {
    const codec = this.runtime.library.storable(value.typeName);
    if (codec === undefined) throw notSerializable(value.typeName);
    return ['o', `${value.typeName}|${codec.store(value)}`];
  }

  private begin(value: object): StoredNode {
    if (value instanceof ApexList) return { kind: 'list', type: storeType(value.elementType), items: [] };
    if (value instanceof ApexSet) return { kind: 'set', type: storeType(value.elementType), items: [] };
    if (value instanceof ApexMap)
      return { kind: 'map', key: storeType(value.keyType), value: storeType(value.valueType), entries: [] };
    if (value instanceof SObject)
      return {
        kind: 'record',
        object: value.object.name,
        queried: value.queried,
        fields: [],
        parents: [],
        children: [],
      };
    if (value instanceof PlatformException)
      return { kind: 'exception', type: value.$type, message: value.$x.message, cause: null };
    if (value instanceof ApexObject && value.$class !== undefined)
      return {
        kind: 'object',
        type: value.$class.symbol.fullName,
        fields: [],
        ...(value instanceof ApexThrowable ? { exception: { message: value.$x.message, cause: null } } : {}),
      };
    throw notSerializable(value.constructor.name);
  }

  private fill(node: StoredNode, value: object): void {
    if (node.kind === 'list' && value instanceof ApexList)
      node.items.push(...value.items.map((item) => this.value(item)));
    else if (node.kind === 'set' && value instanceof ApexSet)
      node.items.push(...[...value.values()].map((item) => this.value(item)));
    else if (node.kind === 'map' && value instanceof ApexMap) {
      for (const [key, item] of value.entries()) node.entries.push([this.value(key), this.value(item)]);
    } else if (node.kind === 'record' && value instanceof SObject) this.fillRecord(node, value);
    else if (node.kind === 'exception' && value instanceof ApexThrowable) node.cause = this.value(value.$x.cause);
    else if (node.kind === 'object' && value instanceof ApexObject) {
      for (const { name, slot, isTransient } of value.$class.slots.values())
        if (!isTransient) node.fields.push([name, this.value(value[slot])]);
      if (node.exception !== undefined && value instanceof ApexThrowable)
        node.exception.cause = this.value(value.$x.cause);
    }
  }

  private fillRecord(node: StoredNode & { readonly kind: 'record' }, record: SObject): void {
    for (const [name, value] of record.values) node.fields.push([name, this.value(value)]);
    for (const [name, related] of record.related) {
      if (related === null || related instanceof SObject) node.parents.push([name, this.value(related)]);
      else node.children.push([name, related.map((row) => this.value(row))]);
    }
  }
}

function storeType(type: ApexType): StoredType {
  switch (type.kind) {
    case 'list':
    case 'set':
      return { kind: type.kind, element: storeType(type.element) };
    case 'map':
      return { kind: 'map', key: storeType(type.key), value: storeType(type.value) };
    case 'platform':
      return { kind: 'platform', name: type.name, args: type.args.map(storeType) };
    case 'user':
      return { kind: 'named', of: 'user', name: type.symbol.fullName };
    case 'primitive':
    case 'sobject':
      return { kind: 'named', of: type.kind, name: type.name };
    case 'parameter':
    case 'any':
    case 'void':
    case 'null':
      return { kind: 'named', of: 'other', name: 'any' };
  }
}

function notSerializable(type: string): ApexThrowable {
  return apexError('SerializationException', `Not Serializable: ${type}`);
}
