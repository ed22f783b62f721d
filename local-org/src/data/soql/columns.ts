import type { SoqlPath, SoqlQuery, SoqlSelectItem } from '../../apex/syntax/ast.js';
import { isAggregate, isAggregateQuery } from '../../apex/syntax/soql-rules.js';
import type { FieldSchema, ObjectSchema } from '../schema/index.js';
import { objectOf, requireObject, sourceOf, type QueryContext, type Source } from './context.js';
import { functionReader } from './functions.js';
import { resolvePath } from './paths.js';
import { childRelationshipName } from './select.js';

/** One column of a query's result, in the order in which the query names them; what belongs to one parent stands together. */
export type SelectColumn =
  | { readonly kind: 'field'; readonly name: string; readonly field: FieldSchema }
  /** A column of an AggregateResult. `label` is what the query says: `count(Id)`. */
  | { readonly kind: 'aggregate'; readonly name: string; readonly label: string; readonly isGroup: boolean }
  | {
      readonly kind: 'parent';
      readonly name: string;
      readonly reference: FieldSchema;
      readonly columns: readonly SelectColumn[];
    }
  | {
      readonly kind: 'children';
      readonly name: string;
      readonly object: ObjectSchema;
      readonly columns: readonly SelectColumn[];
    }
  | {
      readonly kind: 'typeOf';
      readonly name: string;
      readonly reference: FieldSchema;
      /** By lower-cased name of the parent's object. */
      readonly cases: ReadonlyMap<string, readonly SelectColumn[]>;
      readonly otherwise: readonly SelectColumn[];
    };

type ParentColumn = Extract<SelectColumn, { kind: 'parent' }>;

/** Object that a query reads, and its columns. @throws SoqlError for names that do not exist */
export function describeQuery(
  context: QueryContext,
  query: SoqlQuery,
): { readonly object: ObjectSchema; readonly columns: readonly SelectColumn[] } {
  const object = objectOf(context, query);
  return { object, columns: columnsOf(context, query, object) };
}

function columnsOf(context: QueryContext, query: SoqlQuery, object: ObjectSchema): readonly SelectColumn[] {
  const source = sourceOf(query, object);
  if (isAggregateQuery(query)) return aggregateColumns(context, source);
  const columns: SelectColumn[] = [];
  for (const item of query.select) addItem(context, source, item, columns);
  return columns;
}

function aggregateColumns(context: QueryContext, source: Source): readonly SelectColumn[] {
  let unnamed = 0;
  return source.query.select.flatMap((item): readonly SelectColumn[] => {
    if (item.kind === 'path') {
      const { field } = resolvePath(context, source, item.path);
      const label = item.path.segments.map(({ name }) => name).join('.');
      return [{ kind: 'aggregate', name: item.alias?.name ?? field.name, label, isGroup: true }];
    }
    if (item.kind !== 'aggregate') return [];
    const { call } = item;
    const argument = call.args[0]?.kind === 'path' ? call.args[0].path.segments.map(({ name }) => name).join('.') : '';
    return [
      {
        kind: 'aggregate',
        name: item.alias?.name ?? `expr${unnamed++}`,
        label: `${call.name.toLowerCase()}(${argument})`,
        isGroup: !isAggregate(call),
      },
    ];
  });
}

function addItem(context: QueryContext, source: Source, item: SoqlSelectItem, columns: SelectColumn[]): void {
  switch (item.kind) {
    case 'path':
      addPath(context, source, item.path, columns);
      return;
    case 'subquery':
      columns.push(childrenColumn(context, source, item.query));
      return;
    case 'aggregate': {
      if (item.call.name === 'FIELDS') {
        const which = item.call.args[0]?.kind === 'word' ? item.call.args[0].text.toUpperCase() : '';
        for (const field of source.object.fields.values())
          if (which === 'ALL' || field.custom === (which === 'CUSTOM')) addField(columns, field.name, field);
        return;
      }
      const { field, type } = functionReader(context, source, item.call);
      const [argument] = item.call.args;
      const shown = { ...field, type };
      if (item.alias === undefined && argument?.kind === 'path')
        addPath(context, source, argument.path, columns, shown);
      else addField(columns, item.alias?.name ?? field.name, shown);
      return;
    }
    case 'typeOf':
      columns.push(typeOfColumn(context, source, item));
  }
}

/** A field that is named twice is one column. */
function addField(columns: SelectColumn[], name: string, field: FieldSchema): void {
  if (!columns.some((column) => column.kind === 'field' && column.name === name))
    columns.push({ kind: 'field', name, field });
}

/** @param shown the field as a function shows it */
function addPath(
  context: QueryContext,
  source: Source,
  path: SoqlPath,
  columns: SelectColumn[],
  shown?: FieldSchema,
): void {
  const { steps, field } = resolvePath(context, source, path);
  let at = columns;
  for (const reference of steps) {
    const name = reference.relationshipName;
    if (name === undefined) return;
    const known = at.find((column): column is ParentColumn => column.kind === 'parent' && column.name === name);
    const below: SelectColumn[] = known === undefined ? [] : [...known.columns];
    const parent: ParentColumn = { kind: 'parent', name, reference, columns: below };
    if (known === undefined) at.push(parent);
    else at[at.indexOf(known)] = parent;
    at = below;
  }
  addField(at, field.name, shown ?? field);
}

function childrenColumn(context: QueryContext, source: Source, query: SoqlQuery): SelectColumn {
  const name = childRelationshipName(source.object, query);
  const relation = source.object.children.get(name.toLowerCase());
  const object = requireObject(context, relation?.object ?? name);
  return { kind: 'children', name, object, columns: columnsOf(context, query, object) };
}

function typeOfColumn(
  context: QueryContext,
  source: Source,
  item: Extract<SoqlSelectItem, { kind: 'typeOf' }>,
): SelectColumn {
  const reference = source.object.parents.get(item.path.segments[0]?.name.toLowerCase() ?? '');
  const columnsIn = (objectName: string, paths: readonly SoqlPath[]): readonly SelectColumn[] => {
    const object = requireObject(context, objectName);
    const columns: SelectColumn[] = [];
    for (const path of paths) addPath(context, { query: source.query, object, aliases: new Map() }, path, columns);
    return columns;
  };
  if (reference?.relationshipName === undefined) throw new Error('The query was not executed before it is described.');
  return {
    kind: 'typeOf',
    name: reference.relationshipName,
    reference,
    cases: new Map(
      item.cases.map(({ object, fields }) => [object.name.toLowerCase(), columnsIn(object.name, fields)] as const),
    ),
    otherwise: item.otherwise.length === 0 ? [] : columnsIn('Name', item.otherwise),
  };
}
