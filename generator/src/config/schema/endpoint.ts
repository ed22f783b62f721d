import * as z from 'zod';
import { formulaFormat, headerNameFormat, staticHeaderFormat, urlFormat } from '../formats/index.js';
import { described, duration, mapOf, text } from './leaf.js';

const header = z.union(
  [
    text(staticHeaderFormat, { description: 'Sent as it stands.', examples: ['application/json'] }),
    described(
      z.strictObject({
        formula: text(formulaFormat, {
          description: 'Salesforce formula that the platform evaluates for each call.',
          examples: ['{!$Organization.Id}', "{!'Bearer ' & $Credential.Erp.Token}"],
        }),
      }),
      { description: 'A header that the platform evaluates.' },
    ),
  ],
  'text, or a map with the key formula',
);

/** Where calls go. Becomes the named credential. */
export const endpointSchema = described(
  z.strictObject({
    url: text(urlFormat, {
      description: 'Base URL of the API. The path of each request is appended to it. Environments may replace it.',
      examples: ['https://api.example.com/v1'],
    }),
    timeout: duration(1, 120, {
      description: 'Longest wait for one answer. All calls of one transaction together may wait 120 seconds.',
      examples: ['10s', '30s'],
    }).default('10s'),
    headers: described(mapOf(headerNameFormat, header), {
      description: 'Headers that the named credential adds to every call: name and value.',
      examples: [{ Accept: 'application/json' }, { 'X-Org': { formula: '{!$Organization.Id}' } }],
    }).default({}),
    allowMergeFieldsInHeader: described(z.boolean(), {
      description: 'Lets the platform evaluate formulas in headers.',
      defaultNote: 'true when a header has a formula or carries the credential, otherwise false',
    }).optional(),
    allowMergeFieldsInBody: described(z.boolean(), {
      description:
        'Lets the platform evaluate formulas in the body of a request. Record data that looks like a formula would be evaluated too: leave it off.',
    }).default(false),
  }),
  { description: 'Where calls go.' },
);
