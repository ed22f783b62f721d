/** Door of the settings of a local org: what Salesforce does not document. It loads nothing else of the org. */
export { credentialSettings, type CredentialSettings, type CredentialSettingsInput } from './credentials.js';
