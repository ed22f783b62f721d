import * as z from 'zod';
import {
  developerNameFormat,
  fixedPathFormat,
  headerNameFormat,
  headerValueFormat,
  lineFormat,
  urlFormat,
} from '../formats/index.js';
import { described, text, whole } from './leaf.js';

const expiredSession = described(
  z.strictObject({
    status: whole(100, 599, { description: 'HTTP status of the answer.', examples: [500, 403] }).optional(),
    bodyContains: text(lineFormat(255), {
      description: 'Text that the body of the answer holds; case counts.',
      examples: ['INVALID_SESSION_ID'],
    }).optional(),
  }),
  { description: 'One answer that means that the session has expired. When both keys are given, both must match.' },
);

const common = {
  principal: described(z.enum(['named', 'perUser']), {
    description:
      'Whose credential is used. named: one for the org. perUser: one for each user, who must log in; it never works in automation.',
  }).default('named'),
  principalName: text(developerNameFormat, {
    description:
      'Name of the principal. Changing it after the first deployment deletes the secret that is stored for it.',
  }).default('Integration'),
  generateAuthorizationHeader: described(z.boolean(), {
    description: 'Lets the platform add the Authorization header to every call.',
    defaultNote: 'true, and false for customHeader, which sends its own header',
  }).optional(),
  credentialStyle: described(z.enum(['secured', 'legacy']), {
    description:
      'secured: named credential with external credential. legacy: a named credential of the old form, for orgs that still need it; deprecated.',
  }).default('secured'),
  expiredSession: described(z.array(expiredSession).max(20), {
    description:
      'Answers that mean an expired session, besides HTTP 401. The platform refreshes the token on 401 only, so the runtime looks for these and tries again with a fresh session.',
    examples: [[{ status: 500, bodyContains: 'INVALID_SESSION_ID' }]],
  }).default([]),
  refreshProbe: text(fixedPathFormat, {
    description:
      'Path below the endpoint URL whose GET answers 401 for an expired session. When a session has expired and the answer is not 401, the runtime sends this GET, the platform refreshes the token on its 401, and the request is sent again.',
    examples: ['/limits'],
    defaultNote: 'none: only an answer with 401 refreshes the token',
  }).optional(),
};

const tokenUrl = text(urlFormat, {
  description: 'URL that issues tokens. Environments may replace it.',
  examples: ['https://login.example.com/oauth2/token'],
});

const scopes = described(z.array(text(scopeFormat(), { description: 'One scope.' })).max(50), {
  description: 'OAuth scopes to ask for.',
  examples: [['orders.write', 'orders.read']],
}).default([]);

const clientAuthentication = (fallback: 'body' | 'basicHeader') =>
  described(z.enum(['body', 'basicHeader']), {
    description: 'Where the client secret travels to the token URL: in the body, or in a Basic authorization header.',
  }).default(fallback);

function scopeFormat() {
  const line = lineFormat(255);
  return { pattern: '^[^\\s"\\\\]+$', check: line.check };
}

const clientCredentials = described(
  z.strictObject({
    type: z.literal('clientCredentials'),
    tokenUrl,
    clientAuthentication: clientAuthentication('body'),
    scopes,
    ...common,
  }),
  {
    description:
      'OAuth 2.0 client credentials: the org authenticates with a client id and secret. The best choice for automation.',
  },
);

const browser = described(
  z.strictObject({
    type: z.literal('browser'),
    provider: described(z.enum(['identityProvider', 'authProvider']), {
      description: 'Metadata that holds the URLs: an external auth identity provider, or an auth provider.',
    }).default('identityProvider'),
    authorizeUrl: text(urlFormat, {
      description: 'URL where a person logs in. Environments may replace it.',
      examples: ['https://login.example.com/oauth2/authorize'],
    }),
    tokenUrl,
    userInfoUrl: text(urlFormat, { description: 'URL that tells who has logged in.' }).optional(),
    clientId: text(lineFormat(255), {
      description:
        'OAuth client id that the other system knows this org by; it is no secret. Required with `provider: authProvider`, and only there: an identity provider gets it in Setup together with the secret.',
      examples: ['salesforce-production'],
    }).optional(),
    clientAuthentication: clientAuthentication('basicHeader'),
    pkce: described(z.boolean(), { description: 'Protects the login with PKCE (RFC 7636).' }).default(true),
    scopes,
    ...common,
  }),
  {
    description:
      'OAuth 2.0 authorization code: a person logs in once in a browser, the platform refreshes the token from then on.',
  },
);

const jwtBearer = described(
  z.strictObject({
    type: z.literal('jwtBearer'),
    tokenUrl,
    certificate: text(developerNameFormat, {
      description: 'Name of a certificate with private key in the org (Setup > Certificate and Key Management).',
      examples: ['Erp_Signing'],
    }),
    issuer: text(lineFormat(255), { description: 'Claim iss: who signs, usually the client id.' }),
    subject: text(lineFormat(255), { description: 'Claim sub: the user of the other system.' }),
    audience: text(lineFormat(255), {
      description: 'Claim aud: who the token is for.',
      examples: ['https://login.example.com'],
    }),
    scopes,
    ...common,
  }),
  { description: 'OAuth 2.0 JWT bearer: the org signs a token with its certificate.' },
);

const customHeader = described(
  z.strictObject({
    type: z.literal('customHeader'),
    header: text(headerNameFormat, { description: 'Header that carries the secret.', examples: ['X-API-Key'] }),
    prefix: text(
      { ...headerValueFormat },
      { description: 'Text before the secret, such as `Bearer ` with its space.' },
    ).default(''),
    parameter: text(developerNameFormat, {
      description: 'Name of the credential parameter that holds the secret.',
    }).default('ApiKey'),
    ...common,
  }),
  { description: 'An API key or another secret in a header.' },
);

const basic = described(z.strictObject({ type: z.literal('basic'), ...common }), {
  description: 'HTTP Basic: user name and password.',
});

/** How calls authenticate. Becomes the external credential. */
export const authSchema = described(
  z.discriminatedUnion('type', [clientCredentials, browser, jwtBearer, customHeader, basic]),
  {
    description:
      'How calls authenticate. Secrets never stand here: they are entered in the org after the first deployment.',
  },
);
