import * as z from 'zod';
import type { Integration } from '../model/index.js';
import type { Acquaintance, Secrets } from './receiver.js';
import type { OrgClient } from '../org-client/index.js';

const CREDENTIAL = '/named-credentials/credential';

interface CredentialBody {
  readonly authenticationProtocol: 'OAuth' | 'Custom' | 'Basic';
  readonly authenticationProtocolVariant?: string;
  readonly credentials: Readonly<Record<string, { readonly value: string; readonly encrypted: boolean }>>;
}

const hidden = (value: string): { readonly value: string; readonly encrypted: boolean } => ({ value, encrypted: true });
const shown = (value: string): { readonly value: string; readonly encrypted: boolean } => ({ value, encrypted: false });

/**
 * Stores the secret of an integration in the org, as an administrator does once after the first deployment (PLATFORM 1.6). A browser login
 * is done as well, and the receiver learns the key that verifies signed tokens.
 */
export async function storeSecrets(org: OrgClient, integration: Integration, receiver: Acquaintance): Promise<void> {
  const { method } = integration.auth;
  const secrets = receiver.secretsOf(integration);
  switch (method.type) {
    case 'clientCredentials':
      return storeCredential(org, integration, {
        authenticationProtocol: 'OAuth',
        authenticationProtocolVariant:
          method.clientAuthentication === 'body'
            ? 'ClientCredentialsClientSecret'
            : 'ClientCredentialsClientSecretBasic',
        credentials: { clientId: shown(secrets.id), clientSecret: hidden(secrets.secret) },
      });
    case 'customHeader':
      return storeCredential(org, integration, {
        authenticationProtocol: 'Custom',
        credentials: { [method.parameter]: hidden(secrets.secret) },
      });
    case 'basic':
      return storeCredential(org, integration, {
        authenticationProtocol: 'Basic',
        credentials: { username: shown(secrets.id), password: hidden(secrets.secret) },
      });
    case 'browser':
      // The local org takes the secret of an auth provider in the same way; a real one wants it in Setup.
      await storeProviderSecret(org, integration, secrets);
      return logIn(org, integration);
    case 'jwtBearer': {
      const { publicKey } = certificate.parse(await org.request('GET', `/callout/certificates/${method.certificate}`));
      return receiver.trust(integration, publicKey);
    }
  }
}

const certificate = z.object({ publicKey: z.string() });

async function storeCredential(org: OrgClient, { apiName, auth }: Integration, body: CredentialBody): Promise<void> {
  const credential = {
    externalCredential: apiName,
    principalName: auth.principal.name,
    principalType: principalTypeOf(auth),
    ...body,
  };
  // PUT: an earlier proof may have stored another secret.
  await org.data('PUT', CREDENTIAL, credential);
}

async function storeProviderSecret(org: OrgClient, { apiName }: Integration, { id, secret }: Secrets): Promise<void> {
  await org.data('PUT', `/named-credentials/external-auth-identity-provider-credentials/${apiName}`, {
    credentials: [
      { credentialName: 'clientId', credentialValue: id },
      { credentialName: 'clientSecret', credentialValue: secret },
    ],
  });
}

const authUrl = z.object({ authenticationUrl: z.url() });

/** Follows the login as a browser would; the counterpart asks nobody. */
async function logIn(org: OrgClient, { apiName, auth }: Integration): Promise<void> {
  const answer = authUrl.parse(
    await org.data('POST', `${CREDENTIAL}/auth-url/o-auth`, {
      externalCredential: apiName,
      principalName: auth.principal.name,
      principalType: principalTypeOf(auth),
    }),
  );
  const response = await fetch(answer.authenticationUrl);
  if (!response.ok) throw new Error(`The browser login of ${apiName} ended with HTTP ${response.status}.`);
}

function principalTypeOf({ principal }: Integration['auth']): 'NamedPrincipal' | 'PerUserPrincipal' {
  return principal.scope === 'perUser' ? 'PerUserPrincipal' : 'NamedPrincipal';
}
