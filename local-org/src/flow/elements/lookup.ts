import { ApexDecimal, type SObject } from '../../data/index.js';
import type { FlowLookup } from '../../metadata/index.js';
import { assign, memberOf, operandValue } from '../interview/index.js';
import type { FlowOrg } from '../org.js';
import type { BulkCall, FlowRun } from '../run/bulk.js';
import { findRecords } from './found-records.js';

/** Get Records: one query for all interviews. */
// eslint-disable-next-line require-yield
export function* runLookup(org: FlowOrg, calls: readonly BulkCall<FlowLookup>[]): FlowRun<void> {
  const [first] = calls;
  if (first === undefined) return;
  const { element } = first;
  const search = {
    object: org.runtime.object(element.object),
    filters: element.filters,
    sort: element.sort,
    fields: element.fields ?? [],
  };
  const found = findRecords(org, calls, search, limitOf);
  for (const [call, records] of found) call.attempt(() => store(call, records));
}

function limitOf({ interview, element }: BulkCall<FlowLookup>): number | undefined {
  if (element.firstOnly) return 1;
  const limit = operandValue(interview, element.limit);
  return limit instanceof ApexDecimal ? Math.trunc(limit.toNumber()) : undefined;
}

/** Nothing found is null, for one record and for a collection. */
function store({ interview, element }: BulkCall<FlowLookup>, records: readonly SObject[]): void {
  const [record] = records;
  const result = element.firstOnly ? (record ?? null) : records.length === 0 ? null : records;
  const { output } = element;
  switch (output.kind) {
    case 'automatic':
      interview.store(element.name, result);
      return;
    case 'reference':
      if (result !== null || element.nullWhenNone) assign(interview, output.target, result);
      return;
    case 'fields':
      if (record === undefined && !element.nullWhenNone) return;
      for (const { name, target } of output.outputs) {
        assign(interview, target, record === undefined ? null : memberOf(interview.org.runtime, record, name));
      }
  }
}
