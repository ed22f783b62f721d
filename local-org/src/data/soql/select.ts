import type { SoqlPath, SoqlQuery, SoqlSelectItem } from '../../apex/syntax/ast.js';
import type { FieldSchema, ObjectSchema } from '../schema/index.js';
import { SObject } from '../sobject.js';
import type { Row } from '../store/index.js';
import { SoqlError, type QueryContext, type Source } from './context.js';
import { functionReader } from './functions.js';
import { parentOf, readField, resolvePath, type ObjectRow } from './paths.js';

/** Fields to read from a row, and from its parents, as a tree. */
interface Shape {
  readonly fields: Map<string, FieldSchema>;
  /** By relationship name: the reference and what to read from the parent. */
  readonly parents: Map<string, { readonly reference: FieldSchema; readonly shape: Shape }>;
}

/** Builds one record of the result from a row. */
export type RowBuilder = (row: Row) => SObject;

type SubqueryRunner = (query: SoqlQuery, parent: ObjectSchema, parentId: string) => readonly SObject[];

const emptyShape = (): Shape => ({ fields: new Map(), parents: new Map() });

/** Compiles the select list of a query that yields rows. The Id is always there, as on the platform. */
export function rowBuilder(context: QueryContext, source: Source, runSubquery: SubqueryRunner): RowBuilder {
  const shape = emptyShape();
  const extras: ((row: Row, record: SObject) => void)[] = [];
  for (const item of source.query.select) addItem(context, source, item, shape, extras, runSubquery);
  const idField = source.object.fields.get('id');
  if (idField !== undefined) shape.fields.set(idField.name, idField);
  return (row) => {
    const record = readShape(context, source.object, row, shape);
    for (const extra of extras) extra(row, record);
    return record;
  };
}

function addItem(
  context: QueryContext,
  source: Source,
  item: SoqlSelectItem,
  shape: Shape,
  extras: ((row: Row, record: SObject) => void)[],
  runSubquery: SubqueryRunner,
): void {
  switch (item.kind) {
    case 'path':
      addPath(context, source, item.path, shape);
      return;
    case 'subquery': {
      const name = childRelationshipName(source.object, item.query);
      extras.push((row, record) => record.related.set(name, runSubquery(item.query, source.object, row.id)));
      return;
    }
    case 'aggregate': {
      if (item.call.name === 'FIELDS') {
        addAllFields(context, source.object, item.call.args[0]?.kind === 'word' ? item.call.args[0].text : '', shape);
        return;
      }
      extras.push(functionWriter(context, source, item, shape));
      return;
    }
    case 'typeOf':
      extras.push(typeOfReader(context, source, item));
  }
}

/** Sets what a function gives: under its alias, else in the place of the field that it shows, which may be a parent's. */
function functionWriter(
  context: QueryContext,
  source: Source,
  item: Extract<SoqlSelectItem, { readonly kind: 'aggregate' }>,
  shape: Shape,
): (row: Row, record: SObject) => void {
  const { read, field } = functionReader(context, source, item.call);
  const [argument] = item.call.args;
  const { alias } = item;
  if (alias !== undefined || argument?.kind !== 'path') {
    const name = alias?.name ?? field.name;
    return (row, record) => record.set(name, read(row));
  }
  addPath(context, source, argument.path, shape);
  const relationships = resolvePath(context, source, argument.path).steps.map((step) => step.relationshipName ?? '');
  return (row, record) => {
    let at: SObject | undefined = record;
    for (const name of relationships) {
      const parent: SObject | null | readonly SObject[] | undefined = at?.related.get(name);
      at = parent instanceof SObject ? parent : undefined;
    }
    at?.set(field.name, read(row));
  };
}

/** The relationship's exact name, from the FROM clause of a subquery. */
export function childRelationshipName(object: ObjectSchema, query: SoqlQuery): string {
  const written = query.from[0]?.path.at(-1)?.name ?? '';
  const relation = object.children.get(written.toLowerCase());
  if (relation === undefined) {
    throw new SoqlError(noChildrenMessage(written), 'INVALID_FIELD');
  }
  return relation.name;
}

export function noChildrenMessage(relationship: string): string {
  return `Didn't understand relationship '${relationship}' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`;
}

function addPath(context: QueryContext, source: Source, path: SoqlPath, shape: Shape): void {
  const resolved = resolvePath(context, source, path);
  let at = shape;
  for (const reference of resolved.steps) {
    if (reference.relationshipName === undefined) return;
    let next = at.parents.get(reference.relationshipName);
    if (next === undefined) {
      next = { reference, shape: emptyShape() };
      at.parents.set(reference.relationshipName, next);
    }
    at = next.shape;
  }
  at.fields.set(resolved.field.name, resolved.field);
}

/** `FIELDS(ALL)` and its kin: in user mode the fields that the user may read. */
function addAllFields(context: QueryContext, object: ObjectSchema, which: string, shape: Shape): void {
  for (const field of object.fields.values()) {
    if (context.access?.canReadField(object, field) === false) continue;
    if (which.toUpperCase() === 'ALL' || field.custom === (which.toUpperCase() === 'CUSTOM'))
      shape.fields.set(field.name, field);
  }
}

function readShape(context: QueryContext, object: ObjectSchema, row: Row, shape: Shape): SObject {
  const record = new SObject(object);
  record.queried = true;
  for (const [name, declared] of shape.fields) {
    const field = object.fields.get(name.toLowerCase());
    if (field !== undefined) record.set(field.name, readField(context, object, field, row));
    else if (declared.name === 'Type') record.set('Type', object.name);
  }
  for (const [name, { reference, shape: parentShape }] of shape.parents) {
    const parent = parentOf(context, row, reference);
    record.related.set(name, parent === undefined ? null : parentRecord(context, parent, parentShape));
    const id = row.values[reference.name];
    if (id !== undefined && !record.values.has(reference.name)) record.set(reference.name, id);
  }
  return record;
}

/** A parent has its Id, whatever else is asked of it, as the rows of the query themselves. */
function parentRecord(context: QueryContext, { object, row }: ObjectRow, shape: Shape): SObject {
  const record = readShape(context, object, row, shape);
  if (object.fields.has('id') && !record.values.has('Id')) record.set('Id', row.id);
  return record;
}

function typeOfReader(
  context: QueryContext,
  source: Source,
  item: SoqlSelectItem & { readonly kind: 'typeOf' },
): (row: Row, record: SObject) => void {
  const reference = source.object.parents.get(item.path.segments[0]?.name.toLowerCase() ?? '');
  if (reference?.relationshipName === undefined)
    throw new SoqlError(`TYPEOF needs a polymorphic relationship of ${source.object.name}.`);
  const relationship = reference.relationshipName;
  return (row, record) => {
    const parent = parentOf(context, row, reference);
    if (parent === undefined) {
      record.related.set(relationship, null);
      return;
    }
    const chosen = item.cases.find((entry) => entry.object.name.toLowerCase() === parent.object.name.toLowerCase());
    const shape = emptyShape();
    const parentSource: Source = { query: source.query, object: parent.object, aliases: new Map() };
    for (const path of chosen?.fields ?? item.otherwise) addPath(context, parentSource, path, shape);
    const id = parent.object.fields.get('id');
    if (id !== undefined) shape.fields.set(id.name, id);
    record.related.set(relationship, readShape(context, parent.object, parent.row, shape));
  };
}
