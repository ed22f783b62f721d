import type { Subject } from '../../subject.js';
import { child, childrenOf, textOf } from '../../xml/document.js';
import type { Finding, Rule } from '../rule.js';
import { isEndpoint, missingChild, parametersOf, type Parameter } from './parameters.js';

const types = ['NamedCredential'];

/** Elements that only the old kind of named credential has. */
const LEGACY_ELEMENTS: readonly string[] = [
  'authProvider',
  'authTokenEndpointUrl',
  'awsAccessKey',
  'awsAccessSecret',
  'awsRegion',
  'awsService',
  'endpoint',
  'jwtAudience',
  'jwtFormulaSubject',
  'jwtIssuer',
  'jwtSigningCertificate',
  'jwtTextSubject',
  'jwtValidityPeriodSeconds',
  'oauthRefreshToken',
  'oauthScope',
  'oauthToken',
  'password',
  'principalType',
  'protocol',
  'username',
];

/** Parameters that hold their value in a child of their own. */
const REQUIRED_CHILDREN: ReadonlyMap<string, string> = new Map([
  ['Authentication', 'externalCredential'],
  ['ClientCertificate', 'certificate'],
  ['HttpHeader', 'parameterValue'],
  ['OutboundNetworkConnection', 'outboundNetworkConnection'],
  ['Url', 'parameterValue'],
]);

const isLegacy = ({ root }: Subject): boolean => (textOf(root, 'namedCredentialType') ?? 'Legacy') === 'Legacy';
const parameters = (subject: Subject): readonly Parameter[] => parametersOf(subject, 'namedCredentialParameters');

/** Exactly one parameter of a type. */
function* exactlyOne(subject: Subject, type: string): Generator<Finding> {
  const found = parameters(subject).filter((parameter) => parameter.type === type);
  if (found.length === 0) {
    yield {
      at: child(subject.root, 'namedCredentialType') ?? subject.root,
      message: `A named credential of type SecuredEndpoint requires the following named credential parameter type: ${type}.`,
    };
  }
  for (const { element } of found.slice(1)) {
    yield { at: element, message: `A named credential can have only one parameter of type ${type}.` };
  }
}

/** Rules of named credentials. */
export const namedCredentialRules: readonly Rule[] = [
  {
    // PLATFORM 1.1: parameters belong to the new kinds, endpoint and protocol to Legacy; they do not mix.
    id: 'named-credential-kinds-not-mixed',
    types,
    *check(subject) {
      const { root } = subject;
      const [parameter] = childrenOf(root, 'namedCredentialParameters');
      if (isLegacy(subject)) {
        if (parameter !== undefined) {
          yield {
            at: parameter,
            message: "Legacy named credentials can't have named credential parameters. Set namedCredentialType.",
          };
        }
        return;
      }
      for (const element of LEGACY_ELEMENTS.flatMap((name) => childrenOf(root, name))) {
        yield {
          at: element,
          message: `The field ${element.local} is valid only for named credentials of type Legacy.`,
        };
      }
    },
  },
  {
    // PLATFORM 1.1: a Legacy credential names its endpoint and how it authenticates.
    id: 'legacy-named-credential-needs-endpoint',
    types,
    *check(subject) {
      if (!isLegacy(subject) || childrenOf(subject.root, 'namedCredentialParameters').length > 0) return;
      for (const element of ['endpoint', 'principalType', 'protocol']) {
        if (textOf(subject.root, element) === undefined) {
          yield { at: subject.root, message: `Required field is missing: ${element}` };
        }
      }
      const at = child(subject.root, 'endpoint');
      if (at !== undefined && at.text.trim() !== '' && !isEndpoint(at.text.trim())) {
        yield { at, message: `The endpoint "${at.text.trim()}" isn't a valid URL.` };
      }
    },
  },
  {
    // PLATFORM 1.1: a SecuredEndpoint has one Url and one Authentication parameter that names an external credential.
    id: 'secured-endpoint-needs-url-and-authentication',
    types,
    *check(subject) {
      if (textOf(subject.root, 'namedCredentialType') !== 'SecuredEndpoint') return;
      yield* exactlyOne(subject, 'Url');
      yield* exactlyOne(subject, 'Authentication');
    },
  },
  {
    // PLATFORM 1.1: externalCredential is a child element of the Authentication parameter, not its parameterValue.
    id: 'named-credential-parameter-children',
    types,
    *check(subject) {
      for (const parameter of parameters(subject)) {
        const element = missingChild(parameter, REQUIRED_CHILDREN);
        if (element !== undefined) {
          yield {
            at: parameter.element,
            message: `The named credential parameter "${parameter.name}" of type ${parameter.type} requires ${element}.`,
          };
        }
        if (parameter.type === 'Url' && parameter.value !== undefined && !isEndpoint(parameter.value)) {
          yield { at: parameter.element, message: `The URL "${parameter.value}" isn't valid.` };
        }
      }
    },
  },
  {
    // PLATFORM 1.1: headers are sent in the order of their sequenceNumber, under their parameterName.
    id: 'named-credential-headers',
    types,
    *check(subject) {
      const headers = parameters(subject).filter(({ type }) => type === 'HttpHeader');
      const sequences = new Set<string>();
      for (const { element, name } of headers) {
        if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) {
          yield { at: element, message: `The HTTP header name "${name}" isn't valid.` };
        }
        const sequence = textOf(element, 'sequenceNumber');
        if (sequence !== undefined && sequences.has(sequence)) {
          yield { at: element, message: `Duplicate sequenceNumber ${sequence} among parameters of type HttpHeader.` };
        }
        if (sequence !== undefined) sequences.add(sequence);
      }
    },
  },
];
