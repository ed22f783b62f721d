import { executeSearch, SoqlError, type SearchFor, type SearchList } from '../../data/index.js';
import { parseSosl } from '../syntax/index.js';
import type { Expression, SoslQuery } from '../syntax/ast.js';
import { SOBJECT } from '../types/types.js';
import type { AccessMode } from './access.js';
import { ApexList } from './collections.js';
import { apexError, Unsupported } from './exceptions.js';
import { contextOf } from './query.js';
import type { ApexRuntime } from './runtime.js';

/** How errors of searches end that the local org refuses by name. */
const REFUSED = / is not supported by the local org\.$/;

/**
 * Runs a search and counts it. In a test it finds what Test.setFixedSearchResults names, and nothing otherwise (Apex Developer Guide: Adding
 * SOSL Queries to Unit Tests).
 * @throws System.QueryException
 */
export function runSearch(
  runtime: ApexRuntime,
  search: SoslQuery,
  bind: (expression: Expression) => unknown,
  mode: AccessMode = 'system',
): readonly SearchList[] {
  runtime.tx.limits.count('soslQueries');
  const { test } = runtime.tx;
  const wanted: SearchFor =
    test === undefined
      ? {
          kind: 'text',
          text: search.search.kind === 'text' ? search.search.value : String(bind(search.search.expression)),
        }
      : { kind: 'records', ids: test.searchResults ?? [] };
  try {
    return executeSearch(contextOf(runtime, bind, search.mode === 'user' ? 'user' : mode), search, wanted);
  } catch (error) {
    if (!(error instanceof SoqlError)) throw error;
    throw REFUSED.test(error.message)
      ? new Unsupported(error.message.replace(REFUSED, ''))
      : apexError('QueryException', error.message);
  }
}

/** `[FIND ...]`: one list of rows per object of the RETURNING clause. */
export function staticSearch(
  runtime: ApexRuntime,
  search: SoslQuery,
  binds: readonly Expression[],
  values: readonly unknown[],
): ApexList {
  const byExpression = new Map(binds.map((expression, index) => [expression, values[index]]));
  return listsOf(runSearch(runtime, search, (expression) => byExpression.get(expression)));
}

/**
 * Runs a search that an API client sent, with the rights of the running user. The limits of Apex do not count it.
 * @throws SoqlError; Unsupported for what the local org does not do
 */
export function runClientSearch(runtime: ApexRuntime, search: SoslQuery): readonly SearchList[] {
  const refuse = (): never => {
    throw new SoqlError('Bind variables only allowed in Apex code');
  };
  const text = search.search.kind === 'text' ? search.search.value : refuse();
  try {
    return executeSearch(contextOf(runtime, refuse, 'user'), search, { kind: 'text', text });
  } catch (error) {
    if (error instanceof SoqlError && REFUSED.test(error.message))
      throw new Unsupported(error.message.replace(REFUSED, ''));
    throw error;
  }
}

function listsOf(lists: readonly SearchList[]): ApexList {
  return new ApexList(
    { kind: 'list', element: SOBJECT },
    lists.map(({ object, rows }) => new ApexList({ kind: 'sobject', name: object.name }, [...rows])),
  );
}

/** `Search.query` and `Search.find`: the text of a search, whose binds are names. */
export function dynamicSearch(
  runtime: ApexRuntime,
  text: string,
  scope: (name: string) => unknown,
  mode: AccessMode = 'system',
): { readonly lists: readonly SearchList[]; readonly asApex: ApexList } {
  const parsed = parseSosl(text);
  if (!parsed.ok) throw apexError('SearchException', parsed.problems[0]?.message ?? 'unexpected token');
  const lists = runSearch(
    runtime,
    parsed.value,
    (expression) => {
      const value = expression.kind === 'name' ? scope(expression.name.toLowerCase()) : undefined;
      if (value === undefined)
        throw apexError('QueryException', 'Only variable references are allowed in dynamic SOQL/SOSL.');
      return value;
    },
    mode,
  );
  return { lists, asApex: listsOf(lists) };
}
