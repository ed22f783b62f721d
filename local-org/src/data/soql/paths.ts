import type { SoqlPath } from '../../apex/syntax/ast.js';
import { isFormula, makeField, type FieldSchema, type ObjectSchema } from '../schema/index.js';
import type { Row } from '../store/index.js';
import type { FieldValue } from '../values/index.js';
import { SoqlError, type QueryContext, type Source } from './context.js';
import { definitionRow, isDefinition } from './definition-rows.js';

/** A row together with the object that it belongs to. */
export interface ObjectRow {
  readonly object: ObjectSchema;
  readonly row: Row;
}

/** A field path that was looked up in the schema: the references to follow, then the field. */
export interface FieldPath {
  readonly steps: readonly FieldSchema[];
  /** The field; of a polymorphic parent the field as the first possible object declares it. */
  readonly field: FieldSchema;
  /** Object that owns `field`; undefined when the parent is polymorphic. */
  readonly owner: ObjectSchema | undefined;
}

/** The object's name, as `Owner.Type` and `What.Type` show it. */
const TYPE_FIELD = makeField({ name: 'Type', type: 'string', length: 40, readOnly: true });

export function noColumnMessage(name: string, object: string): string {
  return `No such column '${name}' on entity '${object}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`;
}

export function noRelationshipMessage(name: string): string {
  return `Didn't understand relationship '${name}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`;
}

/** Looks up a path as written, from the query's object; a leading alias or object name is skipped. */
export function resolvePath(context: QueryContext, source: Source, path: SoqlPath): FieldPath {
  const names = path.segments.map((segment) => segment.name);
  try {
    return resolveNames(context, source.object, fromObject(source, names));
  } catch (error) {
    if (error instanceof SoqlError && error.at === undefined)
      throw new SoqlError(error.message, error.code, path.range);
    throw error;
  }
}

/** The names from the query's object on. */
function fromObject({ aliases, object }: Source, names: readonly string[]): readonly string[] {
  const [first = '', ...rest] = names;
  if (rest.length === 0) return names;
  const key = first.toLowerCase();
  const alias = aliases.get(key);
  if (alias !== undefined) return [...alias, ...rest];
  return key === object.name.toLowerCase() && !object.parents.has(key) ? rest : names;
}

export function resolveNames(context: QueryContext, start: ObjectSchema, names: readonly string[]): FieldPath {
  const steps: FieldSchema[] = [];
  let candidates: readonly ObjectSchema[] = [start];
  for (const name of names.slice(0, -1)) {
    const step = findIn(candidates, (object) => object.parents.get(name.toLowerCase()));
    if (step === undefined) {
      throw new SoqlError(noRelationshipMessage(name), 'INVALID_FIELD');
    }
    steps.push(step);
    candidates = step.referenceTo.flatMap((target) => context.store.schema.object(target) ?? []);
  }
  const last = names.at(-1) ?? '';
  const field = findIn(candidates, (object) => object.fields.get(last.toLowerCase()));
  if (field === undefined) {
    if (steps.length > 0 && last.toLowerCase() === 'type') return { steps, field: TYPE_FIELD, owner: undefined };
    throw new SoqlError(noColumnMessage(last, candidates[0]?.name ?? start.name), 'INVALID_FIELD');
  }
  return { steps, field, owner: candidates.length === 1 ? candidates[0] : undefined };
}

function findIn(
  objects: readonly ObjectSchema[],
  find: (object: ObjectSchema) => FieldSchema | undefined,
): FieldSchema | undefined {
  for (const object of objects) {
    const found = find(object);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Value of a field of a row; formulas are calculated. */
export function readField(context: QueryContext, object: ObjectSchema, field: FieldSchema, row: Row): FieldValue {
  if (isFormula(field)) return context.formulas.valueOf(object, field, row);
  return row.values[field.name] ?? absentValue(field);
}

/** What a field without a stored value shows. A checkbox is never null (Object Reference: Primitive Data Types, boolean). */
const absentValue = (field: FieldSchema): FieldValue => (field.type === 'boolean' ? false : null);

/** The parent row that a reference points to; undefined when it is empty, the parent is gone, or sharing hides it. */
export function parentOf(context: QueryContext, row: Row, reference: FieldSchema): ObjectRow | undefined {
  const id = row.values[reference.name];
  if (typeof id !== 'string') return undefined;
  const [target] = reference.referenceTo;
  const object = target === undefined ? undefined : context.store.schema.object(target);
  if (object === undefined || !isDefinition(object)) return visibleRow(context, id);
  const found = definitionRow(context.store.schema, object.name, definitionName(row, reference, id));
  return found === undefined ? undefined : { object, row: found };
}

function visibleRow({ store, records }: QueryContext, id: string): ObjectRow | undefined {
  const found = store.rowOfId(id);
  if (found === undefined || records === undefined) return found;
  return records.visibleRows(found.object)?.(found.row) === false ? undefined : found;
}

/** A metadata relationship to a field holds the field's name; the object stands in the relationship that controls it. */
function definitionName(row: Row, reference: FieldSchema, text: string): string {
  const owner = reference.controllingField === undefined ? null : (row.values[reference.controllingField] ?? null);
  return typeof owner === 'string' && !text.includes('.') ? `${owner}.${text}` : text;
}

/** A function that reads the path from a row of the query's object; a missing parent gives null. */
export function pathReader(context: QueryContext, object: ObjectSchema, path: FieldPath): (row: Row) => FieldValue {
  if (path.steps.length === 0) {
    const field = path.field;
    if (isFormula(field)) return (row) => readField(context, object, field, row);
    const name = field.name;
    const absent = absentValue(field);
    return (row) => row.values[name] ?? absent;
  }
  const fieldKey = path.field.name.toLowerCase();
  return (row) => {
    let at: ObjectRow | undefined = { object, row };
    for (const step of path.steps) {
      at = at === undefined ? undefined : parentOf(context, at.row, step);
    }
    if (at === undefined) return null;
    if (path.field === TYPE_FIELD) return at.object.name;
    const field = at.object.fields.get(fieldKey);
    return field === undefined ? null : readField(context, at.object, field, at.row);
  };
}
