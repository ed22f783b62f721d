import type { ScalarType } from '../../model/index.js';
import { call } from './apex.js';
import type { Doc } from '../../apex-layout/index.js';

/** How one scalar type is written to and read from JSON, and a value for the generated test. */
export interface ScalarCode {
  /** JSONGenerator method for a list element; the one for an object member has `Field` appended (Apex Reference Guide, "JSONGenerator Methods"). */
  readonly write: string;
  /** Apex expression that turns a value of JSON.deserializeUntyped into this type. */
  readonly read:
    { readonly kind: 'cast' } | { readonly kind: 'helper'; readonly helper: HelperName } | { readonly kind: 'asIs' };
  /** Apex expression of a sample value. */
  readonly sample: Doc;
}

export type HelperName = 'toDecimal' | 'toInteger' | 'toLong' | 'toDouble' | 'toDate' | 'toDatetime' | 'toBlob';

const cast = { kind: 'cast' } as const;

export const SCALARS: Readonly<Record<ScalarType, ScalarCode>> = {
  String: { write: 'writeString', read: cast, sample: "'text'" },
  Boolean: { write: 'writeBoolean', read: cast, sample: 'true' },
  Integer: { write: 'writeNumber', read: { kind: 'helper', helper: 'toInteger' }, sample: '7' },
  Long: { write: 'writeNumber', read: { kind: 'helper', helper: 'toLong' }, sample: '7000000000L' },
  Decimal: { write: 'writeNumber', read: { kind: 'helper', helper: 'toDecimal' }, sample: '12.5' },
  Double: { write: 'writeNumber', read: { kind: 'helper', helper: 'toDouble' }, sample: '0.5d' },
  Date: {
    write: 'writeDate',
    read: { kind: 'helper', helper: 'toDate' },
    sample: call('Date.newInstance', '2024', '2', '29'),
  },
  Datetime: {
    write: 'writeDateTime',
    read: { kind: 'helper', helper: 'toDatetime' },
    sample: call('Datetime.newInstanceGmt', '2024', '2', '29', '12', '30', '15'),
  },
  Id: { write: 'writeId', read: cast, sample: 'UserInfo.getUserId()' },
  Blob: { write: 'writeBlob', read: { kind: 'helper', helper: 'toBlob' }, sample: call('Blob.valueOf', "'text'") },
  Object: { write: 'writeObject', read: { kind: 'asIs' }, sample: "'text'" },
};

interface Helper {
  readonly returns: ScalarType;
  readonly result: string;
  readonly needs: readonly HelperName[];
  readonly doc: string;
}

/**
 * Static methods that the class carries when its members need them. Numbers go through text, because an untyped number is an
 * Integer, Long, Decimal or Double depending on its digits and Apex refuses casts between them at run time. Datetime goes through
 * the platform's own parser, which takes any ISO 8601 offset.
 */
export const HELPERS: Readonly<Record<HelperName, Helper>> = {
  toDecimal: {
    returns: 'Decimal',
    result: 'value == null ? null : Decimal.valueOf(String.valueOf(value))',
    needs: [],
    doc: 'The number that an untyped JSON value holds.',
  },
  toInteger: {
    returns: 'Integer',
    result: 'toDecimal(value)?.intValue()',
    needs: ['toDecimal'],
    doc: 'The whole number that an untyped JSON value holds.',
  },
  toLong: {
    returns: 'Long',
    result: 'toDecimal(value)?.longValue()',
    needs: ['toDecimal'],
    doc: 'The long whole number that an untyped JSON value holds.',
  },
  toDouble: {
    returns: 'Double',
    result: 'toDecimal(value)?.doubleValue()',
    needs: ['toDecimal'],
    doc: 'The floating-point number that an untyped JSON value holds.',
  },
  toDate: {
    returns: 'Date',
    result: 'value == null ? null : Date.valueOf((String) value)',
    needs: [],
    doc: 'The date that an untyped JSON value holds, as yyyy-MM-dd.',
  },
  toDatetime: {
    returns: 'Datetime',
    result: 'value == null ? null : (Datetime) JSON.deserialize(JSON.serialize(value), Datetime.class)',
    needs: [],
    doc: 'The point in time that an untyped JSON value holds, as ISO 8601.',
  },
  toBlob: {
    returns: 'Blob',
    result: 'value == null ? null : EncodingUtil.base64Decode((String) value)',
    needs: [],
    doc: 'The bytes that an untyped JSON value holds, as Base64.',
  },
};
