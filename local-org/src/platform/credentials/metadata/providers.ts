import { z } from 'zod';
import type { Component } from '../../../model/index.js';
import { elementsOf } from './component-xml.js';
import { bySequence } from './external-credential.js';
import type { Claim, ExtraParameters, OAuthProvider } from './model.js';

const NO_PARAMETERS: ExtraParameters = { body: [], headers: [], query: [] };

const authProvider = z.object({
  providerType: z.string(),
  authorizeUrl: z.string().default(''),
  tokenUrl: z.string().default(''),
  consumerKey: z.string().optional(),
  consumerSecret: z.string().optional(),
  defaultScopes: z.string().optional(),
  sendClientCredentialsInHeader: z.enum(['true', 'false']).default('false'),
  isPkceEnabled: z.enum(['true', 'false']).default('false'),
});

/** Reads a deployed AuthProvider. Undefined for a provider type whose addresses the local org does not know. */
export function readAuthProvider(component: Component): OAuthProvider | undefined {
  const found = authProvider.parse(elementsOf(component));
  if (found.authorizeUrl === '' || found.tokenUrl === '') return undefined;
  return {
    kind: 'AuthProvider',
    name: component.fullName,
    authorizeUrl: found.authorizeUrl,
    tokenUrl: found.tokenUrl,
    clientAuthentication: found.sendClientCredentialsInHeader === 'true' ? 'basic' : 'body',
    pkce: found.isPkceEnabled === 'true',
    scope: found.defaultScopes,
    clientId: found.consumerKey,
    clientSecret: found.consumerSecret,
    authorizeParameters: [],
    tokenParameters: NO_PARAMETERS,
    refreshParameters: NO_PARAMETERS,
  };
}

const identityProvider = z.object({
  externalAuthIdentityProviderParameters: z
    .array(
      z.object({
        parameterName: z.string(),
        parameterType: z.string(),
        parameterValue: z.string().optional(),
        sequenceNumber: z.coerce.number().optional(),
      }),
    )
    .default([]),
});
type Parameters = z.infer<typeof identityProvider>['externalAuthIdentityProviderParameters'];

/** Reads a deployed ExternalAuthIdentityProvider (PLATFORM 1.2). */
export function readIdentityProvider(component: Component): OAuthProvider {
  const parameters = identityProvider
    .parse(elementsOf(component))
    .externalAuthIdentityProviderParameters.toSorted(bySequence);
  const valueOf = (type: string): string | undefined =>
    parameters.find(({ parameterType }) => parameterType === type)?.parameterValue;
  const option = (name: string): string | undefined =>
    parameters.find(
      ({ parameterType, parameterName }) => parameterType === 'IdentityProviderOptions' && parameterName === name,
    )?.parameterValue;
  return {
    kind: 'ExternalAuthIdentityProvider',
    name: component.fullName,
    authorizeUrl: valueOf('AuthorizeUrl') ?? '',
    tokenUrl: valueOf('TokenUrl') ?? '',
    // PLATFORM 1.2: the Connect API's default is ClientSecretBasic.
    clientAuthentication: valueOf('ClientAuthentication') === 'ClientSecretPost' ? 'body' : 'basic',
    pkce: option('PkceEnabled') === 'true',
    scope: undefined,
    clientId: undefined,
    clientSecret: undefined,
    authorizeParameters: claims(parameters, 'AuthorizeRequestQueryParameter'),
    tokenParameters: extra(parameters, 'TokenRequest'),
    refreshParameters: extra(parameters, 'RefreshRequest'),
  };
}

function extra(parameters: Parameters, request: 'TokenRequest' | 'RefreshRequest'): ExtraParameters {
  return {
    body: claims(parameters, `${request}BodyParameter`),
    headers: claims(parameters, `${request}HttpHeader`),
    query: claims(parameters, `${request}QueryParameter`),
  };
}

function claims(parameters: Parameters, type: string): readonly Claim[] {
  return parameters
    .filter(({ parameterType }) => parameterType === type)
    .map(({ parameterName, parameterValue = '' }) => ({ name: parameterName, value: parameterValue }));
}
