/** Door of the secrets of an org. */
export { SecretFileError, SecretStore, type CredentialValues } from './secret-store.js';
export type { CredentialValue, PrincipalKey, PrincipalRecord, StoredToken } from './records.js';
