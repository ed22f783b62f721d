import type { SoqlFunction, SoqlQuery, SoqlSelectItem } from '../../apex/syntax/ast.js';
import { AGGREGATE_FUNCTIONS, isAggregate, namedKey } from '../../apex/syntax/soql-rules.js';
import type { ObjectSchema } from '../schema/index.js';
import { isAggregatable, isGroupable, isSummable, makeField } from '../schema/index.js';
import { SObject } from '../sobject.js';
import type { Row } from '../store/index.js';
import { ApexDecimal, compareFieldValues, type FieldValue } from '../values/index.js';
import { compileCondition, type ConditionScope, type Operand } from './condition.js';
import { SoqlError, type QueryContext, type Source } from './context.js';
import { argumentReader, formatted, functionReader, type Readable } from './functions.js';
import { groupRows, valueKey, type Group, type GroupKey } from './grouping.js';
import { paged, sorted } from './ordering.js';
import { pathReader, resolvePath } from './paths.js';

/** The type of rows that an aggregate query yields: its columns are named by the query. */
export const AGGREGATE_RESULT: ObjectSchema = {
  name: 'AggregateResult',
  label: 'Aggregate Result',
  pluralLabel: 'Aggregate Results',
  kind: 'aggregate',
  keyPrefix: '',
  fields: new Map([['id', makeField({ name: 'Id', type: 'id', readOnly: true })]]),
  parents: new Map(),
  children: new Map(),
  validationRules: [],
  recordTypes: [],
  fieldSets: new Map(),
  sharingModel: undefined,
  publishBehavior: undefined,
};

/** Groups the rows and calculates the columns, HAVING, ORDER BY and LIMIT. */
export function aggregateRows(scope: ConditionScope<Row>, source: Source, rows: readonly Row[]): readonly SObject[] {
  const { context } = scope;
  const { query } = source;
  const groups = groupRows(keysOf(context, source), query.grouping, rows);
  const operand = (left: Operandlike): Operand<Group> => groupOperand(context, source, left);
  const having =
    query.having === undefined
      ? undefined
      : compileCondition<Group>({ context, operand, subquery: scope.subquery }, query.having);
  const kept = having === undefined ? groups : groups.filter(having);
  const columns = namedColumns(context, source);
  const order = query.orderBy.map((entry) => ({ read: orderReader(columns, context, source, entry.by), order: entry }));
  return paged(context, sorted([...kept], order), query.limit, query.offset).map((group) => resultOf(columns, group));
}

type Operandlike = SoqlQuery['orderBy'][number]['by'];

interface Column {
  readonly name: string;
  readonly read: (group: Group) => FieldValue;
}

function keysOf(context: QueryContext, source: Source): readonly GroupKey[] {
  return source.query.groupBy.map((entry) => {
    const { read, field } = readable(context, source, entry);
    if (entry.kind === 'path' && !isGroupable(field))
      throw new SoqlError(
        `field '${field.name}' can not be grouped in a query call`,
        'INVALID_FIELD',
        entry.path.range,
      );
    return { name: namedKey(entry), read: (row) => valueKey(read(row)) };
  });
}

function readable(context: QueryContext, source: Source, entry: Operandlike): Readable {
  if (entry.kind === 'function') return functionReader(context, source, entry);
  const path = resolvePath(context, source, entry.path);
  return { read: pathReader(context, source.object, path), field: path.field, type: path.field.type };
}

function groupOperand(context: QueryContext, source: Source, entry: Operandlike): Operand<Group> {
  if (entry.kind === 'function' && AGGREGATE_FUNCTIONS.has(entry.name)) return aggregateOperand(context, source, entry);
  const [argument] = entry.kind === 'function' ? entry.args : [];
  if (entry.kind === 'function' && entry.name === 'FORMAT' && argument?.kind === 'function' && isAggregate(argument))
    return formatted(context, groupOperand(context, source, argument));
  const { read, field, type } = readable(context, source, entry);
  const key = namedKey(entry);
  return {
    read: ({ rows: [first], rolledUp }) => (first === undefined || rolledUp.has(key) ? null : read(first)),
    field,
    type,
  };
}

const COUNT_FIELD = makeField({ name: 'count', type: 'int' });

function aggregateOperand(context: QueryContext, source: Source, call: SoqlFunction): Operand<Group> {
  if (call.name === 'GROUPING') return groupingOperand(call);
  if (call.name === 'COUNT' && call.args.length === 0)
    return { read: ({ rows }) => rows.length, field: COUNT_FIELD, type: 'int' };
  const { read, field, type } = argumentReader(context, source, call);
  const calculate = CALCULATIONS[call.name];
  if (calculate === undefined)
    throw new SoqlError(`The SOQL function ${call.name}() is not supported by the local org.`);
  const isAllowed = call.name === 'SUM' || call.name === 'AVG' ? isSummable : isAggregatable;
  if (!isAllowed(field))
    throw new SoqlError(
      `field ${field.name} does not support aggregate operator ${call.name}`,
      'INVALID_FIELD',
      call.range,
    );
  return {
    read: ({ rows }) => calculate(rows.map(read).filter((value) => value !== null)),
    field,
    type: call.name.startsWith('COUNT') ? 'int' : type,
  };
}

/** 1 in the rows that add up over a field, 0 in the others (SOQL and SOSL Reference: GROUPING). */
function groupingOperand(call: SoqlFunction): Operand<Group> {
  const [argument] = call.args;
  const key = argument?.kind === 'path' || argument?.kind === 'function' ? namedKey(argument) : '';
  return { read: ({ rolledUp }) => (rolledUp.has(key) ? 1 : 0), field: COUNT_FIELD, type: 'int' };
}

const decimalOf = (value: FieldValue): ApexDecimal => {
  if (value instanceof ApexDecimal) return value;
  return typeof value === 'number' || typeof value === 'bigint' ? ApexDecimal.of(value) : ApexDecimal.ZERO;
};
const sum = (values: readonly FieldValue[]): ApexDecimal =>
  values.reduce<ApexDecimal>((total, value) => total.add(decimalOf(value)), ApexDecimal.ZERO);
const extreme =
  (wanted: number) =>
  (values: readonly FieldValue[]): FieldValue => {
    let best: FieldValue = null;
    for (const value of values) if (best === null || (compareFieldValues(value, best) ?? 0) * wanted > 0) best = value;
    return best;
  };

/** Aggregates over the values that are not null. */
const CALCULATIONS: Readonly<Record<string, (values: readonly FieldValue[]) => FieldValue>> = {
  COUNT: (values) => values.length,
  COUNT_DISTINCT: (values) => new Set(values.map(valueKey)).size,
  SUM: (values) =>
    values.length === 0
      ? null
      : values.every((value) => typeof value === 'number')
        ? Number(sum(values).toBigInt())
        : sum(values),
  AVG: (values) => (values.length === 0 ? null : sum(values).divide(ApexDecimal.of(values.length))),
  MIN: extreme(-1),
  MAX: extreme(1),
};

/** Columns with their names: the alias, the last name of a plain path, or `expr0`, `expr1` ... in order of the unnamed calls. */
function namedColumns(context: QueryContext, source: Source): readonly Column[] {
  let unnamed = 0;
  return source.query.select.map((item: SoqlSelectItem): Column => {
    if (item.kind === 'path') {
      const operand = groupOperand(context, source, { kind: 'path', path: item.path });
      return { name: item.alias?.name ?? operand.field.name, read: operand.read };
    }
    if (item.kind === 'aggregate') {
      const operand = groupOperand(context, source, item.call);
      return { name: item.alias?.name ?? `expr${unnamed++}`, read: operand.read };
    }
    throw new SoqlError('A query with GROUP BY or aggregate functions cannot select subqueries.');
  });
}

function orderReader(
  columns: readonly Column[],
  context: QueryContext,
  source: Source,
  by: Operandlike,
): (group: Group) => FieldValue {
  if (by.kind === 'path' && by.path.segments.length === 1) {
    const name = by.path.segments[0]?.name.toLowerCase();
    const column = columns.find((candidate) => candidate.name.toLowerCase() === name);
    if (column !== undefined) return column.read;
  }
  return groupOperand(context, source, by).read;
}

function resultOf(columns: readonly Column[], group: Group): SObject {
  const result = new SObject(AGGREGATE_RESULT);
  for (const { name, read } of columns) result.set(name, read(group));
  result.queried = true;
  return result;
}
