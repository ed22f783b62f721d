import type { FieldSchema, FieldType } from '../schema/index.js';
import { ApexDate, ApexDatetime, ApexDecimal, ApexTime, zonedFields, type FieldValue } from '../values/index.js';

const twelve = (hour: number): number => (hour % 12 === 0 ? 12 : hour % 12);
const twoDigits = (value: number): string => String(value).padStart(2, '0');

function clock(hour: number, minute: number): string {
  return `${twelve(hour)}:${twoDigits(minute)} ${hour < 12 ? 'AM' : 'PM'}`;
}

/** Digits in groups of three, with the digits after the point that the field has. */
function grouped(value: ApexDecimal, scale: number | undefined): string {
  const rounded = scale === undefined ? value : value.setScale(scale);
  const [whole = '', fraction] = rounded.toPlainString().split('.');
  const digits = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return fraction === undefined ? digits : `${digits}.${fraction}`;
}

const AROUND: Readonly<Partial<Record<FieldType, (digits: string) => string>>> = {
  currency: (digits) => (digits.startsWith('-') ? `-$${digits.slice(1)}` : `$${digits}`),
  percent: (digits) => `${digits}%`,
};

/** A value as a page in the locale en_US shows it (SOQL and SOSL Reference: FORMAT()). */
export function formatValue(
  field: Pick<FieldSchema, 'scale'>,
  type: FieldType,
  value: FieldValue,
  timeZone: string,
): string | null {
  if (value === null) return null;
  if (value instanceof ApexDate) return `${value.month}/${value.day}/${value.year}`;
  if (value instanceof ApexDatetime) {
    const at = zonedFields(timeZone, value.ms);
    return `${at.month}/${at.day}/${at.year}, ${clock(at.hour, at.minute)}`;
  }
  if (value instanceof ApexTime) return clock(Math.floor(value.ms / 3_600_000), Math.floor(value.ms / 60_000) % 60);
  if (typeof value === 'number' || typeof value === 'bigint') return grouped(ApexDecimal.of(value), undefined);
  if (value instanceof ApexDecimal) {
    const digits = grouped(value, field.scale);
    return AROUND[type]?.(digits) ?? digits;
  }
  return String(value);
}
