import type { FieldSchema, ObjectSchema } from './schema/index.js';
import { isFieldValue, type FieldValue } from './values/index.js';

/** An error that code or a rule attached to a record or one of its fields (`addError`). */
export interface RecordError {
  readonly statusCode: string;
  readonly message: string;
  readonly fields: readonly string[];
}

/** A record in memory: an Apex SObject, a row of a query's result, the input of a DML operation. */
export class SObject {
  /** Values by exact field name; a field that was never set or queried is absent. */
  readonly values = new Map<string, FieldValue>();
  /** Parent rows (null when the reference is empty) and child rows by exact relationship name. */
  readonly related = new Map<string, SObject | null | readonly SObject[]>();
  /** True for rows of a query: reading a field that was not queried is an error there. */
  queried = false;
  /** Rows of `Trigger.old`, and of `Trigger.new` after the save. */
  readOnly = false;
  /** Errors added while a DML operation works on the record. */
  errors: RecordError[] = [];
  /** What it is a clone of, as long as its transaction lasts; the source's Id is null when the source had none. */
  cloneSource: { readonly id: string | null } | undefined;
  /** Texts that are too long for their fields are cut when it is saved, not refused. */
  truncates = false;

  constructor(readonly object: ObjectSchema) {}

  get id(): string | null {
    const id = this.values.get('Id');
    return typeof id === 'string' ? id : null;
  }

  field(name: string): FieldSchema | undefined {
    return this.object.fields.get(name.toLowerCase());
  }

  get(name: string): FieldValue {
    return this.values.get(name) ?? null;
  }

  set(name: string, value: FieldValue): void {
    this.values.set(name, value);
  }

  /** A record with the same values; related rows only when asked for. */
  copy(withRelated: boolean): SObject {
    const copy = new SObject(this.object);
    for (const [name, value] of this.values) copy.values.set(name, value);
    if (withRelated) for (const [name, rows] of this.related) copy.related.set(name, rows);
    copy.queried = this.queried;
    return copy;
  }
}

/** A record from plain values, for loading data: names in any case. @throws Error naming a field that does not exist */
export function sobjectOf(object: ObjectSchema, values: Readonly<Record<string, unknown>>): SObject {
  const record = new SObject(object);
  for (const [name, value] of Object.entries(values)) {
    const field = object.fields.get(name.toLowerCase());
    if (field === undefined) throw new Error(`${object.name} has no field ${name}.`);
    if (!isFieldValue(value)) throw new Error(`${object.name}.${field.name}: not a field value.`);
    record.set(field.name, value);
  }
  return record;
}
