import { ApexBlob, ApexDate, ApexDatetime, ApexDecimal, ApexTime, SObject } from '../../data/index.js';
import {
  apexError,
  ApexDouble,
  ApexEnum,
  ApexList,
  ApexMap,
  ApexObject,
  ApexSet,
  ApexThrowable,
  PlatformObject,
  PropertyObject,
  runtimeTypeName,
} from '../runtime/index.js';
import { UuidObject } from './encoding.js';

/** Text of a JSON value. `suppressNulls` leaves out members without a value. */
export function writeJson(value: unknown, suppressNulls: boolean, pretty: boolean): string {
  const compact = write(value, suppressNulls, new Set());
  return pretty ? prettyPrint(compact) : compact;
}

/** @param around what the value stands in, from the outside in: a value that contains itself has no text */
function write(value: unknown, suppressNulls: boolean, around: Set<unknown>): string {
  const scalar = writeScalar(value);
  if (scalar !== undefined) return scalar;
  if (around.has(value)) throw apexError('JSONException', 'Circular reference detected while serializing');
  around.add(value);
  const text = writeContainer(value, suppressNulls, (item) => write(item, suppressNulls, around));
  around.delete(value);
  return text;
}

function writeScalar(value: unknown): string | undefined {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return quoteJson(value);
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (value instanceof ApexDecimal) return value.toPlainString();
  if (value instanceof ApexDouble) return value.toString();
  if (value instanceof ApexDate) return `"${value.toIso()}"`;
  if (value instanceof ApexDatetime) return `"${value.toIso()}"`;
  if (value instanceof ApexTime) return `"${value.toString()}"`;
  if (value instanceof ApexBlob) return `"${value.bytes.toString('base64')}"`;
  if (value instanceof UuidObject) return `"${value.value}"`;
  return value instanceof ApexEnum ? quoteJson(value.name) : undefined;
}

function writeContainer(value: unknown, suppressNulls: boolean, next: (item: unknown) => string): string {
  if (value instanceof ApexList) return `[${value.items.map(next).join(',')}]`;
  if (value instanceof ApexSet) return `[${[...value.values()].map(next).join(',')}]`;
  if (value instanceof ApexMap)
    return members(
      [...value.entries()].map(([key, item]): [string, unknown] => [keyText(key), item]),
      suppressNulls,
      next,
    );
  if (value instanceof PropertyObject) return members(value.entries(), suppressNulls, next);
  if (value instanceof PlatformObject && value.jsonMembers !== undefined)
    return members(value.jsonMembers, suppressNulls, next);
  if (value instanceof SObject) return writeRecord(value, suppressNulls, next);
  if (value instanceof ApexThrowable || !(value instanceof ApexObject)) return refuse(value);
  return members(fieldsOf(value), suppressNulls, next);
}

function refuse(value: unknown): never {
  throw apexError(
    'JSONException',
    `Apex Type unsupported in JSON: ${value instanceof PlatformObject ? value.typeName : runtimeTypeName(value)}`,
  );
}

/** Characters as the platform escapes them. */
export function quoteJson(text: string): string {
  return JSON.stringify(text).replace(
    /\u007f|[\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function keyText(key: unknown): string {
  if (key === null) throw apexError('JSONException', 'Null keys are not supported in JSON');
  if (key instanceof ApexEnum) return key.name;
  if (key instanceof ApexDate) return key.toIso();
  if (key instanceof ApexDatetime) return key.toIso();
  if (key instanceof ApexObject || key instanceof SObject)
    throw apexError('JSONException', 'Only maps with keys of simple types can be serialized');
  return String(key);
}

function members(
  entries: readonly (readonly [string, unknown])[],
  suppressNulls: boolean,
  next: (value: unknown) => string,
): string {
  const kept = suppressNulls ? entries.filter(([, value]) => value !== null) : entries;
  return `{${kept.map(([name, value]) => `${quoteJson(name)}:${next(value)}`).join(',')}}`;
}

/** Members of an object from z to a (Apex Developer Guide: JSON Serialization; Summit-Events-App: SummitEventsAdditionalQuestions_TEST). */
function fieldsOf(value: ApexObject): readonly (readonly [string, unknown])[] {
  return [...value.$class.slots.values()]
    .filter((slot) => !slot.isTransient)
    .map(({ name, slot }) => [name, value[slot]] as const)
    .toSorted(([left], [right]) => (left < right ? 1 : -1));
}

/** Records carry their type and, when saved, their address; datetimes have an offset instead of Z. */
function writeRecord(record: SObject, suppressNulls: boolean, next: (value: unknown) => string): string {
  const url = record.id === null ? '' : `,"url":"/services/data/v66.0/sobjects/${record.object.name}/${record.id}"`;
  const parts = [`"attributes":{"type":"${record.object.name}"${url}}`];
  for (const [name, value] of record.values) {
    if (value === null && suppressNulls) continue;
    parts.push(
      `${quoteJson(name)}:${value instanceof ApexDatetime ? `"${value.toIso().replace('Z', '+0000')}"` : next(value)}`,
    );
  }
  for (const [name, value] of record.related) {
    if (value instanceof SObject) parts.push(`${quoteJson(name)}:${next(value)}`);
    else if (value !== null)
      parts.push(
        `${quoteJson(name)}:{"totalSize":${value.length},"done":true,"records":[${value.map(next).join(',')}]}`,
      );
  }
  return `{${parts.join(',')}}`;
}

/** Two spaces per level and ` : ` between name and value, as the platform's pretty printer writes. */
function prettyPrint(compact: string): string {
  let result = '';
  let level = 0;
  const stack: ('{' | '[')[] = [];
  const tokens = compact.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^"{}[\],:]+/g) ?? [];
  for (const [index, token] of tokens.entries()) {
    if (token === '{' || token === '[') {
      stack.push(token);
      const empty = tokens[index + 1] === '}' || tokens[index + 1] === ']';
      level++;
      result += token === '{' ? (empty ? '{ ' : `{\n${'  '.repeat(level)}`) : '[ ';
    } else if (token === '}' || token === ']') {
      level--;
      const opened = stack.pop();
      const empty = tokens[index - 1] === '{' || tokens[index - 1] === '[';
      result += opened === '{' ? (empty ? '}' : `\n${'  '.repeat(level)}}`) : empty ? ']' : ' ]';
    } else if (token === ',') result += stack.at(-1) === '{' ? `,\n${'  '.repeat(level)}` : ', ';
    else result += token === ':' ? ' : ' : token;
  }
  return result;
}
