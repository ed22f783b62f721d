import { z } from 'zod';
import type { Claim, ExternalCredential, Protocol } from './model.js';

/** Elements that only legacy named credentials have (PLATFORM 1.1). */
export const legacyElements = z.object({
  endpoint: z.string().optional(),
  principalType: z.enum(['Anonymous', 'NamedUser', 'PerUser']).default('Anonymous'),
  protocol: z.string().default('NoAuthentication'),
  authProvider: z.string().optional(),
  oauthScope: z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
  certificate: z.string().optional(),
  authTokenEndpointUrl: z.string().optional(),
  jwtAudience: z.string().optional(),
  jwtIssuer: z.string().optional(),
  jwtSigningCertificate: z.string().optional(),
  jwtTextSubject: z.string().optional(),
  jwtFormulaSubject: z.string().optional(),
  jwtValidityPeriodSeconds: z.coerce.number().optional(),
});
type Elements = z.infer<typeof legacyElements>;

const DEFAULT_VALIDITY_SECONDS = 300;

/** A legacy named credential authenticates by itself: as an external credential with one principal and no permissions. */
export function legacyAuthentication(name: string, label: string, elements: Elements): ExternalCredential {
  const { principalType, oauthScope, username, password } = elements;
  return {
    name,
    label,
    protocol: protocolOf(elements),
    protocolName: elements.protocol,
    variant: undefined,
    principals: [{ name: '', type: principalType === 'PerUser' ? 'PerUserPrincipal' : 'NamedPrincipal', sequence: 1 }],
    headers: [],
    scopes: new Map(oauthScope === undefined ? [] : [['', oauthScope]]),
    refreshStatusCodes: new Set(),
    legacy: true,
    values: {
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
    },
  };
}

function protocolOf(elements: Elements): Protocol {
  switch (elements.protocol) {
    case 'NoAuthentication':
      return { kind: 'none' };
    case 'Password':
      return { kind: 'basic' };
    case 'Oauth':
      return elements.authProvider === undefined
        ? { kind: 'unsupported', what: 'OAuth without an auth provider' }
        : { kind: 'browser', provider: { kind: 'AuthProvider', name: elements.authProvider } };
    case 'JwtExchange':
      return jwtExchange(elements);
    default:
      return { kind: 'unsupported', what: `the protocol ${elements.protocol} of legacy named credentials` };
  }
}

function jwtExchange(elements: Elements): Protocol {
  const { jwtFormulaSubject, jwtValidityPeriodSeconds = DEFAULT_VALIDITY_SECONDS } = elements;
  const claims: readonly Claim[] = [
    { name: 'iss', value: elements.jwtIssuer ?? '' },
    {
      name: 'sub',
      value: jwtFormulaSubject === undefined ? (elements.jwtTextSubject ?? '') : `{!${jwtFormulaSubject}}`,
    },
    { name: 'aud', value: elements.jwtAudience ?? '' },
    {
      name: 'exp',
      value: `{!TEXT(FLOOR((NOW() - DATETIMEVALUE("1970-01-01 00:00:00")) * 86400 + ${jwtValidityPeriodSeconds}))}`,
    },
  ];
  return {
    kind: 'jwtBearer',
    tokenUrl: elements.authTokenEndpointUrl ?? '',
    certificate: elements.jwtSigningCertificate ?? '',
    headerClaims: [],
    bodyClaims: claims,
  };
}
