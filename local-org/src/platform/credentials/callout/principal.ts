import { CredentialRefusal, MESSAGES } from '../messages.js';
import type { ExternalCredential, Principal } from '../metadata/model.js';
import type { PrincipalKey } from '../../secrets/index.js';
import type { CredentialWorld } from '../world.js';

/** The principal that a callout of a user authenticates as. */
export interface ChosenPrincipal {
  readonly principal: Principal;
  readonly key: PrincipalKey;
}

/**
 * The first principal in the order of their sequence numbers that the user has access to, through a permission set and to the stored credential
 * itself (PLATFORM 1.5.1, 1.5.2). Throws CalloutFailure.
 */
export function choosePrincipal(external: ExternalCredential, userId: string, world: CredentialWorld): ChosenPrincipal {
  const principal = external.principals.find(
    ({ name }) => external.legacy || world.hasPrincipalAccess(userId, `${external.name}-${name}`),
  );
  if (principal === undefined) throw new CredentialRefusal(MESSAGES.noCredential(external.name));
  if (!external.legacy && external.protocol.kind !== 'none' && !world.rights(userId).read)
    throw new CredentialRefusal(MESSAGES.noCredential(external.name));
  return { principal, key: keyOf(external.name, principal, userId) };
}

/** Where the secrets of a principal are: per-user ones are each user's own. */
export function keyOf(externalCredential: string, { name, type }: Principal, userId: string): PrincipalKey {
  return {
    externalCredential,
    principalType: type,
    principalName: name,
    ...(type === 'PerUserPrincipal' ? { userId } : {}),
  };
}

/** Whether a user may have a token stored that was refreshed for the principal (PLATFORM 1.5.2). */
export function mayStoreTokens(
  external: ExternalCredential,
  { type }: Principal,
  userId: string,
  world: CredentialWorld,
): boolean {
  if (external.legacy) return true;
  const rights = world.rights(userId);
  return type === 'NamedPrincipal' ? rights.modifyAll : rights.read && rights.create && rights.edit && rights.delete;
}
