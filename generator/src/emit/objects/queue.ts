import type { ObjectDefinition } from './definition.js';
import { checkbox, dateTime, longText, number, picklist, text, UNIQUE_KEY } from './fields.js';
import { privateObject } from './private-object.js';

/** Values of `CalloutQueue__c.Status__c`. */
const QUEUE_STATUS = ['Pending', 'In Flight', 'Succeeded', 'Dead', 'Cancelled'] as const;

/** Values of `CalloutQueue__c.Last_Category__c`: how the runtime classified the last answer. */
const CATEGORY = ['Success', 'Auth Expired', 'Misconfigured', 'Throttled', 'Transient', 'Permanent'] as const;

/** Values of `CalloutQueue__c.Source__c`: who wrote the row. */
const QUEUE_SOURCE = ['Flow', 'Fault Path', 'Immediate', 'Apex', 'Replay'] as const;

export type QueueStatus = (typeof QUEUE_STATUS)[number];
export type Category = (typeof CATEGORY)[number];
export type QueueSource = (typeof QUEUE_SOURCE)[number];

const fields = [
  text(40)('Integration__c', 'Integration', 'Developer name of the callout policy that says how this row is sent.', {
    required: true,
  }),
  picklist(QUEUE_STATUS, 'Pending')(
    'Status__c',
    'Status',
    'Pending: waits to be sent. In Flight: a dispatcher owns it. Succeeded, Dead and Cancelled are final.',
  ),
  text(18)(
    'Record_Id__c',
    'Record ID',
    'The record whose change is delivered. Empty when an action was called without a record.',
  ),
  text(255)(
    'Order_Key__c',
    'Order Key',
    'Rows with the same key are delivered one after the other, in the order of their creation.',
  ),
  number(3)('Lane__c', 'Lane', 'The lane that the order key hashes to. Each lane sends one batch at a time.'),
  text(255)(
    'Coalesce_Key__c',
    'Coalesce Key',
    'Set while a row that is built at send time waits, so that a second change of the record joins it. Emptied when the row is claimed.',
    UNIQUE_KEY,
  ),
  text(64)(
    'Idempotency_Key__c',
    'Idempotency Key',
    'Sent with every attempt, so that the receiver recognises a repeated delivery. A new one is made when the payload changes.',
    UNIQUE_KEY,
  ),
  longText(131072, 10)(
    'Payload__c',
    'Payload',
    'The values that the requests need, as JSON. Empty: they are read from the record when the row is sent.',
  ),
  number(3)(
    'Step__c',
    'Step',
    'The next request of the sequence, counted from 0. Earlier ones have succeeded and are not sent again.',
    {
      defaultValue: '0',
    },
  ),
  longText(32768)(
    'Step_Outputs__c',
    'Step Outputs',
    'What earlier requests of the sequence answered, as JSON, for the later ones.',
  ),
  number(4)('Attempts__c', 'Attempts', 'Attempts that counted against the limit of the policy.', { defaultValue: '0' }),
  number(4)(
    'Auth_Attempts__c',
    'Authentication Attempts',
    'Attempts that ended with an expired session. They count neither as attempts nor as failures of the circuit.',
    {
      defaultValue: '0',
    },
  ),
  number(9)(
    'Previous_Delay__c',
    'Previous Delay (Seconds)',
    'The last delay between two attempts. The next one is computed from it.',
  ),
  dateTime('Next_Attempt_At__c', 'Next Attempt At', 'When the row is due. A waiting row is picked up at this time.'),
  dateTime(
    'Deadline_At__c',
    'Deadline At',
    'After this time the row is not sent any more: it is dead, whatever attempts are left.',
  ),
  text(36)('Lease_Token__c', 'Lease Token', 'The claim that owns the row while it is in flight.'),
  dateTime(
    'Lease_Expires_At__c',
    'Lease Expires At',
    'After this time the claim is void and the sweep takes the row back.',
  ),
  number(3)('Last_Status_Code__c', 'Last Status Code', 'HTTP status of the last answer. Empty when there was none.'),
  picklist(CATEGORY)('Last_Category__c', 'Last Category', 'What the last answer meant. It decides what happens next.'),
  longText(32768)('Last_Error__c', 'Last Error', 'What the last attempt said, with secrets masked.'),
  dateTime('Last_Attempt_At__c', 'Last Attempt At', 'When the row was last sent.'),
  dateTime('Completed_At__c', 'Completed At', 'When the row became final. Its retention counts from here.'),
  checkbox()('Retry__c', 'Retry', 'The row waits for another attempt at the time in Next Attempt At.'),
  longText(32768)(
    'Fault_Message__c',
    'Fault Message',
    'What the flow said when its action failed and its fault path wrote this row.',
  ),
  dateTime('Fault_At__c', 'Fault At', 'When the fault path of the flow wrote this row.'),
  picklist(QUEUE_SOURCE, 'Flow')('Source__c', 'Source', 'Who wrote the row.'),
];

const COLUMNS = ['NAME', 'Integration__c', 'Status__c', 'Record_Id__c'];

/** The outbox: one row is one delivery of one integration for one record. */
export const QUEUE: ObjectDefinition = {
  name: 'CalloutQueue__c',
  object: {
    ...privateObject({
      label: 'Queued Callout',
      pluralLabel: 'Queued Callouts',
      description:
        'Outbox of all integrations. One row is one delivery of one integration for one record, written in the transaction of the change.',
      nameField: { displayFormat: 'CQ-{000000000}', label: 'Queued Callout Number', type: 'AutoNumber' },
      listColumns: ['Integration__c', 'Status__c', 'Record_Id__c', 'Next_Attempt_At__c', 'Last_Status_Code__c'],
    }),
    compactLayoutAssignment: 'Queued_Callout',
  },
  fields,
  listViews: [
    {
      fullName: 'All',
      columns: [...COLUMNS, 'Attempts__c', 'Last_Category__c', 'Next_Attempt_At__c', 'CREATED_DATE'],
      filterScope: 'Everything',
      label: 'All',
    },
    {
      fullName: 'Due',
      columns: [...COLUMNS, 'Attempts__c', 'Next_Attempt_At__c', 'Last_Category__c'],
      filterScope: 'Everything',
      filters: [
        { field: 'Status__c', operation: 'equals', value: 'Pending' },
        { field: 'Next_Attempt_At__c', operation: 'lessOrEqual', value: 'TODAY' },
      ],
      label: 'Due Today',
    },
    {
      fullName: 'In_Flight',
      columns: [...COLUMNS, 'Lane__c', 'Lease_Expires_At__c', 'Last_Attempt_At__c'],
      filterScope: 'Everything',
      filters: [{ field: 'Status__c', operation: 'equals', value: 'In Flight' }],
      label: 'In Flight',
    },
    {
      fullName: 'Dead',
      columns: [...COLUMNS, 'Attempts__c', 'Last_Status_Code__c', 'Last_Category__c', 'Completed_At__c'],
      filterScope: 'Everything',
      filters: [{ field: 'Status__c', operation: 'equals', value: 'Dead' }],
      label: 'Dead',
    },
    {
      fullName: 'Written_by_Fault_Path',
      columns: [...COLUMNS, 'Last_Category__c', 'Fault_At__c'],
      filterScope: 'Everything',
      filters: [{ field: 'Source__c', operation: 'equals', value: 'Fault Path' }],
      label: 'Written by Fault Path',
    },
  ],
  compactLayouts: [
    {
      fullName: 'Queued_Callout',
      fields: [
        'Name',
        'Integration__c',
        'Status__c',
        'Record_Id__c',
        'Attempts__c',
        'Next_Attempt_At__c',
        'Last_Category__c',
      ],
      label: 'Queued Callout',
    },
  ],
  validationRules: [
    {
      fullName: 'In_Flight_Row_Has_Lease',
      active: true,
      description: 'A row in flight without a lease would never come back after a crash.',
      errorConditionFormula:
        'AND(\n  ISPICKVAL(Status__c, "In Flight"),\n  OR(ISBLANK(Lease_Token__c), ISBLANK(Lease_Expires_At__c))\n)',
      errorMessage: 'A row in flight needs a lease: only a dispatcher sets this status.',
    },
    {
      fullName: 'Waiting_Row_Has_Time',
      active: true,
      description:
        'The retry flow waits for Next Attempt At; without a time a waiting row would be picked up by the sweep only.',
      errorConditionFormula: 'AND(\n  ISPICKVAL(Status__c, "Pending"),\n  Retry__c,\n  ISBLANK(Next_Attempt_At__c)\n)',
      errorDisplayField: 'Next_Attempt_At__c',
      errorMessage: 'A row that waits for another attempt needs the time of that attempt.',
    },
    {
      fullName: 'Record_Id_Is_Id',
      active: true,
      description: 'A record ID has 15 or 18 characters.',
      errorConditionFormula:
        'AND(\n  NOT(ISBLANK(Record_Id__c)),\n  LEN(Record_Id__c) <> 15,\n  LEN(Record_Id__c) <> 18\n)',
      errorDisplayField: 'Record_Id__c',
      errorMessage: 'Enter the ID of a record: 15 or 18 characters.',
    },
  ],
  layout: {
    editable: new Set(['Status__c', 'Next_Attempt_At__c', 'Deadline_At__c', 'Retry__c', 'Payload__c']),
    sections: [
      {
        label: 'Delivery',
        columns: [
          ['Name', 'Integration__c', 'Record_Id__c', 'Source__c'],
          ['Status__c', 'Retry__c', 'Next_Attempt_At__c', 'Deadline_At__c', 'Completed_At__c'],
        ],
      },
      {
        label: 'Last Attempt',
        columns: [
          ['Attempts__c', 'Auth_Attempts__c', 'Previous_Delay__c', 'Last_Attempt_At__c'],
          ['Last_Category__c', 'Last_Status_Code__c', 'Last_Error__c'],
        ],
      },
      {
        label: 'Order and Lease',
        columns: [
          ['Order_Key__c', 'Lane__c', 'Coalesce_Key__c'],
          ['Lease_Token__c', 'Lease_Expires_At__c', 'Idempotency_Key__c'],
        ],
      },
      { label: 'Payload', columns: [['Payload__c'], ['Step__c', 'Step_Outputs__c']] },
      { label: 'Fault Path', columns: [['Fault_At__c'], ['Fault_Message__c']] },
    ],
  },
};
