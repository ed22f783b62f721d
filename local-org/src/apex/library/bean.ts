import { platformType, type PlatformType } from '../platform-types/index.js';
import {
  ApexList,
  PropertyObject,
  type ApexRuntime,
  type LibraryFunction,
  type LibraryModule,
  type LibraryTable,
} from '../runtime/index.js';
import type { ApexType } from '../types/types.js';

/** A platform class that only keeps what it is told: its fields, and methods that get and set them. */
export interface BeanShape {
  /** Full name: `Messaging.EmailFileAttachment`. */
  readonly owner: string;
  /** Values that a new object has, where they are not null. */
  readonly defaults?: (runtime: ApexRuntime) => Readonly<Record<string, unknown>>;
  /** Properties that the arguments of a constructor set, by their number. */
  readonly constructors?: Readonly<Record<number, readonly string[]>>;
  /** Methods that do more. */
  readonly methods?: (runtime: ApexRuntime) => LibraryTable;
}

const shapes = new Map<string, BeanShape>();

/** `fileName` of `getFileName`: names are written as JSON has them. */
function propertyName(method: string, prefix: string): string {
  const name = method.slice(prefix.length);
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** Getters and setters of a type, from what the tables know about it. */
function accessors(type: PlatformType): Record<string, LibraryFunction> {
  const table: Record<string, LibraryFunction> = {};
  for (const method of [...type.methods.values()].flat()) {
    if (method.isStatic) continue;
    const { name, parameters } = method;
    const getter = /^(get|is)[A-Z]/.exec(name)?.[1];
    if (getter !== undefined && parameters.length === 0) {
      const property = propertyName(name, getter);
      table[`${name}/0`] = (self: PropertyObject) => self.get(property) ?? defaultOf(method.returns);
    } else if (/^set[A-Z]/.test(name) && parameters.length === 1) {
      const property = propertyName(name, 'set');
      table[`${name}/1`] = (self: PropertyObject, value: unknown) => self.set(property, value);
    }
  }
  return table;
}

/** What a getter gives before anything was set: flags are false, everything else is null. */
function defaultOf(type: ApexType): unknown {
  return type.kind === 'primitive' && type.name === 'Boolean' ? false : null;
}

/** A new object of a bean type with these values. */
export function bean(
  runtime: ApexRuntime,
  typeName: string,
  values: Readonly<Record<string, unknown>> = {},
): PropertyObject {
  const shape = shapes.get(typeName.toLowerCase());
  return new PropertyObject(shape?.owner ?? typeName, {
    ...values,
    ...without(shape?.defaults?.(runtime) ?? {}, values),
  });
}

function without(
  defaults: Readonly<Record<string, unknown>>,
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(defaults).filter(([name]) => !(name in values)));
}

function construct(runtime: ApexRuntime, shape: BeanShape): LibraryFunction {
  return (...args: unknown[]) => {
    const names = shape.constructors?.[args.length] ?? [];
    return bean(runtime, shape.owner, Object.fromEntries(names.map((name, index) => [name, args[index]])));
  };
}

/** The module of a bean type: everything that the tables say about it, and what the shape adds. */
export function beanModule(shape: BeanShape): LibraryModule {
  shapes.set(shape.owner.toLowerCase(), shape);
  return {
    owner: shape.owner,
    members: (runtime) => {
      const type = platformType(shape.owner);
      return {
        '<init>': construct(runtime, shape),
        ...(type === undefined ? {} : accessors(type)),
        ...shape.methods?.(runtime),
      };
    },
  };
}

export function isBean(typeName: string): boolean {
  return shapes.has(typeName.toLowerCase());
}

/** Declared type of a bean's property, in any letter case; undefined when it has none of that name. */
export function beanPropertyType(typeName: string, property: string): ApexType | undefined {
  const type = platformType(typeName);
  const key = property.toLowerCase();
  const getter = type?.methods.get(`get${key}`)?.[0] ?? type?.methods.get(`is${key}`)?.[0];
  return type?.fields.get(key)?.type ?? getter?.returns;
}

/** Namespaces whose classes are data, apart from the services that have modules of their own. */
const DATA_NAMESPACES: ReadonlySet<string> = new Set(['connectapi', 'metadata']);

/** A module for a class of a data namespace: one that can be made, and has nothing to do. */
export function dataModule(typeName: string): LibraryModule | undefined {
  if (!DATA_NAMESPACES.has(typeName.slice(0, typeName.indexOf('.')).toLowerCase())) return undefined;
  const type = platformType(typeName);
  if (type?.kind !== 'class') return undefined;
  const isService = [...type.methods.values()].flat().some((method) => method.isStatic);
  return isService ? undefined : beanModule({ owner: type.name, defaults: () => emptyLists(type) });
}

/** Lists of metadata components are there from the beginning (declarative-lookup-rollup-summaries: CustomMetadataService). */
function emptyLists(type: PlatformType): Readonly<Record<string, unknown>> {
  if (type.namespace.toLowerCase() !== 'metadata') return {};
  return Object.fromEntries(
    [...type.fields.values()].flatMap(({ name, type: { kind, ...rest } }) =>
      kind === 'list' && 'element' in rest ? [[name, new ApexList(rest.element)]] : [],
    ),
  );
}
