import { ApexBlob, ApexDate, ApexDatetime, ApexDecimal, ApexTime, SObject } from '../../data/index.js';
import type { ApexObject } from './values.js';
import { ApexDouble, ApexEnum, PlatformObject } from './values.js';

/** Something that JavaScript's Map can tell apart the way Apex tells keys apart. */
export type Token = unknown;

/** A token for most values; undefined for objects whose class declares equals and hashCode, which have to be asked. */
export function tokenOf(value: unknown): Token {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value;
    case 'bigint':
      return `\0l${value}`;
    default:
      return objectToken(value);
  }
}

function objectToken(value: unknown): Token {
  if (value === null || value === undefined) return null;
  if (value instanceof ApexDecimal) return `\0d${value.key()}`;
  if (value instanceof ApexDouble) return `\0f${value.n}`;
  if (value instanceof ApexDate) return `\0D${value.days}`;
  if (value instanceof ApexDatetime) return `\0T${value.ms}`;
  if (value instanceof ApexTime) return `\0t${value.ms}`;
  if (value instanceof ApexBlob) return `\0b${value.bytes.toString('latin1')}`;
  if (value instanceof SObject) return recordToken(value);
  if (value instanceof PlatformObject && value.equalityKey !== undefined)
    return `\0p${value.typeName}\u0001${value.equalityKey}`;
  return value;
}

/** The values of a record decide: a record that changes while it is a key is lost, as on the platform. */
function recordToken(record: SObject): string {
  const parts = [...record.values]
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}\u0001${String(tokenOf(value))}`);
  return `\0s${record.object.name}\u0002${parts.toSorted().join('\u0002')}`;
}

/** True for objects whose keys depend on their own equals and hashCode. */
export function hasOwnEquality(value: unknown): value is ApexObject {
  if (typeof value !== 'object' || value === null || value instanceof ApexEnum || !('$class' in value)) return false;
  const info = value.$class;
  return (
    typeof info === 'object' &&
    info !== null &&
    'methods' in info &&
    info.methods instanceof Map &&
    info.methods.has('equals/1') &&
    info.methods.has('hashcode/0')
  );
}
