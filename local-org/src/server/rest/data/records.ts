import { runningAccess, type ApexRuntime } from '../../../apex/runtime/index.js';
import { toId18, type FieldSchema, type ObjectSchema, type Row, type SObject } from '../../../data/index.js';
import { ApiError, notFound } from '../../api-error.js';
import { requireSuccess } from '../errors.js';
import { created, NO_CONTENT, ok, type RestAnswer, type RestCall, type RestRoute } from '../route.js';
import { publishEvent } from './events.js';
import { apiOf, baseOf, ROOTS } from './api.js';
import { isVisible, objectOf, requireWritable } from './objects.js';
import { idFrom, recordFromJson, requireObject } from './record-json.js';
import { recordUrl } from './query-json.js';
import { fieldsOf, storedRecordToJson } from './stored-record.js';
import { saveRecords } from './save-records.js';
import { bodyJson } from './body.js';

const NO_IDS: ReadonlySet<string> = new Set(['id']);

/** The stored row that a path's Id names. @throws ApiError when it is none of the object, not there, or deleted */
function rowOf(runtime: ApexRuntime, object: ObjectSchema, id: string): Row {
  const id18 = toId18(id);
  if (id18 === undefined)
    throw new ApiError(404, 'NOT_FOUND', `Provided external ID field does not exist or is not accessible: ${id}`);
  const row = runtime.data.store.table(object).get(id18);
  if (row === undefined || !isVisible(runtime, object, row)) throw notFound();
  if (row.deleted) throw new ApiError(404, 'ENTITY_IS_DELETED', 'entity is deleted');
  return row;
}

function create(call: RestCall): RestAnswer {
  const json = requireObject(bodyJson(call));
  return call.transact((runtime) => {
    const object = objectOf(runtime, call.params['object'], apiOf(call));
    requireWritable(object, 'insert');
    if ('id' in lowerKeys(json))
      throw new ApiError(400, 'INVALID_FIELD', 'The Id field should not be specified in the sobject data.');
    const record = recordFromJson(runtime, object, json);
    if (object.kind === 'platformEvent') return created(publishEvent(runtime, record));
    return saved(call, object, insert(runtime, record));
  });
}

function insert(runtime: ApexRuntime, record: SObject): string {
  return idOf(requireSuccess(saveRecords(runtime, 'insert', [record], PLAIN)));
}

const PLAIN = { allOrNone: true, externalId: null, userMode: true, forApi: true } as const;

function idOf({ id }: { readonly id: string | null }): string {
  if (id === null) throw new Error('A record was saved without an Id.');
  return id;
}

function saved(call: RestCall, object: ObjectSchema, id: string): RestAnswer {
  return created({ id, success: true, errors: [] }, { location: recordUrl({ base: baseOf(call) }, object.name, id) });
}

function lowerKeys(json: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name.toLowerCase(), value]));
}

function retrieve(call: RestCall): RestAnswer {
  return call.read((runtime) => {
    const object = objectOf(runtime, call.params['object'], apiOf(call));
    return show(call, runtime, object, rowOf(runtime, object, call.params['id'] ?? ''));
  });
}

function show(call: RestCall, runtime: ApexRuntime, object: ObjectSchema, row: Row): RestAnswer {
  const fields = fieldsOf(runtime, object, call.query.get('fields'));
  return ok(storedRecordToJson(runtime, baseOf(call), object, row, fields));
}

function update(call: RestCall): RestAnswer {
  const json = requireObject(bodyJson(call));
  return call.transact((runtime) => {
    const object = objectOf(runtime, call.params['object'], apiOf(call));
    requireWritable(object, 'update');
    const row = rowOf(runtime, object, call.params['id'] ?? '');
    updateRow(runtime, object, row, json);
    return NO_CONTENT;
  });
}

function updateRow(
  runtime: ApexRuntime,
  object: ObjectSchema,
  row: Row,
  json: Readonly<Record<string, unknown>>,
  skip?: ReadonlySet<string>,
): void {
  const record = recordFromJson(runtime, object, json, skip);
  if (record.id !== null && record.id !== row.id)
    throw new ApiError(400, 'INVALID_FIELD', 'The Id field should not be specified in the sobject data.');
  record.set('Id', row.id);
  requireSuccess(saveRecords(runtime, 'update', [record], PLAIN));
}

function remove(call: RestCall): RestAnswer {
  return call.transact((runtime) => {
    const object = objectOf(runtime, call.params['object'], apiOf(call));
    requireWritable(object, 'delete');
    removeRow(runtime, object, rowOf(runtime, object, call.params['id'] ?? ''));
    return NO_CONTENT;
  });
}

function removeRow(runtime: ApexRuntime, object: ObjectSchema, row: Row): void {
  requireSuccess(saveRecords(runtime, 'delete', [runtime.record(object.name, { Id: row.id })], PLAIN));
}

/** Bytes of a file field, `/sobjects/Attachment/<id>/Body`. */
function blob(call: RestCall): RestAnswer {
  return call.read((runtime) => {
    const object = objectOf(runtime, call.params['object'], apiOf(call));
    const row = rowOf(runtime, object, call.params['id'] ?? '');
    const field = object.fields.get((call.params['field'] ?? '').toLowerCase());
    const value = field?.type === 'base64' ? row.values[field.name] : undefined;
    if (field?.type !== 'base64' || !runningAccess(runtime).canReadField(object, field)) throw notFound();
    const bytes = typeof value === 'object' && value !== null && 'bytes' in value ? value.bytes : Buffer.alloc(0);
    return { status: 200, body: bytes, headers: { 'content-type': 'application/octet-stream' } };
  });
}

/** The field that a path identifies records by. @throws ApiError when it is no external id */
function externalIdOf(object: ObjectSchema, name: string): FieldSchema {
  const field = object.fields.get(name.toLowerCase());
  if (field === undefined || !(field.externalId || field.type === 'id'))
    throw new ApiError(404, 'NOT_FOUND', `Provided external ID field does not exist or is not accessible: ${name}`);
  return field;
}

/** Rows whose external id has the path's value. Several make the platform answer 300 with where they are. */
function rowsByExternalId(
  runtime: ApexRuntime,
  object: ObjectSchema,
  field: FieldSchema,
  text: string,
): readonly Row[] {
  const value =
    field.type === 'id' ? idFrom(text) : recordFromJson(runtime, object, { [field.name]: text }).get(field.name);
  const table = runtime.data.store.table(object);
  const ids = field.type === 'id' ? [String(value)] : [...table.indexOf(field).find(value)];
  return ids.flatMap((id) => table.get(id) ?? []).filter((row) => !row.deleted && isVisible(runtime, object, row));
}

function withExternalId(
  call: RestCall,
  work: (runtime: ApexRuntime, object: ObjectSchema, field: FieldSchema, row: Row | undefined) => RestAnswer,
): (runtime: ApexRuntime) => RestAnswer {
  return (runtime) => {
    const object = objectOf(runtime, call.params['object'], apiOf(call));
    const field = externalIdOf(object, call.params['id'] ?? '');
    const rows = rowsByExternalId(runtime, object, field, call.params['value'] ?? '');
    if (rows.length > 1) {
      const base = baseOf(call);
      return { status: 300, body: rows.map(({ id }) => recordUrl({ base }, object.name, id)) };
    }
    return work(runtime, object, field, rows[0]);
  };
}

function upsert(call: RestCall): RestAnswer {
  const json = requireObject(bodyJson(call));
  const updateOnly = call.query.get('updateOnly') === 'true';
  return call.transact(
    withExternalId(call, (runtime, object, field, row) => {
      requireWritable(object, 'upsert');
      if (field.type !== 'id' && field.name.toLowerCase() in lowerKeys(json))
        throw new ApiError(
          400,
          'INVALID_FIELD',
          `The ${field.name} field should not be specified in the sobject data.`,
        );
      if (row !== undefined) {
        updateRow(runtime, object, row, json, NO_IDS);
        return ok({ id: row.id, success: true, errors: [], created: false });
      }
      if (updateOnly || field.type === 'id') throw notFound();
      const record = recordFromJson(runtime, object, { ...json, [field.name]: call.params['value'] ?? '' });
      return created({ id: insert(runtime, record), success: true, errors: [], created: true });
    }),
  );
}

const byExternalId = (call: RestCall): RestAnswer =>
  call.read(
    withExternalId(call, (runtime, object, _field, row) => {
      if (row === undefined) throw notFound();
      return show(call, runtime, object, row);
    }),
  );

const removeByExternalId = (call: RestCall): RestAnswer =>
  call.transact(
    withExternalId(call, (runtime, object, _field, row) => {
      requireWritable(object, 'delete');
      if (row === undefined) throw notFound();
      removeRow(runtime, object, row);
      return NO_CONTENT;
    }),
  );

/** `/sobjects/Attachment/<id>/Body` has the form of `/sobjects/X/<external id>/<value>`: the second part is an Id then. */
function byIdAndFieldOrExternalId(call: RestCall): RestAnswer {
  const isId = toId18(call.params['id'] ?? '') !== undefined;
  return isId ? blob({ ...call, params: { ...call.params, field: call.params['value'] } }) : byExternalId(call);
}

/** Single records: created, read, changed and deleted by Id or by external id. */
export const RECORD_ROUTES: readonly RestRoute[] = ROOTS.flatMap((root): readonly RestRoute[] => [
  { method: 'POST', path: `${root}/sobjects/:object`, run: create },
  { method: 'GET', path: `${root}/sobjects/:object/:id`, run: retrieve },
  { method: 'PATCH', path: `${root}/sobjects/:object/:id`, run: update },
  { method: 'DELETE', path: `${root}/sobjects/:object/:id`, run: remove },
  { method: 'GET', path: `${root}/sobjects/:object/:id/:value`, run: byIdAndFieldOrExternalId },
  { method: 'PATCH', path: `${root}/sobjects/:object/:id/:value`, run: upsert },
  { method: 'DELETE', path: `${root}/sobjects/:object/:id/:value`, run: removeByExternalId },
]);
