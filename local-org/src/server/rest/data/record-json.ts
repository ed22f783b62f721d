import { z } from 'zod';
import { runningAccess, type ApexRuntime } from '../../../apex/runtime/index.js';
import { SObject, toId18, type ObjectSchema } from '../../../data/index.js';
import { ApiError } from '../../api-error.js';
import { valueFromJson } from './values.js';

/** Any JSON object: the fields of a record by name in any case. */
export const jsonObject = z.record(z.string(), z.unknown());
export type JsonObject = z.infer<typeof jsonObject>;

const attributes = z.object({ type: z.string().optional() });

/** The type that a record's attributes name; undefined without attributes. */
export function typeOfRecord(json: JsonObject): string | undefined {
  return attributes.safeParse(json['attributes']).data?.type;
}

/** Reads the body of a request as a JSON object. */
export function requireObject(json: unknown): JsonObject {
  const parsed = jsonObject.safeParse(json);
  if (parsed.success && !Array.isArray(json)) return parsed.data;
  throw new ApiError(400, 'JSON_PARSER_ERROR', 'The body of the request must be a JSON object.');
}

export function noSuchColumn(name: string, object: ObjectSchema): ApiError {
  return new ApiError(400, 'INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);
}

/**
 * A record from its JSON form. Attributes are left out; an object under a relationship's name stands for the parent that its external id
 * identifies.
 * @param skip names that are no fields here, in lower case
 * @throws ApiError naming a field that does not exist or a value that does not fit
 */
export function recordFromJson(
  runtime: ApexRuntime,
  object: ObjectSchema,
  json: JsonObject,
  skip: ReadonlySet<string> = NOTHING,
): SObject {
  const record = new SObject(object);
  for (const [name, value] of Object.entries(json)) {
    const key = name.toLowerCase();
    if (key === 'attributes' || skip.has(key)) continue;
    const field = object.fields.get(key);
    if (field !== undefined && runningAccess(runtime).canReadField(object, field)) {
      record.set(field.name, field.type === 'id' ? idFrom(value) : valueFromJson(field, value));
      continue;
    }
    const reference = object.parents.get(key);
    if (reference?.relationshipName === undefined) throw noSuchColumn(name, object);
    record.related.set(reference.relationshipName, parentFromJson(runtime, reference.referenceTo, value));
  }
  return record;
}

const NOTHING: ReadonlySet<string> = new Set();

/** An Id in a record: 15 characters become 18. Whether there is such a record shows when it is saved. */
export function idFrom(value: unknown): string | null {
  if (value === null) return null;
  const id = typeof value === 'string' ? toId18(value) : undefined;
  if (id === undefined) throw new ApiError(400, 'MALFORMED_ID', `malformed id ${String(value)}`);
  return id;
}

function parentFromJson(runtime: ApexRuntime, targets: readonly string[], value: unknown): SObject | null {
  if (value === null) return null;
  const json = requireObject(value);
  const wanted = typeOfRecord(json);
  const name = wanted ?? targets[0];
  const object = name === undefined ? undefined : runtime.schema.object(name);
  if (object === undefined || (targets.length > 1 && wanted === undefined))
    throw new ApiError(
      400,
      'INVALID_FIELD',
      'The parent of a polymorphic relationship needs attributes with its type.',
    );
  return recordFromJson(runtime, object, json);
}
