import type { SoqlFunction } from '../../apex/syntax/ast.js';
import type { FieldSchema, FieldType } from '../schema/index.js';
import type { Row } from '../store/index.js';
import { ApexDate, ApexDatetime, zonedFields, zoneOffset, type FieldValue } from '../values/index.js';
import { SoqlError, type QueryContext, type Source } from './context.js';
import { distanceReader } from './distance.js';
import { formatValue } from './format.js';
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

type Reader = (context: QueryContext, source: Source, call: SoqlFunction) => Readable;

const changed = (
  type: FieldType | undefined,
  change: (value: FieldValue, context: QueryContext) => FieldValue,
): Reader => {
  return (context, source, call) => {
    const inner = argumentReader(context, source, call);
    return { ...inner, type: type ?? inner.type, read: (row) => change(inner.read(row), context) };
  };
};

/** Functions of one row (SOQL and SOSL Reference: SOQL SELECT Functions). */
const READERS: Readonly<Record<string, Reader>> = {
  ...Object.fromEntries(
    Object.entries(DATE_PARTS).map(([name, part]): [string, Reader] => [
      name,
      changed(name === 'DAY_ONLY' ? 'date' : 'int', (value) => datePart(value, part)),
    ]),
  ),
  HOUR_IN_DAY: changed('int', (value) => (value instanceof ApexDatetime ? zonedFields('GMT', value.ms).hour : null)),
  CONVERTTIMEZONE: changed(undefined, (value, { timeZone }) =>
    value instanceof ApexDatetime ? new ApexDatetime(value.ms + zoneOffset(timeZone, value.ms)) : value,
  ),
  TOLABEL: labelReader,
  FORMAT: (context, source, call) => formatted(context, argumentReader(context, source, call)),
  DISTANCE: distanceReader,
};

/** Reads a function of one row. @throws SoqlError naming a function that the local org does not run */
export function functionReader(context: QueryContext, source: Source, call: SoqlFunction): Readable {
  const reader = READERS[call.name];
  if (reader === undefined) throw new SoqlError(`The SOQL function ${call.name}() is not supported by the local org.`);
  return reader(context, source, call);
}

/** The first argument of a function: a path, or another function. */
export function argumentReader(context: QueryContext, source: Source, call: SoqlFunction): Readable {
  const argument = call.args[0];
  if (argument?.kind === 'path') {
    const path = resolvePath(context, source, argument.path);
    return { read: pathReader(context, source.object, path), field: path.field, type: path.field.type };
  }
  if (argument?.kind === 'function') return functionReader(context, source, argument);
  throw new SoqlError(`The argument of ${call.name}() is not supported by the local org.`);
}

/** The same values as a page shows them, of rows or of groups of rows. */
export function formatted<Item>(
  context: QueryContext,
  inner: { readonly read: (item: Item) => FieldValue; readonly field: FieldSchema; readonly type: FieldType },
): { readonly read: (item: Item) => FieldValue; readonly field: FieldSchema; readonly type: FieldType } {
  const read = (item: Item): FieldValue => formatValue(inner.field, inner.type, inner.read(item), context.timeZone);
  return { read, field: inner.field, type: 'string' };
}

function datePart(value: FieldValue, part: DatePart): FieldValue {
  if (value instanceof ApexDate) return part(value);
  return value instanceof ApexDatetime ? part(value.dateGmt()) : null;
}

function labelReader(context: QueryContext, source: Source, call: SoqlFunction): Readable {
  const inner = argumentReader(context, source, call);
  const labels = new Map(inner.field.picklist.map((entry) => [entry.value, entry.label]));
  const label = (value: string): string => labels.get(value) ?? value;
  const read = (row: Row): FieldValue => {
    const value = inner.read(row);
    if (typeof value !== 'string') return value;
    return inner.type === 'multipicklist' ? value.split(';').map(label).join(';') : label(value);
  };
  return { ...inner, type: 'string', read };
}
