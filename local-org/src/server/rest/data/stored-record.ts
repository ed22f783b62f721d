import { runningAccess, type ApexRuntime } from '../../../apex/runtime/index.js';
import { isFormula, type FieldSchema, type FieldValue, type ObjectSchema, type Row } from '../../../data/index.js';
import { compoundValue } from './compound.js';
import { readableFields } from './objects.js';
import { recordUrl } from './query-json.js';
import { noSuchColumn } from './record-json.js';
import { valueToJson } from './values.js';

/** The fields that a request names, `fields=Name,Industry`; all that the user may read when it names none. @throws ApiError for one that does not exist for the user */
export function fieldsOf(runtime: ApexRuntime, object: ObjectSchema, names: string | null): readonly FieldSchema[] {
  if (names === null || names.trim() === '') return readableFields(runtime, object);
  return names.split(',').map((name) => {
    const field = object.fields.get(name.trim().toLowerCase());
    if (field === undefined || !runningAccess(runtime).canReadField(object, field))
      throw noSuchColumn(name.trim(), object);
    return field;
  });
}

/** A stored record as the API shows it, formulas calculated. */
export function storedRecordToJson(
  runtime: ApexRuntime,
  base: string,
  object: ObjectSchema,
  row: Row,
  fields: readonly FieldSchema[],
): Readonly<Record<string, unknown>> {
  const url = recordUrl({ base }, object.name, row.id);
  const read = (field: FieldSchema): FieldValue =>
    isFormula(field) ? runtime.data.formulas.valueOf(object, field, row) : (row.values[field.name] ?? null);
  const json: Record<string, unknown> = { attributes: { type: object.name, url } };
  for (const field of fields) {
    json[field.name] =
      field.type === 'address' || field.type === 'location'
        ? compoundValue(object, field, (name) => row.values[name] ?? null)
        : valueToJson(field, read(field), `${url}/${field.name}`);
  }
  return json;
}
