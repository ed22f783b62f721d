import { SObject, toId18, type FieldSchema, type FieldValue, type ObjectSchema } from '../../data/index.js';
import { ApexList } from '../../apex/runtime/index.js';
import { PRIMITIVES } from '../../apex/types/index.js';
import type { FlowFilter, FlowFilters, FlowLogic, FlowSort } from '../../metadata/index.js';
import { FlowFault } from '../fault.js';
import { operandValue, type Interview } from '../interview/index.js';
import { isCollection, toField, type FlowValue } from '../values/index.js';

/** A query's text with `:b0`, `:b1` ... for the values, which differ between interviews. */
export interface FilterQuery {
  readonly where: string;
  /** By the names of the binds. */
  readonly binds: ReadonlyMap<string, unknown>;
}

type Test = (field: string, bind: (value: FlowValue) => string, value: FlowValue) => string;

const likePattern = (value: FlowValue, before: string, after: string): FlowValue =>
  typeof value === 'string' ? `${before}${value.replace(/[%_\\]/g, '\\$&')}${after}` : value;

const compare =
  (operator: string): Test =>
  (field, bind, value) =>
    `${field} ${operator} ${bind(value)}`;

/** Nothing given is a collection of nothing: it holds the empty value alone. */
const within =
  (operator: string): Test =>
  (field, bind, value) =>
    `${field} ${operator} ${bind(value === null ? [null] : value)}`;

const like =
  (before: string, after: string): Test =>
  (field, bind, value) =>
    `${field} LIKE ${bind(likePattern(value, before, after))}`;

/** Filter operators as conditions of a query. */
const TESTS: Readonly<Partial<Record<FlowFilter['operator'], Test>>> = {
  EqualTo: compare('='),
  NotEqualTo: compare('!='),
  GreaterThan: compare('>'),
  GreaterThanOrEqualTo: compare('>='),
  LessThan: compare('<'),
  LessThanOrEqualTo: compare('<='),
  In: within('IN'),
  NotIn: within('NOT IN'),
  StartsWith: like('', '%'),
  EndsWith: like('%', ''),
  Contains: like('%', '%'),
  IsNull: (field, _bind, value) => `${field} ${value === false ? '!=' : '='} null`,
};

/** The filters of an element for one interview; empty `where` when there are none. @throws FlowFault for values that do not fit their field */
export function filterQuery(interview: Interview, object: ObjectSchema, { logic, filters }: FlowFilters): FilterQuery {
  const binds = new Map<string, unknown>();
  const conditions = filters.map((filter) => {
    const field = object.fields.get(filter.field.toLowerCase());
    const test = TESTS[filter.operator];
    if (field === undefined || test === undefined)
      throw new FlowFault(`The object ${object.name} has no field ${filter.field}.`);
    const bind = (value: FlowValue): string => {
      const name = `b${binds.size}`;
      binds.set(name, bindValue(field, value, interview.zone));
      return `:${name}`;
    };
    return test(field.name, bind, operandValue(interview, filter.value));
  });
  return { where: logicText(logic, conditions), binds };
}

function bindValue(field: FieldSchema, value: FlowValue, zone: string): FieldValue | ApexList {
  if (!isCollection(value)) return single(field, value, zone);
  return new ApexList(
    PRIMITIVES.Object,
    value.map((item) => single(field, item, zone)),
  );
}

function single(field: FieldSchema, value: FlowValue, zone: string): FieldValue {
  if (value instanceof SObject) return value.id;
  const converted = toField(field, value, zone);
  const isId = field.type === 'id' || field.type === 'reference';
  return isId && typeof converted === 'string' ? (toId18(converted) ?? converted) : converted;
}

function logicText(logic: FlowLogic, conditions: readonly string[]): string {
  switch (logic.kind) {
    case 'condition':
      return conditions[logic.index] ?? '';
    case 'not':
      return `(NOT ${logicText(logic.part, conditions)})`;
    case 'and':
    case 'or': {
      const parts = logic.parts.map((part) => logicText(part, conditions));
      return parts.length > 1 ? `(${parts.join(` ${logic.kind.toUpperCase()} `)})` : (parts[0] ?? '');
    }
  }
}

/** `ORDER BY` of a sort, with a blank in front; empty without one. */
export function orderText(sort: FlowSort | undefined): string {
  if (sort?.field === undefined) return '';
  return ` ORDER BY ${sort.field} ${sort.descending ? 'DESC' : 'ASC'} NULLS ${sort.nullsFirst ? 'FIRST' : 'LAST'}`;
}
