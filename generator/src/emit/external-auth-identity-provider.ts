import type { ExternalAuthIdentityProvider, ExternalAuthIdentityProviderParameter } from '@salesforce/types/metadata';
import type { BrowserAuth, GeneratedFile, Integration } from '../model/index.js';
import { metadataFile, type FilePlace } from './metadata-file.js';
import { shortDescription } from './text.js';
import type { Source } from './xml/index.js';

type Parameter = Source<ExternalAuthIdentityProviderParameter>;

/** The identity provider of a browser login, API 62 and later; client id and secret are set after the deployment (PLATFORM 1.2, 1.6). */
export function emitExternalAuthIdentityProvider(
  integration: Integration,
  method: BrowserAuth,
  place: FilePlace,
): GeneratedFile {
  const component: Source<ExternalAuthIdentityProvider> = {
    authenticationFlow: 'AuthorizationCode',
    authenticationProtocol: 'OAuth',
    description: shortDescription(integration),
    externalAuthIdentityProviderParameters: [
      parameter('AuthorizeUrl', 'AuthorizeUrl', method.authorizeUrl),
      parameter(
        'ClientAuthentication',
        'ClientAuthentication',
        method.clientAuthentication === 'body' ? 'ClientSecretPost' : 'ClientSecretBasic',
      ),
      parameter('PkceEnabled', 'IdentityProviderOptions', String(method.pkce)),
      parameter('TokenUrl', 'TokenUrl', method.tokenUrl),
      ...(method.userInfoUrl === undefined ? [] : [parameter('UserInfoUrl', 'UserInfoUrl', method.userInfoUrl)]),
    ],
    label: integration.label,
  };
  return metadataFile(
    place,
    `externalAuthIdentityProviders/${integration.apiName}.externalAuthIdentityProvider-meta.xml`,
    'ExternalAuthIdentityProvider',
    component,
  );
}

function parameter(
  parameterName: string,
  parameterType: Parameter['parameterType'],
  parameterValue: string,
): Parameter {
  return { parameterName, parameterType, parameterValue };
}
