/** Door of the credentials of an org: callouts through them, and the Connect API's resources about them. */
export { Credentials, type CredentialsOptions } from './credentials.js';
export { ConnectError } from './connect/connect-error.js';
export { CALLBACK_PATH, type BrowserLogins } from './connect/browser-login.js';
export type { CredentialService } from './connect/credential-service.js';
export { readAuthUrlInput, readCredentialInput, readProviderInput, readReference } from './connect/inputs.js';
export type { CredentialRights, CredentialWorld } from './world.js';
