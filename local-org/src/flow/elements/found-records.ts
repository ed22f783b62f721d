import { isFormula, SObject, type ObjectSchema } from '../../data/index.js';
import { runQueries } from '../../apex/runtime/index.js';
import type { FlowElement, FlowFilters, FlowSort } from '../../metadata/index.js';
import type { FlowOrg } from '../org.js';
import { FlowFault } from '../fault.js';
import { faultOf, type BulkCall } from '../run/bulk.js';
import { traceFlow } from '../trace.js';
import { filterQuery, orderText } from './filters.js';

/** What an element looks for. */
export interface Search {
  readonly object: ObjectSchema;
  readonly filters: FlowFilters;
  readonly sort: FlowSort | undefined;
  /** Fields that must be there besides the stored ones: calculated ones. */
  readonly fields: readonly string[];
}

/**
 * The records that the filters of each interview find, in one query for all of them (Salesforce Help: Flow Bulkification in Transactions).
 * Interviews that fail before the query are not in the result.
 * @param limitOf most records for an interview; undefined for all
 */
export function findRecords<E extends FlowElement>(
  org: FlowOrg,
  calls: readonly BulkCall<E>[],
  search: Search,
  limitOf: (call: BulkCall<E>) => number | undefined,
): ReadonlyMap<BulkCall<E>, readonly SObject[]> {
  const found = new Map<BulkCall<E>, readonly SObject[]>();
  const groups = new Map<string, Bound<E>[]>();
  for (const call of calls) {
    call.attempt(() => {
      const { where, binds } = filterQuery(call.interview, search.object, search.filters);
      const limit = limitOf(call);
      const text = `SELECT Id FROM ${search.object.name}${where === '' ? '' : ` WHERE ${where}`}${orderText(search.sort)}${limit === undefined ? '' : ` LIMIT ${limit}`}`;
      groups.set(text, [...(groups.get(text) ?? []), { call, binds }]);
    });
  }
  for (const [text, members] of groups) {
    const rows = query(org, text, members);
    if (rows === undefined) continue;
    for (const [index, { call }] of members.entries()) {
      const records = (rows[index] ?? []).flatMap(({ id }) => loadRecord(org, search.object, id, search.fields) ?? []);
      found.set(call, records);
      traceFlow(call.interview, 'FLOW_BULK_ELEMENT_DETAIL', 'FINER', () => [
        'FlowRecordLookup',
        call.element.name,
        String(records.length),
      ]);
    }
  }
  return found;
}

interface Bound<E extends FlowElement> {
  readonly call: BulkCall<E>;
  readonly binds: ReadonlyMap<string, unknown>;
}

/** A query that cannot be run is the fault of every interview that needs it. */
function query<E extends FlowElement>(
  { runtime }: FlowOrg,
  text: string,
  members: readonly Bound<E>[],
): readonly (readonly SObject[])[] | undefined {
  try {
    return runQueries(
      runtime,
      text,
      members.map(({ binds }) => binds),
      members.some(({ call }) => call.interview.userMode),
    );
  } catch (error) {
    const { message } = faultOf(error);
    for (const { call } of members)
      call.fault = new FlowFault(`This error occurred when the flow tried to look up records: ${message}.`);
    return undefined;
  }
}

/**
 * A record with every stored value; undefined when there is none. Calculated fields are read when a flow needs them, except those that are
 * named here.
 */
export function loadRecord(
  { runtime }: FlowOrg,
  object: ObjectSchema,
  id: string | null,
  calculated: readonly string[] = [],
): SObject | undefined {
  const row = id === null ? undefined : runtime.data.store.table(object).get(id);
  if (row === undefined || row.deleted) return undefined;
  const record = new SObject(object);
  record.queried = true;
  for (const field of object.fields.values()) {
    if (!isFormula(field)) record.set(field.name, row.values[field.name] ?? null);
  }
  for (const name of calculated) {
    const field = object.fields.get(name.toLowerCase());
    if (field !== undefined && isFormula(field))
      record.set(field.name, runtime.data.formulas.valueOf(object, field, row));
  }
  return record;
}
