import type { Subject } from '../../subject.js';
import { child, textOf } from '../../xml/document.js';
import type { Rule } from '../rule.js';
import { isEndpoint, missingChild, parametersOf, type Parameter } from './parameters.js';

const types = ['ExternalCredential'];

/** Parameter types that are identities; only they are granted by permission sets. */
const PRINCIPAL_TYPES: ReadonlySet<string> = new Set([
  'AwsStsPrincipal',
  'CustomPrincipal',
  'GlobalNamedPrincipal',
  'NamedPrincipal',
  'PerUserPrincipal',
  'SystemUserPrincipal',
]);

/** Parameters that hold their value in a child of their own. */
const REQUIRED_CHILDREN: ReadonlyMap<string, string> = new Map([
  ['AdditionalRefreshStatusCode', 'parameterValue'],
  ['AuthHeader', 'parameterValue'],
  ['AuthParameter', 'parameterValue'],
  ['AuthProtocolVariant', 'parameterValue'],
  ['AuthProvider', 'authProvider'],
  ['AuthProviderUrl', 'parameterValue'],
  ['ExternalAuthIdentityProvider', 'externalAuthIdentityProvider'],
  ['JwtBodyClaim', 'parameterValue'],
  ['JwtHeaderClaim', 'parameterValue'],
  ['SigningCertificate', 'certificate'],
]);

/** Parameter types that a protocol needs, by its variant; the empty variant is the protocol without one. */
const NEEDED: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    'Oauth ClientCredentialsClientSecret': ['AuthProtocolVariant', 'AuthProviderUrl'],
    'Oauth ClientCredentialsClientSecretBasic': ['AuthProtocolVariant', 'AuthProviderUrl'],
    'Oauth ClientCredentialsJwtAssertion': [
      'AuthProtocolVariant',
      'AuthProviderUrl',
      'JwtBodyClaim',
      'SigningCertificate',
    ],
    'Oauth JwtBearer': ['AuthProtocolVariant', 'AuthProviderUrl', 'JwtBodyClaim', 'SigningCertificate'],
    'AwsSv4 ': ['AuthParameter'],
    'AwsSv4 AwsSv4_STS': ['AuthProtocolVariant', 'AuthParameter', 'AwsStsPrincipal'],
    'AwsSv4 RolesAnywhere': ['AuthProtocolVariant', 'AuthParameter', 'SigningCertificate'],
    'Custom ': [],
    'Custom NoAuthentication': ['AuthProtocolVariant'],
    'Basic ': [],
  }),
);

/** Protocols that the documentation reserves for later (PLATFORM 1.2). */
const RESERVED: ReadonlySet<string> = new Set(['Jwt', 'JwtExchange', 'NoAuthentication', 'Password']);

const parameters = (subject: Subject): readonly Parameter[] => parametersOf(subject, 'externalCredentialParameters');
const protocolOf = ({ root }: Subject): string => textOf(root, 'authenticationProtocol') ?? '';

/** The principals of an external credential, in the order of the file. */
export function principals(subject: Subject): readonly Parameter[] {
  return parameters(subject).filter(({ type }) => PRINCIPAL_TYPES.has(type));
}

function* missingTypes(subject: Subject): Generator<string> {
  const all = parameters(subject);
  const present = new Set(all.map(({ type }) => type));
  const variant = all.find(({ type }) => type === 'AuthProtocolVariant')?.value ?? '';
  const protocol = protocolOf(subject);
  if (protocol === 'Oauth' && variant === '') {
    const browser = present.has('AuthProvider') || present.has('ExternalAuthIdentityProvider');
    // Without a variant OAuth is the browser flow; an AuthProviderUrl shows that client credentials were meant.
    if (!browser) yield present.has('AuthProviderUrl') ? 'AuthProtocolVariant' : 'AuthProvider';
    return;
  }
  for (const type of NEEDED.get(`${protocol} ${variant}`) ?? []) if (!present.has(type)) yield type;
}

/** Rules of external credentials. */
export const externalCredentialRules: readonly Rule[] = [
  {
    // PLATFORM 1.2: Jwt, JwtExchange, NoAuthentication and Password are reserved for future use.
    id: 'external-credential-protocol-supported',
    types,
    *check(subject) {
      const protocol = protocolOf(subject);
      if (RESERVED.has(protocol)) {
        yield {
          at: child(subject.root, 'authenticationProtocol') ?? subject.root,
          message: `External Credentials don't support the "${protocol}" authentication protocol`,
        };
      }
    },
  },
  {
    // PLATFORM 1.2: variants are CREST's; any other value is refused.
    id: 'external-credential-variant-known',
    types,
    *check(subject) {
      const protocol = protocolOf(subject);
      if (RESERVED.has(protocol)) return;
      for (const { element, type, value } of parameters(subject)) {
        if (type !== 'AuthProtocolVariant' || value === undefined) continue;
        if (NEEDED.get(`${protocol} ${value}`) === undefined) {
          yield {
            at: element,
            message: `The authentication protocol "${protocol}" doesn't support the authentication protocol variant "${value}".`,
          };
        }
      }
    },
  },
  {
    // PLATFORM 1.2: an org names the parameter types that a protocol requires when one is missing.
    id: 'external-credential-required-parameters',
    types,
    *check(subject) {
      if (RESERVED.has(protocolOf(subject)) || [...missingTypes(subject)].length === 0) return;
      const variant = parameters(subject).find(({ type }) => type === 'AuthProtocolVariant')?.value;
      const name = [protocolOf(subject), variant].filter((part) => part !== undefined).join(' ');
      const needed = NEEDED.get(`${protocolOf(subject)} ${variant ?? ''}`) ?? [...missingTypes(subject)];
      yield {
        at: child(subject.root, 'authenticationProtocol') ?? subject.root,
        message: `The authentication protocol "${name}" requires the following external credential parameter types: ${needed.join(', ')}.`,
      };
    },
  },
  {
    // PLATFORM 1.2: providers, certificates and values are children named after what they hold.
    id: 'external-credential-parameter-children',
    types,
    *check(subject) {
      for (const parameter of parameters(subject)) {
        const element = missingChild(parameter, REQUIRED_CHILDREN);
        if (element !== undefined) {
          yield {
            at: parameter.element,
            message: `The external credential parameter "${parameter.name}" of type ${parameter.type} requires ${element}.`,
          };
        }
        if (parameter.type === 'AuthProviderUrl' && parameter.value !== undefined && !isEndpoint(parameter.value)) {
          yield { at: parameter.element, message: `The URL "${parameter.value}" isn't valid.` };
        }
      }
    },
  },
  {
    // PLATFORM 1.2, 1.6: a principal is known by its name; stored secrets hang on it.
    id: 'external-credential-principals-unique',
    types,
    *check(subject) {
      const names = new Set<string>();
      for (const { element, name, type } of parameters(subject)) {
        if (!PRINCIPAL_TYPES.has(type)) continue;
        if (names.has(name.toLowerCase())) {
          yield { at: element, message: `Duplicate principal name "${name}" in the external credential.` };
        }
        names.add(name.toLowerCase());
      }
    },
  },
  {
    // PLATFORM 1.2: principals are numbered, each with its own sequenceNumber from 1.
    id: 'external-credential-principal-sequence',
    types,
    *check(subject) {
      const sequences = new Set<string>();
      for (const { element, type } of parameters(subject)) {
        const sequence = PRINCIPAL_TYPES.has(type) ? textOf(element, 'sequenceNumber') : undefined;
        if (sequence === undefined) continue;
        const at = child(element, 'sequenceNumber') ?? element;
        if (Number(sequence) < 1) yield { at, message: `The sequenceNumber ${sequence} must be 1 or greater.` };
        if (sequences.has(sequence)) yield { at, message: `Duplicate sequenceNumber ${sequence} among principals.` };
        sequences.add(sequence);
      }
    },
  },
  {
    // PLATFORM 1.3: only 4xx, 6xx, 7xx, 8xx and 9xx can ask for a new token besides 401; never 5xx.
    id: 'additional-refresh-status-code',
    types,
    *check(subject) {
      for (const { element, type, value } of parameters(subject)) {
        if (type !== 'AdditionalRefreshStatusCode' || value === undefined) continue;
        if (value.split(',').some((code) => !/^[46789]\d\d$/.test(code.trim()))) {
          yield {
            at: child(element, 'parameterValue') ?? element,
            message: `The additional refresh status code "${value}" isn't valid. Use a 4xx, 6xx, 7xx, 8xx or 9xx code.`,
          };
        }
      }
    },
  },
  {
    // PLATFORM 1.2: an AuthParameter whose group is no principal's applies to all of them, in DefaultGroup.
    id: 'external-credential-parameter-groups',
    types,
    *check(subject) {
      const groups = new Set(['DefaultGroup', 'DEFAULT_GROUP', ...principals(subject).map(({ name }) => name)]);
      for (const { element, type } of parameters(subject)) {
        const group = textOf(element, 'parameterGroup');
        if (group === undefined || PRINCIPAL_TYPES.has(type) || groups.has(group)) continue;
        yield {
          at: child(element, 'parameterGroup') ?? element,
          message: `The parameter group "${group}" is neither DefaultGroup nor the name of a principal.`,
        };
      }
    },
  },
];
