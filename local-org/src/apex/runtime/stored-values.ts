import { z } from 'zod';

import { ApexBlob, ApexDate, ApexDatetime, ApexDecimal, ApexTime } from '../../data/index.js';
import { ApexDouble } from './values.js';

/**
 * A value as JSON. Texts, Booleans, Integers and null stand for themselves; everything else is a tag with a text: `l` Long, `d` Decimal,
 * `f` Double, `D` Date (days), `t` Datetime (milliseconds), `T` Time (milliseconds), `b` Blob (base64), `e` constant of an enum of the
 * project and `p` one of the platform (`Type.NAME`), `o` platform object (`type|text`), `r` place among the nodes of the graph.
 */
export const storedValue = z.union([z.null(), z.boolean(), z.number(), z.string(), z.tuple([z.string(), z.string()])]);
export type StoredValue = z.infer<typeof storedValue>;

/** A type by its parts; classes of the project by their full name. */
export type StoredType =
  | { readonly kind: 'named'; readonly of: 'primitive' | 'sobject' | 'user' | 'other'; readonly name: string }
  | { readonly kind: 'platform'; readonly name: string; readonly args: readonly StoredType[] }
  | { readonly kind: 'list' | 'set'; readonly element: StoredType }
  | { readonly kind: 'map'; readonly key: StoredType; readonly value: StoredType };

export const storedType: z.ZodType<StoredType> = z.lazy(() =>
  z.union([
    z.object({
      kind: z.literal('named'),
      of: z.enum(['primitive', 'sobject', 'user', 'other']),
      name: z.string(),
    }),
    z.object({ kind: z.literal('platform'), name: z.string(), args: z.array(storedType) }),
    z.object({ kind: z.enum(['list', 'set']), element: storedType }),
    z.object({ kind: z.literal('map'), key: storedType, value: storedType }),
  ]),
);

const fields = z.array(z.tuple([z.string(), storedValue]));

/** Something with an identity: other values refer to it by its place. */
export const storedNode = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('list'), type: storedType, items: z.array(storedValue) }),
  z.object({ kind: z.literal('set'), type: storedType, items: z.array(storedValue) }),
  z.object({ kind: z.literal('map'), key: storedType, value: storedType, entries: fieldsOfPairs() }),
  /** An instance of a class of the project; fields by their names as declared. */
  z.object({
    kind: z.literal('object'),
    type: z.string(),
    fields,
    exception: z.object({ message: z.string().nullable(), cause: storedValue }).optional(),
  }),
  z.object({
    kind: z.literal('record'),
    object: z.string(),
    queried: z.boolean(),
    fields,
    parents: fields,
    children: z.array(z.tuple([z.string(), z.array(storedValue)])),
  }),
  z.object({ kind: z.literal('exception'), type: z.string(), message: z.string().nullable(), cause: storedValue }),
]);
export type StoredNode = z.infer<typeof storedNode>;

function fieldsOfPairs(): z.ZodArray<z.ZodTuple<[typeof storedValue, typeof storedValue]>> {
  return z.array(z.tuple([storedValue, storedValue]));
}

/** Apex values as JSON, with shared objects and cycles. */
export const storedGraph = z.object({ root: storedValue, nodes: z.array(storedNode) });
export type StoredGraph = z.infer<typeof storedGraph>;

/** A value without identity; undefined for one that has one. */
export function storeScalar(value: unknown): StoredValue | undefined {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return value;
  if (typeof value === 'bigint') return ['l', String(value)];
  if (value instanceof ApexDecimal) return ['d', value.toString()];
  if (value instanceof ApexDouble) return ['f', String(value.n)];
  if (value instanceof ApexDate) return ['D', String(value.days)];
  if (value instanceof ApexDatetime) return ['t', String(value.ms)];
  if (value instanceof ApexTime) return ['T', String(value.ms)];
  return value instanceof ApexBlob ? ['b', value.bytes.toString('base64')] : undefined;
}

const SCALARS: Readonly<Record<string, (text: string) => unknown>> = {
  l: (text) => BigInt(text),
  d: (text) => ApexDecimal.of(text),
  f: (text) => new ApexDouble(Number(text)),
  D: (text) => new ApexDate(Number(text)),
  t: (text) => new ApexDatetime(Number(text)),
  T: (text) => new ApexTime(Number(text)),
  b: (text) => new ApexBlob(Buffer.from(text, 'base64')),
};

/** Reads what storeScalar wrote; undefined for a tag of something else. */
export function reviveScalar(tag: string, text: string): unknown {
  return SCALARS[tag]?.(text);
}
