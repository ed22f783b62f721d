import { child, childrenOf, textOf } from '../../xml/document.js';
import type { Rule } from '../rule.js';
import { isEndpoint } from './parameters.js';

/** Parameters of an identity provider that an authorization code flow cannot do without. */
const AUTHORIZATION_CODE_NEEDS: readonly string[] = ['AuthorizeUrl', 'TokenUrl'];

/** Addresses of an OpenID Connect provider, which has no built-in ones. */
const OPEN_ID_NEEDS: readonly string[] = ['authorizeUrl', 'tokenUrl', 'consumerKey'];

/** Rules of what browser logins lean on. */
export const providerRules: readonly Rule[] = [
  {
    // PLATFORM 1.2: an identity provider for the browser flow names where to log in and where to get the token.
    id: 'identity-provider-needs-urls',
    types: ['ExternalAuthIdentityProvider'],
    *check({ root }) {
      const parameters = childrenOf(root, 'externalAuthIdentityProviderParameters');
      const found = new Set(parameters.map((parameter) => textOf(parameter, 'parameterType')));
      const flow = textOf(root, 'authenticationFlow');
      const needed =
        flow === 'AuthorizationCode' ? AUTHORIZATION_CODE_NEEDS : flow === 'ClientCredentials' ? ['TokenUrl'] : [];
      for (const type of needed.filter((name) => !found.has(name))) {
        yield { at: root, message: `The authentication flow "${flow ?? ''}" requires the parameter type ${type}.` };
      }
      for (const parameter of parameters) {
        const value = textOf(parameter, 'parameterValue');
        if (/Url$/.test(textOf(parameter, 'parameterType') ?? '') && value !== undefined && !isEndpoint(value)) {
          yield { at: parameter, message: `The URL "${value}" isn't valid.` };
        }
      }
    },
  },
  {
    // PLATFORM 1.2: an authentication provider is only for the browser flow; OpenID Connect has no default addresses.
    id: 'auth-provider-needs-urls',
    types: ['AuthProvider'],
    *check({ root }) {
      if (textOf(root, 'providerType') !== 'OpenIdConnect') return;
      for (const element of OPEN_ID_NEEDS) {
        if (textOf(root, element) === undefined) yield { at: root, message: `Required field is missing: ${element}` };
      }
      for (const element of ['authorizeUrl', 'tokenUrl', 'userInfoUrl']) {
        const value = textOf(root, element);
        const at = child(root, element);
        if (at !== undefined && value !== undefined && !isEndpoint(value))
          yield { at, message: `The URL "${value}" isn't valid.` };
      }
    },
  },
];
