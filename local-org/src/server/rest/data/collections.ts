import { z } from 'zod';
import type { ApexRuntime } from '../../../apex/runtime/index.js';
import type { DmlOperation, DmlOutcome, ObjectSchema, RecordError, SObject } from '../../../data/index.js';
import { toId18 } from '../../../data/index.js';
import { ApiError } from '../../api-error.js';
import { ok, type RestAnswer, type RestCall, type RestRoute } from '../route.js';
import { bodyJson } from './body.js';
import { publishEvent } from './events.js';
import { apiOf, baseOf, ROOTS } from './api.js';
import { isShown, isVisible, objectOf, requireWritable, type WriteOperation } from './objects.js';
import { idFrom, jsonObject, recordFromJson, typeOfRecord, type JsonObject } from './record-json.js';
import { saveRecords } from './save-records.js';
import { fieldsOf, storedRecordToJson } from './stored-record.js';

/** Most records in one request (REST API Developer Guide: sObject Collections); retrieving allows more. */
const MAX_RECORDS = 200;
const MAX_RETRIEVED = 2000;

const body = z.object({ allOrNone: z.boolean().optional(), records: z.array(jsonObject) });
const retrieveBody = z.object({ ids: z.array(z.string()), fields: z.array(z.string()) });

/** One record's result, in the form of this resource. */
interface SaveResult {
  readonly id?: string | null;
  readonly success: boolean;
  readonly created?: boolean;
  readonly errors: readonly object[];
}

function readBody(call: RestCall): z.infer<typeof body> {
  const parsed = body.safeParse(bodyJson(call));
  if (!parsed.success)
    throw new ApiError(
      400,
      'JSON_PARSER_ERROR',
      'The body of the request must be {"allOrNone": ..., "records": [...]}.',
    );
  limitRecords(parsed.data.records.length);
  return parsed.data;
}

function limitRecords(count: number): void {
  if (count > MAX_RECORDS)
    throw new ApiError(
      400,
      'EXCEEDED_MAX_SIZE_REQUEST',
      `The request has ${count} records; at most ${MAX_RECORDS} are allowed.`,
    );
}

function objectOfRecord(
  call: RestCall,
  runtime: ApexRuntime,
  json: JsonObject,
  operation: WriteOperation,
): ObjectSchema {
  const type = typeOfRecord(json);
  const object = type === undefined || !isShown(type, apiOf(call)) ? undefined : runtime.schema.object(type);
  if (object === undefined) throw new ApiError(400, 'INVALID_TYPE', `sObject type '${type ?? ''}' is not supported.`);
  requireWritable(object, operation);
  return object;
}

function resultOf(outcome: DmlOutcome, withCreated: boolean): SaveResult {
  const { success, errors } = outcome;
  const id = outcome.success || outcome.id !== null ? { id: outcome.id } : {};
  return { ...id, success, ...(withCreated && success ? { created: outcome.created } : {}), errors };
}

/** The same record twice in one request: only the first is worked on (statusCode as the platform reports it). */
function duplicates(records: readonly SObject[]): ReadonlyMap<SObject, RecordError> {
  const seen = new Set<string>();
  const found = new Map<SObject, RecordError>();
  for (const record of records) {
    if (record.id === null) continue;
    if (seen.has(record.id))
      found.set(record, {
        statusCode: 'DUPLICATE_VALUE',
        message: `duplicate id specified: ${record.id}`,
        fields: [],
      });
    seen.add(record.id);
  }
  return found;
}

/** Does an operation with records of any objects, and gives the results in their order. */
export function saveAll(
  runtime: ApexRuntime,
  operation: DmlOperation,
  records: readonly SObject[],
  allOrNone: boolean,
  externalId: string | null = null,
): readonly DmlOutcome[] {
  const twice = operation === 'insert' ? new Map<SObject, RecordError>() : duplicates(records);
  const wanted = records.filter((record) => !twice.has(record));
  const outcomes = saveRecords(runtime, operation, wanted, {
    allOrNone: allOrNone && twice.size === 0,
    externalId,
    userMode: true,
    forApi: true,
  });
  const byRecord = new Map(wanted.map((record, at) => [record, outcomes[at]]));
  return records.map((record): DmlOutcome => {
    const error = twice.get(record);
    const outcome = byRecord.get(record);
    if (error !== undefined || outcome === undefined)
      return { id: record.id, success: false, created: false, errors: error === undefined ? [] : [error] };
    return outcome;
  });
}

/** Thrown to take a transaction back although the request is answered with results. */
class RolledBack extends Error {
  constructor(readonly answer: RestAnswer) {
    super('rolled back');
  }
}

/** Runs work in the request's transaction; when any record failed and all must succeed, nothing is kept. */
function inTransaction(
  call: RestCall,
  allOrNone: boolean,
  work: (runtime: ApexRuntime) => readonly SaveResult[],
): RestAnswer {
  try {
    return call.transact((runtime) => {
      const results = work(runtime);
      if (allOrNone && results.some(({ success }) => !success)) throw new RolledBack(ok(results));
      return ok(results);
    });
  } catch (error) {
    if (error instanceof RolledBack) return error.answer;
    throw error;
  }
}

function insert(call: RestCall): RestAnswer {
  const { records, allOrNone = false } = readBody(call);
  return inTransaction(call, allOrNone, (runtime) => {
    const rows = records.map((json) => recordFromJson(runtime, objectOfRecord(call, runtime, json, 'insert'), json));
    if (rows.length > 0 && rows.every(({ object }) => object.kind === 'platformEvent'))
      return rows.map((row) => publishResult(runtime, row));
    return saveAll(runtime, 'insert', rows, allOrNone).map((outcome) => resultOf(outcome, false));
  });
}

function publishResult(runtime: ApexRuntime, event: SObject): SaveResult {
  try {
    return publishEvent(runtime, event);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return {
      success: false,
      errors: error.items.map(({ errorCode, message, fields = [] }) => ({ statusCode: errorCode, message, fields })),
    };
  }
}

function update(call: RestCall): RestAnswer {
  const { records, allOrNone = false } = readBody(call);
  return inTransaction(call, allOrNone, (runtime) => {
    const rows = records.map((json) => recordFromJson(runtime, objectOfRecord(call, runtime, json, 'update'), json));
    return saveAll(runtime, 'update', rows, allOrNone).map((outcome) => resultOf(outcome, false));
  });
}

function upsert(call: RestCall): RestAnswer {
  const { records, allOrNone = false } = readBody(call);
  return inTransaction(call, allOrNone, (runtime) => {
    const object = objectOf(runtime, call.params['object'], apiOf(call));
    requireWritable(object, 'upsert');
    const field = object.fields.get((call.params['field'] ?? '').toLowerCase());
    if (field === undefined || !(field.externalId || field.type === 'id'))
      throw new ApiError(
        404,
        'NOT_FOUND',
        `Provided external ID field does not exist or is not accessible: ${call.params['field'] ?? ''}`,
      );
    const rows = records.map((json) => recordFromJson(runtime, object, json));
    return saveAll(runtime, 'upsert', rows, allOrNone, field.name).map((outcome) => resultOf(outcome, true));
  });
}

function remove(call: RestCall): RestAnswer {
  const ids = (call.query.get('ids') ?? '').split(',').filter((id) => id !== '');
  const allOrNone = call.query.get('allOrNone') === 'true';
  limitRecords(ids.length);
  return inTransaction(call, allOrNone, (runtime) => {
    const rows = ids.map((text) => {
      const id = idFrom(text) ?? '';
      const object = runtime.schema.objectOfId(id);
      if (object === undefined || !isShown(object.name, apiOf(call)))
        throw new ApiError(400, 'MALFORMED_ID', `malformed id ${text}`);
      requireWritable(object, 'delete');
      return runtime.record(object.name, { Id: id });
    });
    return saveAll(runtime, 'delete', rows, allOrNone).map((outcome) => resultOf(outcome, false));
  });
}

function retrieve(call: RestCall, ids: readonly string[], fields: readonly string[]): RestAnswer {
  if (ids.length > MAX_RETRIEVED)
    throw new ApiError(400, 'EXCEEDED_MAX_SIZE_REQUEST', `At most ${MAX_RETRIEVED} records can be retrieved.`);
  return call.read((runtime) => {
    const object = objectOf(runtime, call.params['object'], apiOf(call));
    const wanted = fieldsOf(runtime, object, ['Id', ...fields].join(','));
    const table = runtime.data.store.table(object);
    const rows = ids.map((id) => table.get(toId18(id) ?? id));
    const base = baseOf(call);
    return ok(
      rows.map((row) =>
        row === undefined || row.deleted || !isVisible(runtime, object, row)
          ? null
          : storedRecordToJson(runtime, base, object, row, wanted),
      ),
    );
  });
}

function retrieveByQuery(call: RestCall): RestAnswer {
  const list = (name: string): readonly string[] =>
    (call.query.get(name) ?? '').split(',').filter((part) => part !== '');
  return retrieve(call, list('ids'), list('fields'));
}

function retrieveByBody(call: RestCall): RestAnswer {
  const parsed = retrieveBody.safeParse(bodyJson(call));
  if (!parsed.success)
    throw new ApiError(400, 'JSON_PARSER_ERROR', 'The body of the request must be {"ids": [...], "fields": [...]}.');
  return retrieve(call, parsed.data.ids, parsed.data.fields);
}

const PATH = '/composite/sobjects';

/** Up to 200 records in one transaction, each with a result of its own. */
export const COLLECTION_ROUTES: readonly RestRoute[] = ROOTS.flatMap((root): readonly RestRoute[] => [
  { method: 'POST', path: `${root}${PATH}`, run: insert },
  { method: 'PATCH', path: `${root}${PATH}`, run: update },
  { method: 'DELETE', path: `${root}${PATH}`, run: remove },
  { method: 'PATCH', path: `${root}${PATH}/:object/:field`, run: upsert },
  { method: 'GET', path: `${root}${PATH}/:object`, run: retrieveByQuery },
  { method: 'POST', path: `${root}${PATH}/:object`, run: retrieveByBody },
]);
