import * as z from 'zod';
import {
  bodyPathFormat,
  contractFormat,
  fieldNameFormat,
  headerNameFormat,
  headerTemplateFormat,
  jsonPathFormat,
  lineTemplateFormat,
  queryNameFormat,
  requestNameFormat,
  requestPathFormat,
  textTemplateFormat,
  variableNameFormat,
} from '../formats/index.js';
import { described, mapOf, text } from './leaf.js';

/** A value of a body as YAML has it: text with merge fields, a number, true, false, null, or a map of these. */
export type BodyValue = string | number | boolean | null | { [key: string]: BodyValue };
export type BodyMap = { [key: string]: BodyValue };

const bodyValue: z.ZodType<BodyValue> = z.union(
  [
    text(textTemplateFormat, {
      description:
        'Text with merge fields. A text that is one merge field and nothing else keeps the type of the field.',
      examples: ['{!Name}', 'Order {!Order_Number__c}'],
    }),
    z.number(),
    z.boolean(),
    z.null(),
    z.lazy(() => bodyMap),
  ],
  'text, a number, true, false, null or a map of these (a body has no lists)',
);

const bodyMap: z.ZodType<BodyMap> = mapOf(bodyPathFormat, bodyValue).meta({
  id: 'bodyMap',
  description: 'JSON keys and their values. Nested objects are nested maps or dotted keys.',
});

const response = described(
  z.strictObject({
    fields: described(
      mapOf(
        fieldNameFormat,
        text(jsonPathFormat, { description: 'Where the value stands in the JSON answer.', examples: ['order.id'] }),
      ),
      {
        description:
          "Values of the answer that are written to the record: field and path. Digits count a list's items from 0.",
        examples: [{ External_Id__c: 'data.id' }],
      },
    ).default({}),
    outputs: described(
      mapOf(
        variableNameFormat,
        text(jsonPathFormat, { description: 'Where the value stands in the JSON answer.', examples: ['order.id'] }),
      ),
      {
        description: 'Values of the answer that later requests, or the caller of the action, can use: name and path.',
        examples: [{ orderId: 'data.id' }],
      },
    ).default({}),
  }),
  { description: 'What is taken from the answer.' },
);

const HTTP_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** One call of the sequence. */
export const requestSchema = described(
  z.strictObject({
    name: text(requestNameFormat, {
      description: 'Name that later requests and logs use.',
      examples: ['create-order'],
      defaultNote: 'request-1, request-2 and so on',
    }).optional(),
    method: described(z.enum(HTTP_METHODS), {
      description: 'HTTP method.',
      defaultNote: 'POST when there is a body, otherwise GET',
    }).optional(),
    path: text(requestPathFormat, {
      description: 'Path below the endpoint URL, with merge fields. Their values are encoded.',
      examples: ['/orders', '/accounts/{!External_Id__c}'],
    }),
    query: described(
      mapOf(queryNameFormat, text(lineTemplateFormat, { description: 'Value with merge fields; it is encoded.' })),
      {
        description: 'Query parameters: name and value.',
        examples: [{ notify: 'true', region: '{!Region__c}' }],
      },
    ).default({}),
    headers: described(
      mapOf(headerNameFormat, text(headerTemplateFormat, { description: 'Value with merge fields.' })),
      {
        description: 'Headers of this request only.',
        examples: [{ 'If-Match': '{!Version__c}' }],
      },
    ).default({}),
    body: described(bodyMap, {
      description:
        'The JSON body: keys and values with merge fields. Nested objects are nested maps or dotted keys. Dates and numbers keep their type when the value is one merge field.',
      examples: [{ name: '{!Name}', address: { city: '{!BillingCity}' } }],
      defaultNote: 'no body',
    }).optional(),
    contract: text(contractFormat, {
      description: 'TypeScript interface that the body must have: file below config/contracts, #, interface.',
      examples: ['account.ts#AccountUpdate'],
      defaultNote: 'the body is sent as it stands',
    }).optional(),
    response: response.prefault({}),
    idempotencyHeader: text(headerNameFormat, {
      description:
        'Header that carries the idempotency key. The key stays the same when a delivery is repeated, so that the receiver can ignore the repetition.',
      examples: ['Idempotency-Key'],
      defaultNote: 'no key is sent',
    }).optional(),
    idempotent: described(z.boolean(), {
      description: 'Says that a repeated request does no harm, so that it needs no idempotency key.',
      defaultNote: 'true for GET, PUT and DELETE',
    }).optional(),
  }),
  { description: 'One HTTP request.' },
);
