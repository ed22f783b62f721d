import type { EntryCondition, Integration, RecordTrigger } from '../../model/index.js';
import type { Doc } from '../../apex-layout/index.js';
import { apexString } from './literal.js';
import { call, methodBody } from './syntax.js';

/** The part of the generated test that launches the record-triggered flow. */
export interface TriggerTest {
  readonly object: string;
  readonly flow: string;
  readonly queued: boolean;
  readonly newRecords: string;
  readonly save: string;
}

/** What the generated test does to start the integration's flow; undefined when it has none. */
export function triggerTest({ trigger }: Integration): TriggerTest | undefined {
  if (trigger === undefined) return undefined;
  return {
    object: trigger.object,
    flow: apexString(trigger.flowName),
    queued: trigger.delivery === 'queued',
    newRecords: methodBody(newRecords(trigger)),
    save: methodBody(trigger.event === 'update' ? saveAgain(trigger) : ['return saveNew(records);']),
  };
}

function newRecords({ object, conditions }: RecordTrigger): readonly Doc[] {
  return [
    'List<SObject> records = new List<SObject>();',
    'for (Integer at = 0; at < count; at++) {',
    `    SObject record = CalloutTestKit.newRecord(${object}.SObjectType);`,
    ...conditions.flatMap((condition) => {
      const value = meeting(condition);
      return value === undefined ? [] : [`    ${setField(condition.field, value)}`];
    }),
    '    records.add(record);',
    '}',
    'return records;',
  ];
}

function setField(field: string, value: string): string {
  return `CalloutTestKit.setField(record, ${apexString(field)}, ${apexString(value)});`;
}

/** A record that was not saved cannot change; then there is nothing to test. */
function saveAgain({ changedFields, conditions }: RecordTrigger): readonly Doc[] {
  const tested = new Set(conditions.map(({ field }) => field.toLowerCase()));
  const changed = changedFields.find((field) => !tested.has(field.toLowerCase())) ?? changedFields[0];
  return [
    'if (!saveNew(records)) {',
    '    return false;',
    '}',
    ...(changed === undefined
      ? []
      : [
          'for (SObject record : records) {',
          ['    ', call('CalloutTestKit.change', 'record', apexString(changed)), ';'],
          '}',
        ]),
    'return CalloutTestKit.isSaved(Database.update(records, false, AccessLevel.SYSTEM_MODE), FLOW);',
  ];
}

const STEP = { greaterThan: 1, greaterThanOrEqual: 0, lessThan: -1, lessThanOrEqual: 0 } as const;

/** A value that meets the condition, as text; undefined when an empty field does. */
function meeting({ operator, value }: EntryCondition): string | undefined {
  switch (operator) {
    case 'equals':
    case 'startsWith':
    case 'endsWith':
    case 'contains':
      return String(value);
    case 'notEquals':
      return undefined;
    case 'isNull':
      return value === true || value === 'true' ? undefined : '1';
    default:
      return shifted(value, STEP[operator]);
  }
}

function shifted(value: string | number | boolean, step: number): string {
  if (typeof value === 'number') return String(value + step);
  const date = /^(\d{4})(-.*)$/.exec(String(value));
  return date === null ? String(value) : `${String(Number(date[1]) + step)}${date[2] ?? ''}`;
}
