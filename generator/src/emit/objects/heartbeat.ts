import type { ObjectDefinition } from './definition.js';
import { checkbox, dateTime, number, text, UNIQUE_KEY } from './fields.js';
import { privateObject } from './private-object.js';

/** One row per integration that arms itself again: what makes the sweep run every 15 minutes (PLATFORM 2.1). */
export const HEARTBEAT: ObjectDefinition = {
  name: 'CalloutHeartbeat__c',
  object: privateObject({
    label: 'Callout Heartbeat',
    pluralLabel: 'Callout Heartbeats',
    description:
      'One row per integration. The heartbeat flow waits for Next Beat At, sweeps the queue and sets the next time; the daily watchdog revives rows that stopped.',
    nameField: { label: 'Callout Heartbeat Name', type: 'Text' },
    listColumns: ['Integration__c', 'Active__c', 'Last_Beat_At__c', 'Next_Beat_At__c'],
  }),
  fields: [
    text(40)('Integration__c', 'Integration', 'Developer name of the callout policy.', {
      ...UNIQUE_KEY,
      required: true,
    }),
    checkbox(true)('Active__c', 'Active', 'Only active rows beat.'),
    number(4)('Interval_Minutes__c', 'Interval (Minutes)', 'Minutes between two sweeps.', { defaultValue: '15' }),
    dateTime('Next_Beat_At__c', 'Next Beat At', 'When the next sweep runs.'),
    dateTime('Last_Beat_At__c', 'Last Beat At', 'When the last sweep ran.'),
  ],
  listViews: [
    {
      fullName: 'All',
      columns: ['NAME', 'Integration__c', 'Active__c', 'Interval_Minutes__c', 'Last_Beat_At__c', 'Next_Beat_At__c'],
      filterScope: 'Everything',
      label: 'All',
    },
  ],
  compactLayouts: [],
  validationRules: [
    {
      fullName: 'Interval_Is_Positive',
      active: true,
      description: 'A beat that is due at once would run without end.',
      errorConditionFormula: 'AND(\n  NOT(ISBLANK(Interval_Minutes__c)),\n  Interval_Minutes__c < 1\n)',
      errorDisplayField: 'Interval_Minutes__c',
      errorMessage: 'Enter at least one minute.',
    },
  ],
  layout: {
    editable: new Set(['Active__c', 'Interval_Minutes__c', 'Next_Beat_At__c']),
    sections: [
      {
        label: 'Heartbeat',
        columns: [
          ['Name', 'Integration__c', 'Active__c'],
          ['Interval_Minutes__c', 'Next_Beat_At__c', 'Last_Beat_At__c'],
        ],
      },
    ],
  },
};
