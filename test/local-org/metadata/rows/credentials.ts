import type { Row } from './row.js';

const NC = 'namedCredentials/Api.namedCredential';
const OLD = 'namedCredentials/Old.namedCredential';
const EC = 'externalCredentials/Api.externalCredential';
const BROWSER = 'externalCredentials/Browser.externalCredential';
const IDP = 'externalAuthIdentityProviders/Idp.externalAuthIdentityProvider';
const LOGIN = 'authproviders/Login.authprovider';
const SERVICE = 'externalServiceRegistrations/Pings.externalServiceRegistration';

const SECURED = 'A named credential of type SecuredEndpoint requires the following named credential parameter type';
const OAUTH = 'The authentication protocol "Oauth ClientCredentialsClientSecret" requires';

export const credentialRows: readonly Row[] = [
  {
    rule: 'named-credential-kinds-not-mixed',
    file: NC,
    from: '    <label>Api</label>',
    to: '    <endpoint>https://x.example.com</endpoint>\n    <label>Api</label>',
    problems: [{ at: '<endpoint>', message: 'The field endpoint is valid only for named credentials of type Legacy.' }],
  },
  {
    rule: 'named-credential-kinds-not-mixed',
    file: NC,
    from: '    <namedCredentialType>SecuredEndpoint</namedCredentialType>\n',
    to: '',
    problems: [
      {
        at: '<namedCredentialParameters>',
        message: "Legacy named credentials can't have named credential parameters. Set namedCredentialType.",
      },
    ],
  },
  {
    rule: 'legacy-named-credential-needs-endpoint',
    file: OLD,
    from: '    <protocol>Oauth</protocol>\n',
    to: '',
    problems: [{ at: 'metadata">', message: 'Required field is missing: protocol' }],
  },
  {
    rule: 'legacy-named-credential-needs-endpoint',
    file: OLD,
    from: 'https://old.example.com',
    to: 'ftp://old.example.com',
    problems: [{ at: '<endpoint>', message: 'The endpoint "ftp://old.example.com" isn\'t a valid URL.' }],
  },
  {
    rule: 'secured-endpoint-needs-url-and-authentication',
    file: NC,
    from: `    <namedCredentialParameters>
        <parameterName>Url</parameterName>
        <parameterType>Url</parameterType>
        <parameterValue>https://api.example.com/v1</parameterValue>
    </namedCredentialParameters>
`,
    to: '',
    problems: [{ at: '<namedCredentialType>', message: `${SECURED}: Url.` }],
  },
  {
    rule: 'secured-endpoint-needs-url-and-authentication',
    file: NC,
    from: '<parameterType>Authentication</parameterType>',
    to: '<parameterType>CustomParameter</parameterType>',
    problems: [{ at: '<namedCredentialType>', message: `${SECURED}: Authentication.` }],
  },
  {
    rule: 'named-credential-parameter-children',
    file: NC,
    from: '<externalCredential>Api</externalCredential>',
    to: '<parameterValue>Api</parameterValue>',
    problems: [
      {
        at: '</namedCredentialParameters>\n    <namedCredentialParameters>',
        message:
          'The named credential parameter "ExternalCredential" of type Authentication requires externalCredential.',
      },
    ],
  },
  {
    rule: 'named-credential-parameter-children',
    file: NC,
    from: 'https://api.example.com/v1',
    to: 'api.example.com',
    problems: [{ at: '<namedCredentialParameters>', message: 'The URL "api.example.com" isn\'t valid.' }],
  },
  {
    rule: 'named-credential-headers',
    file: NC,
    from: '<sequenceNumber>2</sequenceNumber>',
    to: '<sequenceNumber>1</sequenceNumber>',
    problems: [
      {
        at: '</sequenceNumber>\n    </namedCredentialParameters>\n    <namedCredentialParameters>',
        message: 'Duplicate sequenceNumber 1 among parameters of type HttpHeader.',
      },
    ],
  },
  {
    rule: 'references-exist',
    file: NC,
    from: '<externalCredential>Api</externalCredential>',
    to: '<externalCredential>Nope</externalCredential>',
    problems: [
      { at: '<externalCredential>', message: 'In field: externalCredential - no ExternalCredential named Nope found' },
    ],
  },
  {
    rule: 'external-credential-protocol-supported',
    file: EC,
    from: '<authenticationProtocol>Oauth',
    to: '<authenticationProtocol>JwtExchange',
    problems: [
      {
        at: '<authenticationProtocol>',
        message: 'External Credentials don\'t support the "JwtExchange" authentication protocol',
      },
    ],
  },
  {
    rule: 'external-credential-variant-known',
    file: EC,
    from: 'ClientCredentialsClientSecret<',
    to: 'ClientCredentials<',
    problems: [
      {
        at: '<externalCredentialParameters>',
        message:
          'The authentication protocol "Oauth" doesn\'t support the authentication protocol variant "ClientCredentials".',
      },
    ],
  },
  {
    rule: 'external-credential-required-parameters',
    file: EC,
    from: '<parameterType>AuthProviderUrl<',
    to: '<parameterType>AuthProviderUrlQueryParameter<',
    problems: [
      {
        at: '<authenticationProtocol>',
        message: `${OAUTH} the following external credential parameter types: AuthProtocolVariant, AuthProviderUrl.`,
      },
    ],
  },
  {
    rule: 'external-credential-required-parameters',
    file: EC,
    from: '<parameterType>AuthProtocolVariant<',
    to: '<parameterType>AuthHeader<',
    problems: [
      {
        at: '<authenticationProtocol>',
        message:
          'The authentication protocol "Oauth" requires the following external credential parameter types: AuthProtocolVariant.',
      },
    ],
  },
  {
    rule: 'external-credential-parameter-children',
    file: BROWSER,
    from: '        <externalAuthIdentityProvider>Idp</externalAuthIdentityProvider>\n',
    to: '',
    problems: [
      {
        at: '<externalCredentialParameters>',
        message:
          'The external credential parameter "ExternalAuthIdentityProvider" of type ExternalAuthIdentityProvider requires externalAuthIdentityProvider.',
      },
    ],
  },
  {
    rule: 'external-credential-principals-unique',
    file: EC,
    from: '<parameterName>Reader<',
    to: '<parameterName>integration<',
    problems: [
      {
        at: '1</sequenceNumber>\n    </externalCredentialParameters>\n    <externalCredentialParameters>',
        message: 'Duplicate principal name "integration" in the external credential.',
      },
    ],
  },
  {
    rule: 'external-credential-principal-sequence',
    file: EC,
    from: '<sequenceNumber>2<',
    to: '<sequenceNumber>1<',
    problems: [
      {
        at: 'Reader</parameterName>\n        <parameterType>NamedPrincipal</parameterType>\n        <sequenceNumber>',
        message: 'Duplicate sequenceNumber 1 among principals.',
      },
    ],
  },
  {
    rule: 'additional-refresh-status-code',
    file: EC,
    from: '<parameterValue>403<',
    to: '<parameterValue>500<',
    problems: [
      {
        at: 'AdditionalRefreshStatusCode</parameterType>\n        <parameterValue>',
        message: 'The additional refresh status code "500" isn\'t valid. Use a 4xx, 6xx, 7xx, 8xx or 9xx code.',
      },
    ],
  },
  {
    rule: 'external-credential-parameter-groups',
    file: EC,
    from: '<parameterGroup>DefaultGroup</parameterGroup>\n        <parameterName>Scope<',
    to: '<parameterGroup>Writer</parameterGroup>\n        <parameterName>Scope<',
    problems: [
      {
        at: 'login.example.com/token</parameterValue>\n    </externalCredentialParameters>\n    <externalCredentialParameters>\n        <parameterGroup>',
        message: 'The parameter group "Writer" is neither DefaultGroup nor the name of a principal.',
      },
    ],
  },
  {
    rule: 'identity-provider-needs-urls',
    file: IDP,
    from: '<parameterType>TokenUrl<',
    to: '<parameterType>UserInfoUrl<',
    problems: [
      {
        at: 'metadata">',
        message: 'The authentication flow "AuthorizationCode" requires the parameter type TokenUrl.',
      },
    ],
  },
  {
    rule: 'auth-provider-needs-urls',
    file: LOGIN,
    from: '    <tokenUrl>https://login.example.com/token</tokenUrl>\n',
    to: '',
    problems: [{ at: 'metadata">', message: 'Required field is missing: tokenUrl' }],
  },
  {
    rule: 'auth-provider-user-exists',
    file: LOGIN,
    from: 'admin@example.com',
    to: 'gone@example.com',
    problems: [{ at: '<executionUser>', message: 'In field: executionUser - the user gone@example.com is inactive' }],
  },
  {
    rule: 'external-service-schema-readable',
    file: SERVICE,
    from: '{"openapi"',
    to: 'openapi',
    problems: [
      {
        at: '<schema>',
        message: "The schema isn't a valid OpenAPI schema: it is not JSON",
      },
    ],
  },
  {
    rule: 'external-service-schema-readable',
    file: SERVICE,
    from: '"paths"',
    to: '"path"',
    problems: [
      {
        at: '<schema>',
        message:
          "The schema isn't a valid OpenAPI schema: ✖ Invalid input: expected record, received undefined\n  → at paths",
      },
    ],
  },
];
