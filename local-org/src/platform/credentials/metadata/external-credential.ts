import { z } from 'zod';
import type { Component } from '../../../model/index.js';
import { elementsOf } from './component-xml.js';
import type { Claim, ExternalCredential, HeaderDefinition, Principal, PrincipalType, Protocol } from './model.js';

const parameter = z.object({
  parameterName: z.string(),
  parameterType: z.string(),
  parameterValue: z.string().optional(),
  parameterGroup: z.string().optional(),
  sequenceNumber: z.coerce.number().optional(),
  authProvider: z.string().optional(),
  externalAuthIdentityProvider: z.string().optional(),
  certificate: z.string().optional(),
});
type Parameter = z.infer<typeof parameter>;

const elements = z.object({
  authenticationProtocol: z.string(),
  label: z.string(),
  externalCredentialParameters: z.array(parameter).default([]),
});

const PRINCIPALS: ReadonlyMap<string, PrincipalType> = new Map([
  ['NamedPrincipal', 'NamedPrincipal'],
  ['PerUserPrincipal', 'PerUserPrincipal'],
]);

/** Parameter types that change what is sent, and that the local org does not send. */
const UNSUPPORTED_PARAMETERS: ReadonlySet<string> = new Set([
  'AuthProviderUrlQueryParameter',
  'AwsStsPrincipal',
  'CustomPrincipal',
  'GlobalNamedPrincipal',
  'SystemUserPrincipal',
  'SfHttpRequestExtensionName',
]);

/** Reads a deployed external credential; its shape and rules were checked at deployment (PLATFORM 1.2). */
export function readExternalCredential(component: Component): ExternalCredential {
  const { authenticationProtocol, label, externalCredentialParameters } = elements.parse(elementsOf(component));
  const parameters = externalCredentialParameters.toSorted(bySequence);
  const variant = valueOf(parameters, 'AuthProtocolVariant');
  return {
    name: component.fullName,
    label,
    protocol: protocolOf(authenticationProtocol, variant, parameters),
    protocolName: authenticationProtocol,
    variant,
    principals: parameters.flatMap(principalOf),
    headers: headersOf(parameters, 'AuthHeader'),
    scopes: scopesOf(parameters),
    refreshStatusCodes: new Set(
      parameters
        .filter(({ parameterType }) => parameterType === 'AdditionalRefreshStatusCode')
        .flatMap(({ parameterValue = '' }) => parameterValue.split(',').map((code) => Number(code.trim()))),
    ),
    legacy: false,
    values: {},
  };
}

export function headersOf(
  parameters: readonly {
    readonly parameterName: string;
    readonly parameterType: string;
    readonly parameterValue?: string | undefined;
  }[],
  type: string,
): readonly HeaderDefinition[] {
  return parameters
    .filter(({ parameterType }) => parameterType === type)
    .map(({ parameterName, parameterValue = '' }) => ({ name: parameterName, value: parameterValue }));
}

/** Headers and principals without a number come last, in the order of the file. */
export function bySequence(
  left: { readonly sequenceNumber?: number | undefined },
  right: { readonly sequenceNumber?: number | undefined },
): number {
  return (left.sequenceNumber ?? Number.MAX_SAFE_INTEGER) - (right.sequenceNumber ?? Number.MAX_SAFE_INTEGER);
}

function protocolOf(protocol: string, variant: string | undefined, parameters: readonly Parameter[]): Protocol {
  const other = parameters.find(({ parameterType }) => UNSUPPORTED_PARAMETERS.has(parameterType));
  if (other !== undefined)
    return { kind: 'unsupported', what: `the parameter type ${other.parameterType} of external credentials` };
  switch (protocol) {
    case 'Oauth':
      return oauthOf(variant, parameters);
    case 'Basic':
      return { kind: 'basic' };
    case 'Custom':
      return variant === 'NoAuthentication' ? { kind: 'none' } : { kind: 'custom' };
    default:
      return { kind: 'unsupported', what: `the authentication protocol ${protocol}` };
  }
}

function oauthOf(variant: string | undefined, parameters: readonly Parameter[]): Protocol {
  const tokenUrl = valueOf(parameters, 'AuthProviderUrl') ?? '';
  switch (variant) {
    case 'ClientCredentialsClientSecret':
      return { kind: 'clientCredentials', tokenUrl, clientAuthentication: 'body' };
    case 'ClientCredentialsClientSecretBasic':
      return { kind: 'clientCredentials', tokenUrl, clientAuthentication: 'basic' };
    case 'JwtBearer':
      return {
        kind: 'jwtBearer',
        tokenUrl,
        certificate: parameters.find(({ certificate }) => certificate !== undefined)?.certificate ?? '',
        headerClaims: claimsOf(parameters, 'JwtHeaderClaim'),
        bodyClaims: claimsOf(parameters, 'JwtBodyClaim'),
      };
    case undefined:
      return browserOf(parameters);
    default:
      return { kind: 'unsupported', what: `the OAuth variant ${variant}` };
  }
}

function browserOf(parameters: readonly Parameter[]): Protocol {
  for (const { authProvider, externalAuthIdentityProvider } of parameters) {
    if (authProvider !== undefined) return { kind: 'browser', provider: { kind: 'AuthProvider', name: authProvider } };
    if (externalAuthIdentityProvider !== undefined)
      return {
        kind: 'browser',
        provider: { kind: 'ExternalAuthIdentityProvider', name: externalAuthIdentityProvider },
      };
  }
  return { kind: 'unsupported', what: 'OAuth without a provider' };
}

function principalOf({ parameterName, parameterType, sequenceNumber }: Parameter): readonly Principal[] {
  const type = PRINCIPALS.get(parameterType);
  return type === undefined ? [] : [{ name: parameterName, type, sequence: sequenceNumber ?? Number.MAX_SAFE_INTEGER }];
}

/** A scope whose group is a principal's applies to that one only (PLATFORM 1.2). */
function scopesOf(parameters: readonly Parameter[]): ReadonlyMap<string, string> {
  const principals = new Set(parameters.flatMap(principalOf).map(({ name }) => name.toLowerCase()));
  return new Map(
    parameters.flatMap(({ parameterName, parameterType, parameterGroup = '', parameterValue }) => {
      if (parameterType !== 'AuthParameter' || parameterName !== 'Scope' || parameterValue === undefined) return [];
      const group = parameterGroup.toLowerCase();
      return [[principals.has(group) ? group : '', parameterValue] as const];
    }),
  );
}

function claimsOf(parameters: readonly Parameter[], type: string): readonly Claim[] {
  return parameters
    .filter(({ parameterType }) => parameterType === type)
    .map(({ parameterName, parameterValue = '' }) => ({ name: parameterName, value: parameterValue }));
}

function valueOf(parameters: readonly Parameter[], type: string): string | undefined {
  return parameters.find(({ parameterType }) => parameterType === type)?.parameterValue;
}
