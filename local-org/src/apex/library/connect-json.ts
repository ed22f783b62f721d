import { platformType } from '../platform-types/index.js';
import { ApexEnum, ApexList, ApexMap, PropertyObject, type ApexRuntime } from '../runtime/index.js';
import type { ApexType } from '../types/types.js';
import { bean, beanPropertyType } from './bean.js';

/** A value of the Connect API's classes as JSON, under the names that the classes declare. */
export function toJson(value: unknown): unknown {
  if (value instanceof ApexEnum) return value.name;
  if (value instanceof ApexList) return value.items.map(toJson);
  if (value instanceof ApexMap)
    return Object.fromEntries([...value.entries()].map(([key, item]) => [String(key), toJson(item)]));
  if (!(value instanceof PropertyObject)) return value ?? undefined;
  const fields = platformType(value.typeName)?.fields;
  return Object.fromEntries(
    value.entries().map(([name, item]) => [fields?.get(name.toLowerCase())?.name ?? name, toJson(item)]),
  );
}

/** JSON as an object of a class of the Connect API; members that the class does not have are left out. */
export function fromJson(runtime: ApexRuntime, json: unknown, type: ApexType): unknown {
  if (json === null || json === undefined) return null;
  switch (type.kind) {
    case 'list':
      return new ApexList(
        type.element,
        (Array.isArray(json) ? json : []).map((item: unknown) => fromJson(runtime, item, type.element)),
      );
    case 'map':
      return new ApexMap(
        type.key,
        type.value,
        Object.entries(json).map(([key, item]: [string, unknown]): [unknown, unknown] => [
          key,
          fromJson(runtime, item, type.value),
        ]),
      );
    case 'platform':
      return platformValue(runtime, json, type.name);
    default:
      return json;
  }
}

function platformValue(runtime: ApexRuntime, json: unknown, typeName: string): unknown {
  if (typeof json !== 'object' || json === null) return runtime.platformEnum(typeName, String(json));
  const values = Object.entries(json).flatMap(([name, item]: [string, unknown]) => {
    const type = beanPropertyType(typeName, name);
    return type === undefined ? [] : [[name, fromJson(runtime, item, type)] as const];
  });
  return bean(runtime, typeName, Object.fromEntries(values));
}
