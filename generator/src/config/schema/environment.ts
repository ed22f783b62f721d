import * as z from 'zod';
import {
  environmentNameFormat,
  integrationNameFormat,
  lineFormat,
  urlFormat,
  usernameFormat,
} from '../formats/index.js';
import { described, mapOf, text } from './leaf.js';

const overrides = described(
  z.strictObject({
    endpoint: text(urlFormat, {
      description: "Base URL, instead of the integration's own.",
      examples: ['https://api.production.example.com/v1'],
      defaultNote: "the integration's own",
    }).optional(),
    tokenUrl: text(urlFormat, {
      description: "Token URL, instead of the integration's own.",
      defaultNote: "the integration's own",
    }).optional(),
    authorizeUrl: text(urlFormat, {
      description: "Login URL, instead of the integration's own.",
      defaultNote: "the integration's own",
    }).optional(),
    clientId: text(lineFormat(255), {
      description: "Client id of an auth provider, instead of the integration's own: each org usually has another.",
      examples: ['salesforce-production'],
      defaultNote: "the integration's own",
    }).optional(),
  }),
  { description: 'What differs for one integration.' },
);

/** One file of config/environments. */
export const environmentSchema = described(
  z.strictObject({
    name: text(environmentNameFormat, {
      description: 'Name of the environment: the name of the file without its ending.',
      examples: ['production'],
      defaultNote: 'the name of the file',
    }).optional(),
    default: described(z.boolean(), {
      description:
        'Marks the environment whose values stand in the generated files. One environment has it; it may be left out when there is only one.',
    }).default(false),
    integrationUser: text(usernameFormat, {
      description:
        'Username of the user as whom every call is made. The user must exist in the org, and alone needs access to the credentials.',
      examples: ['integration@example.com'],
    }),
    integrations: described(mapOf(integrationNameFormat, overrides), {
      description: 'What differs in this org: name of the integration and its values.',
      examples: [{ 'account-sync': { endpoint: 'https://api.production.example.com/v1' } }],
    }).default({}),
  }),
  { description: 'One org that the project is deployed to.' },
);

/** One environment as its file says it. */
export type EnvironmentConfig = z.output<typeof environmentSchema>;
