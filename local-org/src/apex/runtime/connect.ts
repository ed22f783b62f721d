/** What `ConnectApi.NamedCredentials` asks about credentials, by the operation of the Connect API. */
export type CredentialOperation =
  | 'createCredential'
  | 'updateCredential'
  | 'patchCredential'
  | 'deleteCredential'
  | 'getCredential'
  | 'getExternalCredential'
  | 'getExternalCredentials'
  | 'getOAuthCredentialAuthUrl'
  | 'getExternalAuthIdentityProviderCredentials'
  | 'createExternalAuthIdentityProviderCredentials'
  | 'updateExternalAuthIdentityProviderCredentials';

/**
 * Credentials of the org for Apex. Inputs and results are JSON values as the resources of the Connect REST API have them.
 * Every method throws ConnectFailure for what the Connect API refuses.
 */
export interface CredentialPort {
  call(operation: CredentialOperation, input: unknown, userId: string): unknown;
  /** `createCredential` with the action Refresh: it goes over the network. */
  refresh(input: unknown, userId: string): Promise<unknown>;
}

/** Why the Connect API refuses; becomes a ConnectApi.ConnectApiException. */
export class ConnectFailure extends Error {
  override readonly name = 'ConnectFailure';

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
