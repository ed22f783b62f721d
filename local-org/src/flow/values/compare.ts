import { ApexBlob, ApexDecimal, compareFieldValues, SObject, toId18, type FieldValue } from '../../data/index.js';
import type { FlowOperator } from '../../metadata/index.js';
import { FlowStructure, isCollection, isScalar, type FlowValue } from './value.js';

/** Operators that compare two values; the others look at the interview or at the change. */
export type ComparisonOperator = Exclude<
  FlowOperator,
  'HasError' | 'IsBlank' | 'IsChanged' | 'IsEmpty' | 'IsNull' | 'WasSelected' | 'WasSet' | 'WasVisited'
>;

/** A field's value as flows see it: every number is a Decimal. */
export function fromField(value: FieldValue): FlowValue {
  if (typeof value === 'number' || typeof value === 'bigint') return ApexDecimal.of(value);
  return value instanceof ApexBlob ? value.bytes.toString('base64') : value;
}

/** Text compares without regard to letter case, as in queries; Ids in their long form. Records are equal when they are the same record. */
export function sameValue(left: FlowValue, right: FlowValue): boolean {
  if (left === null || right === null) return left === right;
  if (isCollection(left) || isCollection(right)) return sameItems(left, right);
  if (left instanceof SObject && right instanceof SObject)
    return left === right || (left.id !== null && left.id === right.id);
  if (left instanceof FlowStructure || right instanceof FlowStructure) return left === right;
  if (!isScalar(left) || !isScalar(right)) return left === right;
  return orderOf(left, right) === 0;
}

function sameItems(left: FlowValue, right: FlowValue): boolean {
  if (!isCollection(left) || !isCollection(right) || left.length !== right.length) return false;
  return left.every((item, index) => sameValue(item, right[index] ?? null));
}

/** Order of two values; undefined when one is null or they do not compare. */
export function orderOf(left: FlowValue, right: FlowValue): number | undefined {
  if (!isScalar(left) || !isScalar(right)) return undefined;
  if (typeof left === 'string' && typeof right === 'string') return compareFieldValues(longId(left), longId(right));
  return compareFieldValues(left, right);
}

function longId(text: string): string {
  return text.length === 15 ? (toId18(text) ?? text) : text;
}

const textTest =
  (test: (text: string, wanted: string) => boolean) =>
  (left: FlowValue, right: FlowValue): boolean =>
    typeof left === 'string' && typeof right === 'string' && test(left.toLowerCase(), right.toLowerCase());

const orderTest =
  (test: (order: number) => boolean) =>
  (left: FlowValue, right: FlowValue): boolean => {
    const order = orderOf(left, right);
    return order !== undefined && test(order);
  };

function contains(left: FlowValue, right: FlowValue): boolean {
  if (isCollection(left)) return left.some((item) => sameValue(item, right));
  return textTest((text, wanted) => text.includes(wanted))(left, right);
}

const within = (left: FlowValue, right: FlowValue): boolean =>
  isCollection(right) && right.some((item) => sameValue(left, item));

/** Comparison operators of decisions, filters and entry conditions. */
export const comparisons: Readonly<Record<ComparisonOperator, (left: FlowValue, right: FlowValue) => boolean>> = {
  EqualTo: sameValue,
  NotEqualTo: (left, right) => !sameValue(left, right),
  GreaterThan: orderTest((order) => order > 0),
  GreaterThanOrEqualTo: orderTest((order) => order >= 0),
  LessThan: orderTest((order) => order < 0),
  LessThanOrEqualTo: orderTest((order) => order <= 0),
  StartsWith: textTest((text, wanted) => text.startsWith(wanted)),
  EndsWith: textTest((text, wanted) => text.endsWith(wanted)),
  Contains: contains,
  In: within,
  NotIn: (left, right) => !within(left, right),
};

/** Nothing at all. Empty text is not null, as in Flow Builder's Is Null. */
export const isNullValue = (value: FlowValue): boolean => value === null;

/** Nothing, or text without a visible character. */
export const isBlankValue = (value: FlowValue): boolean =>
  value === null || (typeof value === 'string' && value.trim() === '') || (isCollection(value) && value.length === 0);
