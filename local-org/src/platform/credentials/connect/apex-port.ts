import { z } from 'zod';
import { ConnectFailure, type CredentialOperation, type CredentialPort } from '../../../apex/runtime/index.js';
import type { BrowserLogins } from './browser-login.js';
import { ConnectError } from './connect-error.js';
import type { CredentialService } from './credential-service.js';
import { readAuthUrlInput, readCredentialInput, readProviderInput, readReference } from './inputs.js';

type Operation = (service: CredentialService, input: unknown, userId: string) => unknown;

const named = z.object({ name: z.string() });
const provider = named.extend({ input: z.unknown() });
const deletion = z.object({ authenticationParameters: z.array(z.string()).optional() });

const OPERATIONS: Readonly<Record<Exclude<CredentialOperation, 'getOAuthCredentialAuthUrl'>, Operation>> = {
  createCredential: (service, input, user) => service.create(readCredentialInput(input), user),
  updateCredential: (service, input, user) => service.replace(readCredentialInput(input), user),
  patchCredential: (service, input, user) => service.update(readCredentialInput(input), user),
  deleteCredential: (service, input, user) =>
    service.delete(readReference(input), deletion.parse(input).authenticationParameters, user),
  getCredential: (service, input, user) => service.get(readReference(input), user),
  getExternalCredential: (service, input, user) => service.externalCredential(named.parse(input).name, user),
  getExternalCredentials: (service, _input, user) => ({ externalCredentials: service.externalCredentials(user) }),
  getExternalAuthIdentityProviderCredentials: (service, input) => service.provider(named.parse(input).name),
  createExternalAuthIdentityProviderCredentials: (service, input, user) => putProvider(service, input, false, user),
  updateExternalAuthIdentityProviderCredentials: (service, input, user) => putProvider(service, input, true, user),
};

function putProvider(service: CredentialService, raw: unknown, replace: boolean, userId: string): unknown {
  const { name, input } = provider.parse(raw);
  return service.putProvider(name, readProviderInput(input), replace, userId);
}

/**
 * The credentials of an org for Apex. What Apex writes is stored at once: a rollback does not take it back.
 * @param orgUrl where browsers reach the org
 */
export function apexPort(service: CredentialService, logins: BrowserLogins, orgUrl: () => string): CredentialPort {
  return {
    call: (operation, input, userId) =>
      refusing(() =>
        operation === 'getOAuthCredentialAuthUrl'
          ? logins.begin(readAuthUrlInput(input), userId, orgUrl())
          : OPERATIONS[operation](service, input, userId),
      ),
    refresh: async (input, userId) => {
      try {
        return await service.refresh(readReference(input), userId);
      } catch (error) {
        throw asFailure(error);
      }
    },
  };
}

function refusing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asFailure(error);
  }
}

function asFailure(error: unknown): unknown {
  return error instanceof ConnectError ? new ConnectFailure(error.code, error.message) : error;
}
