import { ApexBlob, ApexDate, ApexDatetime, ApexDecimal, ApexTime, SObject } from '../../data/index.js';
import { ApexList, ApexMap, ApexSet } from './collections.js';
import { ApexDouble, ApexEnum, ApexObject, PlatformObject } from './values.js';

/** Order by text: without letter case, as `<` on Strings and `List.sort` compare (Apex Developer Guide: Comparison Operators). */
export function compareStrings(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** `==` on Strings: without letter case. */
export function equalText(left: string | null, right: string | null): boolean {
  if (left === right) return true;
  if (left === null || right === null || left.length !== right.length) return false;
  return left.toLowerCase() === right.toLowerCase();
}

function numberOf(value: unknown): ApexDecimal | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return ApexDecimal.of(value);
  if (value instanceof ApexDecimal) return value;
  return value instanceof ApexDouble && Number.isFinite(value.n) ? ApexDecimal.of(value.n) : undefined;
}

/** True when the class of the object, or one above it, declares `equals(Object)`. */
function customEquals(value: ApexObject): ((other: unknown) => unknown) | undefined {
  const name = value.$class?.methods.get('equals/1')?.[0];
  const method = name === undefined ? undefined : value[name];
  return typeof method === 'function' ? (other) => Reflect.apply(method, value, [other]) : undefined;
}

/** `==` on values of unknown type, `Object.equals`, elements of collections. `exactText`: letter case counts, as in sets and maps. */
export function equalValues(left: unknown, right: unknown, exactText = false): boolean {
  if (left === right) return true;
  if (left === null || right === null || left === undefined || right === undefined) return false;
  if (typeof left === 'string') return typeof right === 'string' && !exactText && equalText(left, right);
  const instant = instantOf(left);
  if (instant !== undefined) return instant === instantOf(right);
  if (left instanceof ApexTime) return right instanceof ApexTime && left.ms === right.ms;
  if (left instanceof ApexBlob) return right instanceof ApexBlob && left.equals(right);
  if (left instanceof ApexDouble && right instanceof ApexDouble) return left.n === right.n;
  const number = numberOf(left);
  if (number !== undefined) {
    const other = numberOf(right);
    return other !== undefined && number.compare(other) === 0;
  }
  if (left instanceof SObject) return right instanceof SObject && equalRecords(left, right);
  if (left instanceof PlatformObject) return right instanceof PlatformObject && equalPlatformObjects(left, right);
  if (left instanceof ApexList) return right instanceof ApexList && equalLists(left.items, right.items);
  if (left instanceof ApexSet)
    return (
      right instanceof ApexSet && left.size === right.size && [...left.values()].every((value) => right.has(value))
    );
  if (left instanceof ApexMap) return right instanceof ApexMap && equalMaps(left, right);
  if (left instanceof ApexObject && !(left instanceof ApexEnum)) return customEquals(left)?.(right) === true;
  return false;
}

function equalPlatformObjects(left: PlatformObject, right: PlatformObject): boolean {
  return left.equalityKey !== undefined && left.equalityKey === right.equalityKey && left.typeName === right.typeName;
}

/**
 * Seconds of a Date (its midnight, GMT) or Datetime, which may be compared with each other. Milliseconds do not count when values are equal
 * (salesforce.stackexchange.com, question 234824), though they do for their order.
 */
function instantOf(value: unknown): number | undefined {
  if (value instanceof ApexDate) return value.days * 86_400;
  return value instanceof ApexDatetime ? Math.floor(value.ms / 1000) : undefined;
}

function equalLists(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((value, index) => equalValues(value, right[index], true));
}

function equalMaps(left: ApexMap, right: ApexMap): boolean {
  return (
    left.size === right.size &&
    [...left.entries()].every(([key, value]) => right.has(key) && equalValues(value, right.get(key), true))
  );
}

/** Records are equal when they are of one object and have the same values; a missing field counts as null. */
function equalRecords(left: SObject, right: SObject): boolean {
  if (left.object !== right.object) return false;
  for (const name of new Set([...left.values.keys(), ...right.values.keys()])) {
    if (!equalValues(left.get(name), right.get(name), true)) return false;
  }
  return true;
}
