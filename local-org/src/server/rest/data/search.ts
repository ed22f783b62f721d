import { parseSosl } from '../../../apex/index.js';
import { describeClientQuery, runClientSearch } from '../../../apex/runtime/index.js';
import { ApiError } from '../../api-error.js';
import { ok, type RestAnswer, type RestCall, type RestRoute } from '../route.js';
import { baseOf } from './api.js';
import { requireQueryable } from './objects.js';
import { rowToJson } from './query-json.js';

function search(call: RestCall): RestAnswer {
  const text = call.query.get('q');
  if (text === null || text.trim() === '')
    throw new ApiError(400, 'MALFORMED_SEARCH', 'A search string has to be specified');
  const parsed = parseSosl(text);
  if (!parsed.ok) throw new ApiError(400, 'MALFORMED_SEARCH', parsed.problems[0]?.message ?? 'unexpected token');
  for (const { object } of parsed.value.returning) requireQueryable(object.name, 'data');
  return call.read((runtime) => {
    const context = { base: baseOf(call), store: runtime.data.store };
    const searchRecords = runClientSearch(runtime, parsed.value).flatMap(({ query, rows }) => {
      const { columns } = describeClientQuery(runtime, query);
      return rows.map((row) => rowToJson(context, columns, row));
    });
    return ok({ searchRecords });
  });
}

/** Text searches in SOSL (REST API Developer Guide: Search). */
export const SEARCH_ROUTES: readonly RestRoute[] = [{ method: 'GET', path: '/search', run: search }];
