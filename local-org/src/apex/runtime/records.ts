import { isFieldValue, SObject, type FieldSchema, type FieldValue } from '../../data/index.js';
import { ApexList } from './collections.js';
import { apexError, nullPointer, Unsupported } from './exceptions.js';
import { toDecimal } from './operators.js';
import { runtimeTypeName, typeName } from './types.js';
import { ApexDouble } from './values.js';

function record(value: unknown): SObject {
  if (value instanceof SObject) return value;
  throw nullPointer();
}

function notQueried(row: SObject, name: string): void {
  if (!row.queried) return;
  throw apexError(
    'SObjectException',
    `SObject row was retrieved via SOQL without querying the requested field: ${row.object.name}.${name}`,
  );
}

/** Value of a field. A row of a query refuses fields that were not queried. */
export function readField(value: unknown, name: string): unknown {
  const row = record(value);
  const found = row.values.get(name);
  if (found !== undefined && found !== null) return found;
  if (found === undefined && name !== 'Id') notQueried(row, name);
  // A checkbox that nobody has ticked is not ticked (EDA: CON_DoNotContact_TEST).
  return row.field(name)?.type === 'boolean' ? false : null;
}

/** A value as the field keeps it in memory: a Double becomes a Decimal. */
export function asFieldValue(field: FieldSchema | undefined, value: unknown): FieldValue {
  if (value instanceof ApexDouble) return toDecimal(value);
  if (
    typeof value === 'number' &&
    field !== undefined &&
    (field.type === 'double' || field.type === 'currency' || field.type === 'percent')
  )
    return toDecimal(value);
  if (!isFieldValue(value))
    throw apexError(
      'SObjectException',
      `Illegal assignment from ${runtimeTypeName(value)} to ${field?.name ?? 'field'}`,
    );
  return value;
}

/** Writes a field and yields the value. */
export function writeField(target: unknown, name: string, value: unknown): unknown {
  const row = record(target);
  if (row.readOnly) throw apexError('FinalException', 'Record is read-only');
  row.set(name, asFieldValue(row.field(name), value));
  return value;
}

/** The parent row behind a relationship; null when there is none. */
export function readParent(value: unknown, relationship: string): unknown {
  const row = record(value);
  const found = row.related.get(relationship);
  if (found === undefined) notQueried(row, relationship);
  return found instanceof SObject ? found : null;
}

export function writeParent(target: unknown, relationship: string, value: unknown): unknown {
  const row = record(target);
  if (row.readOnly) throw apexError('FinalException', 'Record is read-only');
  if (value !== null && !(value instanceof SObject))
    throw new Unsupported(`Assigning a value that is no record to ${relationship}`);
  row.related.set(relationship, value);
  return value;
}

/** Does a row have rows of a subquery? */
const hasChildren = (row: SObject): boolean => [...row.related.values()].some((related) => Array.isArray(related));

/** The child rows of a subquery, as a list: empty for other relationships of a row that has any (EDA: ADDR_CannotDelete_TEST). */
export function readChildren(value: unknown, relationship: string, childObject: string): ApexList {
  const row = record(value);
  const found = row.related.get(relationship);
  if (found === undefined && !hasChildren(row)) notQueried(row, relationship);
  return new ApexList(
    { kind: 'sobject', name: childObject },
    found === undefined || found === null || found instanceof SObject ? [] : [...found],
  );
}

/** Type of the rows in a list, for messages: `Account`, `SObject`. */
export function rowTypeOf(list: ApexList): string {
  return typeName(list.elementType);
}
