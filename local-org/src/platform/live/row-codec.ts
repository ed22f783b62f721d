import { z } from 'zod';
import {
  ApexBlob,
  ApexDate,
  ApexDatetime,
  ApexDecimal,
  ApexTime,
  rowValues,
  type FieldValue,
  type Row,
} from '../../data/index.js';

/**
 * A value as JSON: text, whole numbers and truth values as they are, everything else with a mark that tells its type:
 * `d` a Decimal, `l` a Long, `D` a Date in days, `t` a Datetime and `T` a Time in milliseconds, `b` a Blob in base64.
 */
const storedValue = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.strictObject({ d: z.string() }),
  z.strictObject({ l: z.string() }),
  z.strictObject({ D: z.number() }),
  z.strictObject({ t: z.number() }),
  z.strictObject({ T: z.number() }),
  z.strictObject({ b: z.string() }),
]);
type StoredValue = z.infer<typeof storedValue>;

/**
 * A row as JSON: object, Id, values by field name, and whether it is in the recycle bin: 1, or the Id of the record with which it went there;
 * 2 when it is no longer in there. Without values the row is gone.
 */
export const storedRow = z.tuple([
  z.string(),
  z.string(),
  z.record(z.string(), storedValue).nullable(),
  z.union([z.literal([0, 1, 2]), z.string()]),
]);
export type StoredRow = z.infer<typeof storedRow>;

function encode(value: Exclude<FieldValue, null>): StoredValue {
  if (value instanceof ApexDecimal) return { d: value.toString() };
  if (value instanceof ApexDatetime) return { t: value.ms };
  if (value instanceof ApexDate) return { D: value.days };
  if (value instanceof ApexTime) return { T: value.ms };
  if (value instanceof ApexBlob) return { b: value.bytes.toString('base64') };
  return typeof value === 'bigint' ? { l: value.toString() } : value;
}

function decode(value: StoredValue): FieldValue {
  if (typeof value !== 'object') return value;
  if ('d' in value) return ApexDecimal.of(value.d);
  if ('t' in value) return new ApexDatetime(value.t);
  if ('D' in value) return new ApexDate(value.D);
  if ('T' in value) return new ApexTime(value.T);
  if ('b' in value) return new ApexBlob(Buffer.from(value.b, 'base64'));
  return BigInt(value.l);
}

function deletionOf(row: Row): StoredRow[3] {
  if (!row.deleted) return 0;
  return row.purged === true ? 2 : (row.deletedWith ?? 1);
}

/** @param row undefined for a row that is gone */
export function encodeRow(objectName: string, id: string, row: Row | undefined): StoredRow {
  if (row === undefined) return [objectName, id, null, 0];
  const values: Record<string, StoredValue> = {};
  for (const [name, value] of Object.entries(row.values)) if (value !== null) values[name] = encode(value);
  return [objectName, id, values, deletionOf(row)];
}

/** The row, or undefined when the entry says that it is gone. */
export function decodeRow([, id, values, deleted]: StoredRow): Row | undefined {
  if (values === null) return undefined;
  const entries = Object.entries(values).map(([name, value]) => [name, decode(value)] as const);
  const bin = typeof deleted === 'string' ? { deletedWith: deleted } : deleted === 2 ? { purged: true as const } : {};
  return { id, deleted: deleted !== 0, ...bin, values: rowValues(entries) };
}
