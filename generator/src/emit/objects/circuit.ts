import type { ObjectDefinition } from './definition.js';
import { checkbox, dateTime, longText, number, picklist, text, UNIQUE_KEY } from './fields.js';
import { privateObject } from './private-object.js';

/** Values of `CalloutCircuit__c.State__c`. */
const CIRCUIT_STATE = ['Closed', 'Open', 'Half-Open'] as const;

/** One row per integration: the durable state that all dispatchers share. */
export const CIRCUIT: ObjectDefinition = {
  name: 'CalloutCircuit__c',
  object: {
    ...privateObject({
      label: 'Callout Circuit',
      pluralLabel: 'Callout Circuits',
      description:
        'One row per integration: circuit breaker, retry budget, holds and alerts. Written by the runtime; operators change it through the circuit control action.',
      nameField: { label: 'Callout Circuit Name', type: 'Text' },
      listColumns: ['Integration__c', 'State__c', 'Held__c', 'Parked__c', 'Retry_At__c'],
    }),
    compactLayoutAssignment: 'Callout_Circuit',
  },
  fields: [
    text(40)('Integration__c', 'Integration', 'Developer name of the callout policy.', {
      ...UNIQUE_KEY,
      required: true,
    }),
    picklist(CIRCUIT_STATE, 'Closed')(
      'State__c',
      'State',
      'Closed: calls go out. Open: none does until Retry At. Half-Open: a few probes decide.',
    ),
    dateTime('Window_Started_At__c', 'Window Started At', 'Start of the window in which failures are counted.'),
    number(9)('Window_Calls__c', 'Calls in Window', 'Calls that counted in the current window.'),
    number(9)('Window_Failures__c', 'Failures in Window', 'Calls of the current window that failed.'),
    dateTime('Opened_At__c', 'Opened At', 'When the circuit last opened.'),
    dateTime('Retry_At__c', 'Retry At', 'When an open circuit lets its first probe through.'),
    number(4)(
      'Open_Count__c',
      'Openings in a Row',
      'How often the circuit opened without having recovered in between.',
    ),
    text(36)('Probe_Token__c', 'Probe Token', 'The claim of the dispatcher that probes a half-open circuit.'),
    dateTime('Probe_Expires_At__c', 'Probe Expires At', 'After this time the claim of the probe is void.'),
    number(4)('Probes_Left__c', 'Probes Left', 'Probes that may still be sent while the circuit is half-open.'),
    number(4)('Probe_Successes__c', 'Probe Successes', 'Probes that succeeded while the circuit is half-open.'),
    number(4)('Ramp__c', 'Ramp', 'Calls that each pass may send after a recovery: 1, 2, 4 and so on. Empty: no limit.'),
    checkbox()(
      'Auth_Probe__c',
      'Authentication Probe',
      'An authentication failure happened: the next call goes alone, so that only one token is fetched.',
    ),
    checkbox()(
      'Parked__c',
      'Parked',
      'The credential is misconfigured: nothing is sent until an operator resumes the integration.',
    ),
    longText(4096)('Parked_Reason__c', 'Parked Reason', 'What the platform said about the credential.'),
    checkbox()('Held__c', 'Held', 'An operator stopped the integration by hand.'),
    text(80)('Held_By__c', 'Held By', 'User name of the operator who stopped the integration.'),
    text(255)('Held_Reason__c', 'Held Reason', 'Why the integration was stopped.'),
    dateTime('Held_Until__c', 'Held Until', 'When the hold ends on its own. Empty: an operator ends it.'),
    number(9, 2)(
      'Budget_Tokens__c',
      'Retry Budget Tokens',
      'Tokens left in the retry budget. Retries wait when it is empty.',
    ),
    dateTime('Budget_Refilled_At__c', 'Retry Budget Refilled At', 'When tokens were last added to the retry budget.'),
    dateTime(
      'Last_Alert_At__c',
      'Last Alert At',
      'When people were last told. There is at most one alert per opening.',
    ),
  ],
  listViews: [
    {
      fullName: 'All',
      columns: ['NAME', 'Integration__c', 'State__c', 'Retry_At__c', 'Held__c', 'Parked__c', 'LAST_UPDATE'],
      filterScope: 'Everything',
      label: 'All',
    },
    {
      fullName: 'Not_Sending',
      booleanFilter: '1 OR 2 OR 3',
      columns: ['NAME', 'Integration__c', 'State__c', 'Retry_At__c', 'Held__c', 'Held_Reason__c', 'Parked__c'],
      filterScope: 'Everything',
      filters: [
        { field: 'State__c', operation: 'notEqual', value: 'Closed' },
        { field: 'Held__c', operation: 'equals', value: '1' },
        { field: 'Parked__c', operation: 'equals', value: '1' },
      ],
      label: 'Not Sending',
    },
  ],
  compactLayouts: [
    {
      fullName: 'Callout_Circuit',
      fields: ['Name', 'State__c', 'Retry_At__c', 'Held__c', 'Parked__c'],
      label: 'Callout Circuit',
    },
  ],
  validationRules: [],
  layout: {
    editable: new Set(),
    sections: [
      {
        label: 'State',
        columns: [
          ['Name', 'Integration__c', 'State__c', 'Open_Count__c', 'Last_Alert_At__c'],
          ['Opened_At__c', 'Retry_At__c', 'Ramp__c', 'Auth_Probe__c'],
        ],
      },
      {
        label: 'Hold and Park',
        columns: [
          ['Held__c', 'Held_By__c', 'Held_Until__c', 'Held_Reason__c'],
          ['Parked__c', 'Parked_Reason__c'],
        ],
      },
      {
        label: 'Failure Window and Budget',
        columns: [
          ['Window_Started_At__c', 'Window_Calls__c', 'Window_Failures__c'],
          ['Budget_Tokens__c', 'Budget_Refilled_At__c'],
        ],
      },
      {
        label: 'Probes',
        columns: [
          ['Probe_Token__c', 'Probe_Expires_At__c'],
          ['Probes_Left__c', 'Probe_Successes__c'],
        ],
      },
    ],
  },
};
