import type { ExternalCredential, ExternalCredentialParameter } from '@salesforce/types/metadata';
import type { CustomHeaderAuth, GeneratedFile, Integration } from '../model/index.js';
import { forMethod, type MethodTable } from './auth-method.js';
import { metadataFile, type FilePlace } from './metadata-file.js';
import { refuse } from './refuse.js';
import { shortDescription } from './text.js';
import type { Source } from './xml/index.js';

const GROUP = 'DefaultGroup';

type Parameter = Source<ExternalCredentialParameter>;

interface Protocol {
  readonly protocol: ExternalCredential['authenticationProtocol'];
  readonly parameters: readonly Parameter[];
}

/**
 * How each kind of authentication is written (PLATFORM 1.2). OAuth without a provider needs both `AuthProtocolVariant` and
 * `AuthProviderUrl`: the org refuses it when one is missing.
 */
const PROTOCOLS: MethodTable<Protocol> = {
  clientCredentials: (method) =>
    oauth([
      variant(
        method.clientAuthentication === 'body' ? 'ClientCredentialsClientSecret' : 'ClientCredentialsClientSecretBasic',
      ),
      tokenUrl(method.tokenUrl),
      ...scope(method.scopes),
    ]),
  browser: (method, { apiName }) =>
    oauth([
      method.provider === 'authProvider'
        ? { authProvider: apiName, ...named('AuthProvider', 'AuthProvider') }
        : {
            externalAuthIdentityProvider: apiName,
            ...named('ExternalAuthIdentityProvider', 'ExternalAuthIdentityProvider'),
          },
      ...scope(method.scopes),
    ]),
  jwtBearer: (method) =>
    oauth([
      variant('JwtBearer'),
      tokenUrl(method.tokenUrl),
      { certificate: method.certificate, ...named('SigningCertificate', 'SigningCertificate') },
      claim('iss', method.issuer),
      claim('sub', method.subject),
      claim('aud', method.audience),
      claim('exp', EXPIRES_IN_TWO_MINUTES),
      ...scope(method.scopes),
    ]),
  customHeader: (method, integration) => ({
    protocol: 'Custom',
    parameters: [
      { ...named(method.header, 'AuthHeader'), parameterValue: secretFormula(method, integration), sequenceNumber: 1 },
    ],
  }),
  basic: () => ({ protocol: 'Basic', parameters: [] }),
};

/** Seconds since 1970, two minutes from now: the formula of the Connect REST guide's JWT bearer example. */
const EXPIRES_IN_TWO_MINUTES = '{!Text(FLOOR((NOW() - DATETIMEVALUE( "1970-01-01 00:00:00" )) * 86400 + 120))}';

/** The external credential: how the integration authenticates, and the principal that holds the secret (PLATFORM 1.2). */
export function emitExternalCredential(integration: Integration, place: FilePlace): GeneratedFile {
  const { protocol, parameters } = forMethod(PROTOCOLS, integration);
  const component: Source<ExternalCredential> = {
    authenticationProtocol: protocol,
    description: shortDescription(integration),
    externalCredentialParameters: [...parameters, principal(integration)],
    label: integration.label,
  };
  return metadataFile(
    place,
    `externalCredentials/${integration.apiName}.externalCredential-meta.xml`,
    'ExternalCredential',
    component,
  );
}

/** Removing or renaming this parameter deletes the stored secret when the file is deployed (PLATFORM 1.6). */
function principal({ auth }: Integration): Parameter {
  return {
    parameterGroup: auth.principal.name,
    parameterName: auth.principal.name,
    parameterType: auth.principal.scope === 'named' ? 'NamedPrincipal' : 'PerUserPrincipal',
    sequenceNumber: 1,
  };
}

function oauth(parameters: readonly Parameter[]): Protocol {
  return { protocol: 'Oauth', parameters };
}

function named(parameterName: string, parameterType: Parameter['parameterType']): Parameter {
  return { parameterGroup: GROUP, parameterName, parameterType };
}

function variant(value: string): Parameter {
  return { ...named('Oauth', 'AuthProtocolVariant'), parameterValue: value };
}

function tokenUrl(url: string): Parameter {
  return { ...named('AuthProviderUrl', 'AuthProviderUrl'), parameterValue: url };
}

function scope(scopes: readonly string[]): readonly Parameter[] {
  return scopes.length === 0 ? [] : [{ ...named('Scope', 'AuthParameter'), parameterValue: scopes.join(' ') }];
}

function claim(name: string, value: string): Parameter {
  return { ...named(name, 'JwtBodyClaim'), parameterValue: value };
}

/** The secret as a formula: `{!$Credential.<credential>.<parameter>}`, with a text before it `{!'Bearer ' & $Credential…}`. */
function secretFormula({ prefix, parameter }: CustomHeaderAuth, integration: Integration): string {
  if (!/^\w+$/.test(parameter)) {
    refuse(
      integration,
      `the credential parameter "${parameter}" cannot stand in a formula.`,
      'Use letters, digits and underscores: `ApiKey`.',
    );
  }
  const secret = `$Credential.${integration.apiName}.${parameter}`;
  return prefix === '' ? `{!${secret}}` : `{!'${prefix.replace(/[\\']/g, '\\$&')}' & ${secret}}`;
}
