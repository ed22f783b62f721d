import { ApexDate, ApexDatetime, ApexDecimal, ApexTime, SObject, zonedFields } from '../../data/index.js';
import { FlowStructure, isCollection, type FlowValue } from './value.js';

const padded = (value: number): string => String(value).padStart(2, '0');

function dateTimeText(value: ApexDatetime, zone: string): string {
  const { year, month, day, hour, minute } = zonedFields(zone, value.ms);
  return `${month}/${day}/${year}, ${hour % 12 === 0 ? 12 : hour % 12}:${padded(minute)} ${hour < 12 ? 'AM' : 'PM'}`;
}

function timeText({ hour, minute }: ApexTime): string {
  return `${hour % 12 === 0 ? 12 : hour % 12}:${padded(minute)} ${hour < 12 ? 'AM' : 'PM'}`;
}

/** A value as it stands in a text template or in the log, in the locale en_US. @param zone time zone of the running user */
export function textOfValue(value: FlowValue, zone: string): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (value instanceof ApexDecimal) return value.stripTrailingZeros().toPlainString();
  if (value instanceof ApexDate) return `${value.month}/${value.day}/${value.year}`;
  if (value instanceof ApexDatetime) return dateTimeText(value, zone);
  if (value instanceof ApexTime) return timeText(value);
  if (isCollection(value)) return `[${value.map((item) => textOfValue(item, zone)).join(', ')}]`;
  if (value instanceof FlowStructure) {
    return `{${[...value.entries()].map(([name, member]) => `${name}=${textOfValue(member, zone)}`).join(', ')}}`;
  }
  return value instanceof SObject ? `${value.object.name} (${value.id ?? 'new'})` : value.$class.symbol.fullName;
}
