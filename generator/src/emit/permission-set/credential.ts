import type { Auth, AuthMethod, GeneratedFile, Integration } from '../../model/index.js';
import { metadataFile, type FilePlace } from '../metadata-file.js';
import { clip, DESCRIPTION_LIMIT } from '../text.js';
import { objectPermissions, type ObjectAccess } from './access.js';

const LABEL_LIMIT = 80;

/** Protocols whose tokens expire: on behalf of the user the platform writes the new one into the principal. */
const HAS_TOKENS: { readonly [Type in AuthMethod['type']]: boolean } = {
  clientCredentials: true,
  browser: true,
  jwtBearer: true,
  customHeader: false,
  basic: false,
};

/**
 * Access to the integration's principal, and to the stored tokens (PLATFORM 1.5). Read alone works until a token expires:
 * for a named principal the platform needs Modify All to store the refreshed one, for a per-user principal the user's own records
 * suffice. A secret that does not expire is only read. Nothing else is in this set: mixed with class access its deployment has
 * failed with an unhelpful error (PLATFORM 5). A legacy named credential has no principal that a permission set could name.
 */
export function emitCredentialPermissionSet(integration: Integration, place: FilePlace): GeneratedFile[] {
  const { apiName, auth, label } = integration;
  if (auth.credentialStyle === 'legacy') return [];
  return [
    metadataFile(place, `permissionsets/${apiName}_Credential.permissionset-meta.xml`, 'PermissionSet', {
      description: clip(
        `Lets callouts of ${label} authenticate. Assign it to the integration user, and to people who call it directly.`,
        DESCRIPTION_LIMIT,
      ),
      externalCredentialPrincipalAccesses: [
        { enabled: true, externalCredentialPrincipal: `${apiName}-${auth.principal.name}` },
      ],
      hasActivationRequired: false,
      label: `${clip(label, LABEL_LIMIT - ' (Credential)'.length)} (Credential)`,
      objectPermissions: [objectPermissions('UserExternalCredential', tokenAccess(auth))],
    }),
  ];
}

function tokenAccess({ method, principal }: Auth): ObjectAccess {
  if (principal.scope === 'perUser') return 'own';
  return HAS_TOKENS[method.type] ? 'all' : 'readAll';
}
