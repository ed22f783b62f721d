import type { PlatformConstructor, PlatformField, PlatformMethod } from '../types/symbols.js';
import type { ApexType } from '../types/types.js';
import { platform } from '../types/types.js';
import type { TypeTable } from './tables.js';
import { typeFromText } from './type-text.js';

/** One class, interface or enum of the platform. */
export interface PlatformType {
  /** `System.HttpRequest`, `Messaging.InboundEmail.Header`. */
  readonly name: string;
  readonly namespace: string;
  readonly kind: 'class' | 'interface' | 'enum';
  readonly superType: ApexType | undefined;
  readonly interfaces: readonly ApexType[];
  readonly typeParameters: number;
  readonly isAbstract: boolean;
  readonly constructors: readonly PlatformConstructor[];
  /** Overloads by lower-cased name; own ones only. */
  readonly methods: ReadonlyMap<string, readonly PlatformMethod[]>;
  /** Fields, properties and enum constants by lower-cased name. */
  readonly fields: ReadonlyMap<string, PlatformField>;
  /** Constants of an enum in order. */
  readonly constants: readonly string[];
}

function parameters(types: readonly string[]): PlatformMethod['parameters'] {
  return types.map((type, index) => ({ name: `p${String(index)}`, type: typeFromText(type) }));
}

function methods(table: TypeTable, owner: string): ReadonlyMap<string, readonly PlatformMethod[]> {
  const result = new Map<string, PlatformMethod[]>();
  for (const [name, flags, returns, ...types] of table.m ?? []) {
    const method: PlatformMethod = {
      origin: 'platform',
      name,
      owner,
      parameters: parameters(types),
      returns: typeFromText(returns),
      isStatic: (flags & 1) !== 0,
      isAbstract: (flags & 2) !== 0,
      key: `${owner}.${name}(${types.join(',')})`,
    };
    const list = result.get(name.toLowerCase());
    if (list === undefined) result.set(name.toLowerCase(), [method]);
    else list.push(method);
  }
  return result;
}

function fields(table: TypeTable, owner: string): ReadonlyMap<string, PlatformField> {
  const result = new Map<string, PlatformField>();
  for (const [name, isStatic, type] of table.f ?? []) {
    result.set(name.toLowerCase(), {
      name,
      owner,
      type: typeFromText(type),
      isStatic: isStatic === 1,
      isConstant: false,
    });
  }
  for (const name of table.e ?? []) {
    result.set(name.toLowerCase(), { name, owner, type: platform(owner), isStatic: true, isConstant: true });
  }
  return result;
}

/** Reads a table row. */
export function platformTypeFrom(table: TypeTable, namespace: string): PlatformType {
  const name = `${namespace}.${table.n}`;
  return {
    name,
    namespace,
    kind: table.k,
    superType: table.s === undefined ? undefined : typeFromText(table.s),
    interfaces: (table.i ?? []).map(typeFromText),
    typeParameters: table.t ?? 0,
    isAbstract: table.a === 1,
    constructors: (table.c ?? []).map((types) => ({
      origin: 'platform',
      owner: name,
      parameters: parameters(types),
      key: `${name}.<init>(${types.join(',')})`,
    })),
    methods: methods(table, name),
    fields: fields(table, name),
    constants: table.e ?? [],
  };
}
