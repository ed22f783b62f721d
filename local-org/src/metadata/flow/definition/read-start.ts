import type { FlowEntry, FlowOffsetUnit, FlowScheduledPath, FlowStart } from './flow.js';
import type { FlowNode } from './node.js';
import { filtersOf } from './operands.js';
import { targetOf } from './read-elements.js';

const TRIGGERS = [
  'None',
  'PlatformEvent',
  'RecordAfterSave',
  'RecordBeforeDelete',
  'RecordBeforeSave',
  'Scheduled',
] as const;

const TIMING = {
  RecordAfterSave: 'afterSave',
  RecordBeforeDelete: 'beforeDelete',
  RecordBeforeSave: 'beforeSave',
} as const;

const OPERATIONS = {
  None: [],
  Create: ['insert'],
  CreateAndUpdate: ['insert', 'update'],
  Delete: ['delete'],
  Update: ['update'],
} as const;

const UNITS: readonly [FlowOffsetUnit, ...FlowOffsetUnit[]] = ['Minutes', 'Days', 'Hours', 'Months', 'Weeks'];

const FREQUENCIES = ['Daily', 'Once', 'Weekly'] as const;

const DEFAULT_BATCH = 200;

/** What starts the flow. @param legacy element of `startElementReference`, in flows from before API 49 */
export function readStart(node: FlowNode | undefined, legacy: string | undefined): FlowStart {
  if (node === undefined) return { kind: 'called', next: legacy };
  const start = startOf(node);
  node.finish('the Start element');
  return start;
}

function startOf(node: FlowNode): FlowStart {
  const next = targetOf(node, 'connector');
  const trigger = node.oneOf('triggerType', TRIGGERS, 'The trigger type');
  switch (trigger) {
    case 'None':
      return { kind: 'called', next };
    case 'Scheduled':
      return scheduledStart(node, next);
    case 'PlatformEvent':
      return {
        kind: 'event',
        object: node.text('object') ?? '',
        entry: entryOf(node),
        runAs: node.oneOf('flowRunAsUser', ['TriggeringUser', 'DefaultWorkflowUser'], 'Running a flow as'),
        next,
      };
    case 'RecordAfterSave':
    case 'RecordBeforeDelete':
    case 'RecordBeforeSave':
      return recordStart(node, TIMING[trigger], next);
  }
}

function recordStart(
  node: FlowNode,
  timing: 'afterSave' | 'beforeDelete' | 'beforeSave',
  next: string | undefined,
): FlowStart {
  const paths = node.all('scheduledPaths');
  const isAsync = (path: FlowNode): boolean => path.text('pathType') === 'AsyncAfterCommit';
  const asyncPath = paths.find(isAsync);
  const when = node.oneOf(
    'recordTriggerType',
    ['None', 'Create', 'CreateAndUpdate', 'Delete', 'Update'],
    'The record trigger type',
  );
  return {
    kind: 'record',
    timing,
    object: node.text('object') ?? '',
    operations: new Set(OPERATIONS[when]),
    entry: entryOf(node),
    changedToMeet: node.flag('doesRequireRecordChangedToMeetCriteria'),
    next,
    paths: paths.filter((path) => !isAsync(path)).map(scheduledPath),
    asyncPath: asyncPath === undefined ? undefined : targetOf(asyncPath, 'connector'),
  };
}

function scheduledPath(node: FlowNode): FlowScheduledPath {
  const name = node.text('name') ?? '';
  const type = node.text('pathType');
  if (type !== undefined) node.refuse(`The scheduled path type ${type}`, 'pathType');
  node.ignore('timeSource');
  const path = {
    name,
    label: node.text('label') ?? name,
    next: targetOf(node, 'connector'),
    offset: node.number('offsetNumber') ?? 0,
    unit: node.oneOf('offsetUnit', UNITS, 'The offset unit'),
    recordField: node.text('recordField'),
    maxBatchSize: node.number('maxBatchSize') ?? DEFAULT_BATCH,
  };
  node.finish(`the scheduled path ${name}`);
  return path;
}

function entryOf(node: FlowNode): FlowEntry {
  const expression = node.rawText('filterFormula');
  const filters = filtersOf(node, 'the Start element', true);
  if (expression !== undefined && expression.trim() !== '') return { kind: 'formula', expression };
  return filters.filters.length === 0 ? { kind: 'always' } : { kind: 'filters', filters };
}

function scheduledStart(node: FlowNode, next: string | undefined): FlowStart {
  const schedule = node.one('schedule');
  // Other frequencies are refused by a rule of their own, in the platform's words.
  const frequency = FREQUENCIES.find((candidate) => candidate === schedule?.text('frequency')) ?? 'Daily';
  const start = {
    kind: 'schedule' as const,
    schedule: {
      frequency,
      startDate: schedule?.text('startDate') ?? '',
      startTime: schedule?.text('startTime') ?? '',
    },
    object: node.text('object'),
    filters: filtersOf(node, 'the Start element'),
    next,
  };
  schedule?.finish('the schedule');
  return start;
}
