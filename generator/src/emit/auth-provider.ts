import type { AuthProvider } from '@salesforce/types/metadata';
import type { BrowserAuth, GeneratedFile, Integration } from '../model/index.js';
import { metadataFile, type FilePlace } from './metadata-file.js';
import { refuse } from './refuse.js';
import type { Source } from './xml/index.js';

/** Characters that Setup takes for the name of an auth provider. */
const NAME_LIMIT = 32;

/**
 * The auth provider of a browser login (PLATFORM 1.2). An org refuses one without consumer key. The secret is entered in Setup
 * after the first deployment: it is left out, because a placeholder here would overwrite it with every later one.
 */
export function emitAuthProvider(integration: Integration, method: BrowserAuth, place: FilePlace): GeneratedFile {
  if (method.clientId === undefined) {
    refuse(integration, 'an auth provider cannot be deployed without a client id.', 'Write `clientId` below `auth`.');
  }
  const component: Source<AuthProvider> = {
    authorizeUrl: method.authorizeUrl,
    consumerKey: method.clientId,
    ...(method.scopes.length > 0 ? { defaultScopes: method.scopes.join(' ') } : {}),
    friendlyName: integration.label.length <= NAME_LIMIT ? integration.label : integration.apiName,
    includeOrgIdInIdentifier: false,
    isPkceEnabled: method.pkce,
    providerType: 'OpenIdConnect',
    requireMfa: false,
    sendAccessTokenInHeader: true,
    sendClientCredentialsInHeader: method.clientAuthentication === 'basicHeader',
    sendSecretInApis: true,
    tokenUrl: method.tokenUrl,
    ...(method.userInfoUrl === undefined ? {} : { userInfoUrl: method.userInfoUrl }),
  };
  return metadataFile(place, `authproviders/${integration.apiName}.authprovider-meta.xml`, 'AuthProvider', component);
}
