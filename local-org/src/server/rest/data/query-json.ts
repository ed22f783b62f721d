import type { SObject } from '../../../data/index.js';
import type { FieldValue, SelectColumn, Store } from '../../../data/index.js';
import { compoundValue } from './compound.js';
import { valueToJson } from './values.js';

type Json = Readonly<Record<string, unknown>>;

/** What rows are shown for. */
export interface RowContext {
  /** `/services/data/v66.0` */
  readonly base: string;
  readonly store: Store;
}

export function recordUrl({ base }: Pick<RowContext, 'base'>, objectName: string, id: string): string {
  return `${base}/sobjects/${objectName}/${id}`;
}

/** A row of a query's result as the API shows it: only what was selected, in that order, behind its attributes. */
export function rowToJson(context: RowContext, columns: readonly SelectColumn[], row: SObject): Json {
  const json: Record<string, unknown> = { attributes: attributesOf(context, row) };
  for (const column of columns) json[column.name] = cell(context, column, row);
  return json;
}

function attributesOf(context: RowContext, row: SObject): Json {
  const { name } = row.object;
  return row.id === null ? { type: name } : { type: name, url: recordUrl(context, name, row.id) };
}

function cell(context: RowContext, column: SelectColumn, row: SObject): unknown {
  switch (column.kind) {
    case 'field':
      if (column.field.type === 'address' || column.field.type === 'location')
        return compoundValue(row.object, column.field, (name) => storedValue(context, row, name));
      return valueToJson(column.field, row.get(column.name), blobUrl(context, row, column.field.name));
    case 'aggregate':
      return valueToJson({ type: 'anyType' }, row.get(column.name), '');
    case 'parent':
      return parentToJson(context, column.columns, row.related.get(column.name), row.get(column.reference.name));
    case 'typeOf': {
      const parent = row.related.get(column.name);
      const type = isRecord(parent) ? parent.object.name.toLowerCase() : '';
      return parentToJson(context, column.cases.get(type) ?? column.otherwise, parent, row.get(column.reference.name));
    }
    case 'children':
      return childrenToJson(context, column.columns, row.related.get(column.name));
  }
}

type Related = SObject | null | readonly SObject[] | undefined;

function isRecord(related: Related): related is SObject {
  return related !== undefined && related !== null && 'object' in related;
}

function parentToJson(
  context: RowContext,
  columns: readonly SelectColumn[],
  parent: Related,
  id: FieldValue,
): Json | null {
  if (!isRecord(parent)) return null;
  if (parent.id === null && typeof id === 'string') parent.set('Id', id);
  return rowToJson(context, columns, parent);
}

/** Parents without children show null, as on the platform. */
function childrenToJson(context: RowContext, columns: readonly SelectColumn[], children: Related): Json | null {
  if (children === undefined || children === null || isRecord(children) || children.length === 0) return null;
  const records = children.map((child) => rowToJson(context, columns, child));
  return { totalSize: records.length, done: true, records };
}

function blobUrl(context: RowContext, row: SObject, fieldName: string): string {
  return row.id === null ? '' : `${recordUrl(context, row.object.name, row.id)}/${fieldName}`;
}

function storedValue({ store }: RowContext, row: SObject, fieldName: string): FieldValue {
  return (row.id === null ? undefined : store.table(row.object).get(row.id)?.values[fieldName]) ?? null;
}
