import { HEARTBEAT } from '../objects/index.js';
import {
  activeFlow,
  apexAction,
  assignments,
  flag,
  NOW,
  position,
  START_POSITION,
  to,
  type RuntimeFlow,
} from './elements.js';

/**
 * Once a day: creates missing heartbeats and starts those again that stopped. Daily is the shortest interval of a
 * schedule-triggered flow (PLATFORM 2.1). Its fault path does the second half without Apex.
 */
export const WATCHDOG_FLOW: RuntimeFlow = {
  name: 'Callout_Watchdog',
  flow: activeFlow('Callout_Watchdog', {
    actionCalls: [
      apexAction({
        name: 'Check_Heartbeats',
        label: 'Check Heartbeats',
        description: 'Creates a heartbeat for every integration that has none and arms those that are overdue.',
        row: 1,
        apexClass: 'CalloutWatchdog',
        inputs: {},
        transaction: 'CurrentTransaction',
        faultConnector: to('Arm_Overdue_Heartbeats'),
      }),
    ],
    description:
      'Makes sure every day that each integration has a heartbeat that beats. Runs as the Default Workflow User.',
    label: 'Callout: Watchdog',
    recordUpdates: [
      {
        description: 'Starts heartbeats again whose time has passed without a beat.',
        name: 'Arm_Overdue_Heartbeats',
        label: 'Arm Overdue Heartbeats',
        ...position(2, 1),
        filterLogic: '1 AND (2 OR 3)',
        filters: [
          { field: 'Active__c', operator: 'EqualTo', value: flag(true) },
          { field: 'Next_Beat_At__c', operator: 'LessThan', value: NOW },
          { field: 'Next_Beat_At__c', operator: 'IsNull', value: flag(true) },
        ],
        inputAssignments: assignments({ Next_Beat_At__c: NOW }),
        object: HEARTBEAT.name,
      },
    ],
    start: {
      ...START_POSITION,
      connector: to('Check_Heartbeats'),
      schedule: { frequency: 'Daily', startDate: '2024-01-01', startTime: '00:00:00.000Z' },
      triggerType: 'Scheduled',
    },
  }),
};
