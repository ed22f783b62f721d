import * as z from 'zod';
import { UserError } from '../../errors/index.js';
import type { OrgClient } from '../../org-client/index.js';

/** Records that one request of the collections resource may hold (REST API: sObject Collections). */
export const RECORDS_PER_REQUEST = 200;

const outcomes = z.array(
  z.object({
    id: z.string().nullish(),
    success: z.boolean(),
    errors: z.array(z.object({ statusCode: z.string(), message: z.string() })),
  }),
);

export type RecordBody = Readonly<Record<string, unknown>>;

/** Inserts records in requests of 200; their ids in the same order. Throws UserError `RecordNotSavedError` at the first that cannot be saved. */
export async function insertRecords(
  org: OrgClient,
  object: string,
  records: readonly RecordBody[],
): Promise<readonly string[]> {
  return save(org, 'POST', object, records);
}

/** Updates up to 200 records by their `Id` in one request. Throws UserError `RecordNotSavedError`. */
export async function updateRecords(org: OrgClient, object: string, records: readonly RecordBody[]): Promise<void> {
  await save(org, 'PATCH', object, records);
}

async function save(
  org: OrgClient,
  method: 'POST' | 'PATCH',
  object: string,
  records: readonly RecordBody[],
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let start = 0; start < records.length; start += RECORDS_PER_REQUEST) {
    const part = records.slice(start, start + RECORDS_PER_REQUEST);
    const body = { allOrNone: true, records: part.map((record) => ({ attributes: { type: object }, ...record })) };
    for (const outcome of outcomes.parse(await org.data(method, '/composite/sobjects', body))) {
      if (!outcome.success) throw notSaved(object, outcome.errors);
      ids.push(outcome.id ?? '');
    }
  }
  return ids;
}

function notSaved(
  object: string,
  errors: readonly { readonly statusCode: string; readonly message: string }[],
): UserError {
  const why = errors.map(({ statusCode, message }) => `${statusCode}: ${message}`).join('; ');
  return new UserError('RecordNotSavedError', `The org did not save a sample record of ${object}. ${why}`, {
    actions: [
      'A validation rule or a trigger may want other values. Leave the integration out: name the others with --integration.',
    ],
  });
}
