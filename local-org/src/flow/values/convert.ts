import {
  ApexDate,
  ApexDatetime,
  ApexDecimal,
  ApexTime,
  instantOf,
  zonedFields,
  type FieldSchema,
  type FieldValue,
} from '../../data/index.js';
import type { FlowDataType, FlowOperand } from '../../metadata/index.js';
import { FlowFault } from '../fault.js';
import { textOfValue } from './text.js';
import { isCollection, isScalar, type FlowValue } from './value.js';

/** Value of a literal. @throws FlowFault for a text that is none */
export function literalValue(
  operand: FlowOperand & { readonly kind: 'number' | 'date' | 'dateTime' | 'time' },
): FlowValue {
  const value = {
    number: () => ApexDecimal.parse(operand.text),
    date: () => ApexDate.parseIso(operand.text),
    dateTime: () => ApexDatetime.parseIso(operand.text),
    time: () => ApexTime.parseIso(operand.text),
  }[operand.kind]();
  if (value === undefined) throw new FlowFault(`The value ${operand.text} isn't a valid ${operand.kind}.`);
  return value;
}

type Converter = (value: FlowValue, zone: string) => FlowValue | undefined;

const toText: Converter = (value, zone) =>
  value === null || isScalar(value) ? (value === null ? null : textOfValue(value, zone)) : undefined;

const toNumber: Converter = (value) => {
  if (value instanceof ApexDecimal) return value;
  return typeof value === 'string' ? ApexDecimal.parse(value.trim()) : undefined;
};

const toDate: Converter = (value, zone) => {
  if (value instanceof ApexDate) return value;
  if (value instanceof ApexDatetime) {
    const { year, month, day } = zonedFields(zone, value.ms);
    return ApexDate.of(year, month, day);
  }
  return typeof value === 'string' ? ApexDate.parseIso(value.trim()) : undefined;
};

const toDateTime: Converter = (value, zone) => {
  if (value instanceof ApexDatetime) return value;
  if (value instanceof ApexDate) return new ApexDatetime(instantOf(zone, value.days * 86_400_000));
  return typeof value === 'string' ? ApexDatetime.parseIso(value.trim()) : undefined;
};

const toBoolean: Converter = (value) => {
  if (typeof value === 'boolean') return value;
  return typeof value === 'string' && /^(true|false)$/i.test(value) ? value.toLowerCase() === 'true' : undefined;
};

const CONVERTERS: Readonly<Partial<Record<FlowDataType, Converter>>> = {
  String: toText,
  Picklist: toText,
  Multipicklist: toText,
  Number: toNumber,
  Currency: toNumber,
  Date: toDate,
  DateTime: toDateTime,
  Boolean: toBoolean,
  Time: (value) =>
    value instanceof ApexTime ? value : typeof value === 'string' ? ApexTime.parseIso(value.trim()) : undefined,
};

/**
 * A value as a resource of the data type holds it.
 * @param zone time zone in which dates and instants turn into each other
 * @throws FlowFault when the value is of another kind
 */
export function convertTo(type: FlowDataType, value: FlowValue, zone: string, what: string): FlowValue {
  if (value === null) return null;
  if (isCollection(value)) return value.map((item) => convertTo(type, item, zone, what));
  const convert = CONVERTERS[type];
  if (convert === undefined) return value;
  const converted = convert(value, zone);
  if (converted === undefined)
    throw new FlowFault(`The flow failed to assign a value to ${what}: "${textOfValue(value, zone)}" isn't a ${type}.`);
  return converted;
}

/** A value as a field of a record takes it. @throws FlowFault for values that no field can hold */
export function toField(field: FieldSchema, value: FlowValue, zone: string): FieldValue {
  if (value === null || value === '') return null;
  if (isCollection(value) && field.type === 'multipicklist')
    return value.map((item) => textOfValue(item, zone)).join(';');
  if (!isScalar(value)) throw new FlowFault(`The value of the field ${field.name} isn't a single value.`);
  switch (field.type) {
    case 'boolean':
    case 'date':
    case 'datetime':
    case 'time':
      return scalarFor(FIELD_TYPES[field.type], value, zone, field);
    case 'int':
      return value instanceof ApexDecimal ? Math.trunc(value.toNumber()) : value;
    case 'long':
      return value instanceof ApexDecimal ? value.toBigInt() : value;
    case 'currency':
    case 'double':
    case 'percent':
      return scalarFor('Number', value, zone, field);
    default:
      return value instanceof ApexDecimal ? value.stripTrailingZeros().toPlainString() : textOfValue(value, zone);
  }
}

const FIELD_TYPES = { boolean: 'Boolean', date: 'Date', datetime: 'DateTime', time: 'Time' } as const;

function scalarFor(type: FlowDataType, value: FlowValue, zone: string, field: FieldSchema): FieldValue {
  const converted = convertTo(type, value, zone, field.name);
  return converted !== null && isScalar(converted) ? converted : null;
}
