import type { SoqlQuery, SoqlSelectItem, SoslQuery, SoslReturning } from '../../apex/syntax/ast.js';
import type { FieldSchema, FieldType, ObjectSchema } from '../schema/index.js';
import { executeRows, requireObject, type QueryContext, SoqlError } from '../soql/index.js';
import type { SObject } from '../sobject.js';
import type { Row } from '../store/index.js';
import { searchTest, type TextTest } from './search-text.js';

/** Rows of one object that a search found. */
export interface SearchList {
  readonly object: ObjectSchema;
  readonly rows: readonly SObject[];
  /** The query that reads such rows, for those who show its columns. */
  readonly query: SoqlQuery;
}

/** What is searched: the words of a text, or the records that a test has fixed. */
export type SearchFor =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'records'; readonly ids: readonly string[] };

const TEXT_TYPES: ReadonlySet<FieldType> = new Set([
  'string',
  'textarea',
  'email',
  'phone',
  'url',
  'picklist',
  'combobox',
]);

/** Fields that each search group looks into. */
const GROUPS: Readonly<Record<string, (field: FieldSchema) => boolean>> = {
  ALL: (field) => TEXT_TYPES.has(field.type),
  NAME: (field) => field.nameField || /^(First|Last|Middle)?Name$/.test(field.name),
  EMAIL: (field) => field.type === 'email',
  PHONE: (field) => field.type === 'phone',
  SIDEBAR: (field) => field.nameField || field.type === 'phone' || field.type === 'email',
};

/** More rows than this a search never gives (SOQL and SOSL Reference: LIMIT). */
const MAX_ROWS = 2000;

/** Runs a search: one list per object of the RETURNING clause, in its order. @throws SoqlError */
export function executeSearch(context: QueryContext, search: SoslQuery, wanted: SearchFor): readonly SearchList[] {
  if (search.returning.length === 0) throw new SoqlError('FIND without RETURNING is not supported by the local org.');
  const test = wanted.kind === 'text' ? searchTest(wanted.text) : undefined;
  const isSearched = GROUPS[search.group ?? 'ALL'] ?? GROUPS['ALL'];
  return search.returning.map((returning) => {
    const object = requireObject(context, returning.object.name);
    const rows = candidates(context, object, wanted, test, (field) => isSearched?.(field) === true);
    const query = queryOf(search, returning);
    return { object, query, rows: executeRows(context, query, rows).slice(0, MAX_ROWS) };
  });
}

function candidates(
  context: QueryContext,
  object: ObjectSchema,
  wanted: SearchFor,
  test: TextTest | undefined,
  isSearched: (field: FieldSchema) => boolean,
): readonly Row[] {
  const table = context.store.table(object);
  if (wanted.kind === 'records') return wanted.ids.flatMap((id) => table.get(id) ?? []).filter((row) => !row.deleted);
  const fields = [...object.fields.values()].filter(isSearched);
  return [...table.all()].filter((row) => {
    const text = fields.map((field) => row.values[field.name]).filter((value) => typeof value === 'string');
    return !row.deleted && test?.(text.join(' ').toLowerCase()) === true;
  });
}

/** The query that reads the found rows of one object. */
function queryOf(search: SoslQuery, returning: SoslReturning): SoqlQuery {
  const { object, fields, where, orderBy, limit, offset } = returning;
  const id: SoqlSelectItem = {
    kind: 'path',
    path: { segments: [{ name: 'Id', range: object.range }], range: object.range, resolved: undefined },
    alias: undefined,
  };
  const select = fields.map((field): SoqlSelectItem =>
    'kind' in field
      ? { kind: 'aggregate', call: field, alias: undefined }
      : { kind: 'path', path: field, alias: undefined },
  );
  return {
    kind: 'soqlQuery',
    select: select.length === 0 ? [id] : select,
    from: [{ path: [object], alias: undefined }],
    scope: undefined,
    where,
    mode: search.mode,
    with: undefined,
    groupBy: [],
    grouping: 'plain',
    having: undefined,
    orderBy,
    limit: limit ?? search.limit,
    offset,
    allRows: false,
    forClauses: [],
    range: search.range,
    object: undefined,
    relationship: undefined,
    yields: 'rows',
  };
}
