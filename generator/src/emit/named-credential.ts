import type { NamedCredential, NamedCredentialParameter } from '@salesforce/types/metadata';
import type { EndpointHeader, GeneratedFile, Integration } from '../model/index.js';
import { forMethod, type MethodTable } from './auth-method.js';
import { metadataFile, type FilePlace } from './metadata-file.js';
import { refuse } from './refuse.js';
import { shortDescription } from './text.js';
import type { Source } from './xml/index.js';

const JWT_VALIDITY_SECONDS = 120;

/** The named credential that every call of the integration goes through: `callout:<apiName>` (PLATFORM 1.1). */
export function emitNamedCredential(integration: Integration, place: FilePlace): GeneratedFile {
  const component = integration.auth.credentialStyle === 'secured' ? secured(integration) : legacy(integration);
  return metadataFile(
    place,
    `namedCredentials/${integration.apiName}.namedCredential-meta.xml`,
    'NamedCredential',
    component,
  );
}

function secured(integration: Integration): Source<NamedCredential> {
  const { endpoint, apiName } = integration;
  return {
    ...common(integration),
    namedCredentialParameters: [
      { parameterName: 'Url', parameterType: 'Url', parameterValue: endpoint.url },
      { externalCredential: apiName, parameterName: 'ExternalCredential', parameterType: 'Authentication' },
      ...endpoint.headers.map((definition, index) => header(integration, definition, index)),
    ],
    namedCredentialType: 'SecuredEndpoint',
  };
}

/** Headers are evaluated and sent in the order of their sequence numbers. */
function header(integration: Integration, definition: EndpointHeader, index: number): Source<NamedCredentialParameter> {
  if (definition.kind === 'static' && definition.value.includes('{!')) {
    refuse(
      integration,
      `the platform would evaluate the static header ${definition.name} as a formula, because it holds "{!".`,
      'Write it as `formula:`, or remove the "{!".',
    );
  }
  return {
    parameterName: definition.name,
    parameterType: 'HttpHeader',
    parameterValue: definition.kind === 'formula' ? formula(definition.value) : definition.value,
    sequenceNumber: index + 1,
  };
}

function formula(value: string): string {
  return value.includes('{!') ? value : `{!${value}}`;
}

type LegacyMembers = Omit<Source<NamedCredential>, 'label'>;

/** How each kind of authentication looks in a credential of type Legacy; what is missing there is refused by name (PLATFORM 1.1). */
const LEGACY: MethodTable<LegacyMembers> = {
  clientCredentials: (_method, integration) =>
    refuse(
      integration,
      'a legacy named credential has no OAuth client credentials flow.',
      'Remove `credentialStyle: legacy`: the secured style supports it.',
    ),
  browser: (method, integration) =>
    method.provider === 'authProvider'
      ? { authProvider: integration.apiName, protocol: 'Oauth', ...scope(method.scopes) }
      : refuse(
          integration,
          'a legacy named credential cannot use an external auth identity provider.',
          'Write `provider: authProvider` and a `clientId`, or remove `credentialStyle: legacy`.',
        ),
  jwtBearer: (method) => ({
    authTokenEndpointUrl: method.tokenUrl,
    jwtAudience: method.audience,
    jwtIssuer: method.issuer,
    jwtSigningCertificate: method.certificate,
    jwtTextSubject: method.subject,
    jwtValidityPeriodSeconds: JWT_VALIDITY_SECONDS,
    protocol: 'JwtExchange',
    ...scope(method.scopes),
  }),
  customHeader: (_method, integration) =>
    refuse(
      integration,
      'a legacy named credential has no place for the secret of a custom header.',
      'Remove `credentialStyle: legacy`: the secured style stores it on the principal.',
    ),
  basic: (_method, integration) =>
    integration.auth.principal.scope === 'perUser'
      ? { protocol: 'Password' }
      : refuse(
          integration,
          'the user name of a legacy named credential would have to stand in this project.',
          'Remove `credentialStyle: legacy`: the secured style stores user name and password on the principal.',
        ),
};

function scope(scopes: readonly string[]): LegacyMembers {
  return scopes.length > 0 ? { oauthScope: scopes.join(' ') } : {};
}

function legacy(integration: Integration): Source<NamedCredential> {
  const { auth, endpoint } = integration;
  if (endpoint.headers.length > 0) {
    refuse(
      integration,
      'a legacy named credential cannot add headers.',
      'Move `endpoint.headers` to the requests, or remove `credentialStyle: legacy`.',
    );
  }
  return {
    ...common(integration),
    ...forMethod(LEGACY, integration),
    endpoint: endpoint.url,
    principalType: auth.principal.scope === 'named' ? 'NamedUser' : 'PerUser',
  };
}

function common(integration: Integration): Source<NamedCredential> {
  const { auth, endpoint } = integration;
  return {
    allowMergeFieldsInBody: endpoint.allowMergeFieldsInBody,
    allowMergeFieldsInHeader: endpoint.allowMergeFieldsInHeader || needsHeaderFormulas(integration),
    calloutStatus: 'Enabled',
    description: shortDescription(integration),
    generateAuthorizationHeader: auth.generateAuthorizationHeader,
    label: integration.label,
  };
}

/** Setup asks for "Allow Formulas in HTTP Header" whenever a header of the credential holds a formula. */
function needsHeaderFormulas(integration: Integration): boolean {
  return (
    integration.auth.method.type === 'customHeader' ||
    integration.endpoint.headers.some((definition) => definition.kind === 'formula')
  );
}
