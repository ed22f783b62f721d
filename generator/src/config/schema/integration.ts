import * as z from 'zod';
import {
  integrationNameFormat,
  lineFormat,
  objectNameFormat,
  proseFormat,
  variableNameFormat,
} from '../formats/index.js';
import { authSchema } from './auth.js';
import { endpointSchema } from './endpoint.js';
import { described, mapOf, text } from './leaf.js';
import { circuitBreakerSchema, concurrencySchema, monitoringSchema, queueSchema, retrySchema } from './policies.js';
import { requestSchema } from './request.js';
import { triggerSchema } from './trigger.js';

// Labels of custom metadata records are the shortest of all that the label becomes.
const LONGEST_LABEL = 40;

const input = described(
  z.strictObject({
    type: described(z.enum(['text', 'number', 'boolean', 'date', 'datetime']), {
      description: 'Type of the value.',
    }).default('text'),
    required: described(z.boolean(), { description: 'Whether the caller must give a value.' }).default(false),
    description: text(proseFormat(255), { description: 'What the person who builds the flow reads.' }).default(''),
  }),
  { description: 'One value.' },
);

/** One file of config/integrations. */
export const integrationSchema = described(
  z.strictObject({
    name: text(integrationNameFormat, {
      description: 'Name of the integration: the name of the file without its ending.',
      examples: ['account-sync'],
      defaultNote: 'the name of the file',
    }).optional(),
    label: text(lineFormat(LONGEST_LABEL), {
      description: 'Name that people see in Setup.',
      examples: ['Account sync'],
      defaultNote: 'the name in words, Account sync for account-sync',
    }).optional(),
    description: text(proseFormat(255), { description: 'What the integration is for.' }).default(''),
    endpoint: endpointSchema,
    auth: authSchema,
    trigger: triggerSchema.optional(),
    object: text(objectNameFormat, {
      description:
        'Object whose record an action is called with, so that merge fields can read it. Only without a trigger.',
      examples: ['Account'],
      defaultNote: "the trigger's object, and none for an action",
    }).optional(),
    inputs: described(mapOf(variableNameFormat, input), {
      description: 'Values that the caller of an action passes in: name and type. Only without a trigger.',
      examples: [{ amount: { type: 'number', required: true } }],
    }).default({}),
    requests: described(z.array(requestSchema).min(1).max(20), {
      description: 'The calls of one delivery, in order. Each starts after the one before has succeeded.',
    }),
    retry: retrySchema.prefault({}),
    queue: queueSchema.prefault({}),
    circuitBreaker: circuitBreakerSchema.prefault({}),
    concurrency: concurrencySchema.prefault({}),
    monitoring: monitoringSchema.prefault({}),
  }),
  { description: 'One integration: where to call, how to authenticate, what to send and when.' },
);

/** One integration as its file says it, with the constant defaults filled in. */
export type IntegrationConfig = z.output<typeof integrationSchema>;
export type RequestConfig = IntegrationConfig['requests'][number];
export type AuthConfig = IntegrationConfig['auth'];
