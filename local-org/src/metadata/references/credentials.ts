import type { Subject } from '../subject.js';
import { childrenOf } from '../xml/document.js';
import { named, type Reference } from './reference.js';

/** Children of a credential parameter that name another component (PLATFORM 1.1, 1.2). */
const PARAMETER_TARGETS: readonly (readonly [element: string, type: string])[] = [
  ['authProvider', 'AuthProvider'],
  ['certificate', 'Certificate'],
  ['externalAuthIdentityProvider', 'ExternalAuthIdentityProvider'],
  ['externalCredential', 'ExternalCredential'],
];

/** What named, external and identity-provider definitions lean on. */
export function* credentialReferences({ root }: Subject): Generator<Reference> {
  yield* named(root, 'authProvider', 'AuthProvider');
  yield* named(root, 'certificate', 'Certificate');
  const parameters = ['namedCredentialParameters', 'externalCredentialParameters'];
  for (const parameter of parameters.flatMap((element) => childrenOf(root, element))) {
    for (const [element, type] of PARAMETER_TARGETS) yield* named(parameter, element, type);
  }
}

/** The class that creates users, and the plug-in class, of an authentication provider. */
export function* authProviderReferences({ root }: Subject): Generator<Reference> {
  yield* named(root, 'registrationHandler', 'ApexClass');
  yield* named(root, 'plugin', 'ApexClass');
}

/** The named credential that an external service calls. */
export function* externalServiceReferences({ root }: Subject): Generator<Reference> {
  yield* named(root, 'namedCredentialReference', 'NamedCredential');
  yield* named(root, 'namedCredential', 'NamedCredential');
}
