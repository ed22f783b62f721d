import { SObject } from '../../data/index.js';
import {
  apexError,
  ApexList,
  ApexMap,
  ApexSet,
  constructorMembers,
  isInstance,
  isSubclass,
  PlatformObject,
  runtimeTypeName,
  typeName,
  Unsupported,
  type ApexRuntime,
  type LibraryModule,
} from '../runtime/index.js';
import { findPlatformType } from '../platform-types/index.js';
import { PRIMITIVES, SOBJECT, type ApexType } from '../types/types.js';
import { required, text } from './arguments.js';
import { fieldToken, objectToken } from './schema-tokens.js';

/** System.Type. */
export class TypeObject extends PlatformObject {
  override readonly typeName = 'System.Type';
  constructor(readonly type: ApexType) {
    super();
  }
  get name(): string {
    return typeName(this.type);
  }
  override toString(): string {
    return this.name;
  }
}

const interned = new WeakMap<ApexRuntime, Map<string, TypeObject>>();

/** The token of a type; the same object for the same type, so that `==` works. */
export function typeToken(runtime: ApexRuntime, type: ApexType): TypeObject {
  let tokens = interned.get(runtime);
  if (tokens === undefined) {
    tokens = new Map();
    interned.set(runtime, tokens);
  }
  const key = typeName(type).toLowerCase();
  let token = tokens.get(key);
  if (token === undefined) {
    token = new TypeObject(type);
    tokens.set(key, token);
  }
  return token;
}

/**
 * The type that a name stands for, as Type.forName finds it; undefined when there is none. An object is found before a class of the same name
 * (NebulaLogger deploys classes called Account and User beside its tests).
 */
export function typeNamed(runtime: ApexRuntime, name: string): ApexType | undefined {
  const generic = /^(List|Set|Map)<(.*)>$/i.exec(name.replace(/\s/g, ''));
  if (generic !== null) return genericType(runtime, generic[1] ?? '', generic[2] ?? '');
  if (/^(Schema\.|System\.)?SObject$/i.test(name)) return SOBJECT;
  const object = runtime.objectNamed(name.replace(/^Schema\./i, ''));
  if (object !== undefined) return { kind: 'sobject', name: object.name };
  const symbol = runtime.options.findClass(name);
  return symbol === undefined ? platformNamed(name) : { kind: 'user', symbol };
}

function platformNamed(name: string): ApexType | undefined {
  const primitive = Object.values(PRIMITIVES).find((type) => type.name.toLowerCase() === name.toLowerCase());
  if (primitive !== undefined) return primitive;
  const found = findPlatformType(name);
  return found === undefined ? undefined : { kind: 'platform', name: found.name, args: [] };
}

function genericType(runtime: ApexRuntime, outer: string, inner: string): ApexType | undefined {
  const args = splitArguments(inner).map((part) => (part === 'ANY' ? PRIMITIVES.Object : typeNamed(runtime, part)));
  const [first, second] = args;
  if (first === undefined) return undefined;
  if (outer.toLowerCase() === 'list') return { kind: 'list', element: first };
  if (outer.toLowerCase() === 'set') return { kind: 'set', element: first };
  return second === undefined ? undefined : { kind: 'map', key: first, value: second };
}

function splitArguments(inner: string): readonly string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const char of inner) {
    if (char === ',' && depth === 0) parts.push('');
    else {
      parts[parts.length - 1] += char;
      depth += char === '<' ? 1 : char === '>' ? -1 : 0;
    }
  }
  return parts;
}

/** `Type.newInstance()`: the constructor without parameters. */
export function newInstance(runtime: ApexRuntime, type: ApexType): unknown {
  switch (type.kind) {
    case 'user': {
      const { symbol } = type;
      const [member] = constructorMembers(symbol, 0);
      if (symbol.kind !== 'class' || symbol.isAbstract || member === undefined)
        throw apexError(
          'TypeException',
          `Type ${symbol.fullName} cannot be constructed: no accessible constructor without parameters`,
        );
      const made = new (runtime.classOf(symbol))();
      return Reflect.apply(functionOf(made[member]), made, []) ?? made;
    }
    case 'sobject':
      return new SObject(runtime.object(type.name));
    case 'list':
      return new ApexList(type.element);
    case 'set':
      return new ApexSet(type.element);
    case 'map':
      return new ApexMap(type.key, type.value);
    case 'platform':
      return Reflect.apply(runtime.library.function(`${type.name}.<init>()`), undefined, []);
    default:
      throw apexError('TypeException', `Type ${typeName(type)} cannot be constructed`);
  }
}

function functionOf(value: unknown): (...args: unknown[]) => unknown {
  if (!isFunction(value)) throw new Unsupported('The constructor');
  return value;
}

function isFunction(value: unknown): value is (...args: unknown[]) => unknown {
  return typeof value === 'function';
}

function assignable(from: ApexType, to: ApexType): boolean {
  if (typeName(from) === typeName(to) || (to.kind === 'primitive' && to.name === 'Object')) return true;
  if (from.kind === 'user') return isSubclass(from.symbol, to);
  return from.kind === 'sobject' && to.kind === 'sobject' && to.name === 'SObject';
}

export const typeModule: LibraryModule = {
  owner: 'System.Type',
  members: (runtime) => ({
    'forName/1': (name: string | null) => forName(runtime, text(name)),
    'forName/2': (namespace: string | null, name: string | null) =>
      forName(runtime, namespace === null || namespace === '' ? text(name, 2) : `${namespace}.${text(name, 2)}`),
    equals: (self: TypeObject, other: unknown) => self === other,
    getName: (self: TypeObject) => self.name,
    hashCode: (self: TypeObject) =>
      [...self.name].reduce((hash, char) => (Math.imul(31, hash) + char.charCodeAt(0)) | 0, 0),
    isAssignableFrom: (self: TypeObject, other: TypeObject | null) => assignable(required(other).type, self.type),
    newInstance: (self: TypeObject) => newInstance(runtime, self.type),
    toString: (self: TypeObject) => self.name,
  }),
  storable: {
    store: (type) => String(type),
    revive: (runtime, name) => {
      const type = typeNamed(runtime, name);
      return type === undefined ? undefined : typeToken(runtime, type);
    },
  },
};

function forName(runtime: ApexRuntime, name: string): TypeObject | null {
  const type = typeNamed(runtime, name);
  return type === undefined ? null : typeToken(runtime, type);
}

/** What compiled code asks for by itself. */
export const internalTypesModule: LibraryModule = {
  owner: 'Internal.Types',
  members: (runtime) => ({
    token: (type: ApexType) => typeToken(runtime, type),
    voidToken: () => typeToken(runtime, { kind: 'void' }),
    isInstance: (value: unknown, type: TypeObject) => isInstance(value, type.type),
    nameOf: runtimeTypeName,
  }),
};

export const internalSchemaTokens: LibraryModule = {
  owner: 'Internal.Schema',
  members: (runtime) => ({
    objectToken: (name: string) => objectToken(runtime, name),
    fieldToken: (object: string, field: string) => fieldToken(runtime, object, field),
  }),
};
