import {
  ApexBlob,
  ApexDate,
  ApexDatetime,
  ApexDecimal,
  ApexTime,
  holdsDefinitionName,
  isFieldValue,
  toId18,
  type FieldSchema,
  type FieldType,
  type FieldValue,
} from '../../data/index.js';
import { ApexDouble, apexError, asFieldValue, runtimeTypeName } from '../runtime/index.js';

/** What `SObject.put` takes for a kind of field. */
interface Wanted {
  /** Name of the Apex type, for the message. */
  readonly name: string;
  readonly fits: (value: FieldValue) => boolean;
}

const TEXT: Wanted = { name: 'String', fits: (value) => typeof value === 'string' };
const ID: Wanted = { name: 'Id', fits: (value) => typeof value === 'string' };
const DECIMAL: Wanted = {
  name: 'Decimal',
  fits: (value) => value instanceof ApexDecimal || typeof value === 'number' || typeof value === 'bigint',
};

const WANTED: Readonly<Partial<Record<FieldType, Wanted>>> = {
  string: TEXT,
  textarea: TEXT,
  email: TEXT,
  phone: TEXT,
  url: TEXT,
  picklist: TEXT,
  multipicklist: TEXT,
  combobox: TEXT,
  id: ID,
  reference: ID,
  double: DECIMAL,
  currency: DECIMAL,
  percent: DECIMAL,
  boolean: { name: 'Boolean', fits: (value) => typeof value === 'boolean' },
  int: { name: 'Integer', fits: (value) => typeof value === 'number' },
  date: { name: 'Date', fits: (value) => value instanceof ApexDate },
  datetime: { name: 'Datetime', fits: (value) => value instanceof ApexDatetime || value instanceof ApexDate },
  time: { name: 'Time', fits: (value) => value instanceof ApexTime },
  base64: { name: 'Blob', fits: (value) => value instanceof ApexBlob },
};

/**
 * A value as `SObject.put` keeps it in the field.
 * @throws System.SObjectException when the value's type is not the field's
 */
export function assigned(field: FieldSchema, value: unknown): FieldValue {
  const wanted = holdsDefinitionName(field) ? TEXT : WANTED[field.type];
  if (value === null || wanted === undefined) return asFieldValue(field, value);
  const stored = isFieldValue(value) || value instanceof ApexDouble ? asFieldValue(field, value) : undefined;
  if (stored === undefined || !wanted.fits(stored))
    throw apexError('SObjectException', `Illegal assignment from ${runtimeTypeName(value)} to ${wanted.name}`);
  // A text that is no Id is refused by DML only (NebulaLogger: LoggerFieldMapper_Tests).
  if (wanted === ID && typeof stored === 'string') return toId18(stored) ?? stored;
  return field.type === 'datetime' && stored instanceof ApexDate ? new ApexDatetime(stored.days * 86_400_000) : stored;
}
