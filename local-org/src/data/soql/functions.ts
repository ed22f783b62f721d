import type { SoqlFunction } from '../../apex/syntax/ast.js';
import type { FieldSchema, FieldType } from '../schema/index.js';
import type { Row } from '../store/index.js';
import { ApexDate, ApexDatetime, zonedFields, type FieldValue } from '../values/index.js';
import { SoqlError, type QueryContext, type Source } from './context.js';
import { pathReader, resolvePath } from './paths.js';

/** Something that can be read from a row, with the field that it shows. */
export interface Readable {
  readonly read: (row: Row) => FieldValue;
  readonly field: FieldSchema;
  /** Type of the values, which is the field's unless a function changes it. */
  readonly type: FieldType;
}

type DatePart = (date: ApexDate) => number | ApexDate;

function dayOfYear(date: ApexDate): number {
  return date.days - ApexDate.of(date.year, 1, 1).days + 1;
}

/** Date functions (SOQL and SOSL Reference: Date Functions). The fiscal year is the calendar year; weeks of a year begin on January 1st. */
const DATE_PARTS: Readonly<Record<string, DatePart>> = {
  CALENDAR_YEAR: (date) => date.year,
  CALENDAR_QUARTER: (date) => Math.floor((date.month - 1) / 3) + 1,
  CALENDAR_MONTH: (date) => date.month,
  FISCAL_YEAR: (date) => date.year,
  FISCAL_QUARTER: (date) => Math.floor((date.month - 1) / 3) + 1,
  FISCAL_MONTH: (date) => date.month,
  DAY_IN_MONTH: (date) => date.day,
  DAY_IN_WEEK: (date) => date.weekday + 1,
  DAY_IN_YEAR: dayOfYear,
  WEEK_IN_MONTH: (date) => Math.floor((date.day - 1) / 7) + 1,
  WEEK_IN_YEAR: (date) => Math.floor((dayOfYear(date) - 1) / 7) + 1,
  DAY_ONLY: (date) => date,
};

/** Names of the functions that work on groups of rows. */
export const AGGREGATES: ReadonlySet<string> = new Set([
  'COUNT',
  'COUNT_DISTINCT',
  'SUM',
  'AVG',
  'MIN',
  'MAX',
  'GROUPING',
]);

/** Reads a function of one row. @throws SoqlError naming a function that the local org does not run */
export function functionReader(context: QueryContext, source: Source, call: SoqlFunction): Readable {
  const part = DATE_PARTS[call.name];
  if (part !== undefined) return datePartReader(context, source, call, part);
  if (call.name === 'TOLABEL') return labelReader(argumentReader(context, source, call));
  if (call.name === 'HOUR_IN_DAY') {
    const inner = argumentReader(context, source, call);
    return { ...inner, type: 'int', read: (row) => hourOf(inner.read(row)) };
  }
  throw new SoqlError(`The SOQL function ${call.name}() is not supported by the local org.`);
}

function hourOf(value: FieldValue): FieldValue {
  return value instanceof ApexDatetime ? zonedFields('GMT', value.ms).hour : null;
}

/** The first argument of a function: a path, or another function. */
export function argumentReader(context: QueryContext, source: Source, call: SoqlFunction): Readable {
  const argument = call.args[0];
  if (argument?.kind === 'path') {
    const path = resolvePath(context, source, argument.path);
    return { read: pathReader(context, source.object, path), field: path.field, type: path.field.type };
  }
  if (argument?.kind === 'function' && argument.name === 'CONVERTTIMEZONE')
    return timeZoneReader(context, source, argument);
  if (argument?.kind === 'function') return functionReader(context, source, argument);
  throw new SoqlError(`The argument of ${call.name}() is not supported by the local org.`);
}

function timeZoneReader(context: QueryContext, source: Source, call: SoqlFunction): Readable {
  const inner = argumentReader(context, source, call);
  const read = (row: Row): FieldValue => {
    const value = inner.read(row);
    if (!(value instanceof ApexDatetime)) return value;
    const { year, month, day } = zonedFields(context.timeZone, value.ms);
    return ApexDate.of(year, month, day);
  };
  return { ...inner, read };
}

function datePartReader(context: QueryContext, source: Source, call: SoqlFunction, part: DatePart): Readable {
  const inner = argumentReader(context, source, call);
  const read = (row: Row): FieldValue => {
    const value = inner.read(row);
    if (value instanceof ApexDate) return part(value);
    return value instanceof ApexDatetime ? part(value.dateGmt()) : null;
  };
  return { ...inner, type: call.name === 'DAY_ONLY' ? 'date' : 'int', read };
}

function labelReader(inner: Readable): Readable {
  const labels = new Map(inner.field.picklist.map((entry) => [entry.value, entry.label]));
  const read = (row: Row): FieldValue => {
    const value = inner.read(row);
    return typeof value === 'string' ? (labels.get(value) ?? value) : value;
  };
  return { ...inner, type: 'string', read };
}
