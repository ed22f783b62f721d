import { HEARTBEAT } from '../objects/index.js';
import {
  activeFlow,
  apexAction,
  assignments,
  flag,
  NOW,
  position,
  reference,
  START_POSITION,
  to,
  type RuntimeFlow,
} from './elements.js';

const REARM = 'Set_Next_Beat';
const MINUTES_PER_DAY = 1440;
const DEFAULT_MINUTES = 15;

/**
 * Sweeps the queue of one integration every few minutes. No schedule-triggered flow can do that; a record whose scheduled path
 * ends with a new value of the field that it waits for can (PLATFORM 2.1, way B). The action sets that value, once for each beat; its
 * fault path does when it could not, so that the chain goes on. When even that is rolled back, the daily watchdog starts it again. A batch of
 * one keeps the failure of one integration away from the others.
 */
export const HEARTBEAT_FLOW: RuntimeFlow = {
  name: 'Callout_Heartbeat',
  flow: activeFlow('Callout_Heartbeat', {
    actionCalls: [
      apexAction({
        name: 'Sweep_Queue',
        label: 'Sweep Queue',
        description:
          'Takes back rows whose lease has expired, wakes the runtime for overdue ones, deletes what is past its retention and sets the next beat.',
        row: 1,
        apexClass: 'CalloutSweep',
        inputs: { integration: reference('$Record.Integration__c') },
        transaction: 'CurrentTransaction',
        faultConnector: to(REARM),
      }),
    ],
    description:
      'Sweeps the callout queue of an integration at the interval of its heartbeat row, and arms the row for the next time.',
    formulas: [
      {
        description: 'Now plus the interval. Minutes are fractions of a day.',
        name: 'NextBeat',
        dataType: 'DateTime',
        expression: `{!$Flow.CurrentDateTime} + MAX(BLANKVALUE({!$Record.Interval_Minutes__c}, ${DEFAULT_MINUTES}), 1) / ${MINUTES_PER_DAY}`,
      },
    ],
    label: 'Callout: Heartbeat',
    recordUpdates: [
      {
        description: 'The action could not set the next beat: a new time in Next Beat At schedules this flow again.',
        name: REARM,
        label: 'Set Next Beat',
        ...position(2, 1),
        inputAssignments: assignments({ Last_Beat_At__c: NOW, Next_Beat_At__c: reference('NextBeat') }),
        inputReference: '$Record',
      },
    ],
    start: {
      ...START_POSITION,
      doesRequireRecordChangedToMeetCriteria: true,
      filterLogic: 'and',
      filters: [
        { field: 'Active__c', operator: 'EqualTo', value: flag(true) },
        { field: 'Next_Beat_At__c', operator: 'IsNull', value: flag(false) },
      ],
      object: HEARTBEAT.name,
      recordTriggerType: 'CreateAndUpdate',
      scheduledPaths: [
        {
          name: 'At_Next_Beat',
          connector: to('Sweep_Queue'),
          label: 'At Next Beat',
          maxBatchSize: 1,
          offsetNumber: 0,
          offsetUnit: 'Minutes',
          recordField: 'Next_Beat_At__c',
          timeSource: 'RecordField',
        },
      ],
      triggerType: 'RecordAfterSave',
    },
  }),
};
