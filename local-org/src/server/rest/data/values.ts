import {
  ApexBlob,
  ApexDate,
  ApexDatetime,
  ApexDecimal,
  ApexTime,
  type FieldSchema,
  type FieldValue,
} from '../../../data/index.js';
import { ApiError, notSupported } from '../../api-error.js';

/** Reads the text of a value; undefined when it is none of the type. */
type Reader = (text: string) => FieldValue | undefined;

const decimal: Reader = (text) => ApexDecimal.parse(text.trim());

const boolean: Reader = (text) =>
  /^(?:true|1)$/i.test(text.trim()) ? true : /^(?:false|0)$/i.test(text.trim()) ? false : undefined;

const whole: Reader = (text) => {
  const number = Number(text);
  return text.trim() === '' || !Number.isInteger(number) ? undefined : number;
};

const date: Reader = (text) => ApexDate.parseIso(text) ?? ApexDatetime.parseIso(text)?.dateGmt();

const datetime: Reader = (text) => {
  const day = ApexDate.parseIso(text);
  return day === undefined ? ApexDatetime.parseIso(text) : new ApexDatetime(day.days * 86_400_000);
};

const base64: Reader = (text) =>
  /^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(text) ? new ApexBlob(Buffer.from(text, 'base64')) : undefined;

/** Types whose values are no plain text, and what the API calls them. */
const READERS: Readonly<Partial<Record<FieldSchema['type'], { readonly shown: string; readonly read: Reader }>>> = {
  boolean: { shown: 'boolean', read: boolean },
  int: { shown: 'int', read: whole },
  long: { shown: 'long', read: (text) => (whole(text) === undefined ? undefined : BigInt(text.trim())) },
  double: { shown: 'double', read: decimal },
  currency: { shown: 'double', read: decimal },
  percent: { shown: 'double', read: decimal },
  date: { shown: 'date', read: date },
  datetime: { shown: 'datetime', read: datetime },
  time: { shown: 'time', read: (text) => ApexTime.parseIso(text) },
  base64: { shown: 'base64', read: base64 },
};

/** A field's value from its text in the API; undefined when it is no value of the field's type. */
export function valueFromText(field: FieldSchema, text: string): FieldValue | undefined {
  const reader = READERS[field.type];
  if (reader === undefined) return text;
  return text === '' ? null : reader.read(text);
}

/** A field's value from JSON. Numbers and booleans may be written as text, as on the platform. */
export function valueFromJson(field: FieldSchema, json: unknown): FieldValue {
  if (json === null) return null;
  if (field.type === 'address' || field.type === 'location')
    throw notSupported(`writing the compound field ${field.name}`);
  if (typeof json === 'string' || typeof json === 'number' || typeof json === 'boolean') {
    const value = instantFromJson(field, json) ?? valueFromText(field, String(json));
    if (value !== undefined) return value;
  }
  const [token, shown] = typeof json === 'object' ? ['START_OBJECT', ''] : [tokenOf(json), ` value ${String(json)}`];
  throw new ApiError(
    400,
    'JSON_PARSER_ERROR',
    `Cannot deserialize instance of ${READERS[field.type]?.shown ?? 'string'} from ${token}${shown} or request may be missing a required field at field ${field.name}`,
  );
}

const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** The SF CLI writes instants as milliseconds since 1970 and as HTTP dates (`Tue, 24 Nov 2026 10:00:00 GMT`). */
function instantFromJson({ type }: FieldSchema, json: string | number | boolean): ApexDatetime | undefined {
  if (type !== 'datetime') return undefined;
  if (typeof json === 'number') return new ApexDatetime(json);
  return typeof json === 'string' && HTTP_DATE.test(json) ? new ApexDatetime(Date.parse(json)) : undefined;
}

function tokenOf(json: unknown): string {
  if (typeof json === 'string') return 'VALUE_STRING';
  return typeof json === 'number' ? 'VALUE_NUMBER' : 'VALUE_TRUE';
}

/**
 * A stored value as JSON.
 * @param blobUrl where the bytes of a file can be fetched, which stands for them
 */
export function valueToJson(field: Pick<FieldSchema, 'type'>, value: FieldValue, blobUrl: string): unknown {
  if (field.type === 'complexvalue' && typeof value === 'string') return JSON.parse(value);
  return simpleToJson(field, value, blobUrl);
}

function simpleToJson(
  field: Pick<FieldSchema, 'type'>,
  value: FieldValue,
  blobUrl: string,
): string | number | boolean | null {
  if (value === null) return field.type === 'boolean' ? false : null;
  if (value instanceof ApexDecimal) return value.toNumber();
  if (value instanceof ApexDate) return value.toIso();
  if (value instanceof ApexDatetime) return value.toIso().replace(/Z$/, '+0000');
  if (value instanceof ApexTime) return value.toString();
  if (value instanceof ApexBlob) return blobUrl;
  return typeof value === 'bigint' ? Number(value) : value;
}

/** A stored value as it stands in CSV. */
export function valueToText(field: Pick<FieldSchema, 'type'>, value: FieldValue): string {
  if (value instanceof ApexDecimal) return value.toPlainString();
  if (value instanceof ApexDatetime) return value.toIso();
  if (value instanceof ApexBlob) return value.bytes.toString('base64');
  const json = simpleToJson(field, value, '');
  return json === null ? '' : String(json);
}
