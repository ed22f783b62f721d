import { QUEUE } from '../objects/index.js';
import {
  activeFlow,
  apexAction,
  assignments,
  flag,
  literal,
  NOW,
  position,
  reference,
  START_POSITION,
  to,
  type RuntimeFlow,
} from './elements.js';

/**
 * Wakes the runtime when a waiting row is due: one timer per row, no polling (PLATFORM 2.1, way A).
 *
 * `doesRequireRecordChangedToMeetCriteria` belongs to conditions with a timed path; a new value of the anchor field schedules it
 * again (PLATFORM 2.2). The action publishes one event per integration and makes no callout, so a full batch is the cheapest.
 */
export const RETRY_FLOW: RuntimeFlow = {
  name: 'Callout_Retry',
  flow: activeFlow('Callout_Retry', {
    actionCalls: [
      apexAction({
        name: 'Wake_Runtime',
        label: 'Wake Runtime',
        description:
          'Publishes one wake-up event per integration; its subscriber sends what is due as the integration user.',
        row: 1,
        apexClass: 'CalloutWake',
        inputs: { integration: reference('$Record.Integration__c'), reason: literal('Retry') },
        transaction: 'CurrentTransaction',
        faultConnector: to('Note_Fault'),
      }),
    ],
    description:
      'Waits until a queued callout is due and wakes the runtime. If that fails, the row says so and the next sweep takes it.',
    label: 'Callout: Retry When Due',
    recordUpdates: [
      {
        description: 'The row stays due: the sweep picks it up.',
        name: 'Note_Fault',
        label: 'Note Fault',
        ...position(2, 1),
        inputAssignments: assignments({ Fault_At__c: NOW, Fault_Message__c: reference('$Flow.FaultMessage') }),
        inputReference: '$Record',
      },
    ],
    start: {
      ...START_POSITION,
      doesRequireRecordChangedToMeetCriteria: true,
      filterLogic: 'and',
      filters: [
        { field: 'Status__c', operator: 'EqualTo', value: literal('Pending') },
        { field: 'Retry__c', operator: 'EqualTo', value: flag(true) },
        { field: 'Next_Attempt_At__c', operator: 'IsNull', value: flag(false) },
      ],
      object: QUEUE.name,
      recordTriggerType: 'CreateAndUpdate',
      scheduledPaths: [
        {
          name: 'When_Due',
          connector: to('Wake_Runtime'),
          label: 'When Due',
          maxBatchSize: 200,
          offsetNumber: 0,
          offsetUnit: 'Minutes',
          recordField: 'Next_Attempt_At__c',
          timeSource: 'RecordField',
        },
      ],
      triggerType: 'RecordAfterSave',
    },
  }),
};
