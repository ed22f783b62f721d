import type { SoqlComparison, SoqlCondition, SoqlValue } from '../../apex/syntax/ast.js';
import type { FieldSchema, FieldType } from '../schema/index.js';
import {
  ApexDate,
  ApexDatetime,
  ApexDecimal,
  ApexTime,
  compareFieldValues,
  toId18,
  type FieldValue,
} from '../values/index.js';
import { NullCollectionError, SoqlError, type QueryContext } from './context.js';
import { checkCriterion } from './criteria.js';
import { dayRange, startOfDay } from './date-ranges.js';

/** What the left side of a comparison is: something with a type that yields a value for an item (a row, or a group of rows). */
export interface Operand<Item> {
  readonly read: (item: Item) => FieldValue;
  readonly field: FieldSchema;
  readonly type: FieldType;
}

/** How the parts of a condition are looked up. */
export interface ConditionScope<Item> {
  readonly context: QueryContext;
  operand(left: SoqlComparison['left']): Operand<Item>;
  /** Values of a semi-join's only column. */
  subquery(value: SoqlValue & { readonly kind: 'subquery' }, outer: FieldSchema): readonly FieldValue[];
}

export type Predicate<Item> = (item: Item) => boolean;

/** Turns a condition into a function. Two-valued logic: a comparison with a null is false, except `= null` and `!= value`. */
export function compileCondition<Item>(scope: ConditionScope<Item>, condition: SoqlCondition): Predicate<Item> {
  switch (condition.kind) {
    case 'and': {
      const operands = condition.operands.map((operand) => compileCondition(scope, operand));
      return (item) => operands.every((operand) => operand(item));
    }
    case 'or': {
      const operands = condition.operands.map((operand) => compileCondition(scope, operand));
      return (item) => operands.some((operand) => operand(item));
    }
    case 'not': {
      const operand = compileCondition(scope, condition.operand);
      return (item) => !operand(item);
    }
    case 'comparison':
      return compileComparison(scope, condition);
  }
}

function compileComparison<Item>(scope: ConditionScope<Item>, comparison: SoqlComparison): Predicate<Item> {
  const operand = scope.operand(comparison.left);
  checkCriterion(operand, comparison);
  const { operator, value } = comparison;
  if (value.kind === 'dateLiteral') return rangeTest(scope.context, operand, operator, value.name, value.count);
  switch (operator) {
    case 'IN':
      return membership(operand, collectionOf(scope, operand, value));
    case 'NOT IN': {
      const within = membership(operand, collectionOf(scope, operand, value));
      return (item) => !within(item);
    }
    case 'LIKE':
      return likeTest(operand, listOf(scope, operand, value));
    case 'INCLUDES':
      return includesTest(operand, listOf(scope, operand, value));
    case 'EXCLUDES': {
      const includes = includesTest(operand, listOf(scope, operand, value));
      return (item) => !includes(item);
    }
    default:
      return compared(scope, operand, operator, value);
  }
}

/** A bound collection is one of its values after `=`, and none of them after `!=`. */
function compared<Item>(
  scope: ConditionScope<Item>,
  operand: Operand<Item>,
  operator: string,
  value: SoqlValue,
): Predicate<Item> {
  const bound = value.kind === 'bind' ? scope.context.bind(value.expression) : undefined;
  const isEmptyText = bound === '' || (value.kind === 'string' && value.value === '');
  if (isEmptyText && ORDER_TESTS[operator] !== undefined) return besideNothing(operand, operator);
  if (bound === undefined || !isList(bound) || (operator !== '=' && operator !== '!='))
    return relation(operand, operator, single(scope, operand, value));
  const within = membership(operand, listOf(scope, operand, value));
  return operator === '=' ? within : (item) => !within(item);
}

/** Equality of a stored value and a wanted one: text by the field's rule, everything else by value. */
function equals(field: FieldSchema, actual: FieldValue, wanted: FieldValue): boolean {
  if (actual === null || wanted === null) return actual === wanted;
  if (typeof actual === 'string' && typeof wanted === 'string') {
    return field.caseSensitive ? actual === wanted : actual.toLowerCase() === wanted.toLowerCase();
  }
  return compareFieldValues(actual, wanted) === 0;
}

const ORDER_TESTS: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** Every text that there is is greater than an empty one, and none is less. */
function besideNothing<Item>(operand: Operand<Item>, operator: string): Predicate<Item> {
  return operator.startsWith('>') ? (item) => operand.read(item) !== null : () => false;
}

function relation<Item>(operand: Operand<Item>, operator: string, wanted: FieldValue): Predicate<Item> {
  if (operator === '=') return (item) => equals(operand.field, operand.read(item), wanted);
  if (operator === '!=') return (item) => !equals(operand.field, operand.read(item), wanted);
  const test = ORDER_TESTS[operator];
  if (test === undefined) throw new SoqlError(`unknown operator: ${operator}`);
  return (item) => {
    const actual = operand.read(item);
    if (actual === null || wanted === null) return false;
    const order = compareFieldValues(actual, wanted);
    return order !== undefined && test(order);
  };
}

function membership<Item>(operand: Operand<Item>, wanted: readonly FieldValue[]): Predicate<Item> {
  const key = (value: FieldValue): string => {
    if (value === null) return '\0null';
    if (typeof value === 'string')
      return operand.field.caseSensitive || operand.type === 'reference' || operand.type === 'id'
        ? value
        : value.toLowerCase();
    if (value instanceof ApexDecimal) return value.key();
    return value instanceof ApexDatetime ? String(value.ms) : String(value);
  };
  const keys = new Set(wanted.map(key));
  return (item) => keys.has(key(operand.read(item)));
}

function likeTest<Item>(operand: Operand<Item>, patterns: readonly FieldValue[]): Predicate<Item> {
  const tests = patterns.flatMap((pattern) => (typeof pattern === 'string' ? [likePattern(pattern)] : []));
  return (item) => {
    const actual = operand.read(item);
    return typeof actual === 'string' && tests.some((test) => test.test(actual));
  };
}

/** `%` any text, `_` one character, both literal after a backslash. */
function likePattern(pattern: string): RegExp {
  const source = pattern.replace(/\\([%_\\])|[\\^$.*+?()[\]{}|/]|%|_/g, (found, escaped: string | undefined) => {
    if (escaped !== undefined) return escaped === '\\' ? '\\\\' : escaped;
    if (found === '%') return '[\\s\\S]*';
    return found === '_' ? '[\\s\\S]' : `\\${found}`;
  });
  return new RegExp(`^${source}$`, 'iu');
}

function includesTest<Item>(operand: Operand<Item>, wanted: readonly FieldValue[]): Predicate<Item> {
  const groups = wanted.map((value) => String(value).toLowerCase().split(';'));
  return (item) => {
    const actual = operand.read(item);
    if (typeof actual !== 'string') return false;
    const chosen = new Set(actual.toLowerCase().split(';'));
    return groups.some((group) => group.every((value) => chosen.has(value)));
  };
}

function rangeTest<Item>(
  context: QueryContext,
  operand: Operand<Item>,
  operator: string,
  name: string,
  count: number | undefined,
): Predicate<Item> {
  const range = dayRange(name, count, context.now, context.timeZone);
  const zone = operand.type === 'date' ? 'GMT' : context.timeZone;
  const [start, end] = [startOfDay(range.start, zone), startOfDay(range.end, zone)];
  const within: Readonly<Record<string, (ms: number) => boolean>> = {
    '=': (ms) => ms >= start && ms < end,
    '!=': (ms) => ms < start || ms >= end,
    '<': (ms) => ms < start,
    '<=': (ms) => ms < end,
    '>': (ms) => ms >= end,
    '>=': (ms) => ms >= start,
  };
  const test = within[operator];
  if (test === undefined) throw new SoqlError(`${operator} cannot be used with the date literal ${name}.`);
  return (item) => {
    const actual = operand.read(item);
    if (actual instanceof ApexDate) return test(actual.days * 86_400_000);
    return actual instanceof ApexDatetime ? test(actual.ms) : operator === '!=';
  };
}

/** One value of the right side. */
export function single<Item>(scope: ConditionScope<Item>, operand: Operand<Item>, value: SoqlValue): FieldValue {
  const values = listOf(scope, operand, value);
  if (values.length !== 1) throw new SoqlError(`unexpected list of values in a comparison with ${operand.field.name}`);
  return values[0] ?? null;
}

/** The values of a collection. @throws NullCollectionError for a bound one that is null */
function collectionOf<Item>(
  scope: ConditionScope<Item>,
  operand: Operand<Item>,
  value: SoqlValue,
): readonly FieldValue[] {
  if (value.kind === 'bind' && scope.context.bind(value.expression) === null) throw new NullCollectionError();
  return listOf(scope, operand, value);
}

/** All values of the right side, in the form in which the field stores them. */
export function listOf<Item>(
  scope: ConditionScope<Item>,
  operand: Operand<Item>,
  value: SoqlValue,
): readonly FieldValue[] {
  switch (value.kind) {
    case 'list':
      return value.values.flatMap((entry) => listOf(scope, operand, entry));
    case 'bind': {
      const bound = scope.context.bind(value.expression);
      return isList(bound) ? bound.map((entry) => fitted(operand, entry)) : [fitted(operand, bound)];
    }
    case 'subquery':
      return scope.subquery(value, operand.field);
    default:
      return [fitted(operand, literal(value))];
  }
}

function isList(value: FieldValue | readonly FieldValue[]): value is readonly FieldValue[] {
  return Array.isArray(value);
}

type Literal = Exclude<SoqlValue, { readonly kind: 'list' | 'bind' | 'subquery' }>;

function literal(value: Literal): FieldValue {
  switch (value.kind) {
    case 'null':
      return null;
    case 'boolean':
    case 'string':
      return value.value;
    case 'number':
      return ApexDecimal.parse(value.text) ?? null;
    case 'date':
      return ApexDate.parseIso(value.text) ?? null;
    case 'datetime':
      return ApexDatetime.parseIso(value.text) ?? null;
    case 'time':
      return ApexTime.parseIso(value.text) ?? null;
    case 'currency':
      throw new SoqlError(`The currency literal ${value.text} is not supported by the local org.`);
    case 'dateLiteral':
      throw new SoqlError(`The date literal ${value.name} cannot be used here.`);
  }
}

/** Ids with 15 characters become the 18 that are stored; a text that is no Id is an error, as on the platform. */
function fitted<Item>(operand: Operand<Item>, value: FieldValue): FieldValue {
  // An empty text is no value (NebulaLogger: LogEntryHandler_Tests).
  if (value === '') return null;
  if (typeof value !== 'string' || (operand.type !== 'id' && operand.type !== 'reference')) return value;
  const id = toId18(value);
  if (id === undefined && operand.field.referenceTo.length + (operand.type === 'id' ? 1 : 0) > 0) {
    throw new SoqlError(`invalid ID field: ${value}`, 'INVALID_QUERY_FILTER_OPERATOR');
  }
  return id ?? value;
}
