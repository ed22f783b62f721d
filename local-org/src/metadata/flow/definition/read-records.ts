import type {
  FlowCreate,
  FlowDelete,
  FlowLookup,
  FlowLookupOutput,
  FlowRecordSource,
  FlowRecordTarget,
  FlowUpdate,
  FlowUpsert,
} from './elements.js';
import type { FlowNode } from './node.js';
import { filtersOf, namedValues, operandOf, outputsOf, pathOf, sortOf } from './operands.js';
import { baseOf, targetOf } from './read-elements.js';

export function readLookup(node: FlowNode, title: string): FlowLookup {
  const fields = node.all('queriedFields').map(({ element }) => element.text.trim());
  const output = lookupOutput(node, title);
  return {
    kind: 'lookup',
    ...baseOf(node),
    fault: targetOf(node, 'faultConnector'),
    object: node.text('object') ?? '',
    filters: filtersOf(node, title),
    // With the outputs in single variables only one record has room.
    firstOnly: node.flag('getFirstRecordOnly') || output.kind === 'fields',
    fields: fields.length === 0 ? undefined : fields,
    sort: sortOf(node),
    limit: operandOf(node.one('limit'), title),
    output,
    nullWhenNone: node.flag('assignNullValuesIfNoRecordsFound'),
  };
}

function lookupOutput(node: FlowNode, title: string): FlowLookupOutput {
  const automatic = node.flag('storeOutputAutomatically');
  const outputs = outputsOf(node, 'outputAssignments', 'field', title);
  const reference = node.text('outputReference');
  if (automatic) return { kind: 'automatic' };
  return reference === undefined ? { kind: 'fields', outputs } : { kind: 'reference', target: pathOf(reference) };
}

function sourceOf(node: FlowNode, title: string): FlowRecordSource {
  const reference = node.text('inputReference');
  const object = node.text('object');
  const values = namedValues(node, 'inputAssignments', 'field', title);
  return reference === undefined
    ? { kind: 'values', object: object ?? '', values }
    : { kind: 'reference', path: pathOf(reference) };
}

export function readCreate(node: FlowNode, title: string): FlowCreate {
  const idTarget = node.text('assignRecordIdToReference');
  return {
    kind: 'create',
    ...baseOf(node),
    fault: targetOf(node, 'faultConnector'),
    source: sourceOf(node, title),
    upsert: upsertOf(node),
    idTarget: idTarget === undefined ? undefined : pathOf(idTarget),
    automatic: node.flag('storeOutputAutomatically'),
  };
}

function upsertOf(node: FlowNode): FlowUpsert | undefined {
  const field = node.text('upsertExternalIdField') ?? node.text('upsertStandardIdField');
  const allOrNone = node.flag('doesUpsertAllOrNone');
  return node.flag('doesUpsert') ? { field, allOrNone } : undefined;
}

function targetRecords(node: FlowNode, title: string): FlowRecordTarget {
  const reference = node.text('inputReference');
  const object = node.text('object');
  const filters = filtersOf(node, title);
  return reference === undefined
    ? { kind: 'filters', object: object ?? '', filters }
    : { kind: 'reference', path: pathOf(reference) };
}

export function readUpdate(node: FlowNode, title: string): FlowUpdate {
  return {
    kind: 'update',
    ...baseOf(node),
    fault: targetOf(node, 'faultConnector'),
    target: targetRecords(node, title),
    values: namedValues(node, 'inputAssignments', 'field', title),
  };
}

export function readDelete(node: FlowNode, title: string): FlowDelete {
  return {
    kind: 'delete',
    ...baseOf(node),
    fault: targetOf(node, 'faultConnector'),
    target: targetRecords(node, title),
  };
}
