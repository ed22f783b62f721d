import { ApexBlob, ApexDate, ApexDatetime, ApexDecimal, ApexTime, SObject, zonedFields } from '../../data/index.js';
import { ApexList, ApexMap, ApexSet } from './collections.js';
import { ApexThrowable } from './exceptions.js';
import { ApexDouble, ApexEnum, ApexObject, PlatformObject, PropertyObject } from './values.js';

const two = (value: number): string => String(value).padStart(2, '0');

/** `2026-11-23 10:30:00` in a time zone. */
export function datetimeText(value: ApexDatetime, zone: string): string {
  const fields = zonedFields(zone, value.ms);
  return `${String(fields.year).padStart(4, '0')}-${two(fields.month)}-${two(fields.day)} ${two(fields.hour)}:${two(fields.minute)}:${two(fields.second)}`;
}

/** Calls `toString()` if the object's class declares it. */
function ownText(value: ApexObject): string | undefined {
  const name = value.$class?.methods.get('tostring/0')?.[0];
  const method = name === undefined ? undefined : value[name];
  if (typeof method !== 'function') return undefined;
  const result: unknown = Reflect.apply(method, value, []);
  return result === null ? 'null' : String(result);
}

/** Text of any value, as `String.valueOf(Object)` and `+` give it; dates and times in the user's time zone. */
export function textOf(value: unknown, zone: string, depth = 0): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'boolean':
    case 'bigint':
      return String(value);
    default:
      return objectText(value, zone, depth);
  }
}

function objectText(value: unknown, zone: string, depth: number): string {
  if (value === null || value === undefined) return 'null';
  if (value instanceof ApexDatetime) return datetimeText(value, zone);
  if (
    value instanceof ApexDecimal ||
    value instanceof ApexDouble ||
    value instanceof ApexDate ||
    value instanceof ApexTime ||
    value instanceof ApexBlob ||
    value instanceof ApexEnum
  )
    return value.toString();
  if (depth > 8) return '...';
  const inner = (item: unknown): string => textOf(item, zone, depth + 1);
  if (value instanceof ApexList) return `(${firstTexts(value.items, inner)})`;
  if (value instanceof ApexSet) return `{${firstTexts(value.values(), inner)}}`;
  if (value instanceof ApexMap)
    return `{${firstTexts(value.entries(), ([key, item]) => `${inner(key)}=${inner(item)}`)}}`;
  if (value instanceof SObject) return recordText(value, zone);
  if (value instanceof ApexThrowable) return ownText(value) ?? exceptionText(value);
  if (value instanceof ApexObject) return ownText(value) ?? fieldsText(value, zone, depth);
  if (value instanceof PropertyObject) return propertiesText(value, zone, depth);
  if (value instanceof PlatformObject) return platformText(value);
  return String(value);
}

/** Elements of a collection that its text shows, before three dots for the others (github.com/jamessimone/apex-dml-mocking/issues/2). */
const SHOWN = 10;

function firstTexts<T>(items: Iterable<T>, text: (item: T) => string): string {
  const texts: string[] = [];
  for (const item of items) {
    if (texts.length === SHOWN) return [...texts, '...'].join(', ');
    texts.push(text(item));
  }
  return texts.join(', ');
}

/** `System.DmlException: message`, the first line of an exception's report. */
export function exceptionText(value: ApexThrowable): string {
  const { message } = value.$x;
  return `${value.$typeName}: ${message ?? defaultMessage(value)}`;
}

/** What `getMessage()` says when no message was given. */
export function defaultMessage(value: ApexThrowable): string {
  return value.$typeName.startsWith('System.') ? `Script-thrown exception` : 'Script-thrown exception';
}

function recordText(record: SObject, zone: string): string {
  const parts = [...record.values]
    .filter(([name]) => name !== 'Id')
    .map(([name, value]) => `${name}=${textOf(value, zone)}`);
  if (record.id !== null) parts.push(`Id=${record.id}`);
  return `${record.object.name}:{${parts.join(', ')}}`;
}

function fieldsText(value: ApexObject, zone: string, depth: number): string {
  const parts = [...value.$class.slots.values()].map(
    ({ name, slot }) => `${name}=${textOf(value[slot], zone, depth + 1)}`,
  );
  // Stubs show the name that the platform gives their generated class.
  return `${value.$class.symbol.name}${value['$stub'] === true ? '__sfdc_ApexStub' : ''}:[${parts.join(', ')}]`;
}

/** `Database.SaveResult[getErrors=();getId=001...;isSuccess=true;]`: by the getters' names, in alphabetical order. */
function propertiesText(value: PropertyObject, zone: string, depth: number): string {
  const parts = value.entries().map(([name, item]) => {
    const getter = `${typeof item === 'boolean' ? 'is' : 'get'}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    return `${getter}=${textOf(item, zone, depth + 1)};`;
  });
  return `${value.typeName}[${parts.toSorted().join('')}]`;
}

function platformText(value: PlatformObject): string {
  const own = Object.prototype.hasOwnProperty.call(Object.getPrototypeOf(value), 'toString');
  return own ? value.toString() : `${value.typeName}@instance`;
}
