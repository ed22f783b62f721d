import { isFieldValue, SObject } from '../../data/index.js';
import { ANY, PRIMITIVES, type ApexType } from '../types/types.js';
import { ApexList, ApexMap, ApexSet } from './collections.js';
import { ApexThrowable, PlatformException } from './exceptions.js';
import type { ApexRuntime } from './runtime.js';
import { reviveScalar, type StoredGraph, type StoredNode, type StoredType, type StoredValue } from './stored-values.js';
import { ApexObject } from './values.js';

/** What was kept does not fit the org as it is now: a class, object or enum constant is gone. */
export class ReviveError extends Error {
  override readonly name = 'ReviveError';
}

/** Makes the Apex values again that storeGraph wrote. @throws ReviveError when something that they need is gone */
export function reviveGraph(runtime: ApexRuntime, graph: StoredGraph): unknown {
  return new GraphReader(runtime, graph.nodes).read(graph.root);
}

class GraphReader {
  private readonly made: readonly object[];

  constructor(
    private readonly runtime: ApexRuntime,
    nodes: readonly StoredNode[],
  ) {
    this.made = nodes.map((node) => this.make(node));
    nodes.forEach((node, at) => this.fill(node, this.made[at]));
    // Elements and keys may say themselves what they equal, so sets and maps come when every object has its fields.
    nodes.forEach((node, at) => this.fillKeyed(node, this.made[at]));
  }

  read(value: StoredValue): unknown {
    if (!Array.isArray(value)) return value;
    const [tag, text] = value;
    switch (tag) {
      case 'r':
        return this.at(Number(text));
      case 'e':
        return this.userEnum(text);
      case 'p': {
        const dot = text.lastIndexOf('.');
        return this.runtime.platformEnum(text.slice(0, dot), text.slice(dot + 1));
      }
      case 'o':
        return this.platformObject(text);
      default:
        return reviveScalar(tag, text);
    }
  }

  private at(place: number): object {
    const made = this.made[place];
    if (made === undefined) throw new ReviveError(`There is no value at place ${place}.`);
    return made;
  }

  private userEnum(text: string): unknown {
    const dot = text.lastIndexOf('.');
    const symbol = this.symbol(text.slice(0, dot));
    const found = this.runtime.program
      .enumConstants(symbol)
      .find(({ name }) => name.toLowerCase() === text.slice(dot + 1).toLowerCase());
    if (found === undefined) throw new ReviveError(`There is no constant ${text}.`);
    return found;
  }

  private platformObject(text: string): object {
    const bar = text.indexOf('|');
    const codec = this.runtime.library.storable(text.slice(0, bar));
    const revived = codec?.revive(this.runtime, text.slice(bar + 1));
    if (revived === undefined) throw new ReviveError(`${text.slice(0, bar)} cannot be made from what was kept.`);
    return revived;
  }

  private symbol(name: string): NonNullable<ReturnType<ApexRuntime['options']['findClass']>> {
    const symbol = this.runtime.options.findClass(name);
    if (symbol === undefined) throw new ReviveError(`There is no class ${name}.`);
    return symbol;
  }

  private make(node: StoredNode): object {
    switch (node.kind) {
      case 'list':
        return new ApexList(this.type(node.type));
      case 'set':
        return new ApexSet(this.type(node.type));
      case 'map':
        return new ApexMap(this.type(node.key), this.type(node.value));
      case 'object':
        return this.runtime.classOf(this.symbol(node.type)).$info.allocate();
      case 'exception':
        return new PlatformException(node.type, node.message);
      case 'record': {
        const object = this.runtime.schema.object(node.object);
        if (object === undefined) throw new ReviveError(`There is no object ${node.object}.`);
        return new SObject(object);
      }
    }
  }

  private fill(node: StoredNode, made: unknown): void {
    if (node.kind === 'list' && made instanceof ApexList) made.items = node.items.map((item) => this.read(item));
    else if (node.kind === 'record' && made instanceof SObject) this.fillRecord(node, made);
    else if (node.kind === 'exception' && made instanceof ApexThrowable) made.$x.cause = this.cause(node.cause);
    else if (node.kind === 'object' && made instanceof ApexObject) {
      for (const [name, value] of node.fields) {
        const slot = made.$class.slots.get(name.toLowerCase())?.slot;
        // A field that the class no longer has is forgotten, as on the platform.
        if (slot !== undefined) made[slot] = this.read(value);
      }
      if (node.exception !== undefined && made instanceof ApexThrowable) {
        made.$x.message = node.exception.message;
        made.$x.cause = this.cause(node.exception.cause);
      }
    }
  }

  private cause(value: StoredValue): ApexThrowable | null {
    const cause = this.read(value);
    return cause instanceof ApexThrowable ? cause : null;
  }

  private fillRecord(node: StoredNode & { readonly kind: 'record' }, record: SObject): void {
    record.queried = node.queried;
    for (const [name, stored] of node.fields) {
      const value = this.read(stored);
      if (isFieldValue(value)) record.set(name, value);
    }
    for (const [name, stored] of node.parents) {
      const parent = this.read(stored);
      if (parent === null || parent instanceof SObject) record.related.set(name, parent);
    }
    for (const [name, stored] of node.children)
      record.related.set(
        name,
        stored.map((row) => this.read(row)).filter((row) => row instanceof SObject),
      );
  }

  private fillKeyed(node: StoredNode, made: unknown): void {
    if (node.kind === 'set' && made instanceof ApexSet) for (const item of node.items) made.add(this.read(item));
    else if (node.kind === 'map' && made instanceof ApexMap)
      for (const [key, value] of node.entries) made.put(this.read(key), this.read(value));
  }

  private type(type: StoredType): ApexType {
    switch (type.kind) {
      case 'list':
      case 'set':
        return { kind: type.kind, element: this.type(type.element) };
      case 'map':
        return { kind: 'map', key: this.type(type.key), value: this.type(type.value) };
      case 'platform':
        return { kind: 'platform', name: type.name, args: type.args.map((arg) => this.type(arg)) };
      case 'named':
        return this.namedType(type.of, type.name);
    }
  }

  private namedType(of: 'primitive' | 'sobject' | 'user' | 'other', name: string): ApexType {
    switch (of) {
      case 'user':
        return { kind: 'user', symbol: this.symbol(name) };
      case 'sobject':
        return { kind: 'sobject', name };
      case 'primitive':
        return Object.values(PRIMITIVES).find((type) => type.name === name) ?? ANY;
      case 'other':
        return ANY;
    }
  }
}
