import { flowReferences } from '../flow/references.js';
import { authProviderReferences, credentialReferences, externalServiceReferences } from './credentials.js';
import { objectReferences } from './objects.js';
import {
  applicationReferences,
  customMetadataReferences,
  layoutReferences,
  queueReferences,
  subscriberReferences,
  tabReferences,
} from './others.js';
import { permissionSetGroupReferences, permissionSetReferences } from './permissionSets.js';
import type { ReferenceReader } from './reference.js';

/** How to list what each type's files name. Types without an entry name nothing that is checked. */
export const referenceReaders: ReadonlyMap<string, ReferenceReader> = new Map<string, ReferenceReader>([
  ['AuthProvider', authProviderReferences],
  ['CustomApplication', applicationReferences],
  ['CustomMetadata', customMetadataReferences],
  ['CustomObject', objectReferences],
  ['CustomTab', tabReferences],
  ['ExternalCredential', credentialReferences],
  ['ExternalServiceRegistration', externalServiceReferences],
  ['Flow', flowReferences],
  ['Layout', layoutReferences],
  ['NamedCredential', credentialReferences],
  ['PermissionSet', permissionSetReferences],
  ['PermissionSetGroup', permissionSetGroupReferences],
  ['PlatformEventSubscriberConfig', subscriberReferences],
  ['Queue', queueReferences],
]);
