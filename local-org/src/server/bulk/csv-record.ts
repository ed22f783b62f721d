import type { ApexRuntime } from '../../apex/runtime/index.js';
import {
  SObject,
  toId18,
  type FieldSchema,
  type FieldValue,
  type ObjectSchema,
  type RecordError,
} from '../../data/index.js';
import { valueFromText } from '../rest/data/index.js';

/** What a column of the CSV sets. */
type Column =
  | { readonly kind: 'field'; readonly field: FieldSchema }
  /** `Parent__r.Key__c`: the parent is found by its external id. */
  | {
      readonly kind: 'parent';
      readonly relationship: string;
      readonly object: ObjectSchema;
      readonly field: FieldSchema;
    };

/** The cell that empties a field; an empty cell leaves it alone (Bulk API 2.0: Valid CSV Record Rows). */
const EMPTY = '#N/A';

/** A header names something that is no field; the whole job fails. */
export class UnknownColumn extends Error {
  override readonly name = 'UnknownColumn';

  constructor(column: string) {
    super(`InvalidBatch : Field name not found : ${column}`);
  }
}

/** What the columns of a header set. @throws UnknownColumn */
export function columnsOf(runtime: ApexRuntime, object: ObjectSchema, header: readonly string[]): readonly Column[] {
  return header.map((name) => columnOf(runtime, object, name));
}

function columnOf(runtime: ApexRuntime, object: ObjectSchema, name: string): Column {
  const own = object.fields.get(name.trim().toLowerCase());
  if (own !== undefined) return { kind: 'field', field: own };
  // Of a polymorphic relationship the object stands before a colon: `User:Owner.Username`.
  const match = /^(?:(\w+):)?(\w+)\.(\w+)$/.exec(name.trim());
  const reference = object.parents.get(match?.[2]?.toLowerCase() ?? '');
  const parent = runtime.schema.object(match?.[1] ?? reference?.referenceTo[0] ?? '');
  const field = parent?.fields.get(match?.[3]?.toLowerCase() ?? '');
  if (reference?.relationshipName === undefined || parent === undefined || field === undefined)
    throw new UnknownColumn(name);
  return { kind: 'parent', relationship: reference.relationshipName, object: parent, field };
}

/** A record from a row; an error when a cell is no value of its field. */
export function recordFromRow(
  object: ObjectSchema,
  columns: readonly Column[],
  cells: readonly string[],
): { readonly record: SObject } | { readonly error: RecordError } {
  const record = new SObject(object);
  for (const [at, column] of columns.entries()) {
    const cell = cells[at] ?? '';
    if (cell === '') continue;
    const value = cell === EMPTY ? null : cellValue(column.field, cell);
    if (value === undefined) return { error: wrongType(column.field, cell) };
    if (column.kind === 'field') record.set(column.field.name, value);
    else record.related.set(column.relationship, value === null ? null : parentOf(column.object, column.field, value));
  }
  return { record };
}

function cellValue(field: FieldSchema, cell: string): FieldValue | undefined {
  return field.type === 'id' ? toId18(cell) : valueFromText(field, cell);
}

function parentOf(object: ObjectSchema, field: FieldSchema, value: FieldValue): SObject {
  const parent = new SObject(object);
  parent.set(field.name, value);
  return parent;
}

function wrongType(field: FieldSchema, cell: string): RecordError {
  if (field.type === 'id') return { statusCode: 'MALFORMED_ID', message: `malformed id ${cell}`, fields: [field.name] };
  return {
    statusCode: 'INVALID_TYPE_ON_FIELD_IN_RECORD',
    message: `${field.label}: value not of required type: ${cell}`,
    fields: [field.name],
  };
}
