import * as z from 'zod';
import { fieldNameFormat, flowNameFormat, objectNameFormat } from '../formats/index.js';
import { described, text } from './leaf.js';

/** Operators of an entry condition. */
export const CONDITION_OPERATORS = [
  'equals',
  'notEquals',
  'greaterThan',
  'greaterThanOrEqual',
  'lessThan',
  'lessThanOrEqual',
  'startsWith',
  'endsWith',
  'contains',
  'isNull',
] as const;

const condition = described(
  z.strictObject({
    field: text(fieldNameFormat, { description: "One of the record's own fields.", examples: ['Status__c'] }),
    operator: described(z.enum(CONDITION_OPERATORS), {
      description: 'How the field is compared with the value.',
    }).default('equals'),
    value: described(z.union([z.string().max(255), z.number(), z.boolean()], 'text, a number, true or false'), {
      description: 'What the field is compared with. For isNull: true (empty) or false (not empty).',
      examples: ['Ready', 1000, true],
      defaultNote: 'true for isNull; otherwise the key is required',
    }).optional(),
  }),
  { description: 'One comparison.' },
);

/** What starts the integration by itself. Becomes the record-triggered flow. */
export const triggerSchema = described(
  z.strictObject({
    object: text(objectNameFormat, {
      description: 'API name of the object whose records are watched.',
      examples: ['Account', 'Order__c'],
    }),
    when: described(z.enum(['create', 'update', 'createOrUpdate']), { description: 'Which saves count.' }).default(
      'createOrUpdate',
    ),
    conditions: described(z.array(condition).max(20), {
      description: 'All of these must hold, otherwise nothing is sent.',
      examples: [[{ field: 'Status__c', operator: 'equals', value: 'Ready' }]],
    }).default([]),
    changedFields: described(
      z.array(text(fieldNameFormat, { description: "One of the record's own fields." })).max(50),
      {
        description:
          'At least one of these fields must have changed; a new record always counts. Without it, every save that meets the conditions counts.',
        examples: [['Name', 'Phone']],
      },
    ).default([]),
    delivery: described(z.enum(['queued', 'immediate']), {
      description:
        "queued: a row in the outbox, saved with the record itself, so that nothing is lost. immediate: the call is made on the flow's asynchronous path, after the save.",
    }).default('queued'),
    flowName: text(flowNameFormat, {
      description: 'API name of the generated flow.',
      examples: ['Account_Update_External_System'],
      defaultNote: 'the name of the integration, Account_Sync for account-sync',
    }).optional(),
  }),
  {
    description:
      'The saves that start a delivery. Without a trigger the integration is an action that flows and Apex call.',
  },
);
